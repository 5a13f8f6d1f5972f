import { type Claimed, targetKey } from '../domain/asks/outlook.js';
import type { CivilDate } from '../domain/calendar.js';
import type { Db } from './db.js';
import type { MailAsk } from './outbox.js';

/** A claim of a rung; `mail` is its outbox key, or undefined when the rung is dropped. */
export interface Claim extends MailAsk {
  person: string;
  mail?: string;
}

/** Claims rungs, once for ever: those already claimed are left as they are. */
export async function claimRungs(
  db: Db,
  {
    edition,
    at,
    on,
    claims,
    mailIds,
  }: { edition: string; at: number; on: string; claims: readonly Claim[]; mailIds: ReadonlyMap<string, number> },
): Promise<void> {
  if (claims.length === 0) return;
  await db.query(
    `insert into rung (ask, person, rung, about, edition, claimed_at, claimed_on, outbox)
     select c.ask, c.person, c.rung, c.about, $1, $2, $3, nullif(c.outbox, 0)
     from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::bigint[]) as c(ask, person, rung, about, outbox)
     on conflict do nothing`,
    [
      edition,
      new Date(at),
      on,
      claims.map((c) => c.ask),
      claims.map((c) => c.person),
      claims.map((c) => c.rung),
      claims.map((c) => c.about ?? ''),
      claims.map((c) => (c.mail === undefined ? 0 : (mailIds.get(c.mail) ?? 0))),
    ],
  );
}

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

/** The rungs claimed for some asks ($n: their ids), in no order. */
export const everyClaim = (asks: string): string =>
  `select ask, person, rung, about, claimed_on, outbox is not null as sent from rung where ask = any(${asks})`;

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
