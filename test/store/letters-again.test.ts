import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createActivities } from '../../activities/index.js';
import type { SendResult } from '../../mail/transport.js';
import { giveAddress } from '../../store/acts/address.js';
import { resendMail } from '../../store/acts/resend.js';
import { type Bounced, bouncesOf, recordBounce } from '../../store/bounces.js';
import { endEdition } from '../../store/editions.js';
import { showMail } from '../../store/mailview.js';
import { queueMails } from '../../store/queue.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey, messageIds, scripted } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const minute = 60_000;
const gone: SendResult = { state: 'refused', permanent: true, code: 550, message: '550 5.1.1 no such user', command: 'RCPT TO' };

/** An edition with a letter to `sante` that is due on Monday the 7th at 9:00; nothing else is. */
async function lettered(): Promise<Bench & { monday: number; letter: number }> {
  const bench = await database.bench();
  const monday = bench.on('2027-06-07');
  const letter = { key: 'letter', person: 'sante', template: 'ended' as const, letter: true };
  const ids = await queueMails(bench.store.pool, { edition: bench.id, at: monday, dueAt: monday, mails: [letter] });
  return { ...bench, monday, letter: ids.get('letter') ?? 0 };
}

const give = ({ store, id }: Bench, at: number, email = 'sante@nouveau.example') =>
  giveAddress(store, { edition: id, person: 'sante', email, reason: 'vu', realNow: at });
const resend = ({ store }: Bench, mail: number, at: number) => resendMail(store, { mail, reason: 'rien reçu', realNow: at });
const full = { kind: 'soft', status: '5.2.2', diagnostic: '552 5.2.2 mailbox full' } as const;
const unknown = { kind: 'hard', status: '5.1.1', diagnostic: '550 5.1.1 <sante@plateau.example>: unknown' } as const;
let reports = 0;
const back = ({ store }: Bench, mail: number, at: number, what: Pick<Bounced, 'kind' | 'status' | 'diagnostic'> = full) =>
  recordBounce(store, { mail, ...what, report: `report-${++reports}@mx.example`, realNow: at });

/** One look of the sweep, in real time that is the edition's. */
async function sweep({ store }: Bench, at: number): Promise<void> {
  const transport = scripted();
  const activities = createActivities({
    store,
    transport,
    mailFrom: 'Essais <essais@troismains.example>',
    publicUrl: 'https://troismains.example',
    linkKey,
    realNow: () => at,
    heartbeat() {},
    wake: async () => true,
  });
  await activities.sweep();
}
const noticesTo = async (bench: Bench, person: string, template = 'undelivered') =>
  (await bench.mails()).filter((mail) => mail.person === person && mail.template === template);
const textOf = async ({ store }: Bench, mail?: { id: number }) => (await showMail(store.pool, mail?.id ?? 0))?.text ?? '';
const lettersOf = async (bench: Bench) => (await bench.mails()).filter((mail) => mail.person === 'sante');

describe('a letter that did not arrive leaves once more, and once only', () => {
  test('when the address is given and it is also asked for by its number', async () => {
    const bench = await lettered();
    const { monday, letter } = bench;
    await bench.deliver(monday, scripted(gone));
    expect(await give(bench, monday + minute)).toMatchObject({ again: 1 });
    const [, again] = await lettersOf(bench);
    expect(await resend(bench, letter, monday + 2 * minute)).toEqual({ ok: false, reason: 'again', again: again?.id, left: false });
    const transport = scripted();
    await bench.deliver(monday + 3 * minute, transport);
    expect(transport.sent.filter((mail) => mail.to === 'sante@nouveau.example')).toHaveLength(1);
    expect(await resend(bench, letter, monday + 4 * minute)).toEqual({ ok: false, reason: 'again', again: again?.id, left: true });
  });

  test('when it was asked for by its number, and the address is given before it leaves', async () => {
    const bench = await lettered();
    const { monday, letter } = bench;
    await bench.deliver(monday, scripted(gone));
    expect(await resend(bench, letter, monday + minute)).toMatchObject({ ok: true });
    expect(await give(bench, monday + 2 * minute)).toMatchObject({ again: 0 });
    const transport = scripted();
    await bench.deliver(monday + 3 * minute, transport);
    expect(transport.sent.map((mail) => mail.to)).toEqual(['sante@nouveau.example']);
  });

  test('when both are asked for at one moment', async () => {
    const bench = await lettered();
    const { monday, letter } = bench;
    await bench.deliver(monday, scripted(gone));
    await Promise.all([resend(bench, letter, monday + minute), give(bench, monday + minute)]);
    const transport = scripted();
    await bench.deliver(monday + 2 * minute, transport);
    expect(transport.sent.filter((mail) => mail.to.startsWith('sante@'))).toHaveLength(1);
  });

  test('not at all when it has arrived since, and the address changes for another reason', async () => {
    const bench = await lettered();
    const { monday, letter } = bench;
    await bench.deliver(monday, scripted(gone));
    await resend(bench, letter, monday + minute);
    await bench.deliver(monday + 2 * minute, scripted());
    expect(await give(bench, bench.on('2027-06-28'))).toMatchObject({ ok: true, again: 0 });
  });
});

describe('a letter that was taken and came back', () => {
  test('is told to the coordinators once, in words of its own, without the words of the server', async () => {
    const bench = await lettered();
    const { monday, letter } = bench;
    await bench.deliver(monday);
    await back(bench, letter, monday + minute);
    await sweep(bench, monday + 2 * minute);
    const [told, ...more] = await noticesTo(bench, 'coordo');
    expect([told?.state, more]).toEqual(['accepted', []]);
    const text = await textOf(bench, told);
    for (const words of ['Parti, puis revenu', 'Service Santé', `message n° ${letter}`]) expect(text).toContain(words);
    for (const words of ['adresse ne fonctionne pas', 'mailbox full', 'Refusé par']) expect(text).not.toContain(words);
    await back(bench, letter, monday + 3 * minute);
    await sweep(bench, monday + 4 * minute);
    expect(await noticesTo(bench, 'coordo')).toHaveLength(1);
    expect(await noticesTo(bench, 'incubateur')).toHaveLength(1);
  });

  test('is told too when its edition is over, in working hours', async () => {
    const bench = await lettered();
    const { monday, letter } = bench;
    await bench.deliver(monday);
    await endEdition(bench.store.pool, bench.id, { at: monday + minute, status: 'cancelled' });
    const night = bench.on('2027-06-07', '22:00');
    await back(bench, letter, night);
    await sweep(bench, night + minute);
    expect((await noticesTo(bench, 'coordo')).map((mail) => mail.state)).toEqual(['queued']);
    await sweep(bench, bench.on('2027-06-08', '09:01'));
    expect((await noticesTo(bench, 'coordo')).map((mail) => mail.state)).toEqual(['accepted']);
  });

  test('because its address does not work leaves by itself once that is given, as the notice says', async () => {
    const bench = await lettered();
    const { monday, letter } = bench;
    await bench.deliver(monday);
    await back(bench, letter, monday + minute, unknown);
    await sweep(bench, monday + 2 * minute);
    const [told] = await noticesTo(bench, 'coordo');
    expect(await textOf(bench, told)).toContain('il repart de lui-même');
    expect(await give(bench, monday + 3 * minute)).toMatchObject({ again: 1 });
  });

  test('is told by the one notice that its person is unreachable, when it is what shows it', async () => {
    const bench = await lettered();
    const { monday, letter } = bench;
    const other = { key: 'other', person: 'sante', template: 'ended' as const };
    const ids = await queueMails(bench.store.pool, { edition: bench.id, at: monday, dueAt: monday, mails: [other] });
    await bench.deliver(monday);
    for (const mail of [letter, ...ids.values()]) await back(bench, mail, monday + minute, unknown);
    await sweep(bench, monday + 2 * minute);
    expect(await noticesTo(bench, 'coordo', 'unreachable')).toHaveLength(1);
    expect(await noticesTo(bench, 'coordo')).toEqual([]);
  });

  test('is sent again when a coordinator says so, written anew, and told anew when that comes back too', async () => {
    const bench = await lettered();
    const { monday, letter } = bench;
    const first = scripted();
    await bench.deliver(monday, first);
    expect(await resend(bench, letter, monday + minute)).toEqual({ ok: false, reason: 'state', state: 'accepted' });
    await back(bench, letter, monday + 2 * minute);
    expect((await bouncesOf(bench.store.pool, { edition: bench.id })).get(letter)).toBe('soft');
    expect(await resend(bench, letter, monday + 3 * minute)).toMatchObject({ ok: true });

    const second = scripted();
    await bench.deliver(monday + 4 * minute, second);
    expect(messageIds(second.sent)).toEqual(messageIds(first.sent));
    expect(await resend(bench, letter, monday + 5 * minute)).toEqual({ ok: false, reason: 'state', state: 'accepted' });
    expect((await bouncesOf(bench.store.pool, { edition: bench.id })).has(letter)).toBe(false); // what came back of the copy before is past
    await sweep(bench, monday + 6 * minute);
    expect(await noticesTo(bench, 'coordo')).toEqual([]); // it left again before anybody was told
    await back(bench, letter, monday + 7 * minute);
    await sweep(bench, monday + 8 * minute);
    expect(await noticesTo(bench, 'coordo')).toHaveLength(1);
  });

  test('is another matter than a delay, or a request, whose reminders follow', async () => {
    const bench = await lettered();
    const { monday, letter } = bench;
    await bench.review(monday, [{ step: 'interviews', kind: 'interview' }]);
    await bench.deliver(monday);
    const request = (await lettersOf(bench)).find((mail) => mail.template === 'asks');
    await back(bench, letter, monday + minute, { kind: 'delayed', status: '4.4.1', diagnostic: '' });
    await back(bench, request?.id ?? 0, monday + minute);
    await sweep(bench, monday + 2 * minute);
    expect(await noticesTo(bench, 'coordo')).toEqual([]);
    for (const mail of [letter, request?.id ?? 0])
      expect(await resend(bench, mail, monday + 3 * minute)).toEqual({ ok: false, reason: 'state', state: 'accepted' });
  });
});

describe('a mail of which a copy may be out, to somebody who becomes unreachable', () => {
  const lost: SendResult = { state: 'uncertain', message: 'the connection was closed' };

  /** A mail that is uncertain as its person becomes unreachable, whom the coordinators then are told of; its number, and what they read. */
  async function unsure(letter: boolean): Promise<Bench & { later: number; mail: number; text: string }> {
    const bench = await database.bench();
    const monday = bench.on('2027-06-07');
    const queue = async (key: string) => {
      const mail = { key, person: 'sante', template: 'ended' as const, letter: key === 'mail' && letter };
      return (await queueMails(bench.store.pool, { edition: bench.id, at: monday, dueAt: monday, mails: [mail] })).get(key) ?? 0;
    };
    const mail = await queue('mail');
    await bench.deliver(monday, scripted(lost));
    if (letter) await resend(bench, mail, monday + minute / 2); // a letter has no second try of its own
    for (const bounced of [await queue('one'), await queue('two')]) {
      await bench.store.pool.query(`update outbox set state = 'accepted', sent_at = due_at where id = $1`, [bounced]);
      await back(bench, bounced, monday + minute / 2, unknown);
    }
    await bench.deliver(monday + minute, scripted());
    expect((await lettersOf(bench)).find(({ id }) => id === mail)).toMatchObject({ state: 'uncertain', error: 'unreachable' });
    const [told] = (await noticesTo(bench, 'coordo')).slice(-1);
    return { ...bench, later: monday + 2 * minute, mail, text: await textOf(bench, told) };
  }

  test('leaves by itself once an address is given, as the coordinators were told', async () => {
    const bench = await unsure(false);
    expect(bench.text).toContain('il repart de lui-même quand elle est corrigée');
    await give(bench, bench.later);
    const keys = (await lettersOf(bench)).map(({ key, state }) => `${key.slice(bench.id.length + 1)} ${state}`);
    expect(keys).toContain('mail.again queued');
  });

  test('waits for a coordinator when it is a letter, and does not say otherwise', async () => {
    const bench = await unsure(true);
    expect(bench.text).toContain('il ne repart que si vous le demandez');
    expect(bench.text).not.toContain('de lui-même');
    await give(bench, bench.later);
    expect((await lettersOf(bench)).map(({ key }) => key)).not.toContain(`${bench.id}.mail.again`);
    expect(await resend(bench, bench.mail, bench.later + minute)).toMatchObject({ ok: true });
    const transport = scripted();
    await bench.deliver(bench.later + minute, transport);
    const letter = (await lettersOf(bench)).find(({ id }) => id === bench.mail);
    expect(messageIds(transport.sent)).toContain(`<${letter?.message_id}>`);
  });
});
