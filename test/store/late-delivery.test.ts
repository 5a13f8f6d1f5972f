import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createActivities } from '../../activities/index.js';
import type { Outgoing, Transport } from '../../mail/transport.js';
import type { Pace } from '../../store/budgets.js';
import { giveTurns } from '../../store/pace.js';
import { heartbeats } from '../../store/watch.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey, scripted } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

/** The activities of a worker whose clock says `now`, and what it sent; each mail takes it `eachMs`. */
function workerAt({ store }: Bench, now: number, { pace, eachMs = 0 }: { pace?: Pace; eachMs?: number } = {}) {
  const accepting = scripted();
  const clock = { now };
  const transport: Transport & { sent: Outgoing[] } = {
    ...accepting,
    send: (mail) => {
      clock.now += eachMs;
      return accepting.send(mail);
    },
  };
  const activities = createActivities({
    store,
    transport,
    mailFrom: 'Essais <essais@troismains.example>',
    publicUrl: 'https://troismains.example',
    linkKey,
    realNow: () => clock.now,
    heartbeat() {},
    wake: async () => true,
    ...(pace === undefined ? {} : { pace }),
  });
  return { activities, sent: transport.sent, clock };
}

test('a delivery that waited for a worker since Friday evening sends nothing on Saturday: its mail leaves on Monday morning', async () => {
  const bench = await database.bench();
  const friday = bench.on('2027-06-11', '18:58');
  await bench.review(friday, [{ step: 'interviews', kind: 'interview' }]);
  const asked = { edition: bench.id, epoch: 1, at: friday };

  const saturday = workerAt(bench, bench.on('2027-06-12', '10:00'));
  const monday = bench.on('2027-06-14', '09:00');
  expect(await saturday.activities.deliver(asked)).toEqual({ sent: 0, more: false, nextAt: monday });
  expect(saturday.sent).toEqual([]);

  const atWork = workerAt(bench, monday);
  expect((await atWork.activities.deliver(asked)).sent).toBe(2);
  expect(await bench.mailed('sante')).toEqual(['2027-06-14 09:00 opening interview']);
});

test('in skipped time, where the clock of a worker is behind, the instant that was asked for holds', async () => {
  const bench = await database.bench();
  const tuesday = bench.on('2027-06-08');
  await bench.review(tuesday, [{ step: 'interviews', kind: 'interview' }]);
  const { activities, sent } = workerAt(bench, bench.on('2027-06-05'));
  expect((await activities.deliver({ edition: bench.id, epoch: 1, at: tuesday })).sent).toBe(2);
  expect(sent).toHaveLength(2);
  expect(await bench.mailed('sante')).toEqual(['2027-06-08 09:00 opening interview']);
});

/** An edition whose call went to so many relays of one domain on Monday at nine, and none of whose mail left. */
async function stalled(relays: number, domain: string): Promise<Bench & { monday: number }> {
  const bench = await database.bench((file) => {
    file.relays = Array.from({ length: relays }, (_, n) => ({ id: `r-${n}`, name: `Relais ${n}`, email: `r${n}@${domain}` }));
  });
  const monday = bench.on('2027-06-07');
  await bench.review(monday, [{ step: 'call-open', kind: 'relay', after: '2027-06-04' }]);
  return { ...bench, monday };
}
const leftIn = async (bench: Bench) => (await bench.mails()).filter((mail) => mail.state !== 'accepted').length;

test('a sweep does not wait for the turns of one edition: the others are swept, it says that it is well, and the next come for what is left', async () => {
  const many = await stalled(50, 'un.example');
  const few = await stalled(3, 'deux.example');
  const { activities, clock } = workerAt(many, many.monday + 20_000, { pace: { perDomain: 60, overall: 600 } });
  expect(await activities.sweep()).toMatchObject({ delivered: 20 + 3 });
  expect([await leftIn(many), await leftIn(few)]).toEqual([30, 0]);
  expect((await heartbeats(many.store.pool)).sweep).toBe(clock.now);
  clock.now += 20_000;
  expect(await activities.sweep()).toMatchObject({ delivered: 20 }); // one a second, as before
  clock.now += 40_000;
  await activities.sweep();
  expect(await leftIn(many)).toBe(0);
});

test('a sweep leaves mail that waits for its turn to the delivery that looks after it', async () => {
  const bench = await stalled(30, 'quatre.example');
  const pace = { perDomain: 60, overall: 600 };
  const now = bench.monday + 24 * 60 * 60_000;
  const turns = { edition: bench.id, at: now, pace, limit: 200, open: true };
  expect(await giveTurns(bench.store.pool, { ...turns, realNow: now - 1_000 })).toMatchObject({ againInMs: 1_000 });
  const { activities, clock } = workerAt(bench, now, { pace });
  expect(await activities.sweep()).toMatchObject({ delivered: 0 });
  clock.now += 20_000; // nobody has looked since
  expect(await activities.sweep()).toMatchObject({ delivered: 20 });
});

test('a sweep gives back what a slow server keeps it from sending within minutes, and nothing counts as tried', async () => {
  const bench = await stalled(650, 'trois.example');
  const start = bench.monday + 20_000;
  const { activities, clock, sent } = workerAt(bench, start, { eachMs: 10_000 });
  await activities.sweep();
  expect(clock.now - start).toBeLessThan(5 * 60_000);
  const waiting = (await bench.mails()).filter((mail) => mail.state !== 'accepted');
  expect(waiting).toHaveLength(650 - sent.length);
  for (const mail of waiting) expect(mail).toMatchObject({ state: 'queued', attempts: 0 });
});
