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
