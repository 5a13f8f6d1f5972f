/** What a place gives to read, from when, and to whom. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readingOf, versionBefore } from '../../store/askreading.js';
import { freezeDocument } from '../../store/documents.js';
import { findEdition } from '../../store/editions.js';
import { insertProjects } from '../../store/projects.js';
import { declareInterests } from '../../store/selection.js';
import { findView } from '../../store/views/index.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

async function reads(bench: Bench, asked: Asked, person: string, at: number) {
  const row = await findEdition(bench.store.pool, bench.id);
  const view = await findView(bench.store.pool, bench.request(asked, person), () => at);
  if (row === undefined || view === undefined) throw new Error('no such place');
  return readingOf(bench.store.pool, row, view);
}
const project = { id: 'p-01', application: 'a-01', title: 'Le bus', need: 'soins', applicant: 'maison', directorate: 'sante' };
const shortlist = (bench: Bench, ids: readonly string[]) =>
  bench.store.pool.query(
    `insert into application (edition, id, person, title, need, summary, state, started_at, eligible, shortlisted)
     select $1, id, 'maison', 'Titre ' || id, 'soins', 'Tout de ' || id, 'submitted', now(), true, true from unnest($2::text[]) id`,
    [bench.id, ids],
  );

test('a juror reads from their declaration on, what they did not declare, until the marks are closed', async () => {
  const bench = await database.bench();
  await shortlist(bench, ['a-01', 'a-02', 'a-03']);
  const [juror = ''] = bench.edition.selection.jury;
  const seat = { step: 'jury', kind: 'seat' } as const;
  await bench.review(bench.on('2027-06-07', '10:00'), [seat]);
  await bench.answer(seat, juror, { seat: 'yes' }, bench.on('2027-06-07', '11:00'));
  const interests = { step: 'pitch', kind: 'interests' } as const;
  await bench.review(bench.on('2027-06-08', '10:00'), [interests]);
  const at = bench.on('2027-06-08', '11:00');
  expect(await reads(bench, interests, juror, at)).toEqual({});
  expect(await bench.answer(interests, juror, { conflicts: ['a-02'], nature: 'Un cousin' }, at)).toMatchObject({ ok: true });
  const found = async () => (await reads(bench, interests, juror, at)).applications?.map(({ id, summary }) => `${id} ${summary}`);
  expect(await found()).toEqual(['a-01 Tout de a-01', 'a-03 Tout de a-03']);
  await declareInterests(bench.store.pool, bench.id, { person: juror, applications: ['a-03'], nature: 'plus tard' });
  expect(await found()).toEqual(['a-01 Tout de a-01']);
  const score = { step: 'pitch', kind: 'score' } as const;
  await bench.store.pool.query(
    `insert into ask select (jsonb_populate_record(a, jsonb_build_object('id', $2::text, 'kind', 'score', 'outcome', 'complete', 'closed_at', now()))).* from ask a where a.id = $1`,
    [bench.idOf(interests), bench.idOf(score)],
  );
  expect(await found()).toBeUndefined();
});

test('whoever reports on a project reads its sessions; whoever writes the diagnosis, how many interviews there are', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  await insertProjects(pool, bench.id, [project]);
  const session = { step: 'field', kind: 'session', project: 'p-01', part: '2027-06-07' } as const;
  await bench.live(bench.on('2027-06-07', '09:00'), bench.on('2027-06-07', '20:00'), [session]);
  const at = bench.on('2027-06-07', '20:00');
  expect(await bench.answer(session, 'maison', { held: 'yes', attendance: '12' }, at)).toMatchObject({ ok: true });
  const report = { step: 'evaluation', kind: 'report', project: 'p-01' } as const;
  const [interview, diagnosis] = [{ step: 'interviews', kind: 'interview' } as const, { step: 'diagnosis', kind: 'document' } as const];
  await bench.review(bench.on('2027-06-08', '10:00'), [report, interview, diagnosis]);
  await bench.answer(interview, 'sante', { problems: 'La nuit.' }, bench.on('2027-06-08', '10:30'));
  const later = bench.on('2027-06-08', '11:00');
  expect(await reads(bench, report, 'maison', later)).toEqual({
    sessions: [{ day: '2027-06-07', answer: { held: 'yes', attendance: 12 } }],
  });
  expect(await reads(bench, diagnosis, 'coordo', later)).toEqual({ interviews: 1 });
  expect(await reads(bench, interview, 'sante', later)).toEqual({});
  expect(await bench.answer(report, 'maison', { body: 'Bien.' }, later)).toMatchObject({ ok: true });
  expect(await reads(bench, report, 'maison', later)).toEqual({});
});

test('the version before is that of the same document of the same step', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  const freeze = (more: object) =>
    freezeDocument(pool, bench.id, {
      ...{
        step: 'diagnosis',
        project: '',
        version: 1,
        generation: 1,
        ask: 'a',
        author: 'sante',
        title: 'D',
        body: 'Un',
        at: bench.on('2027-06-08'),
      },
      ...more,
    });
  await freeze({});
  await freeze({ version: 2, body: 'Deux' });
  await freeze({ step: 'roadmap', project: 'p-01', body: 'Feuille' });
  const { rows } = await pool.query<{ hash: string; body: string }>('select hash, body from document where edition = $1', [bench.id]);
  const hashOf = (body: string) => rows.find((one) => one.body === body)?.hash ?? '';
  const before = (body: string, step: string[], of = '') => versionBefore(pool, bench.id, { hash: hashOf(body), step, project: of });
  expect(await before('Deux', ['diagnosis'])).toEqual({ version: 1, title: 'D', body: 'Un' });
  expect(await before('Un', ['diagnosis'])).toBeUndefined();
  expect(await before('Deux', ['roadmap'])).toBeUndefined();
  expect(await before('Feuille', ['roadmap'], 'p-01')).toBeUndefined();
});

test('an applicant reads when they are heard; whoever left leaves a gap', async () => {
  const day = { from: '09:00', to: '17:00', perPitch: 25, place: 'Salle A', breaks: [] };
  const bench = await database.bench((file) => {
    file.plan = { ...file.plan, pitch: { date: '2027-06-18', ...day, perPitch: '25min' } };
  });
  const { pool } = bench.store;
  for (const id of ['a-01', 'a-02', 'a-03'])
    await pool.query(`insert into person (edition, id, role, name, email) values ($1, $2, 'applicant', 'P', $3)`, [
      bench.id,
      `p-${id}`,
      `${id}@x.example`,
    ]);
  await shortlist(bench, ['a-01', 'a-02', 'a-03']);
  await pool.query(`update application set person = 'p-' || id where edition = $1`, [bench.id]);
  const prepare = { step: 'pitch-preparation', kind: 'prepare' } as const;
  const at = bench.on('2027-06-08', '10:00');
  await bench.review(at, [prepare]);
  await pool.query(`update application set out = true where edition = $1 and id = 'a-02'`, [bench.id]);
  expect(await reads(bench, prepare, 'p-a-01', at)).toEqual({ slot: { from: '09:00', to: '09:25' } });
  expect(await reads(bench, prepare, 'p-a-03', at)).toEqual({ slot: { from: '09:50', to: '10:15' } });
  const view = await findView(pool, bench.request(prepare, 'p-a-03'), () => at);
  expect(view?.event).toEqual({ on: '2027-06-18', hours: { from: '09:00', to: '17:00' }, place: 'Salle A' });
});
