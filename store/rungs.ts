import { type Claimed, targetKey } from '../domain/asks/outlook.js';
import type { CivilDate } from '../domain/calendar.js';
import type { Db } from './db.js';

/** The rungs claimed so far for these asks, by ask and by target (`targetKey`), oldest first; `people`: those only that went to one of them or were about one. */
export async function claimedRungs(
  db: Db,
  asks: string[],
  people: readonly string[] | null = null,
): Promise<Map<string, Map<string, Claimed[]>>> {
  const { rows } = await db.query<ClaimedRow>(
    `${everyClaim('$1')} and ($2::text[] is null or person = any($2) or about = any($2)) order by claimed_at`,
    [asks, people],
  );
  return claimsByTarget(rows);
}

/** A claimed rung, and whether it was mailed. */
export interface ClaimedRow {
  ask: string;
  person: string;
  rung: string;
  about: string;
  claimed_on: CivilDate;
  sent: boolean;
}

/** The rungs claimed for some asks ($n: their ids), in no order; one that is held is owed to nobody as long as it is. */
export const everyClaim = (asks: string): string =>
  `select ask, person, rung, about, claimed_on, sent from (
     select ask, person, rung, about, claimed_at, claimed_on, outbox is not null as sent from rung
     union all select ask, person, rung, about, at, at::date, false from hold where mail is null) c where ask = any(${asks})`;

/** Claims by ask and by target, in their order. */
export function claimsByTarget(rows: readonly ClaimedRow[]): Map<string, Map<string, Claimed[]>> {
  const claimed = new Map<string, Map<string, Claimed[]>>();
  for (const { ask, person, rung, about, claimed_on: on, sent } of rows) {
    const ofAsk = claimed.get(ask) ?? new Map<string, Claimed[]>();
    const key = targetKey({ addressee: person, about });
    claimed.set(ask, ofAsk.set(key, [...(ofAsk.get(key) ?? []), { rung, on, sent }]));
  }
  return claimed;
}
