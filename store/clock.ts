/** The clock of a demonstration: it runs as ours does, and is moved forward to what comes next; never back. */
import { toldOnce } from '../domain/mails.js';
import type { StepId } from '../domain/steps.js';
import { type Db, isTimeout, type Tx } from './db.js';
import type { EditionRow } from './editions.js';
import { dueMail } from './outbox.js';
import { oweWake } from './wakes.js';

type Shifted = Pick<EditionRow, 'clock_offset_ms'>;

/** Whether an edition was started as a demonstration: no other lives by a clock that is not ours. */
export const isDemonstration = ({ clock_offset_ms: offset }: Shifted): boolean => offset !== 0;

/** How far its clock is from ours, as its run is told; nothing for a clock that is ours. */
export const shiftOf = (row: Shifted): { clockOffsetMs?: number } => (isDemonstration(row) ? { clockOffsetMs: row.clock_offset_ms } : {});

/** The business instant of a review: what its run says, but never before what a clock that was moved shows now. */
export const instantIn = (row: Shifted, { requested, realNow }: { requested: number; realNow: number }): number =>
  isDemonstration(row) ? Math.max(requested, realNow + row.clock_offset_ms) : requested;

/**
 * Moves the clock of a demonstration forward, so that it shows `to` at the real instant `realNow`; answers what it shows then: never less than it
 * did. An edition that is not over is owed a wake: nothing would strike off that of one which is.
 */
export async function moveClock(tx: Tx, edition: string, { to, realNow }: { to: number; realNow: number }): Promise<number> {
  const { rows } = await tx.query<Shifted & Pick<EditionRow, 'status'>>(
    `update edition set clock_offset_ms = greatest(clock_offset_ms, $2::bigint - $3::bigint),
       last_at = greatest(last_at, to_timestamp($2::bigint / 1000.0)) where id = $1 and clock_offset_ms <> 0
     returning clock_offset_ms, status`,
    [edition, Math.round(to), Math.round(realNow)],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`${edition} is no demonstration`);
  if (row.status === 'running' || row.status === 'paused') await oweWake(tx, edition, realNow);
  return realNow + row.clock_offset_ms;
}

/** The name of the lock under which an edition's clock is moved. */
export const clockKey = (edition: string): string => `advance ${edition}`;

/**
 * Holds the clock of a demonstration until the transaction ends, or its process dies: one advance at a time, and no act meanwhile. Whether it is held:
 * an act that is being done is waited for, an advance is not.
 */
export async function holdClock(tx: Tx, edition: string): Promise<boolean> {
  try {
    await tx.query("select set_config('lock_timeout', '1000', true)");
    await tx.query('savepoint hold');
    await tx.query('select pg_advisory_xact_lock(hashtext($1))', [clockKey(edition)]);
    return true;
  } catch (error) {
    if (!isTimeout(error)) throw error;
    await tx.query('rollback to savepoint hold');
    return false;
  }
}

/** Keeps the clock of a demonstration from being moved until the transaction ends; false: it is being moved now. Any other clock is kept. */
export async function keepClock(tx: Db, edition: string): Promise<boolean> {
  const { rows } = await tx.query<{ kept: boolean }>(
    'select clock_offset_ms = 0 or pg_try_advisory_xact_lock_shared(hashtext($2)) as kept from edition where id = $1',
    [edition, clockKey(edition)],
  );
  return rows[0]?.kept !== false;
}

/** What is due in a demonstration, and what of it is being done. */
export interface ClockRow extends Shifted {
  status: EditionRow['status'];
  phase: string | null;
  /** The next instant at which its last review wanted to look again. */
  look_at: Date | null;
  /** The first instant at which mail is due; of mail that is being sent, until when its sender has it. */
  mail_at: Date | null;
  sending: boolean;
  /** Whether its run is owed a wake. */
  owed: boolean;
  /** Whether mails were given up or came back that nobody was told of. */
  untold: boolean;
  /** How many mails have left. */
  mails: number;
}

/** Reads it; undefined when there is no such edition. */
export async function readClock(db: Db, edition: string): Promise<ClockRow | undefined> {
  const { rows } = await db.query<ClockRow>(
    `select e.status, e.phase, e.clock_offset_ms, case when e.status = 'running' then e.look_at end as look_at, m.at as mail_at, m.untold,
       exists (select 1 from outbox where edition = $1 and state = 'sending') as sending,
       exists (select 1 from pending_wake where edition = $1) as owed,
       (select count(*) from outbox where edition = $1 and state = 'accepted') as mails
     from edition e cross join (${dueMail({ told: '$2', epoch: '$3' })}) m where e.id = $1`,
    [edition, toldOnce, null],
  );
  return rows[0];
}

/** Which of some people are in an edition. */
export async function peopleAmong(db: Db, edition: string, ids: readonly string[]): Promise<string[]> {
  return (await db.query<{ id: string }>('select id from person where edition = $1 and id = any($2)', [edition, ids])).rows.map(
    ({ id }) => id,
  );
}

/** Whether a step has begun: something of it was asked, or it was passed over. */
export async function hasBegun(db: Db, edition: string, step: StepId): Promise<boolean> {
  const { rows } = await db.query<{ begun: boolean }>(
    `select exists (select 1 from ask where edition = $1 and step = $2 and opened_at is not null)
       or exists (select 1 from fact where edition = $1 and step = $2 and what = 'finished') as begun`,
    [edition, step],
  );
  return rows[0]?.begun === true;
}
