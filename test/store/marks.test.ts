import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { doAct } from '../../activities/preview.js';
import { marksOf } from '../../store/marks.js';
import { type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

test('an edition has another mark once something was done or sent in it, and no other edition has', async () => {
  const [bench, other] = [await database.bench(), await database.bench()];
  const interview = { step: 'interviews', kind: 'interview' } as const;
  const mark = async (id: string) => (await marksOf(database.store.pool, [bench.id, other.id])).get(id);
  const marks = [await mark(bench.id)];
  const quiet = await mark(other.id);
  await bench.review(bench.on('2027-06-07'), [interview]);
  marks.push(await mark(bench.id));
  await bench.deliver(bench.on('2027-06-07'));
  marks.push(await mark(bench.id));
  await doAct(bench.store, { edition: bench.id, spec: { act: 'pause' }, reason: 'élections', realNow: bench.on('2027-06-08', '10:00') });
  marks.push(await mark(bench.id));
  expect(new Set(marks).size).toBe(4);
  expect(await mark(other.id)).toBe(quiet);
  expect(await marksOf(database.store.pool, ['nulle'])).toEqual(new Map());
});
