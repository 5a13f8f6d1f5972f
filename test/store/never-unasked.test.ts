/** plan.md, "While it runs": nothing ends without having been asked, however long an outage, a pause or an approval took. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { insertProjects } from '../../store/projects.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

/** A file whose steps can afford nothing, so that every end is near. */
const tight = () =>
  database.bench((file) => {
    file.target = '2027-07-30';
  });
const dates = async (bench: Bench, asked: Asked) => {
  const { day1, due, ends_at, outcome } = await bench.ask(asked);
  return { day1, due, last: ends_at === null ? null : bench.calendar.dateOf(ends_at.getTime() - 1), outcome };
};

describe('what could only be asked weeks after what it waited for', () => {
  test.each([
    ['an approval', { step: 'diagnosis-approval', kind: 'approve', part: '1', after: '2027-06-04' }, '2027-08-30'],
    ['a jury', { step: 'jury', kind: 'seat', after: '2027-06-04' }, '2027-09-06'],
    ['a relay, whose end is hard', { step: 'call-open', kind: 'relay', after: '2027-06-04' }, '2027-09-06'],
  ] as const)('%s: has its whole length from the day it is asked, and is not over', async (_, asked, due) => {
    const bench = await tight();
    await bench.review(bench.on('2027-08-24', '10:00'), [asked]);
    const found = await dates(bench, asked);
    expect([found.day1, found.outcome]).toEqual(['2027-08-24', null]);
    expect(found.due).toBe(due);
    expect((found.last ?? '9999') >= due).toBe(true);
  });

  test('in the evening, or on a holiday: from the day its mail leaves', async () => {
    for (const [date, time] of [
      ['2027-07-13', '21:00'],
      ['2027-07-14', '10:00'],
    ] as const) {
      const bench = await tight();
      const asked = { step: 'diagnosis-approval', kind: 'approve', part: '1', after: '2027-06-04' } as const;
      await bench.review(bench.on(date, time), [asked]);
      expect((await dates(bench, asked)).day1).toBe('2027-07-15');
    }
  });
});

test('a session whose day passed unseen is asked about, and stays open for five working days', async () => {
  const bench = await tight();
  const session = { step: 'field', kind: 'session', project: 'p-01', part: '2027-06-16', after: '2027-06-04' } as const;
  const project = { id: 'p-01', application: 'a-01', title: 'Un', need: 'soins', applicant: 'maison', directorate: 'sante' };
  await bench.store.pool.query(
    `insert into application (edition, id, person, title, need, summary, state, started_at) values ($1, 'a-01', 'maison', 'Un', 'soins', '', 'submitted', now())`,
    [bench.id],
  );
  await insertProjects(bench.store.pool, bench.id, [project]);
  await bench.review(bench.on('2027-06-07'), [session]); // announced
  for (const at of [bench.on('2027-07-01', '10:00'), bench.on('2027-07-02', '10:00')]) {
    await bench.review(at, [session]);
    expect(await dates(bench, session)).toEqual({ day1: '2027-06-07', due: '2027-06-16', last: '2027-07-08', outcome: null });
  }
  expect(await bench.mailed('maison')).toContainEqual(expect.stringMatching(/^2027-07-01 \d\d:\d\d opening session$/));
});

test('what waits for a day to come keeps it', async () => {
  const bench = await database.bench();
  const sitting = { step: 'outcome-approval', kind: 'sitting', project: 'p-01', part: '2027-09-20', after: '2027-06-04' } as const;
  await bench.review(bench.on('2027-09-20', '09:00'), [sitting]);
  expect(await dates(bench, sitting)).toMatchObject({ day1: '2027-06-07', due: '2027-09-20' });
});
