import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { computePlan } from '../../domain/plan.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
/** With this target the slack is eight working days; interviews are due on Friday 18 June. */
const target = '2028-02-09';

const toldOn = async (bench: Bench) => (await bench.mailed('coordo')).filter((line) => line.endsWith(' risk'));

describe('a fall of the slack that only time brings', () => {
  test('is told on the morning of its day, however silent everybody is', async () => {
    const bench = await database.bench((file) => {
      file.target = target;
    });
    expect(computePlan(bench.edition).slackWorkingDays).toBe(8);
    await bench.live(bench.on('2027-06-07'), bench.on('2027-07-09'), [interview]);
    // four working days late leave four; nine leave none
    expect(await toldOn(bench)).toEqual(['2027-06-24 09:00 risk', '2027-07-01 09:00 risk']);
  });

  test('costs no look but those, and none once there is no slack left to lose', async () => {
    const bench = await database.bench((file) => {
      file.target = target;
    });
    const looked = new Set<string>();
    for (let at: number | null = bench.on('2027-06-07'); at !== null && at <= bench.on('2027-09-30'); ) {
      if (at > bench.on('2027-06-18', '12:00')) looked.add(bench.calendar.dateOf(at));
      const { wakeAt, mail } = await bench.review(at, [interview]);
      if (mail) await bench.deliver(at);
      at = wakeAt;
    }
    // after the due date: late-2, the first fall, late-5, the end of the ask and the second fall, a digest
    expect([...looked]).toEqual(['2027-06-22', '2027-06-24', '2027-06-25', '2027-07-01', '2027-07-05']);
  });

  test('wakes nobody while everything is on time', async () => {
    const bench = await database.bench((file) => {
      file.target = target;
    });
    const { wakeAt } = await bench.review(bench.on('2027-06-07'), [interview]);
    expect(bench.calendar.dateOf(wakeAt ?? 0)).toBe('2027-06-11');
  });
});
