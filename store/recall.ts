import type { Db } from './db.js';

/** Outcomes that somebody remembers: of settled asks, and of recorded facts. */
export interface Remembered {
  settled: readonly { id: string; outcome: string; on: string }[];
  recorded: readonly { id: string; on: string }[];
}

/**
 * Which of these outcomes the database has not, or has otherwise: ids, in their order. Outcomes are never edited, so a run that remembers one
 * of them saw a database that is no longer there.
 */
export async function forgotten(db: Db, { settled, recorded }: Remembered): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select k.id from unnest($1::text[], $2::text[], $3::date[]) as k(id, outcome, day)
       where not exists (select 1 from ask a where a.id = k.id and a.outcome = k.outcome and a.closed_on = k.day)
     union
     select k.id from unnest($4::text[], $5::date[]) as k(id, day)
       where not exists (select 1 from fact f where f.id = k.id and f.recorded_on = k.day)
     order by id`,
    [
      settled.map(({ id }) => id),
      settled.map(({ outcome }) => outcome),
      settled.map(({ on }) => on),
      recorded.map(({ id }) => id),
      recorded.map(({ on }) => on),
    ],
  );
  return rows.map(({ id }) => id);
}
