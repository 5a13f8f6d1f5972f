/** Search: what is found, by what is typed, and by whom. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Held } from '../../domain/rights.js';
import type { Searched } from '../../domain/search.js';
import { freezeDocument } from '../../store/documents.js';
import { search } from '../../store/search.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';
import { readBy } from '../support/explain.js';

let database: BenchDatabase;
let ours: Bench;
let theirs: Bench;
const interview = { step: 'interviews', kind: 'interview' } as const;

beforeAll(async () => {
  database = await benchDatabase();
  ours = await database.bench((file) => {
    file.title = 'Périnatalité 2027';
  });
  theirs = await database.bench((file) => {
    file.title = 'Périnatalité, ailleurs';
    file.territory.id = 'ailleurs';
  });
  for (const bench of [ours, theirs]) await written(bench);
});
afterAll(() => database.drop());

/** What a year leaves in an edition: people, an interview, a diagnosis in two versions, applications, a project. */
async function written({ store: { pool }, id, ...bench }: Bench): Promise<void> {
  const at = bench.on('2027-06-07');
  await bench.review(at, [interview]);
  const answered = await bench.answer(
    interview,
    'direction',
    { problems: 'La mortalité infantile, cachottière.', blocker: '' },
    at + 60_000,
  );
  expect(answered).toMatchObject({ ok: true });
  const diagnosis = { step: 'diagnosis', project: '', generation: 1, ask: 'x', author: 'direction' } as const;
  await freezeDocument(pool, id, { ...diagnosis, version: 1, title: 'Diagnostic', body: 'Un brouillon abandonné.', at });
  await freezeDocument(pool, id, {
    ...{ ...diagnosis, version: 2, title: 'Diagnostic', at },
    body: 'Les écoles maternelles d’Épinay accueillent mal : <b>œuvre</b> d’insertion, des familles isolées.',
  });
  await pool.query(
    `insert into person (edition, id, role, name, email) values ($1, 'porteuse', 'applicant', 'Hélène D’Œuvray', 'helene.doeuvray@naitre.example'),
       ($1, 'jure', 'executive', 'Jurée', 'JUREE@xn--caf-dma.example')`,
    [id],
  );
  await pool.query(
    `insert into application (edition, id, person, title, need, summary, state, started_at) values
       ($1, 'a-01', 'porteuse', 'Le bus qui soigne', 'soins', 'Un autocar passe dans les quartiers.', 'submitted', now()),
       ($1, 'a-02', 'porteuse', 'Autocar, brouillon', 'soins', 'Un autocar inavoué.', 'draft', now())`,
    [id],
  );
  await pool.query(
    `insert into project (edition, id, application, title, need, applicant, directorate) values ($1, 'p-01', 'a-01', 'Le bus qui soigne', 'soins', 'porteuse', 'direction')`,
    [id],
  );
}

const coordinator = (): Held => ({ right: 'coordinator', territory: ours.edition.territory.id });
/** What somebody finds, a line each. */
async function found(held: readonly Held[], text: string, more: { kind?: Searched; edition?: string; reader?: string } = {}) {
  const { reader = 'labo@essais.example', ...wanted } = more;
  const result = await search(database.store.pool, held, reader, { ...wanted, text, from: 0, limit: 50 });
  return result.found.map(({ kind, edition, id, step }) => `${kind} ${edition === ours.id ? 'ours' : 'theirs'} ${step ?? id}`.trim());
}

describe('what is typed', () => {
  test.each([
    ['maternelle', ['documents ours diagnosis']],
    ['MATERNELLES', ['documents ours diagnosis']],
    ['les ecoles mater', ['documents ours diagnosis']],
    ['école insertio', ['documents ours diagnosis']],
    ['oeuvre Epinay', ['documents ours diagnosis']],
    ['perinatalité', ['editions ours']],
    ['helene', ['people ours porteuse']],
    ['Hélène d’Œuv', ['people ours porteuse']],
    ['helene.doeuvray@nai', ['people ours porteuse']],
    ['soigner bus', ['projects ours p-01', 'applications ours a-01']],
    ['quartier', ['applications ours a-01']],
    ['abandonné', []], // of a version that is not the last
    ['inavoué', []], // a draft
    ['cachottière', []], // an interview
    ["mortalité & | ! :* ' \\ (", []],
    ['', []],
    ['« … »', []],
  ])('%s', async (text, lines) => {
    expect(await found([coordinator()], text)).toEqual(lines);
  });

  test('of one kind or one edition only, a part at a time, the latest edition first', async () => {
    const all: Held[] = [{ right: 'coordinator', territory: '*' }];
    expect(await found(all, 'bus', { edition: theirs.id, kind: 'projects' })).toEqual(['projects theirs p-01']);
    const first = await search(database.store.pool, all, '', { text: 'bus', from: 0, limit: 1 });
    expect(first.found.map(({ kind }) => kind)).toEqual(['projects', 'applications']);
    expect(first.more).toEqual(['projects', 'applications']);
    const next = await search(database.store.pool, all, '', { text: 'bus', kind: 'projects', from: 1, limit: 1 });
    expect([next.found.map(({ kind }) => kind), next.more]).toEqual([['projects'], []]);
    expect(next.found[0]?.edition).not.toBe(first.found[0]?.edition);
  });
});

describe('what may not be read is not found', () => {
  const every = ['périnatalité', 'helene', 'soigne', 'maternelle', 'autocar', 'mortalité'];
  const everything = async (held: readonly Held[]) => (await Promise.all(every.map((text) => found(held, text)))).flat();
  const open = ['editions ours', 'projects ours p-01', 'documents ours diagnosis'];

  test('by whoever coordinates elsewhere, administers, or holds nothing', async () => {
    expect(await everything([{ right: 'coordinator', territory: 'nulle-part' }])).toEqual([]);
    expect(await everything([{ right: 'reader', edition: 'autre' }])).toEqual([]);
    expect(await everything([])).toEqual([]);
    expect((await everything([{ right: 'admin' }])).sort()).toEqual(['editions ours', 'editions theirs']);
    const of = await everything([{ right: 'coordinator', territory: 'ailleurs' }]);
    expect(of.filter((line) => line.includes('ours'))).toEqual([]);
    expect(of).toHaveLength(6);
  });

  test('by a reader: no person, no address, no application, no interview', async () => {
    expect(await everything([{ right: 'reader', edition: ours.id }])).toEqual(open);
    expect(await everything([{ right: 'reader', territory: ours.edition.territory.id }])).toEqual(open);
    expect(await found([{ right: 'reader', edition: ours.id }], 'doeuvray')).toEqual([]);
    expect(await found([{ right: 'reader', edition: ours.id }], 'labo')).toEqual([]);
  });

  test('a reader who coordinates another edition finds people there only', async () => {
    const held: Held[] = [
      { right: 'reader', edition: ours.id },
      { right: 'coordinator', edition: theirs.id },
    ];
    expect((await everything(held)).filter((line) => line.startsWith('people'))).toEqual(['people theirs porteuse']);
  });

  test('by a coordinator who declared an interest in it as a juror, however their address is written', async () => {
    const { pool } = database.store;
    await pool.query(`insert into interest (edition, application, person) values ($1, 'a-01', 'jure')`, [ours.id]);
    expect(await found([coordinator()], 'autocar', { reader: 'juree@café.example' })).toEqual([]);
    expect(await found([coordinator()], 'autocar', { reader: 'juree@cafe.example' })).toEqual(['applications ours a-01']);
    expect(await found([{ right: 'coordinator', territory: '*' }], 'autocar', { reader: 'juree@café.example' })).toEqual([
      'applications theirs a-01',
    ]);
    await pool.query('delete from interest');
  });
});

test('one word among thousands of texts and people is found by its index: what else there is, is not read', async () => {
  const many = await database.bench();
  const { pool } = database.store;
  const read = (text: string) => readBy(pool, (db) => search(db, [coordinator()], 'x@y.example', { text, from: 0, limit: 10 }));
  const grow = async (from: number, to: number) => {
    await pool.query(
      `insert into document (edition, step, project, version, generation, ask, author, title, body, hash, frozen_at)
       select $1, 'roadmap', 'q-' || n, 1, 1, 'x', 'direction', 'Feuille ' || n, repeat('Une feuille de route parmi tant. ', 40), '', now() from generate_series($2::int, $3) n`,
      [many.id, from, to],
    );
    await pool.query(
      `insert into person (edition, id, role, name, email) select $1, 'r-' || n, 'relay', 'Relais ' || n, 'relais-' || n || '@reseau.example' from generate_series($2::int, $3) n`,
      [many.id, from, to],
    );
    await pool.query('vacuum analyze');
  };
  await grow(1, 3_000);
  for (const text of ['maternelle', 'doeuvray']) expect((await read(text)).rows).toBeLessThan(50);
});
