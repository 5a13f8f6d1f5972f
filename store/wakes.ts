/** The wakes that editions are owed: what was written and their workflow has not seen, in the database until a review has. */
import { type Db, type Writing, write } from './db.js';

/** Owes the edition's workflow a wake, in the same transaction as what it must see. */
export async function oweWake(db: Db, edition: string, realNow: number): Promise<void> {
  await write(db, owed, [{ edition, realNow }]);
}

const owed: Writing<{ edition: string; realNow: number }> = (wakes) => [
  {
    name: 'owed',
    text: 'insert into pending_wake (edition, since) select * from unnest($1::text[], $2::timestamptz[]) on conflict (edition) do nothing',
    values: [wakes.map(({ edition }) => edition), wakes.map(({ realNow }) => new Date(realNow))],
  },
];

/** Owes a wake to each edition that was to be looked at more than `byMs` ago and was not: whatever the engine lost, its timer or its run. */
export async function oweLateLooks(db: Db, { realNow, byMs }: { realNow: number; byMs: number }): Promise<void> {
  await db.query(
    `insert into pending_wake (edition, since) select id, $1 from edition
     where status = 'running' and look_at <= to_timestamp((extract(epoch from $1::timestamptz) * 1000 + clock_offset_ms - $2) / 1000.0)
     on conflict (edition) do nothing`,
    [new Date(realNow), byMs],
  );
}

/**
 * The wakes owed since before `realBefore`, but for those that were just tried: a run which does not answer is signalled after twice as long each
 * time, at last every half an hour. Else its history would be full, and the run ended by the engine, within two days.
 */
export async function owedWakes(db: Db, realBefore: number): Promise<string[]> {
  const { rows } = await db.query<{ edition: string }>(
    `select edition from pending_wake
     where since <= $1 and (woken_at is null or woken_at + least(woken_at - since, interval '30 minutes') <= $1) order by since`,
    [new Date(realBefore)],
  );
  return rows.map((row) => row.edition);
}

/** The engine took a signal for a wake that was owed at that instant; it is owed until a review has seen it. */
export async function noteWoken(db: Db, edition: string, realNow: number): Promise<void> {
  await db.query('update pending_wake set woken_at = $2 where edition = $1 and since <= $2', [edition, new Date(realNow)]);
}

/** When an edition is looked at next (business instant), and since when it is owed a wake that no review has seen, tried last at `wokenAt` (real time). Epoch ms. */
export interface Looks {
  lookAt: number | null;
  owedSince: number | null;
  wokenAt: number | null;
}

/** How an edition's looks stand. */
export async function looksOf(db: Db, edition: string): Promise<Looks> {
  const { rows } = await db.query<Record<'look_at' | 'since' | 'woken_at', Date | null>>(
    `select case when e.status = 'running' then e.look_at end as look_at, w.since, w.woken_at
     from edition e left join pending_wake w on w.edition = e.id where e.id = $1`,
    [edition],
  );
  const ms = (at: Date | null | undefined) => at?.getTime() ?? null;
  return { lookAt: ms(rows[0]?.look_at), owedSince: ms(rows[0]?.since), wokenAt: ms(rows[0]?.woken_at) };
}
