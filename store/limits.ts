/** How often something may be asked for by people who have not shown who they are. */
import type { Db, Tx } from './db.js';

/** A limit: so many attempts of a kind, within so long, by one `who` – a keyed hash: what is counted says nothing of anybody. */
export interface Limit {
  kind: string;
  who: string;
  most: number;
  withinMs: number;
}

/** Attempts are counted for a day at most. */
const keptMs = 24 * 60 * 60_000;

/** Counts an attempt, if it is within all its limits; otherwise counts nothing and answers the first that it is over. Two at one moment take turns. */
export async function overLimit(tx: Tx, limits: readonly Limit[], realNow: number): Promise<Limit | undefined> {
  const whos = [...new Set(limits.map(({ kind, who }) => `${kind}/${who}`))].sort();
  for (const who of whos) await tx.query('select pg_advisory_xact_lock(hashtext($1))', [who]);
  for (const limit of limits) {
    const since = new Date(realNow - limit.withinMs);
    const { rows } = await tx.query<{ n: number }>('select count(*)::int as n from attempt where kind = $1 and who = $2 and at > $3', [
      limit.kind,
      limit.who,
      since,
    ]);
    if ((rows[0]?.n ?? 0) >= limit.most) return limit;
  }
  const counted = new Map(limits.map(({ kind, who }) => [`${kind}/${who}`, { kind, who }]));
  for (const { kind, who } of counted.values())
    await tx.query('insert into attempt (kind, who, at) values ($1, $2, $3)', [kind, who, new Date(realNow)]);
  return undefined;
}

/** The kind of an attempt that was over a limit; its `who` is an edition. */
export const refusedKind = 'refused';

/** Counts that something was asked for in an edition and refused, being over a limit: the watch tells of many. */
export const countRefused = async (tx: Tx, edition: string, realNow: number): Promise<void> =>
  void (await tx.query('insert into attempt (kind, who, at) values ($1, $2, $3)', [refusedKind, edition, new Date(realNow)]));

/** Forgets attempts that no limit counts any more. */
export async function forgetAttempts(db: Db, realNow: number): Promise<void> {
  await db.query('delete from attempt where at < $1', [new Date(realNow - keptMs)]);
}
