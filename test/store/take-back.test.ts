// Whoever named somebody to answer in their place may answer themselves after all, until somebody has answered from that seat.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { delegate, takeBack } from '../../store/acts/delegate.js';
import { journal } from '../../store/audit.js';
import { findView } from '../../store/views/index.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

/** Due on Friday 18 June, asked of `direction` and `sante`. */
const interview = { step: 'interviews', kind: 'interview' } as const;
const said = { problems: 'Peu de cars.' };

async function named(): Promise<{
  bench: Bench;
  at: number;
  other: string;
  name(at: number): Promise<unknown>;
  back(at: number): Promise<unknown>;
}> {
  const bench = await database.bench();
  const at = bench.on('2027-06-08', '10:00');
  await bench.live(bench.on('2027-06-07'), at, [interview]);
  const request = bench.request(interview, 'direction');
  const name = (realNow: number) =>
    delegate(bench.store, { request, name: 'Chargée de mission', email: 'mission@plateau.example', realNow });
  expect(await name(at)).toMatchObject({ ok: true });
  return { bench, at, other: 'direction-1', name, back: (realNow) => takeBack(bench.store, { request, realNow }) };
}

const viewOf = (bench: Bench, person: string, at: number) => findView(bench.store.pool, bench.request(interview, person), () => at);

test('before the other has answered: one answers, the other is told who does, and reminders go to the first again', async () => {
  const { bench, at, other, back } = await named();
  expect(await viewOf(bench, 'direction', at)).toMatchObject({
    closed: { state: 'delegated', by: 'Chargée de mission', mayTakeBack: true },
  });
  expect(await back(at + 60_000)).toMatchObject({ ok: true, wake: true });
  expect((await viewOf(bench, other, at + 60_000))?.closed).toMatchObject({ state: 'not-needed', takenBack: true, by: 'Direction' });
  expect(await bench.answer(interview, other, said, at + 61_000)).toMatchObject({ ok: false, reason: 'already-answered' });
  expect((await viewOf(bench, 'direction', at + 60_000))?.closed).toBeUndefined();
  await bench.live(at + 62_000, bench.on('2027-06-16', '10:00'), [interview]);
  expect(await bench.mailed('direction')).toEqual([
    '2027-06-07 09:00 opening interview',
    '2027-06-11 09:00 before-5 interview',
    '2027-06-16 09:00 before-2 interview',
  ]);
  expect((await bench.mailed(other)).filter((line) => line.includes('before'))).toEqual([]);
  expect(await bench.answer(interview, 'direction', said, bench.on('2027-06-16', '11:00'))).toMatchObject({ ok: true });
  const verbs = (await journal(bench.store.pool, bench.id)).map(({ verb, actor }) => `${verb} ${actor}`);
  expect(verbs).toContain('ask.taken-back direction');
  expect(await bench.broken()).toEqual([]);
});

test('after the other has answered: no more, and it says who did', async () => {
  const { bench, at, other, back } = await named();
  expect(await bench.answer(interview, other, said, at + 60_000)).toMatchObject({ ok: true });
  expect((await viewOf(bench, 'direction', at + 61_000))?.closed?.mayTakeBack).toBeUndefined();
  expect(await back(at + 61_000)).toEqual({ ok: false, reason: 'already-answered', by: 'Chargée de mission' });
  expect(await bench.places(interview)).toEqual(['direction delegated', 'direction-1 answered', 'sante open']);
});

test('the same person can be named again, and answers then', async () => {
  const { bench, at, other, name, back } = await named();
  await back(at + 60_000);
  expect(await name(at + 61_000)).toMatchObject({ ok: true });
  expect((await viewOf(bench, other, at + 62_000))?.closed).toBeUndefined();
  expect(await bench.answer(interview, other, said, at + 62_000)).toMatchObject({ ok: true });
});

test('what was never passed on, or is over, is not taken back', async () => {
  const { bench, at, back } = await named();
  const own = bench.request(interview, 'sante');
  expect(await takeBack(bench.store, { request: own, realNow: at })).toEqual({ ok: false, reason: 'closed' });
  expect(await takeBack(bench.store, { request: 'nobody', realNow: at })).toEqual({ ok: false, reason: 'unknown' });
  await bench.store.pool.query(`update ask set outcome = 'none', closed_at = opened_at where edition = $1`, [bench.id]);
  expect(await back(at + 60_000)).toMatchObject({ ok: false, reason: 'closed' });
});

const coordinators = { step: 'diagnosis', kind: 'document', after: '2027-06-04' } as const;
const pass = (bench: Bench, asked: typeof interview | typeof coordinators, person: string, email: string, realNow: number) =>
  delegate(bench.store, { request: bench.request(asked, person), name: `Remplaçant ${email}`, email: `${email}@plateau.example`, realNow });
const places = async (bench: Bench, asked: typeof interview | typeof coordinators) =>
  (await bench.holders(asked))
    .map(({ person, closed, on_behalf_of: of }) => `${person} ${closed ?? 'open'}${of === null ? '' : ` for ${of}`}`)
    .sort();

test('whom one has taken back and another names has the other’s seat, and is written to', async () => {
  const { bench, at, other, back } = await named();
  await back(at + 60_000);
  expect(await pass(bench, interview, 'sante', 'mission', at + 61_000)).toMatchObject({ ok: true });
  expect((await bench.holders(interview)).find(({ person }) => person === other)).toMatchObject({
    seat: 'sante',
    on_behalf_of: 'sante',
    closed: null,
  });
  await bench.deliver(at + 62_000);
  expect((await bench.mailed(other)).at(-1)).toBe('2027-06-08 10:01 link');
  expect(await bench.answer(interview, other, said, at + 63_000)).toMatchObject({ ok: true, wake: false });
  expect(await bench.answer(interview, 'direction', said, at + 64_000)).toMatchObject({ ok: true, wake: true });
});

test('of two who share a seat and each named somebody, one takes back theirs alone', async () => {
  const bench = await database.bench();
  const at = bench.on('2027-06-08', '10:00');
  await bench.live(bench.on('2027-06-07'), at, [coordinators]);
  await pass(bench, coordinators, 'coordo', 'un', at);
  await pass(bench, coordinators, 'incubateur', 'deux', at);
  expect(await takeBack(bench.store, { request: bench.request(coordinators, 'coordo'), realNow: at + 60_000 })).toMatchObject({ ok: true });
  expect(await places(bench, coordinators)).toEqual(
    ['coordo open', 'coordo-1 not-needed for coordo', 'incubateur delegated', 'incubateur-1 open for incubateur'].sort(),
  );
});

test('a chain is taken back whole, and nobody in the middle of it takes it back again', async () => {
  const { bench, at, other, back } = await named();
  await pass(bench, interview, other, 'troisieme', at + 1_000);
  expect(await back(at + 60_000)).toMatchObject({ ok: true });
  expect((await places(bench, interview)).filter((line) => !line.startsWith('sante'))).toEqual([
    'direction open',
    'direction-1 not-needed for direction',
    'direction-1-1 not-needed for direction-1',
  ]);
  expect(await takeBack(bench.store, { request: bench.request(interview, other), realNow: at + 61_000 })).toMatchObject({ ok: false });
});

test('who was named for one document is not a coordinator: what is asked of coordinators next is not asked of them', async () => {
  const bench = await database.bench();
  const at = bench.on('2027-06-08', '10:00');
  await bench.live(bench.on('2027-06-07'), at, [coordinators]);
  await pass(bench, coordinators, 'coordo', 'un', at);
  const next = { step: 'call-writing', kind: 'document', after: '2027-06-04' } as const;
  await bench.review(at + 60_000, [coordinators, next]);
  expect((await bench.holders(next)).map(({ person }) => person)).toEqual(['coordo', 'incubateur']);
});
