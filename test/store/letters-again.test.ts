import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { SendResult } from '../../mail/transport.js';
import { queueMails } from '../../store/outbox.js';
import { resendMail } from '../../store/resend.js';
import { giveAddress } from '../../store/unreachable.js';
import { type Bench, type BenchDatabase, benchDatabase, scripted } from '../support/edition.js';

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
