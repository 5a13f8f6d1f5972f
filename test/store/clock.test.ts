/** The clock of a demonstration in the database: it goes forward only, one advance moves it at a time, and no act is done meanwhile. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { doAct, previewAct } from '../../activities/preview.js';
import { review } from '../../activities/review/index.js';
import { beginAdvance, lastAdvance, noteAdvance, stopAdvance } from '../../store/advances.js';
import { hasBegun, holdClock, moveClock, readClock } from '../../store/clock.js';
import { inTransaction, openStore, type Tx } from '../../store/db.js';
import { raiseEpoch } from '../../store/editions.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

const interview = { step: 'interviews', kind: 'interview' } as const;
let database: BenchDatabase;
let bench: Bench;
/** A real instant: it is then four o'clock in the edition's first afternoon. */
let realNow: number;
const dayMs = 86_400_000;

beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  bench = await database.bench();
  realNow = Date.UTC(2030, 0, 1);
  await bench.review(bench.on('2027-06-07', '09:00'), [interview]);
  await bench.store.pool.query('update edition set clock_offset_ms = $2 where id = $1', [
    bench.id,
    bench.on('2027-06-07', '16:00') - realNow,
  ]);
});

const move = (to: number, now = realNow) => inTransaction(bench.store.pool, (tx) => moveClock(tx, bench.id, { to, realNow: now }));
const shown = async (now = realNow) => now + ((await readClock(bench.store.pool, bench.id))?.clock_offset_ms ?? 0);

describe('the clock of a demonstration', () => {
  test('goes to where it is moved, and runs on from there as ours does; its edition is owed a wake', async () => {
    const to = bench.on('2027-06-11', '09:00');
    expect(await move(to)).toBe(to);
    expect([await shown(), await shown(realNow + 1_000)]).toEqual([to, to + 1_000]);
    expect(await readClock(bench.store.pool, bench.id)).toMatchObject({ owed: true, status: 'running' });
  });

  test('never goes back', async () => {
    const before = await shown();
    expect(await move(bench.on('2027-06-07', '10:00'))).toBe(before);
    expect(await shown()).toBe(before);
  });

  test('is that of a demonstration only', async () => {
    await bench.store.pool.query('update edition set clock_offset_ms = 0 where id = $1', [bench.id]);
    await expect(move(bench.on('2027-06-11'))).rejects.toThrow('no demonstration');
  });

  test('goes on, when its edition starts from the top, from the last instant at which anything was seen or done', async () => {
    await move(bench.on('2027-06-11', '09:00'));
    const later = realNow + 5 * dayMs;
    const restarted = () => raiseEpoch(bench.store.pool, bench.id, { realNow: later });
    expect(later + ((await restarted())?.clockOffsetMs ?? 0)).toBe(bench.on('2027-06-11', '09:00'));
    const told = await bench.answer(interview, 'sante', { problems: 'Le médecin est loin.' }, later + 3_600_000);
    expect(told).toMatchObject({ ok: true });
    expect(later + ((await restarted())?.clockOffsetMs ?? 0)).toBe(bench.on('2027-06-11', '10:00'));
  });

  test('is what its reviews go by, whatever instant their run knew of, and its run is told', async () => {
    await bench.deliver(bench.on('2027-06-07', '09:00'));
    await move(bench.on('2027-06-11', '09:00'));
    const asked = { ...{ edition: bench.id, epoch: 1, facts: [], incidents: [] }, asks: [{ ...interview, version: 1, generation: 1 }] };
    const { clockOffsetMs } = await review(bench.store, { ...asked, at: bench.on('2027-06-07', '16:00') }, { realNow });
    expect(clockOffsetMs).toBe(bench.on('2027-06-11', '09:00') - realNow);
    expect(await bench.mailed('sante')).toContain('2027-06-11 09:00 before-5 interview');
  });

  test('says what has begun, and what is due', async () => {
    expect(await hasBegun(bench.store.pool, bench.id, 'interviews')).toBe(true);
    expect(await hasBegun(bench.store.pool, bench.id, 'diagnosis')).toBe(false);
    const clock = await readClock(bench.store.pool, bench.id);
    const opening = new Date(bench.on('2027-06-07', '09:00'));
    expect(clock).toMatchObject({ look_at: new Date(bench.on('2027-06-11', '09:00')), mail_at: opening, sending: false, mails: 0 });
    await bench.deliver(bench.on('2027-06-07', '09:00'));
    expect(await readClock(bench.store.pool, bench.id)).toMatchObject({ mail_at: null, mails: 2 });
  });
});

describe('while it is moved', () => {
  const act = () => ({ edition: bench.id, spec: { act: 'target' as const, date: '2028-07-07' }, reason: 'un essai', realNow });
  const held = async (work: (guard: Tx) => Promise<void>) =>
    inTransaction(bench.store.pool, async (guard) => {
      expect(await holdClock(guard, bench.id)).toBe(true);
      await work(guard);
    });

  test('no act is done, and a preview says why; another edition’s are', async () => {
    const other = await database.bench();
    await held(async () => {
      expect(await doAct(bench.store, act())).toMatchObject({ ok: false, refused: { reason: 'advancing' } });
      expect(await previewAct(bench.store, act())).toMatchObject({ refused: { code: 'advancing' } });
      expect(await doAct(bench.store, { ...act(), edition: other.id, realNow: other.on('2027-06-08') })).toMatchObject({ ok: true });
    });
    expect(await doAct(bench.store, act())).toMatchObject({ ok: true });
  });

  test('no other advance moves it', async () => {
    await held(async () => {
      expect(await inTransaction(bench.store.pool, (tx) => holdClock(tx, bench.id))).toBe(false);
    });
    await held(async () => undefined);
  });

  test('it is free again when the process that moved it is dead', async () => {
    const dying = openStore(database.url, { maxConnections: 1 });
    const guard = await dying.pool.connect();
    await guard.query('begin');
    expect(await holdClock(guard, bench.id)).toBe(true);
    await beginAdvance(bench.store.pool, { ...wanted, edition: bench.id, at: await shown(), actor: 'machine' });
    expect(await lastAdvance(bench.store.pool, bench.id)).toMatchObject({ running: true, ended: null });
    guard.release(new Error('dead'));
    await dying.close();
    await held(async () => undefined);
    expect(await lastAdvance(bench.store.pool, bench.id)).toMatchObject({ running: false, ended: null });
  });
});

const wanted = { goal: 'next', others: 'punctual', acting: ['coordo'], seed: 3 };

test('an advance is remembered: how far it was wanted, how far it came, and whether somebody wants it stopped', async () => {
  const { pool } = bench.store;
  expect(await lastAdvance(pool, bench.id)).toBeUndefined();
  const at = await shown();
  const edition = bench.id;
  await beginAdvance(pool, { ...wanted, edition, at, actor: 'machine' });
  expect(await noteAdvance(pool, { edition, at: at + dayMs, mails: 2 })).toBe(false);
  await stopAdvance(pool, edition);
  expect(await noteAdvance(pool, { edition, at: at + dayMs, mails: 3, ended: 'stopped' })).toBe(true);
  expect(await lastAdvance(pool, edition)).toEqual({
    ...wanted,
    ...{ from_at: new Date(at), at: new Date(at + dayMs), mails: 3, ended: 'stopped', running: false },
  });
});
