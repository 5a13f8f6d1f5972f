import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { StepId } from '../../domain/steps.js';
import { findEdition } from '../../store/editions.js';
import { livedSteps } from '../../store/facts.js';
import { planNow } from '../../store/plans.js';
import { insertProjects } from '../../store/projects.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const stage = { step: 'diagnosis-approval', kind: 'approve', part: '1', after: '2027-06-11' } as const;

/** The earliest days of a step, as `cohort show` and the console have them. */
async function daysOf({ store, id }: Bench, step: StepId, at: number): Promise<{ start: string | null; finish: string | null }> {
  const row = await findEdition(store.pool, id);
  if (row === undefined) throw new Error(`no ${id}`);
  const plan = await planNow(store.pool, row, { at });
  for (const { id: name, earliest, latest } of plan.steps)
    for (const { start, finish } of [earliest, latest])
      if (start !== null && finish !== null && start > finish) throw new Error(`${name}: ${start} > ${finish}`);
  const found = plan.steps.find((one) => one.id === step);
  if (found === undefined) throw new Error(`no ${step}`);
  return found.earliest;
}

test('a step that is over before its first day – asked and answered on a Friday, counted from Monday – starts when it was asked', async () => {
  const bench = await database.bench();
  const friday = bench.on('2027-06-11', '10:00');
  await bench.review(friday, [stage]);
  expect(await daysOf(bench, 'diagnosis-approval', friday)).toMatchObject({ start: '2027-06-14' }); // its length is counted from there
  for (const { person } of await bench.holders(stage)) await bench.answer(stage, person, { decision: 'approved' }, friday + 3_600_000);
  const done = bench.on('2027-06-11', '12:00');
  const finished = {
    what: 'finished',
    step: 'diagnosis-approval',
    version: 1,
    generation: 1,
    outcome: 'approved',
  } as const;
  await bench.review(done, [stage], { facts: [finished] });
  const [lived] = await livedSteps(bench.store.pool, bench.id, bench.calendar.dateOf);
  expect(lived).toMatchObject({ started: '2027-06-11', finished: '2027-06-11' });
  expect(await daysOf(bench, 'diagnosis-approval', done)).toEqual({ start: '2027-06-11', finish: '2027-06-11' });
});

test('what a project that ended was still to do is over on that day, and starts no later', async () => {
  const bench = await database.bench();
  const project = { id: 'p-01', application: 'a-01', title: 'Le bus', need: 'soins', applicant: 'maison', directorate: 'sante' };
  await insertProjects(bench.store.pool, bench.id, [project]);
  const thursday = bench.on('2027-06-10', '10:00');
  await bench.review(thursday, [], { facts: [{ what: 'sessions', step: 'field', project: 'p-01', version: 1, generation: 1 }] });
  const parts = ['2027-06-16', '2027-06-23'];
  await bench.review(
    thursday,
    parts.map((part) => ({ step: 'field', kind: 'session', project: 'p-01', part })),
  );
  expect((await daysOf(bench, 'field', thursday)).start).toBe('2027-06-16');
  await bench.store.pool.query(`update project set status = 'ended', outcome = 'dropped', ended_on = '2027-06-11' where edition = $1`, [
    bench.id,
  ]);
  expect(await daysOf(bench, 'field', bench.on('2027-06-12'))).toEqual({ start: '2027-06-11', finish: '2027-06-11' });
});
