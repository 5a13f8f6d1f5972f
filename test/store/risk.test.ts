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

  test('costs a look a working day from the due date until there is no slack left to lose', async () => {
    const bench = await database.bench((file) => {
      file.target = target;
    });
    const looked: string[] = [];
    for (let at: number | null = bench.on('2027-06-07'); at !== null && at <= bench.on('2027-09-30'); ) {
      looked.push(bench.calendar.dateOf(at));
      at = (await bench.review(at, [interview])).wakeAt;
    }
    const days = (from: string, to: string) => looked.filter((day) => day >= from && day <= to);
    expect([...new Set(days('2027-06-21', '2027-07-01'))].map((day) => day.slice(5))).toEqual([
      '06-21',
      '06-22',
      '06-23',
      '06-24',
      '06-25',
      '06-28',
      '06-29',
      '06-30',
      '07-01',
    ]);
    expect(days('2027-07-02', '2027-09-30')).toEqual(['2027-07-05']); // the digest of that week
  });

  test('wakes nobody while everything is on time', async () => {
    const bench = await database.bench((file) => {
      file.target = target;
    });
    const { wakeAt } = await bench.review(bench.on('2027-06-07'), [interview]);
    expect(bench.calendar.dateOf(wakeAt ?? 0)).toBe('2027-06-11');
  });
});
