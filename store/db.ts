import pg from 'pg';

/** A pool or a connection: whatever can be asked. */
export interface Db {
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<{ rows: Row[]; rowCount: number | null }>;
}

/** A connection of its own, until it is released; with an error, it is not used again. */
export interface Tx extends Db {
  release(error?: Error): void;
}

/** Connections to share. */
export interface Pool extends Db {
  connect(): Promise<Tx>;
}

/** The database of an installation. */
export interface Store {
  pool: Pool;
  close(): Promise<void>;
}

const types = {
  date: 1082,
  int8: 20,
  numeric: 1700,
} as const;

/** A host that does not answer, or a pool that stays full, is an error after this long. */
const connectWithinMs = 15_000;

/** Statements under names of their own, which a connection has Postgres parse and plan once; one without values is asked as it is. */
function naming(): Asking {
  const names = new Map<string, string>();
  return (text, values) => {
    if (values === undefined) return { text };
    const name = names.get(text) ?? `s${names.size}`;
    names.set(text, name);
    return { name, text, values };
  };
}

type Asking = (text: string, values: unknown[] | undefined) => pg.QueryConfig;
const asIs: Asking = (text, values) => (values === undefined ? { text } : { text, values });

/**
 * Opens the database. Civil dates come as `YYYY-MM-DD`, counts as numbers, instants as `Date`.
 * `keepsPlans`: each statement is planned once a connection, for tables that stay small. One that was planned when they were empty does not
 * fit when ten thousand rows were added and nothing analysed them since.
 */
export function openStore(url: string, { maxConnections = 10, keepsPlans = false } = {}): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: connectWithinMs,
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') => {
        if (oid === types.date) return (text: string) => text;
        if (oid === types.int8 || oid === types.numeric) return Number;
        return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
      },
    },
  });
  // A connection that dies, idle or between two queries of a transaction, is replaced: the error of the next query is the one that counts.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const asked = keepsPlans ? naming() : asIs;
  return {
    pool: {
      query: (text, values) => pool.query(asked(text, values)),
      connect: async () => {
        const client = await pool.connect();
        return { query: (text, values) => client.query(asked(text, values)), release: (error) => client.release(error) };
      },
    },
    close: () => pool.end(),
  };
}

/** A deadlock that Postgres resolved against us: nothing was done, and doing it again works. */
const isDeadlock = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === '40P01';

/** Something in a part of a transaction failed: all of it is undone and done again, with a savepoint before each part. */
class PartFailed extends Error {
  override name = 'PartFailed';
}

/** The transactions whose parts are undone one by one. */
const withSavepoints = new WeakSet<Tx>();

/** Writes, at once, all that a transaction put off. */
export type Flush<T> = (tx: Tx, items: readonly T[]) => Promise<void>;
type PutOff = Map<Flush<never>, unknown[]>;
const putOffs = new WeakMap<Db, PutOff>();

/** Puts something off until just before the transaction commits, where `flush` writes all of it at once; whether there is one: a pool has none. */
export function putOff<T>(db: Db, flush: Flush<T>, items: readonly T[]): boolean {
  const waiting = putOffs.get(db);
  waiting?.set(flush, [...(waiting.get(flush) ?? []), ...items]);
  return waiting !== undefined;
}

async function flushAll(tx: Tx): Promise<void> {
  for (const [flush, items] of putOffs.get(tx) ?? []) await (flush as Flush<unknown>)(tx, items);
}

/** Runs a transaction: all of it, or nothing; again, when Postgres gave it up to resolve a deadlock, or when a part of it failed (`inSavepoint`). */
export async function inTransaction<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  let savepoints = false;
  for (let tries = 1; ; tries++)
    try {
      return await once(pool, { work, savepoints });
    } catch (error) {
      if (error instanceof PartFailed) savepoints = true;
      else if (tries >= 3 || !isDeadlock(error)) throw error;
    }
}

async function once<T>(pool: Pool, { work, savepoints }: { work: (tx: Tx) => Promise<T>; savepoints: boolean }): Promise<T> {
  const tx = await pool.connect();
  if (savepoints) withSavepoints.add(tx);
  try {
    await tx.query('begin');
    putOffs.set(tx, new Map());
    const result = await work(tx);
    await flushAll(tx);
    await tx.query('commit');
    return result;
  } catch (error) {
    await tx.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    tx.release();
  }
}

/**
 * Runs part of a transaction so that its failure undoes only itself. Parts seldom fail: savepoints are set once one has, when the whole transaction is
 * done again, from its beginning. Only inside `inTransaction`.
 */
export async function inSavepoint<T>(tx: Tx, work: () => Promise<T>): Promise<{ ok: true; value: T } | { ok: false; error: unknown }> {
  if (!withSavepoints.has(tx))
    try {
      return { ok: true, value: await work() };
    } catch (cause) {
      throw new PartFailed('a part failed', { cause });
    }
  await tx.query('savepoint part');
  const before = new Map(putOffs.get(tx));
  try {
    const value = await work();
    await tx.query('release savepoint part');
    return { ok: true, value };
  } catch (error) {
    await tx.query('rollback to savepoint part');
    putOffs.set(tx, before);
    return { ok: false, error };
  }
}
