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
export function openStore(
  url: string,
  { maxConnections = 10, keepsPlans = false }: { maxConnections?: number | undefined; keepsPlans?: boolean } = {},
): Store {
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

/** A lock that was not had, or a statement that took longer than its transaction lets it. */
export const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && (error.code === '55P03' || error.code === '57014');

/** Until it ends, a transaction waits no longer than this, in milliseconds, for a lock or for one statement (`isTimeout`). */
export const waitNoLonger = (tx: Tx, ms: number): Promise<unknown> =>
  tx.query("select set_config('lock_timeout', $1, true), set_config('statement_timeout', $1, true)", [String(ms)]);

/** Something in a part of a transaction failed: all of it is undone and done again, with a savepoint before each part. */
class PartFailed extends Error {
  override name = 'PartFailed';
}

/** The transactions whose parts are undone one by one. */
const withSavepoints = new WeakSet<Tx>();

/** A statement that can be one of several in one: it is numbered from $1, has a name of its own, and may refer to those before it by theirs. */
export interface Part {
  name: string;
  text: string;
  values: readonly unknown[];
}

/** What things of one kind come to, all of them at once. */
export type Writing<T> = (items: readonly T[]) => readonly Part[];
const putOffs = new WeakMap<Db, Map<Writing<never>, unknown[]>>();

/**
 * Writes things just before the transaction commits, with all else that was put off so, in one statement: each sees the tables as they were before it.
 * Where there is no transaction, at once.
 */
export async function write<T>(db: Db, writing: Writing<T>, items: readonly T[]): Promise<void> {
  if (items.length === 0) return;
  const waiting = putOffs.get(db);
  if (waiting === undefined) await askTogether(db, writing(items));
  else waiting.set(writing, [...(waiting.get(writing) ?? []), ...items]);
}

/** Writes now what was put off of one kind. */
export async function writeNow<T>(db: Db, writing: Writing<T>): Promise<void> {
  const items = putOffs.get(db)?.get(writing);
  if (items === undefined) return;
  putOffs.get(db)?.delete(writing);
  await askTogether(db, (writing as Writing<unknown>)(items));
}

/** Writes now all that was put off. */
export async function flush(tx: Tx): Promise<void> {
  const waiting = [...(putOffs.get(tx) ?? [])];
  putOffs.get(tx)?.clear();
  if (waiting.length > 0)
    await askTogether(
      tx,
      waiting.flatMap(([writing, items]) => (writing as Writing<unknown>)(items)),
    );
}

async function askTogether(db: Db, parts: readonly Part[]): Promise<void> {
  const values: unknown[] = [];
  const texts = parts.map((part) => {
    const before = values.length;
    values.push(...part.values);
    return part.text.replace(/\$(\d+)/g, (_, n: string) => `$${before + Number(n)}`);
  });
  const [last] = texts.slice(-1);
  if (last === undefined) return;
  const others = texts.slice(0, -1).map((text, n) => `${parts[n]?.name} as (${text})`);
  await db.query(others.length === 0 ? last : `with ${others.join(', ')} ${last}`, values);
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
    await flush(tx);
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
 * done again, from its beginning, and each part writes what it put off. Only inside `inTransaction`.
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
    await flush(tx);
    await tx.query('release savepoint part');
    return { ok: true, value };
  } catch (error) {
    await tx.query('rollback to savepoint part');
    putOffs.set(tx, before);
    return { ok: false, error };
  }
}
