/** The last advance of a demonstration's clock, as pages and the next advance see it. */
import { clockKey } from './clock.js';
import type { Db } from './db.js';

/** What was wanted: how far, who plays the others, who is played by nobody. */
export interface AdvanceWanted {
  /** `next`, a date, or a step. */
  goal: string;
  /** A set of personas, or `nobody`. */
  others: string;
  acting: readonly string[];
  seed: number;
}

/** An advance; instants are business instants. */
export interface AdvanceRow extends AdvanceWanted {
  from_at: Date;
  at: Date;
  mails: number;
  /** Why it stopped; null: it goes on, or was cut off. */
  ended: string | null;
  /** Whether it is under way. */
  running: boolean;
}

/** Notes that an advance begins. */
export async function beginAdvance(
  db: Db,
  { edition, at, actor, goal, others, acting, seed }: AdvanceWanted & { edition: string; at: number; actor: string },
): Promise<void> {
  await db.query(
    `insert into advance (edition, goal, others, acting, seed, actor, from_at, at) values ($1, $2, $3, $4, $5, $6, $7, $7)
     on conflict (edition) do update set goal = excluded.goal, others = excluded.others, acting = excluded.acting, seed = excluded.seed,
       actor = excluded.actor, from_at = excluded.from_at, at = excluded.at, mails = 0, stopping = false, ended = null`,
    [edition, goal, others, acting, seed, actor, new Date(at)],
  );
}

/** Notes how far it is, and that it has stopped, if it has; answers whether somebody wants it to stop. */
export async function noteAdvance(
  db: Db,
  { edition, at, mails, ended }: { edition: string; at: number; mails: number; ended?: string },
): Promise<boolean> {
  const { rows } = await db.query<{ stopping: boolean }>(
    'update advance set at = $2, mails = $3, ended = $4 where edition = $1 returning stopping',
    [edition, new Date(at), mails, ended ?? null],
  );
  return rows[0]?.stopping === true;
}

/** Wants the advance that is under way to stop at its next instant. */
export const stopAdvance = async (db: Db, edition: string): Promise<void> =>
  void (await db.query('update advance set stopping = true where edition = $1 and ended is null', [edition]));

/** The last advance of an edition's clock, or undefined. */
export async function lastAdvance(db: Db, edition: string): Promise<AdvanceRow | undefined> {
  const { rows } = await db.query<AdvanceRow>(
    `select goal, others, acting, seed, from_at, at, mails, ended,
       ended is null and not pg_try_advisory_xact_lock_shared(hashtext($2)) as running from advance where edition = $1`,
    [edition, clockKey(edition)],
  );
  return rows[0];
}
