import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freezeDocument } from '../../store/documents.js';
import { applicationLines, applicationRead, documentLines, interviewsOf, jurorAt, versionsOf } from '../../store/readings.js';
import { declareInterests, ruleEligibility } from '../../store/selection.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const all = { from: 0, limit: 10 };
const freeze = (bench: Bench, more: Partial<Parameters<typeof freezeDocument>[2]>) =>
  freezeDocument(bench.store.pool, bench.id, {
    ...{
      step: 'diagnosis',
      project: '',
      version: 1,
      generation: 1,
      ask: 'a',
      author: 'sante',
      title: 'Diagnostic',
      body: 'Un',
      at: bench.on('2027-06-08'),
    },
    ...more,
  });

test('a document is its last version, and how many there were; bodies are read of those that are asked for', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  await freeze(bench, {});
  await freeze(bench, { version: 2, body: 'Deux' });
  await freeze(bench, { generation: 2, body: 'Trois' });
  await freeze(bench, { step: 'roadmap', project: 'p-01', author: 'quelqu’un', title: 'Feuille', at: bench.on('2027-06-09') });
  const lines = await documentLines(pool, bench.id, all);
  expect(lines.map(({ title, version, versions }) => [title, version, versions])).toEqual([
    ['Diagnostic', 1, 3],
    ['Feuille', 1, 1],
  ]);
  expect(lines.map(({ author }) => author)).toEqual([bench.edition.people.find(({ id }) => id === 'sante')?.name, 'quelqu’un']);
  const versions = await versionsOf(pool, bench.id, { step: 'diagnosis', project: '', read: ['1.2'] });
  expect(versions.map(({ generation, version, body }) => [generation, version, body])).toEqual([
    [2, 1, 'Trois'],
    [1, 2, 'Deux'],
    [1, 1, ''],
  ]);
});

test('interviews are those that were answered', async () => {
  const bench = await database.bench();
  const interview = { step: 'interviews', kind: 'interview' } as const;
  await bench.review(bench.on('2027-06-07'), [interview]);
  expect(await interviewsOf(bench.store.pool, bench.id, all)).toEqual([]);
  await bench.answer(interview, 'sante', { problems: 'La nuit.' }, bench.on('2027-06-08', '10:00'));
  expect(await interviewsOf(bench.store.pool, bench.id, all)).toMatchObject([
    { person: 'sante', role: 'directorate', answer: { problems: 'La nuit.' } },
  ]);
});

test('applications are narrowed by need and state; drafts are counted only; a juror’s ties are known by address', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  for (const [id, state, need] of [
    ['a-01', 'submitted', 'soins'],
    ['a-02', 'submitted', null],
    ['a-03', 'draft', 'soins'],
  ])
    await pool.query(
      `insert into application (edition, id, person, title, need, summary, state, started_at) values ($1, $2, 'maison', $2, $3, 'Tout', $4, now())`,
      [bench.id, id, need, state],
    );
  await ruleEligibility(pool, bench.id, { application: 'a-01', eligible: true, reason: 'Complète' });
  const ids = async (filter: Parameters<typeof applicationLines>[2]) =>
    (await applicationLines(pool, bench.id, filter)).lines.map(({ id }) => id);
  expect(await applicationLines(pool, bench.id, all)).toMatchObject({ submitted: 2, drafts: 1 });
  expect(await ids(all)).toEqual(['a-01', 'a-02']);
  expect(await ids({ ...all, need: 'soins' })).toEqual(['a-01']);
  expect(await ids({ ...all, state: 'waiting' })).toEqual(['a-02']);
  expect(await ids({ ...all, state: 'eligible' })).toEqual(['a-01']);
  expect(await applicationRead(pool, bench.id, 'a-01')).toMatchObject({ summary: 'Tout' });
  expect(await applicationRead(pool, bench.id, 'a-03')).toBeUndefined();
  const { email = '' } = bench.edition.people.find(({ id }) => id === 'sante') ?? {};
  expect(await jurorAt(pool, bench.id, email)).toEqual({ judges: false, recused: [] });
  await declareInterests(pool, bench.id, { person: 'sante', applications: ['a-01'], nature: 'famille' });
  expect(await jurorAt(pool, bench.id, email.toUpperCase())).toEqual({ judges: false, recused: ['a-01'] });
});
