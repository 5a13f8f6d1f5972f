// A step that is gone back to is asked again: what was answered before no longer counts, and does not win over what is answered now.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { insertPairs, pairsOf } from '../../store/projects.js';
import { declareInterests, interestsOf, scoresOf, writeScores } from '../../store/selection.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const goneBackTo = ({ store, id }: Bench, step: string, project = '') =>
  store.pool.query('insert into step_generation (edition, step, project, generation) values ($1, $2, $3, 2)', [id, step, project]);

test('marks', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  const give = (score: number) =>
    writeScores(pool, bench.id, { person: 'sante', marks: [{ application: 'a-01', criterion: 'need', score }] });
  const kept = async () => (await scoresOf(pool, bench.id)).map(({ score }) => Number(score));
  await give(2);
  await give(4);
  expect(await kept()).toEqual([2]); // the first answer counts
  await goneBackTo(bench, 'pitch');
  expect(await kept()).toEqual([]);
  await give(5);
  expect(await kept()).toEqual([5]);
});

test('interests', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  const declare = (applications: string[]) => declareInterests(pool, bench.id, { person: 'sante', applications, nature: 'famille' });
  await declare(['a-01', 'a-02']);
  await goneBackTo(bench, 'pitch-preparation');
  expect(await interestsOf(pool, bench.id)).toEqual([]);
  await declare(['a-02']);
  expect(await interestsOf(pool, bench.id)).toEqual([{ application: 'a-02', person: 'sante' }]);
});

test('pairs', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  const pair = (people: string[]) => insertPairs(pool, bench.id, { project: 'p-01', people, purpose: '' });
  const met = async () => (await pairsOf(pool, bench.id, 'p-01')).map(({ id, person }) => `${id} ${person}`);
  await pair(['maison', 'sante']);
  await goneBackTo(bench, 'introductions', 'p-02');
  expect(await met()).toEqual(['m-01 maison', 'm-02 sante']);
  await goneBackTo(bench, 'introductions', 'p-01');
  expect(await met()).toEqual([]);
  await pair(['transports']);
  expect(await met()).toEqual(['m-01 transports']);
});
