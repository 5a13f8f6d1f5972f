import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createActivities } from '../../activities/index.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey, scripted } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

/** The activities of a worker whose clock says `now`, and what it sent. */
function workerAt({ store }: Bench, now: number) {
  const transport = scripted();
  const activities = createActivities({
    store,
    transport,
    mailFrom: 'Essais <essais@troismains.example>',
    publicUrl: 'https://troismains.example',
    linkKey,
    realNow: () => now,
    heartbeat() {},
    wake: async () => {},
  });
  return { activities, sent: transport.sent };
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
