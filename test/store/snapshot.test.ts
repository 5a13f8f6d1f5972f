/** What a review keeps of what it read: patched by what it writes, it is what it would read anew. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AskSpec } from '../../domain/asks.js';
import { insertAsk, openAsk, seatPeople } from '../../store/asks.js';
import { inTransaction, type Tx } from '../../store/db.js';
import { type EditionRow, remember } from '../../store/editions.js';
import { insertFact } from '../../store/facts.js';
import { lockForReview, readSnapshot, type Snapshot, withAsk, withFact, withPlace, withSession } from '../../store/snapshot.js';
import { type BenchDatabase, benchDatabase } from '../support/edition.js';
import { until } from '../support/waiting.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const spec = (asked: Partial<AskSpec> & Pick<AskSpec, 'step' | 'kind'>): AskSpec => ({ version: 1, generation: 1, ...asked });
const locked = async (tx: Tx, id: string) => {
  const found = await lockForReview(tx, id);
  if (found === undefined) throw new Error(`${id} is there`);
  return found;
};
const timing = (at: number) => ({ day1: '2027-06-08', opensAt: at, due: '2027-06-14', dueAt: at + 6 * 86_400_000, endsAt: null });
const inOrder = <T>(rows: readonly T[]): T[] => [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
const told = ({ inputs: { lived, facts, projects, sessions }, holders }: Snapshot) => ({
  ...{ lived: inOrder(lived), facts, projects, sessions: [...sessions], holders: new Map([...holders].sort()) },
});

test('what a review writes changes what it has read as reading it anew would', async () => {
  const bench = await database.bench();
  const at = bench.on('2027-06-08');
  await inTransaction(bench.store.pool, async (tx) => {
    const { row } = await locked(tx, bench.id);
    const open: string[] = [];
    const anew = (of: EditionRow) => readSnapshot(tx, { row: of, open, awaited: [], at, movedSince: at, first: false, trusting: false });
    let kept = await anew(row);
    const write = async (asked: Parameters<typeof spec>[0], openedAt: number | null, people: string[]) => {
      const seated = people.map((person) => ({ person, seat: person }));
      const ask = await insertAsk(tx, { row, spec: spec(asked), timing: timing(at), openedAt, people: seated, at });
      open.push(ask.id);
      kept = withAsk(kept, row, { ask, people: seated, at });
      expect(told(kept)).toEqual(told(await anew(row)));
      return ask;
    };
    await write({ step: 'interviews', kind: 'interview' }, at, ['sante', 'transports']);
    const early = await write({ step: 'interviews', kind: 'interview', generation: 2 }, at - 86_400_000, ['sante']);
    await write({ step: 'diagnosis', kind: 'decide' }, at, ['coordo']);
    const session = await write({ step: 'field', kind: 'session', project: 'p-01', part: '2027-06-16' }, null, ['transports']);
    await write({ step: 'field', kind: 'session', project: 'p-01', part: '2027-06-09' }, null, ['transports']);
    await openAsk(tx, session.id, at + 1);
    kept = withSession(kept, row, { ...session, opened_at: new Date(at + 1) });
    expect(told(kept)).toEqual(told(await anew(row)));
    const fact = {
      id: 'f',
      what: 'finished',
      step: 'interviews',
      project: null,
      version: 1,
      generation: 1,
      recorded_on: '2027-06-08',
      outcome: 'complete',
      items: [],
    } as const;
    await insertFact(tx, bench.id, { ...fact, items: [], at });
    kept = withFact(kept, row, { ...fact, items: [], recorded_at: new Date(at) });
    expect(told(kept)).toEqual(told(await anew(row)));
    await seatPeople(tx, {
      row,
      ask: early.id,
      people: [{ person: 'transports', seat: 'sante', onBehalfOf: 'sante', joined: 'substitute' }],
      at,
    });
    const place = {
      ask: early.id,
      person: 'transports',
      seat: 'sante',
      joined: 'substitute',
      joined_at: new Date(at),
      on_behalf_of: 'sante',
    } as const;
    kept = withPlace(kept, { ...place, closed: null, closed_at: null, decision: null });
    expect(told(kept)).toEqual(told(await anew(row)));
  });
});

test('a review that waits for another sees the asks that the other opened', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  const at = bench.on('2027-06-08');
  let waiting: Promise<string[]> | undefined;
  await inTransaction(pool, async (tx) => {
    const { row } = await locked(tx, bench.id);
    waiting = inTransaction(pool, async (other) => (await locked(other, bench.id)).open.map(({ id }) => id));
    await until('the other does not wait', async () => {
      const { rows } = await pool.query("select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'");
      return rows.length === 1;
    });
    await insertAsk(tx, { row, spec: spec({ step: 'interviews', kind: 'interview' }), timing: timing(at), openedAt: at, at });
    await remember(tx, bench.id, { look: { at, phase: 'diagnostic', next: null } });
  });
  expect(await waiting).toEqual([bench.idOf({ step: 'interviews', kind: 'interview' })]);
});

test('what is remembered of an edition in several parts is written in one, and what is not said stays', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  const at = bench.on('2027-06-08');
  const row = async () =>
    (await pool.query('select slack, calendar_seen, digest_at, phase, look_at from edition where id = $1', [bench.id])).rows[0];
  await inTransaction(pool, async (tx) => {
    await remember(tx, bench.id, { slack: { '': 3 } });
    await remember(tx, bench.id, { calendarSeen: 'so', digestAt: at });
    await remember(tx, bench.id, { look: { at, phase: 'pitch', next: at + 1 } });
  });
  const remembered = { slack: { '': 3 }, calendar_seen: 'so', digest_at: new Date(at), phase: 'pitch', look_at: new Date(at + 1) };
  expect(await row()).toEqual(remembered);
  await inTransaction(pool, (tx) => remember(tx, bench.id, { look: { at, phase: 'field', next: null } }));
  expect(await row()).toEqual({ ...remembered, phase: 'field', look_at: null });
});
