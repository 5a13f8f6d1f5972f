import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { scriptedPeople } from '../../rehearsal/people.js';
import { type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

test("a rehearsal's applicant who begins and submits at one hour submits a minute later, not at whatever instant comes next", async () => {
  const bench = await database.bench();
  await bench.review(bench.on('2027-06-07'), [{ step: 'call-open', kind: 'apply', after: '2027-06-04' }]);
  const at = { on: '2027-06-08', time: '10:00' };
  const applicant = {
    name: 'Ana',
    email: 'ana@projet.example',
    title: 'Un bus',
    need: 'soins',
    summary: 'Un bus.',
    begins: at,
    submits: at,
  };
  const people = scriptedPeople({
    store: bench.store,
    edition: bench.id,
    script: { when: () => undefined, deed: () => ({ answer: {} }), applicants: [applicant] },
  });
  const [ten, next] = [bench.on('2027-06-08', '10:00'), bench.on('2027-06-08', '10:01')];
  expect(await people.nextAct()).toBe(ten);
  await people.actUntil(ten, bench.id);
  expect(await people.nextAct()).toBe(next);
  await people.actUntil(next, bench.id);
  const { rows } = await bench.store.pool.query('select state, submitted_at from application where edition = $1', [bench.id]);
  expect(rows).toEqual([{ state: 'submitted', submitted_at: new Date(next) }]);
});
