/** An application begins behind the link that was mailed to its address, and nowhere else; what anybody can ask for has its limits. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { askForApplication } from '../../client/verbs/acts.js';
import { giveAddress } from '../../store/acts/address.js';
import { saveApplication, startApplication } from '../../store/acts/application.js';
import { type Drafts, discardDrafts } from '../../store/acts/discard.js';
import { freshLink } from '../../store/acts/fresh-link.js';
import { askToApply, beginApplication, findStart, forgetOldStarts, forgetStart, startForMs } from '../../store/acts/start.js';
import { requestId } from '../../store/asks.js';
import { journal } from '../../store/audit.js';
import { failingAddresses, waitingOn } from '../../store/board.js';
import { recordBounce } from '../../store/bounces.js';
import { verifyChain } from '../../store/chain.js';
import { inTransaction } from '../../store/db.js';
import { findEdition } from '../../store/editions.js';
import { forgetFormers } from '../../store/formeraddresses.js';
import { forgetAttempts, overLimit } from '../../store/limits.js';
import { giveTurns } from '../../store/pace.js';
import { peopleOf } from '../../store/people.js';
import { queueMails } from '../../store/queue.js';
import { applicationsOf } from '../../store/selection.js';
import { editionFacts } from '../../store/watch.js';
import { type Bench, type BenchDatabase, benchDatabase, scripted } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const call = { step: 'call-open', kind: 'apply', after: '2027-06-04' } as const;
const typed = { name: 'Concurrent <b>', email: 'contact@concurrent.example', title: 'Votre offre est refusée' };

async function openCall() {
  const bench = await database.bench();
  await bench.review(bench.on('2027-06-07', '10:00'), [call]);
  const noon = bench.on('2027-06-08', '12:00');
  const ask = (id: string, change: object = {}, realNow = noon) =>
    askToApply(bench.store, { id, edition: bench.id, ...typed, limits: [], realNow, ...change });
  return { ...bench, noon, ask };
}
const left = async ({ store, id }: Pick<Bench, 'store' | 'id'>) =>
  (
    await store.pool.query<{ subject: string; bytes: Buffer; person: string }>(
      `select subject, bytes, person from outbox where edition = $1 and template = 'begin' and state = 'accepted' order by id`,
      [id],
    )
  ).rows;

describe('an application in the name of an address', () => {
  test('that no server takes is told to nobody: strangers would have coordinators mailed', async () => {
    const bench = await openCall();
    await bench.ask('gone');
    const refusal = { state: 'refused', permanent: true, code: 550, message: 'unknown user' } as const;
    await bench.deliver(bench.noon, scripted(refusal));
    const of = async (template: string) => (await bench.mails()).filter((mail) => mail.template === template).map(({ state }) => state);
    expect(await of('begin')).toEqual(['failed']);
    await bench.deliver(bench.noon + 60_000);
    expect(await of('undelivered')).toEqual([]);
  });

  test('is not begun by whoever types it: nobody is added, nothing is journalled, a link leaves that says nothing of what was typed', async () => {
    const bench = await openCall();
    const before = (await journal(bench.store.pool, bench.id)).length;
    expect(await bench.ask('one')).toEqual({ ok: true, edition: bench.id, wake: true });
    expect(await applicationsOf(bench.store.pool, bench.id)).toEqual([]);
    expect(await bench.places(call)).toEqual([]);
    expect((await journal(bench.store.pool, bench.id)).length).toBe(before);
    await bench.deliver(bench.noon);
    const [mail] = await left(bench);
    const read = await simpleParser(mail?.bytes ?? '');
    expect([read.to].flat().map((to) => to?.text)).toEqual(['contact@concurrent.example']);
    for (const words of [typed.name, typed.title, 'Concurrent', 'refusée'])
      for (const where of [read.subject, read.text, String(read.html), mail?.bytes.toString()]) expect(where).not.toContain(words);
    expect(read.text).toMatch(/\/b\/one\/[\w-]{43}/);
  });

  test('is begun by whoever opens the link, once, however often', async () => {
    const bench = await openCall();
    await bench.ask('two', { relay: 'reseau' });
    const begun = await beginApplication(bench.store, { id: 'two', realNow: bench.noon });
    expect(begun).toMatchObject({ ok: true, request: bench.request(call, 'applicant-01'), linkN: 1 });
    expect(await beginApplication(bench.store, { id: 'two', realNow: bench.noon + 1 })).toMatchObject({
      request: begun.ok && begun.request,
    });
    expect(await applicationsOf(bench.store.pool, bench.id)).toMatchObject([{ id: 'a-01', state: 'draft', relay: 'reseau' }]);
    await bench.deliver(bench.noon);
    expect(await left(bench)).toEqual([]); // what is begun is not written of any more
  });

  test('answers the same, and mails the same, for an address that the edition knows', async () => {
    const bench = await openCall();
    const known = await bench.ask('known', { email: 'maison@terrain.example' });
    const unknown = await bench.ask('unknown');
    expect(known).toEqual(unknown);
    await bench.deliver(bench.noon);
    expect(new Set((await left(bench)).map(({ subject }) => subject)).size).toBe(1);
    expect(await left(bench)).toHaveLength(2);
    expect(await bench.places(call)).toEqual([]);
  });

  test('is erased when it was somebody else, with what it began, but not what was submitted', async () => {
    const bench = await openCall();
    await bench.ask('three');
    await beginApplication(bench.store, { id: 'three', realNow: bench.noon });
    await forgetStart(bench.store, { id: 'three' });
    expect(await findStart(bench.store.pool, 'three')).toBeUndefined();
    expect(await applicationsOf(bench.store.pool, bench.id)).toEqual([]);
    const { rows } = await bench.store.pool.query(`select 1 from person where edition = $1 and email = $2`, [bench.id, typed.email]);
    expect(rows).toEqual([]);

    await bench.ask('four');
    const begun = await beginApplication(bench.store, { id: 'four', realNow: bench.noon });
    const raw = { title: 'Un bus', need: 'soins', summary: 'Un bus.' };
    const request = begun.ok ? (begun.request ?? '') : '';
    expect(await saveApplication(bench.store, { request, raw, submit: true, realNow: bench.noon })).toMatchObject({ ok: true });
    await forgetStart(bench.store, { id: 'four' });
    expect(await applicationsOf(bench.store.pool, bench.id)).toMatchObject([{ state: 'submitted' }]);
  });

  test('is not begun once the call is closed, nor seven days later: then nothing is left of what was typed', async () => {
    const bench = await openCall();
    await bench.ask('late');
    expect(await beginApplication(bench.store, { id: 'late', realNow: bench.on('2027-06-22') })).toEqual({ ok: false, reason: 'late' });
    await forgetOldStarts(bench.store.pool, bench.noon + startForMs - 1);
    expect(await findStart(bench.store.pool, 'late')).toBeDefined();
    await forgetOldStarts(bench.store.pool, bench.noon + startForMs + 1);
    expect(await findStart(bench.store.pool, 'late')).toBeUndefined();
    expect(await beginApplication(bench.store, { id: 'late', realNow: bench.noon })).toEqual({ ok: false, reason: 'unknown' });
  });
});

describe('the id of a place', () => {
  test('cannot be computed by who knows the edition’s file, and is the one its mail leads to', async () => {
    const bench = await database.bench();
    await bench.store.pool.query(`update edition set request_salt = 'drawn' where id = $1`, [bench.id]);
    const interview = { step: 'interviews', kind: 'interview' } as const;
    const monday = bench.on('2027-06-07', '10:00');
    await bench.review(monday, [interview]);
    await bench.deliver(monday);
    const { rows } = await bench.store.pool.query<{ ask: string; person: string; request: string; text: string }>(
      `select p.ask, p.person, p.request, convert_from(o.bytes, 'UTF8') as text from ask_person p join outbox o on o.edition = p.edition and o.person = p.person
       where p.edition = $1 and o.template = 'asks'`,
      [bench.id],
    );
    expect(rows).toHaveLength(2);
    for (const { ask, person, request, text } of rows) {
      expect(request).not.toBe(requestId(ask, person));
      expect(request).toBe(requestId(ask, person, 'drawn'));
      expect(text.replaceAll('=\r\n', '')).toContain(`/a/${request}/`);
    }
  });
});

describe('what anybody can ask for', () => {
  const minute = 60_000;

  test('leaves three times an hour for one mailbox, whatever is added to it, and the answer does not tell', async () => {
    const bench = await openCall();
    let now = bench.noon;
    const installation = { store: bench.store, linkKey: Buffer.alloc(32, 7), realNow: () => now, wake: async () => true };
    const ask = (email: string, network?: string) =>
      // what an act needs of an installation is here
      askForApplication(installation as unknown as Parameters<typeof askForApplication>[0], {
        edition: bench.id,
        ...typed,
        email,
        network,
      });
    const answers = [];
    for (const tag of ['', '+a', '+b', '+c', '+d']) {
      now += minute;
      answers.push(await ask(`contact${tag}@concurrent.example`));
    }
    expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
    await bench.deliver(now);
    expect(await left(bench)).toHaveLength(3);
    now += 60 * minute;
    await ask('contact@concurrent.example');
    await bench.deliver(now);
    expect(await left(bench)).toHaveLength(4);

    for (let n = 0; n < 25; n++) await ask(`n${n}@ailleurs.example`, '203.0.113.7');
    const { rows } = await bench.store.pool.query(`select 1 from application_start where edition = $1 and email like '%ailleurs%'`, [
      bench.id,
    ]);
    expect(rows).toHaveLength(20);
    // what was not sent within the hour is what the watch tells of
    const facts = (await editionFacts(bench.store.pool, now)).find(({ edition }) => edition === bench.id);
    expect(facts?.refused).toEqual({ links: 5, since: now });
  });

  test('is counted without saying of whom, and for a day', async () => {
    const bench = await openCall();
    const { pool } = bench.store;
    const limit = { kind: 'test', who: 'w', most: 2, withinMs: minute };
    const tries = () => inTransaction(pool, (tx) => overLimit(tx, [limit], bench.noon));
    expect(await Promise.all([tries(), tries(), tries()])).toEqual(expect.arrayContaining([undefined, undefined, limit]));
    await forgetAttempts(pool, bench.noon + 25 * 60 * minute);
    expect((await pool.query(`select 1 from attempt where kind = 'test'`)).rows).toEqual([]);
  });

  test('waits among itself: two hundred links to one domain put its reminders back by nothing', async () => {
    const bench = await openCall();
    const { pool } = bench.store;
    for (let n = 0; n < 200; n++) await bench.ask(`flood-${n}`, { email: `n${n}@terrain.example` });
    const pace = { perDomain: 120, overall: 100_000 };
    const turns = async (now: number) => {
      const { ids } = await giveTurns(pool, { edition: bench.id, at: now, realNow: now, pace, limit: 1000, open: true });
      const { rows } = await pool.query<{ template: string }>(
        `update outbox set state = 'accepted' where id = any($1) returning template`,
        [ids],
      );
      return rows.map((row) => row.template);
    };
    expect(await turns(bench.noon)).toEqual(Array(10).fill('begin'));
    await queueMails(pool, {
      edition: bench.id,
      at: bench.noon,
      dueAt: bench.noon,
      mails: [{ key: 'reminder', person: 'maison', template: 'asks', reminder: true }],
    });
    expect(await turns(bench.noon)).toEqual(['asks']);
    expect(await turns(bench.noon + 20_000)).toEqual(Array(10).fill('begin')); // thirty a minute, of the domain's hundred and twenty
  });

  test('holds nothing up once whom it was for is erased: it is dropped, and the others leave', async () => {
    const bench = await openCall();
    const { pool } = bench.store;
    await bench.ask('erased');
    const begun = await startApplication(bench.store, {
      edition: bench.id,
      ...typed,
      email: 'draft@ailleurs.example',
      realNow: bench.noon,
    });
    expect(begun.ok).toBe(true);
    const queue = (key: string, person: string) =>
      queueMails(pool, { edition: bench.id, at: bench.noon, dueAt: bench.noon, mails: [{ key, person, template: 'ended' }] });
    await queue('theirs', 'applicant-01');
    await forgetStart(bench.store, { id: 'erased' });
    await discardDrafts(bench.store, { edition: bench.id, drafts: { ids: ['a-01'] }, reason: 'vu', realNow: bench.noon });
    await queue('other', 'maison');
    const transport = scripted();
    await bench.deliver(bench.noon, transport, { deps: { pace: { perDomain: 120, overall: 600 } } });
    expect(transport.sent.map(({ to }) => to)).toEqual(['maison@terrain.example']);
    const { rows } = await pool.query(`select template, state from outbox where edition = $1 and person <> 'maison' order by 1`, [
      bench.id,
    ]);
    expect(rows).toEqual([
      { template: 'begin', state: 'dropped' },
      { template: 'ended', state: 'dropped' },
      { template: 'link', state: 'dropped' },
    ]);
  });

  test('a fresh link leaves five times a day and person, whatever it is for, and the journal says that nobody identified themselves', async () => {
    const bench = await database.bench();
    const interview = { step: 'interviews', kind: 'interview' } as const;
    await bench.review(bench.on('2027-06-07', '10:00'), [interview]);
    const request = bench.request(interview, 'direction');
    for (let n = 0; n < 12; n++) await freshLink(bench.store, { request, realNow: bench.on('2027-06-08', '09:00') + n * 6 * minute });
    const { rows } = await bench.store.pool.query(`select 1 from outbox where edition = $1 and template = 'link'`, [bench.id]);
    expect(rows).toHaveLength(5);
    const asked = (await journal(bench.store.pool, bench.id)).filter(({ verb }) => verb === 'link.asked');
    expect(new Set(asked.map(({ actor }) => actor))).toEqual(new Set(['visitor']));
    expect(asked).toHaveLength(5);
  });
});

describe('drafts that nobody means', () => {
  const begin = async (bench: Awaited<ReturnType<typeof openCall>>, n: number, realNow = bench.noon) =>
    startApplication(bench.store, { edition: bench.id, name: `N ${n}`, email: `n${n}@ailleurs.example`, title: 'Rien', realNow });

  test('are erased in bulk by a coordinator, with whoever is nobody else; what was submitted stays, and the journal says why', async () => {
    const bench = await openCall();
    for (let n = 1; n <= 5; n++) await begin(bench, n);
    // a draft is nobody's to wait for, by name or otherwise
    const row = await findEdition(bench.store.pool, bench.id);
    expect(row && (await waitingOn(bench.store.pool, row, bench.noon))).toEqual([]);
    const late = await begin(bench, 6, bench.on('2027-06-10', '12:00'));
    const raw = { title: 'Un bus', need: 'soins', summary: 'Un bus.' };
    const sent = bench.request(call, 'applicant-02');
    expect(await saveApplication(bench.store, { request: sent, raw, submit: true, realNow: bench.noon })).toMatchObject({ ok: true });
    const discard = (drafts: Drafts) =>
      discardDrafts(bench.store, { edition: bench.id, drafts, reason: 'adresses inventées', realNow: bench.on('2027-06-10', '13:00') });

    expect(await discard({ ids: ['a-01', 'a-02'] })).toEqual({ ok: false, reason: 'unknown', unknown: ['a-02'] });
    expect(await discard({ begunBefore: bench.on('2027-06-10', '00:00') })).toMatchObject({
      ok: true,
      discarded: ['a-01', 'a-03', 'a-04', 'a-05'],
    });
    expect((await applicationsOf(bench.store.pool, bench.id)).map(({ id, state }) => `${id} ${state}`)).toEqual([
      'a-02 submitted',
      'a-06 draft',
    ]);
    expect((await bench.places(call)).sort()).toEqual(['applicant-02 answered', 'applicant-06 open']);
    const people = [...(await peopleOf(bench.store.pool, bench.id)).keys()].filter((id) => id.startsWith('applicant'));
    expect(people).toEqual(['applicant-02', 'applicant-06']);
    const entries = (await journal(bench.store.pool, bench.id)).filter(({ verb }) => verb === 'application.discarded');
    expect(entries.map(({ actor, subject }) => `${actor} ${subject}`)).toEqual(
      ['a-01', 'a-03', 'a-04', 'a-05'].map((id) => `coordinator ${id}`),
    );
    expect((await verifyChain(bench.store.pool, bench.id)).ok).toBe(true);
    // numbers are not given twice: the journal speaks of them
    expect(late.ok).toBe(true);
    await begin(bench, 7, bench.on('2027-06-10', '14:00'));
    expect((await applicationsOf(bench.store.pool, bench.id)).map(({ id }) => id)).toEqual(['a-02', 'a-06', 'a-07']);
  });
});

describe('an address to which mail arrives', () => {
  const interview = { step: 'interviews', kind: 'interview' } as const;
  async function mailed() {
    const bench = await database.bench();
    const [monday, tuesday] = [bench.on('2027-06-07', '10:00'), bench.on('2027-06-08', '10:00')];
    await bench.review(monday, [interview]);
    await bench.deliver(monday);
    const give = (more: object = {}) =>
      giveAddress(bench.store, {
        edition: bench.id,
        person: 'direction',
        email: 'moi@ailleurs.example',
        reason: 'vu',
        realNow: tuesday,
        ...more,
      });
    return { ...bench, tuesday, give };
  }

  test('is not replaced by whoever may only mend one that fails', async () => {
    const bench = await mailed();
    expect(await bench.give({ mayReplaceWorking: false })).toEqual({ ok: false, reason: 'works' });
    expect((await peopleOf(bench.store.pool, bench.id, ['direction'])).get('direction')?.email).toBe('direction@plateau.example');
    expect(await bench.give({ mayReplaceWorking: false, email: 'direction@plateau.example' })).toMatchObject({ ok: true, changed: false });
    expect((await bench.mails()).map(({ template }) => template)).not.toContain('replaced');
  });

  test('is told, once, that another was given, and whom to write to; nothing says which', async () => {
    const bench = await mailed();
    expect(await bench.give()).toMatchObject({ ok: true, changed: true });
    const transport = scripted();
    await bench.deliver(bench.tuesday, transport);
    const told = transport.sent.filter(({ to }) => to === 'direction@plateau.example');
    expect(told).toHaveLength(1);
    const read = await simpleParser(told[0]?.bytes ?? '');
    expect(read.subject).toBe('Votre adresse a été remplacée');
    expect(read.text).toContain('coordo@plateau.example');
    expect(`${read.text}${read.html}`).not.toContain('ailleurs');
    expect(`${read.text}${read.html}`).not.toMatch(/\/[abcpr]\//);
    // it came back: that says nothing of the address they have now
    const mail = (await bench.mails()).find(({ template }) => template === 'replaced');
    const back = { mail: mail?.id ?? 0, kind: 'hard' as const, status: '5.1.1', diagnostic: 'no such user', report: 'r1' };
    await recordBounce(bench.store, { ...back, realNow: bench.tuesday + 60_000 });
    expect(await failingAddresses(bench.store.pool, bench.id)).toEqual([]);
    await forgetFormers(bench.store.pool, bench.tuesday + 31 * 24 * 60 * 60_000);
    expect((await bench.store.pool.query('select 1 from former_address where edition = $1', [bench.id])).rows).toEqual([]);
  });
});
