import { type Claimed, targetKey } from '../domain/asks/outlook.js';
import type { CivilDate } from '../domain/calendar.js';
import type { Db } from './db.js';
import { keyIn, type MailAsk, noteQueued, type Queueing, queueStatement, queueValues } from './outbox.js';

/** A claim of a rung; `mail` is the key of the mail that holds it, or undefined when the rung is dropped. */
export interface Claim extends MailAsk {
  person: string;
  mail?: string;
}

/** Queues mails and claims the rungs that they hold, and those that are dropped, once for ever: what is claimed already is left as it is. */
export async function queueAndClaim(
  tx: Db,
  { on, claims, ...queueing }: Queueing & { on: CivilDate; claims: readonly Claim[] },
): Promise<void> {
  if (claims.length === 0 && queueing.mails.length === 0) return;
  const { edition, dueAt } = queueing;
  const { rows } = await tx.query<{ n: number }>(
    `with queued as (${queueStatement}),
     claimed as (
       insert into rung (ask, person, rung, about, edition, claimed_at, claimed_on, outbox)
       select c.ask, c.person, c.rung, c.about, $1, $3, $12, q.id
       from unnest($13::text[], $14::text[], $15::text[], $16::text[], $17::text[]) as c(ask, person, rung, about, mail)
         left join queued q on q.key = c.mail
       on conflict do nothing)
     select count(*)::int as n from queued`,
    [
      ...queueValues(queueing),
      on,
      claims.map((c) => c.ask),
      claims.map((c) => c.person),
      claims.map((c) => c.rung),
      claims.map((c) => c.about ?? ''),
      claims.map((c) => (c.mail === undefined ? '' : keyIn(edition, c.mail))),
    ],
  );
  noteQueued(tx, dueAt, rows[0]?.n ?? 0);
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
