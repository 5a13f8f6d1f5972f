import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createActivities } from '../../activities/index.js';
import { lookFor } from '../../domain/looks.js';
import { endEdition } from '../../store/editions.js';
import { owedWakes, oweWake } from '../../store/wakes.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey, scripted } from '../support/edition.js';

// hours of looks, a statement or two each
let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const interview = { step: 'interviews', kind: 'interview' } as const;

/** The sweep, every twenty seconds of the edition's time, which is real here; answers when the edition was signalled. */
async function sweeping(
  { store, id }: Bench,
  { from, until, takes = () => true }: { from: number; until: number; takes?(): boolean },
): Promise<number[]> {
  const signalled: number[] = [];
  let now = from;
  const activities = createActivities({
    store,
    transport: scripted(),
    mailFrom: 'Essais <essais@troismains.example>',
    publicUrl: 'https://troismains.example',
    linkKey,
    realNow: () => now,
    heartbeat() {},
    wake: async (edition) => {
      if (edition === id) signalled.push(now);
      return takes();
    },
  });
  for (; now <= until; now += 20 * second) await activities.sweep();
  return signalled;
}

/** An edition that has asked, and is to be looked at again at the first rung, on Friday the 11th at 9:00. */
async function asking(): Promise<Bench & { rung: number }> {
  const bench = await database.bench();
  const { wakeAt } = await bench.review(bench.on('2027-06-07'), [interview]);
  const rung = bench.on('2027-06-11', '09:00');
  expect(wakeAt).toBe(rung);
  return { ...bench, rung };
}
const owes = async ({ store, id }: Bench) => (await owedWakes(store.pool, Number.MAX_SAFE_INTEGER / 8)).includes(id);

test('a timer that the engine lost is missed by the sweep within two minutes, and once looked at nothing is owed', async () => {
  const bench = await asking();
  expect(await sweeping(bench, { from: bench.rung - hour, until: bench.rung + minute - second })).toEqual([]);
  expect(await owes(bench)).toBe(false);
  const [first] = await sweeping(bench, { from: bench.rung + minute, until: bench.rung + 2 * minute });
  expect(first).toBeLessThan(bench.rung + 2 * minute);
  await bench.review(bench.rung + 2 * minute, [interview]);
  expect(await owes(bench)).toBe(false);
  expect(await sweeping(bench, { from: bench.rung + 3 * minute, until: bench.rung + hour })).toEqual([]);
});

test('nobody misses the look of an edition that is paused or over, nor one where nothing is due by itself', async () => {
  const paused = await asking();
  await paused.store.pool.query(`update edition set status = 'paused', paused_at = now() where id = $1`, [paused.id]);
  expect(await sweeping(paused, { from: paused.rung + hour, until: paused.rung + hour + minute })).toEqual([]);
  const over = await asking();
  await endEdition(over.store.pool, over.id, { at: over.rung, status: 'cancelled' });
  expect(await sweeping(over, { from: over.rung + hour, until: over.rung + hour + minute })).toEqual([]);
  const idle = await asking();
  await idle.store.pool.query('update edition set look_at = null where id = $1', [idle.id]);
  expect(await sweeping(idle, { from: idle.rung + hour, until: idle.rung + hour + minute })).toEqual([]);
});

test('the look of an edition whose clock is ahead is late on that clock', async () => {
  const bench = await asking();
  await bench.store.pool.query('update edition set clock_offset_ms = $2 where id = $1', [bench.id, 10 * 86_400_000]);
  const real = bench.rung - 10 * 86_400_000;
  expect(await sweeping(bench, { from: real, until: real + minute - second })).toEqual([]);
  expect((await sweeping(bench, { from: real + minute, until: real + 2 * minute })).length).toBeGreaterThan(0);
});

test('a run that does not answer is signalled less and less, at last every half an hour: its history is not filled in two days', async () => {
  const bench = await database.bench();
  const since = bench.on('2027-06-07');
  await oweWake(bench.store.pool, bench.id, since);
  const signalled = await sweeping(bench, { from: since, until: since + 2 * hour });
  const gaps = signalled.map((at, n) => (at - (signalled[n - 1] ?? since)) / second);
  expect(gaps).toEqual([20, 40, 80, 160, 320, 640, 1_280, 1_820, 1_820]);
  expect(await owes(bench)).toBe(true);
});

test('what the engine did not take is signalled at each look, until it does', async () => {
  const bench = await database.bench();
  const since = bench.on('2027-06-07');
  await oweWake(bench.store.pool, bench.id, since);
  const away = await sweeping(bench, { from: since + minute, until: since + hour, takes: () => false });
  expect(away.length).toBe(178);
  expect((await sweeping(bench, { from: since + hour + 20 * second, until: since + 80 * minute })).length).toBe(1);
});

test('of the looks of a morning each edition has its own minute, and is not late before it; a shifted clock keeps nine', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  const { reviewEdition } = createActivities({
    ...{
      store: bench.store,
      transport: scripted(),
      mailFrom: 'Essais <essais@troismains.example>',
      publicUrl: 'https://troismains.example',
    },
    ...{ linkKey, realNow: () => 0, heartbeat() {}, wake: async () => true },
  });
  const look = () =>
    reviewEdition({
      ...{ edition: bench.id, epoch: 1, at: bench.on('2027-06-07'), facts: [], incidents: [] },
      asks: [{ ...interview, version: 1, generation: 1 }],
    });
  const rung = bench.on('2027-06-11', '09:00');
  const { wakeAt } = await look();
  expect(wakeAt).toBe(lookFor(rung, bench.id, bench.calendar));
  expect(wakeAt).toBeGreaterThan(rung);
  const late = Number(wakeAt) + minute;
  expect(await sweeping(bench, { from: rung, until: late - second })).toEqual([]);
  expect(await owes(bench)).toBe(false);
  expect(await sweeping(bench, { from: late, until: late + minute })).not.toEqual([]);
  await pool.query('update edition set clock_offset_ms = 1 where id = $1', [bench.id]);
  const { wakeAt: shifted } = await look();
  expect(bench.calendar.timeOf(Number(shifted))).toBe('09:00');
});
