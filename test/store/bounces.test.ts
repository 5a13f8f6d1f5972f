import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SendResult } from '../../mail/transport.js';
import { giveAddress } from '../../store/acts/address.js';
import { nudge } from '../../store/acts/nudge.js';
import { journal } from '../../store/audit.js';
import { failingAddresses, waitingOn } from '../../store/board.js';
import { type Bounced, recordBounce } from '../../store/bounces.js';
import { findEdition, sourceOf } from '../../store/editions.js';
import { showMail } from '../../store/mailview.js';
import { findMail } from '../../store/outbox.js';
import { peopleOf } from '../../store/people.js';
import { queueMails } from '../../store/queue.js';
import { type Bench, type BenchDatabase, benchDatabase, scripted } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
const seat = { step: 'jury', kind: 'seat', after: '2027-06-04' } as const;
const gone = { kind: 'hard', status: '5.1.1', diagnostic: '550 5.1.1 <direction@plateau.example>: unknown' } as const;
let reports = 0;

/** Records that a mail came back. */
const back = ({ store }: Bench, mail: number, at: number, more: Partial<Bounced> = {}) =>
  recordBounce(store, { mail, ...gone, report: `report-${++reports}@mx.example`, realNow: at, ...more });
const mailsTo = async (bench: Bench, person: string) => (await bench.mails()).filter((mail) => mail.person === person);
const since = async ({ store, id }: Bench, person: string) =>
  (await peopleOf(store.pool, id, [person])).get(person)?.unreachable_at ?? null;
const verbs = async ({ store, id }: Bench) => (await journal(store.pool, id)).map((entry) => entry.verb);

/** An edition whose opening has left on Monday the 7th, and whose first reminder has on Friday the 11th; the ids of both mails to `direction`. */
async function mailed(): Promise<Bench & { monday: number; sent: number[] }> {
  const bench = await database.bench();
  const monday = bench.on('2027-06-07');
  await bench.live(monday, bench.on('2027-06-11'), [interview]);
  const sent = (await mailsTo(bench, 'direction')).map((mail) => mail.id);
  expect(sent).toHaveLength(2);
  return { ...bench, monday, sent };
}

/** The same, with `direction` unreachable since Friday at ten. */
async function unreachable(): Promise<Bench & { friday: number }> {
  const bench = await mailed();
  const friday = bench.on('2027-06-11', '10:00');
  for (const mail of bench.sent) await back(bench, mail, friday);
  expect(await since(bench, 'direction')).toEqual(new Date(friday));
  return { ...bench, friday };
}

describe('what came back', () => {
  test('is recorded once for each report, with ids and the status only in the journal', async () => {
    const bench = await mailed();
    const [mail = 0] = bench.sent;
    const at = bench.on('2027-06-11', '10:00');
    expect(await back(bench, mail, at, { report: 'same@mx' })).toMatchObject({
      state: 'recorded',
      person: 'direction',
      unreachable: false,
    });
    expect(await back(bench, mail, at, { report: 'same@mx' })).toMatchObject({ state: 'known' });
    expect(await back(bench, 999_999_999, at)).toEqual({ state: 'no-such-mail' });
    const entries = (await journal(bench.store.pool, bench.id)).filter((entry) => entry.verb === 'mail.bounced');
    expect(entries).toMatchObject([{ at, actor: 'programme', subject: 'direction', detail: { mail, kind: 'hard', status: '5.1.1' } }]);
    expect(JSON.stringify(entries)).not.toContain('@');
  });

  test('marks nobody when it is one mail twice, a full mailbox, or a delay', async () => {
    const bench = await mailed();
    const [first = 0, second = 0] = bench.sent;
    const at = bench.on('2027-06-11', '10:00');
    await back(bench, first, at);
    await back(bench, first, at);
    await back(bench, second, at, { kind: 'soft', status: '5.2.2' });
    await back(bench, second, at, { kind: 'delayed', status: '4.4.1' });
    expect(await since(bench, 'direction')).toBeNull();
    expect(await failingAddresses(bench.store.pool, bench.id)).toMatchObject([
      { id: 'direction', unreachable: false, since: new Date(at) },
    ]);
    await giveAddress(bench.store, { edition: bench.id, person: 'direction', email: 'dg@plateau.example', reason: 'vu', realNow: at + 1 });
    expect(await failingAddresses(bench.store.pool, bench.id)).toEqual([]);
    expect(await verbs(bench)).not.toContain('person.unreachable');
  });

  test('of two mails at one moment marks the person once, and tells the coordinators once', async () => {
    const bench = await mailed();
    const at = bench.on('2027-06-11', '10:00');
    const done = await Promise.all([...bench.sent, ...bench.sent].map((mail) => back(bench, mail, at)));
    expect(done.filter((one) => one.state === 'recorded' && one.unreachable)).toHaveLength(1);
    expect((await verbs(bench)).filter((verb) => verb === 'person.unreachable')).toHaveLength(1);
    for (const coordinator of ['coordo', 'incubateur'])
      expect((await mailsTo(bench, coordinator)).filter((mail) => mail.template === 'unreachable')).toHaveLength(1);
  });

  test('while we speak to the server counts as well, and is not told twice', async () => {
    const bench = await database.bench();
    const monday = bench.on('2027-06-07');
    const never: SendResult = { state: 'refused', permanent: true, code: 550, message: '550 5.1.1 no such user', command: 'RCPT TO' };
    await bench.review(monday, [interview, seat]);
    await queueMails(bench.store.pool, {
      edition: bench.id,
      at: monday,
      dueAt: monday,
      mails: [{ key: 'x', person: 'transports', template: 'ended' }],
    });
    const results = async (mail: { to: string }) =>
      mail.to === 'transports@plateau.example' ? never : ({ state: 'accepted', response: '250' } as const);
    await bench.deliver(monday, scripted(...Array.from({ length: 20 }, () => results)));
    expect(await since(bench, 'transports')).toEqual(new Date(monday));
    expect((await mailsTo(bench, 'transports')).map((mail) => mail.state)).toEqual(['failed', 'failed']);
    await bench.deliver(monday, scripted());
    expect((await mailsTo(bench, 'coordo')).map((mail) => mail.template)).toEqual(['unreachable']);
  });

  test('of a refusal that is about us marks nobody', async () => {
    const bench = await database.bench();
    const monday = bench.on('2027-06-07');
    const policy: SendResult = { state: 'refused', permanent: true, code: 554, message: '554 5.7.1 blocked', command: 'RCPT TO' };
    await bench.review(monday, [interview, seat]);
    await bench.deliver(monday, scripted(...Array.from({ length: 20 }, () => policy)));
    expect(await since(bench, 'sante')).toBeNull();
  });
});

describe('somebody who cannot be reached', () => {
  test('is shown to the coordinators: who, which address, what did not arrive, what is waited for, what to do', async () => {
    const bench = await unreachable();
    await bench.deliver(bench.friday, scripted());
    const [told] = (await mailsTo(bench, 'coordo')).filter((mail) => mail.template === 'unreachable');
    expect(told).toMatchObject({ state: 'accepted', sent_at: new Date(bench.friday) });
    const shown = await showMail(bench.store.pool, told?.id ?? 0);
    expect(shown?.subject).toBe('Direction ne reçoit plus nos messages');
    for (const words of [
      'direction@plateau.example',
      'direction générale',
      'parti le lundi 7 juin',
      'parti le vendredi 11 juin',
      'réponse aux entretiens croisés, d’ici au vendredi 18 juin',
      'Adjointe est sollicité·e',
      'Corriger',
      'corriger',
    ])
      if (words !== 'Corriger') expect(shown?.text).toContain(words);
  });

  test('has a substitute who is said to answer in their place only where that is so', async () => {
    const said = async (change: string) => {
      const bench = await mailed();
      const friday = bench.on('2027-06-11', '10:00');
      await bench.store.pool.query(change.replaceAll('$edition', `'${bench.id}'`));
      for (const mail of bench.sent) await back(bench, mail, friday);
      await bench.live(friday, friday + 60_000, [interview]);
      const [told] = (await mailsTo(bench, 'coordo')).filter((mail) => mail.template === 'unreachable');
      return { text: (await showMail(bench.store.pool, told?.id ?? 0))?.text, asked: await bench.mailed('adjointe') };
    };
    // somebody who is asked for their own answer already answers for nobody else
    const already = await said(`update person set substitute = 'sante' where edition = $edition and id = 'direction'`);
    expect(already.text).toContain('doit déjà répondre en son nom propre : personne ne répond à sa place');
    expect(already.asked).toEqual([]);
    // nor does who cannot be reached either
    const away = await said(`update person set unreachable_at = '2027-06-01' where edition = $edition and id = 'adjointe'`);
    expect(away.text).toContain('ne reçoit pas non plus nos messages : personne ne répond à sa place');
    const idle = await said(`update ask set outcome = 'none', closed_at = opened_at where edition = $edition`);
    expect(idle.text).toContain('Rien n’est attendu de cette personne');
    expect(idle.text).not.toMatch(/à sa place|reste ouvert|prolonger/);
  });

  test('is told of at the next 9:00 when it is found out at night, and not at all when the address was mended before', async () => {
    const bench = await mailed();
    const night = bench.on('2027-06-11', '23:00');
    for (const mail of bench.sent) await back(bench, mail, night);
    const [told] = (await mailsTo(bench, 'coordo')).filter((mail) => mail.template === 'unreachable');
    expect(told?.due_at).toEqual(new Date(bench.on('2027-06-14')));
    await giveAddress(bench.store, { edition: bench.id, person: 'direction', email: 'dg@plateau.example', reason: 'vu', realNow: night });
    await bench.deliver(bench.on('2027-06-14'), scripted());
    expect(await findMail(bench.store.pool, told?.id ?? 0)).toMatchObject({ state: 'dropped' });
  });

  test('gets no more reminders, and the substitute is asked at once; the coordinators are told of the silence in its time', async () => {
    const bench = await unreachable();
    const before = await bench.mailed('direction');
    await bench.live(bench.friday, bench.on('2027-06-28'), [interview]);
    expect(await bench.mailed('direction')).toEqual(before);
    expect(await bench.mailed('adjointe')).toEqual(['2027-06-11 10:00 late-2 interview']);
    expect((await bench.mailed('coordo')).filter((line) => line.includes('(direction)'))).toEqual([
      '2027-06-22 09:00 late-2 interview (direction) + late-2 interview (sante)',
      '2027-06-25 09:00 late-5 interview (direction) + late-5 interview (sante)',
    ]);
    expect(await bench.broken()).toEqual([]);
    const [stand] = await mailsTo(bench, 'adjointe');
    const shown = await showMail(bench.store.pool, stand?.id ?? 0);
    expect(shown?.text).toContain('Direction ne reçoit plus nos messages, et vous pouvez répondre à sa place.');
    expect(shown?.subject).toContain('La réponse est attendue d’ici au vendredi 18 juin');
    expect(shown?.text).not.toMatch(/Prochain rappel|date est passée|était attendue/);
  });

  test('has their substitute asked at once also where an ask ends on its due date, and none of their mail leaves once the substitute answered', async () => {
    const bench = await database.bench();
    const relay = { step: 'call-open', kind: 'relay', after: '2027-06-04' } as const;
    const [monday, tuesday] = [bench.on('2027-06-07'), bench.on('2027-06-08')];
    await bench.live(monday, tuesday, [relay]);
    const unreachableSince = (at: Date | null) =>
      bench.store.pool.query(`update person set unreachable_at = $2 where edition = $1 and id = 'presse'`, [bench.id, at]);
    await unreachableSince(new Date(tuesday));
    await bench.live(tuesday, bench.on('2027-06-14'), [relay]);
    expect(await bench.mailed('presse')).toEqual(['2027-06-07 09:00 opening relay']);
    expect(await bench.mailed('adjointe')).toEqual(['2027-06-08 09:00 late-2 relay']);
    expect(await bench.mailed('coordo')).toEqual([]); // the ask ends before anybody is late

    await unreachableSince(null);
    const { due } = await bench.ask(relay);
    const reminded = bench.on(bench.calendar.add(due, -2));
    await bench.review(reminded, [relay]);
    expect(await bench.answer(relay, 'adjointe', { spread: 'yes' }, reminded + 1)).toMatchObject({ ok: true });
    await bench.deliver(reminded + 2);
    const last = (await mailsTo(bench, 'presse')).filter((mail) => mail.template === 'asks').at(-1);
    expect(last).toMatchObject({ state: 'dropped', due_at: new Date(reminded) });
    expect(await bench.broken()).toEqual([]);
  });

  test('is shown on who blocks what, with the escalation that comes once their substitute was asked', async () => {
    const bench = await unreachable();
    await bench.review(bench.friday, [interview]);
    const row = await findEdition(bench.store.pool, bench.id);
    const lines = row === undefined ? [] : await waitingOn(bench.store.pool, row, bench.friday);
    expect(lines.find(({ person }) => person.id === 'direction')).toMatchObject({
      substitute: { name: 'Adjointe' },
      nextAction: { what: 'escalation', at: bench.on('2027-06-22') },
    });
  });

  test('is shown on who blocks what, with what others are told next, and is not nudged', async () => {
    const bench = await unreachable();
    const row = await findEdition(bench.store.pool, bench.id);
    if (row === undefined) throw new Error('no edition');
    const line = async () => (await waitingOn(bench.store.pool, row, bench.friday)).find((waiting) => waiting.person.id === 'direction');
    expect(await line()).toMatchObject({
      unreachable: '2027-06-11',
      nextAction: { what: 'substitute', who: 'Adjointe', at: bench.friday },
    });
    const pushed = await nudge(bench.store, { ask: bench.idOf(interview), reason: 'vu', realNow: bench.on('2027-06-15') });
    expect(pushed).toMatchObject({ ok: true, people: ['sante'] });
    await bench.answer(interview, 'sante', { problems: 'Le médecin est loin.' }, bench.on('2027-06-15'));
    expect(await nudge(bench.store, { ask: bench.idOf(interview), reason: 'vu', realNow: bench.on('2027-06-18') })).toEqual({
      ok: false,
      reason: 'unreachable',
    });
  });

  test('is sent no letter, of which the coordinators are told, but is sent the receipt of what they do', async () => {
    const bench = await unreachable();
    const { pool } = bench.store;
    const letter = { key: 'letter', person: 'direction', template: 'restitution' as const, letter: true };
    const reminder = { key: 'reminder', person: 'direction', template: 'risk' as const, context: { slack: 1, target: '2028-06-23' } };
    await queueMails(pool, { edition: bench.id, at: bench.friday, dueAt: bench.friday, mails: [letter, reminder] });
    await bench.answer(interview, 'direction', { problems: 'Le médecin est loin.' }, bench.friday);
    const transport = scripted();
    await bench.deliver(bench.friday, transport);
    expect(transport.sent.filter((mail) => mail.to === 'direction@plateau.example')).toHaveLength(1);
    const states = Object.fromEntries(
      (await mailsTo(bench, 'direction')).map((mail) => [mail.template, `${mail.state} ${mail.error ?? ''}`.trim()]),
    );
    expect(states).toMatchObject({ receipt: 'accepted', restitution: 'failed unreachable', risk: 'failed unreachable' });
    const told = (await mailsTo(bench, 'coordo')).filter((mail) => mail.template === 'undelivered');
    expect(told).toHaveLength(1);
    expect((await showMail(pool, told[0]?.id ?? 0))?.text).toContain('Son adresse ne fonctionne pas');
  });

  test('as the last coordinator is told of to the executive', async () => {
    const bench = await database.bench();
    const monday = bench.on('2027-06-07');
    for (const person of ['coordo', 'incubateur']) {
      const mails = [1, 2].map((n) => ({ key: `${person}${n}`, person, template: 'ended' as const }));
      const ids = await queueMails(bench.store.pool, { edition: bench.id, at: monday, dueAt: monday, mails });
      for (const id of ids.values()) await back(bench, id, monday);
    }
    const told = (await bench.mails()).filter((mail) => mail.template === 'unreachable').map((mail) => [mail.person, mail.context.person]);
    expect(told).toEqual([
      ['incubateur', 'coordo'],
      ['direction', 'incubateur'],
    ]);
  });
});

describe('an address that is given', () => {
  const give = (bench: Bench, at: number, email = 'dg@plateau.example', person = 'direction') =>
    giveAddress(bench.store, { edition: bench.id, person, email, reason: 'nouvelle adresse, dg@plateau.example', realNow: at });

  test('opens the way again: a fresh link for what is open, none of the old links, the letters that did not arrive', async () => {
    const bench = await unreachable();
    const { pool } = bench.store;
    await queueMails(pool, {
      edition: bench.id,
      at: bench.friday,
      dueAt: bench.friday,
      mails: [{ key: 'letter', person: 'direction', template: 'ended', letter: true }],
    });
    await bench.deliver(bench.friday, scripted());
    const noon = bench.on('2027-06-11', '12:00');
    const linkN = async () =>
      (await pool.query<{ n: number }>('select link_n as n from ask_person where request = $1', [bench.request(interview, 'direction')]))
        .rows[0]?.n;
    const former = await linkN();
    expect(await give(bench, noon)).toMatchObject({ ok: true, changed: true, wasUnreachable: true, links: 1, again: 1 });
    expect(await linkN()).toBe((former ?? 0) + 1);
    expect(await since(bench, 'direction')).toBeNull();
    const transport = scripted();
    await bench.review(noon, [interview]);
    await bench.deliver(noon, transport);
    const arrived = transport.sent.filter((mail) => mail.to === 'dg@plateau.example').map((mail) => mail.bytes.toString());
    expect(arrived).toHaveLength(2);
    expect(arrived.find((bytes) => bytes.includes('/a/'))).toBeDefined();
    expect(await give(bench, noon)).toMatchObject({ ok: true, changed: false, wasUnreachable: false, again: 0 });
    await bench.live(noon, bench.on('2027-06-28'), [interview]);
    expect((await bench.mailed('direction')).filter((line) => line.includes('interview'))).toEqual([
      '2027-06-07 09:00 opening interview',
      '2027-06-11 09:00 before-5 interview',
      '2027-06-16 09:00 before-2 interview',
      '2027-06-18 09:00 due interview',
      '2027-06-22 09:00 late-2 interview',
    ]);
    expect(await bench.broken()).toEqual([]);
  });

  test('at night or on a day off has its fresh links leave with the letters, on the morning of the next working day', async () => {
    const bench = await unreachable();
    const saturday = bench.on('2027-06-12', '22:00');
    const monday = bench.on('2027-06-14');
    expect(await give(bench, saturday)).toMatchObject({ links: 1 });
    const links = async () => (await mailsTo(bench, 'direction')).filter((mail) => mail.template === 'link');
    expect((await links()).map((mail) => mail.due_at)).toEqual([new Date(monday)]);
    await bench.deliver(saturday, scripted());
    // held up until the next evening, it waits for the morning too
    await bench.deliver(bench.on('2027-06-14', '20:00'), scripted());
    expect((await links()).map((mail) => [mail.state, mail.due_at])).toEqual([['queued', new Date(bench.on('2027-06-15'))]]);
    await bench.deliver(bench.on('2027-06-15'), scripted());
    expect((await links()).map((mail) => mail.state)).toEqual(['accepted']);
  });

  test('is in the journal, with why, and without the address', async () => {
    const bench = await unreachable();
    await give(bench, bench.friday);
    const entries = (await journal(bench.store.pool, bench.id)).filter((entry) => entry.verb.startsWith('person.'));
    expect(entries).toMatchObject([
      { verb: 'person.unreachable', subject: 'direction' },
      { verb: 'person.address', actor: 'coordinator', subject: 'direction', detail: { changed: true, unreachable: true } },
    ]);
    expect(JSON.stringify(entries)).not.toContain('@');
  });

  test('begins anew: what came back from the former one no longer counts', async () => {
    const bench = await unreachable();
    await give(bench, bench.friday + 60_000);
    const [first = 0] = (await mailsTo(bench, 'direction')).map((mail) => mail.id);
    await back(bench, first, bench.friday + 120_000);
    const later = bench.on('2027-06-16');
    await bench.live(bench.friday + 60_000, later, [interview]);
    const after = (await mailsTo(bench, 'direction')).filter((mail) => mail.sent_at !== null && mail.sent_at.getTime() > bench.friday);
    await back(bench, after[0]?.id ?? 0, later);
    expect(await since(bench, 'direction')).toBeNull();
    await back(bench, after[1]?.id ?? 0, later);
    expect(await since(bench, 'direction')).toEqual(new Date(later));
  });

  test('does not inherit what came back from the former one of a mail that has left once more since', async () => {
    const bench = await database.bench();
    const monday = bench.on('2027-06-07');
    await bench.review(monday, [interview]);
    const lost = async (mail: { to: string }): Promise<SendResult> =>
      mail.to === 'direction@plateau.example'
        ? { state: 'uncertain', message: 'the connection was closed' }
        : { state: 'accepted', response: '250' };
    await bench.deliver(monday, scripted(...Array.from({ length: 20 }, () => lost)));
    const [twice = 0] = (await mailsTo(bench, 'direction')).map((mail) => mail.id);
    await back(bench, twice, monday + 20_000);
    await give(bench, monday + 30_000);
    await bench.live(monday + 60_000, bench.on('2027-06-11'), [interview]);
    const sent = (await mailsTo(bench, 'direction')).filter((mail) => mail.template === 'asks');
    expect(sent.map((mail) => mail.state)).toEqual(['accepted', 'accepted']);
    expect(sent[0]?.id).toBe(twice);
    await back(bench, sent[1]?.id ?? 0, bench.on('2027-06-11', '10:00'));
    expect(await since(bench, 'direction')).toBeNull();
  });

  test('does not inherit what comes back of mails that were written for the former one, and left a moment after', async () => {
    const bench = await database.bench();
    const monday = bench.on('2027-06-07');
    const mails = Array.from({ length: 7 }, (_, n) => ({ key: `mail-${n}`, person: 'direction', template: 'ended' as const }));
    const ids = await queueMails(bench.store.pool, { edition: bench.id, at: monday, dueAt: monday, mails });
    let now = monday;
    let given: Promise<unknown> | undefined;
    const results = async (): Promise<SendResult> => {
      given ??= give(bench, monday + 500); // all are written; five are on their lanes, two wait for one
      await given;
      now = monday + 1000;
      return { state: 'accepted', response: '250' };
    };
    const transport = scripted(...Array.from({ length: 7 }, () => results));
    await bench.deliver(monday, transport, { deps: { realNow: () => now } });
    // the seven, and that another was given
    expect(transport.sent.map((mail) => mail.to)).toEqual(Array(8).fill('direction@plateau.example'));
    for (const id of ids.values()) await back(bench, id, bench.on('2027-06-07', '10:00'));
    expect(await since(bench, 'direction')).toBeNull();
  });

  test('of a person who was never asked while unreachable leaves the opening to the review, not a link', async () => {
    const bench = await unreachable();
    await bench.review(bench.friday, [interview, seat]);
    await bench.deliver(bench.friday, scripted());
    expect((await bench.mailed('direction')).filter((line) => line.includes('seat'))).toEqual([]);
    const monday = bench.on('2027-06-14', '10:00');
    expect(await give(bench, monday)).toMatchObject({ links: 1 });
    await bench.review(monday, [interview, seat]);
    expect((await bench.mailed('direction')).filter((line) => line.includes('seat'))).toEqual(['2027-06-14 10:00 opening seat']);
  });

  test('is refused when it is none, or somebody else has it', async () => {
    const bench = await unreachable();
    const { friday } = bench;
    expect(await give(bench, friday, 'pas une adresse')).toEqual({ ok: false, reason: 'address' });
    expect(await give(bench, friday, 'a@b.fr\r\nBcc: x@y.fr')).toEqual({ ok: false, reason: 'address' });
    expect(await give(bench, friday, 'SANTE@plateau.example')).toEqual({ ok: false, reason: 'taken' });
    expect(await give(bench, friday, 'x@plateau.example', 'personne')).toEqual({ ok: false, reason: 'no-person' });
    expect(await giveAddress(bench.store, { edition: 'nulle', person: 'x', email: 'x@y.fr', reason: '', realNow: friday })).toEqual({
      ok: false,
      reason: 'no-edition',
    });
    expect(await since(bench, 'direction')).not.toBeNull();
  });

  test('of the first coordinator is where people write to from then on', async () => {
    const bench = await database.bench();
    await give(bench, bench.on('2027-06-07'), 'labo@plateau.example', 'coordo');
    const row = await findEdition(bench.store.pool, bench.id);
    expect(row?.contact).toEqual({ name: 'Coordination', email: 'labo@plateau.example' });
    expect(await sourceOf(bench.store.pool, bench.id)).toContain('coordo@plateau.example'); // stays what was started
  });
});
