import { createHash } from 'node:crypto';
import { inTransaction, type Pool } from './db.js';
import { ownAct } from './ownact.js';

/** How fast mail may leave an installation: mails a minute, to one domain and in all. */
export interface Pace {
  perDomain: number;
  overall: number;
}

/** So many leave at once before the pace begins to tell, to one domain and in all. */
const burst = { perDomain: 20, overall: 100, unproven: 10 } as const;
/** What anybody can have sent by typing an address has a budget of its own, this share of the domain's: however much of it there is, nothing else waits for it. */
const unprovenShare = 1 / 4;
/** Stands before a domain in `mail_pace`, where no domain has one. */
const unprovenPrefix = '?';
const batch = 1000;
/** A turn that was not used for so long, in milliseconds, is given anew: what waited for a worker overnight does not leave all at once. */
const unusedMs = 5 * 60_000;
/** Nobody is given a turn so late, in milliseconds: what says so was written by a clock that was wrong. */
const beyondMs = 24 * 60 * 60_000;

/**
 * Gives every due mail the instant at which it may leave: at once while there are few; spread over the next minutes when hundreds are due
 * together, in an order drawn from their keys, so that no domain is flooded and nobody is always last. Turns are given in real time for all
 * editions and workers together, each mail's once a try. What answers a person's own act and decision letters do not wait; links that anybody can ask for
 * wait among themselves.
 * (The rule is the generic cell rate algorithm of ITU-T I.371: `given_until` is its theoretical arrival time.)
 */
export async function giveTurns(
  pool: Pool,
  { edition, at, realNow, pace }: { edition: string; at: number; realNow: number; pace: Pace },
): Promise<void> {
  for (let full = true; full; )
    full = await inTransaction(pool, async (tx) => {
      const { rows } = await tx.query<{ id: number; key: string; domain: string; urgent: boolean; unproven: boolean }>(
        `select o.id, o.key, lower(split_part(coalesce(s.email, f.email, p.email, ''), '@', 2)) as domain, o.letter or ${ownAct} as urgent,
           o.template = 'begin' or o.template = 'link' and not o.context ? 'why' as unproven
         from outbox o left join person p on p.edition = o.edition and p.id = o.person
           left join application_start s on o.template = 'begin' and s.id = o.context->>'start'
           left join former_address f on o.template = 'replaced' and f.id = o.context->>'former'
         where o.edition = $1 and (o.slot_at is null or o.slot_at < $4) and o.due_at <= $2 and coalesce(o.next_try_at, o.due_at) <= $2
           and (o.state = 'queued' or (o.state = 'uncertain' and o.next_try_at is not null))
         order by o.id limit $3 for update of o skip locked`,
        [edition, new Date(at), batch, new Date(realNow - unusedMs)],
      );
      if (rows.length === 0) return false;
      const budgetOf = ({ domain, unproven }: { domain: string; unproven: boolean }) => (unproven ? `${unprovenPrefix}${domain}` : domain);
      const domains = ['', ...new Set(rows.map(budgetOf))].sort();
      await tx.query(
        'insert into mail_pace (domain, given_until) select d, 0 from unnest($1::text[]) as d order by d on conflict do nothing',
        [domains],
      );
      const { rows: paced } = await tx.query<{ domain: string; given_until: number }>(
        'select domain, given_until from mail_pace where domain = any($1) order by domain for update',
        [domains],
      );
      const given = new Map(paced.map((row) => [row.domain, row.given_until]));
      const turn = (domain: string) => {
        const [perMinute, atOnce] =
          domain === ''
            ? [pace.overall, burst.overall]
            : domain.startsWith(unprovenPrefix)
              ? [pace.perDomain * unprovenShare, burst.unproven]
              : [pace.perDomain, burst.perDomain];
        const intervalMs = 60_000 / perMinute;
        const known = given.get(domain) ?? 0;
        const until = known > realNow && known < realNow + beyondMs ? known : realNow;
        given.set(domain, until + intervalMs);
        return Math.max(realNow, until - intervalMs * (atOnce - 1));
      };
      const inDrawnOrder = rows
        .map((row) => ({ ...row, drawn: row.urgent ? '' : createHash('sha256').update(row.key).digest('hex') }))
        .sort((a, b) => (a.drawn < b.drawn ? -1 : a.drawn > b.drawn ? 1 : a.id - b.id));
      const turns = inDrawnOrder.map((row) => {
        const later = row.unproven ? turn(budgetOf(row)) : Math.max(turn(row.domain), turn(''));
        return { id: row.id, inMs: row.urgent && !row.unproven ? 0 : Math.max(0, later - realNow) };
      });
      await tx.query(
        `update outbox o set slot_at = to_timestamp(($1::float8 + t.in_ms) / 1000),
           next_try_at = case when t.in_ms > 0 then to_timestamp(($2::float8 + t.in_ms) / 1000) else o.next_try_at end
         from unnest($3::bigint[], $4::float8[]) as t(id, in_ms) where o.id = t.id`,
        [realNow, at, turns.map((one) => one.id), turns.map((one) => one.inMs)],
      );
      await tx.query(
        'update mail_pace m set given_until = p.until from unnest($1::text[], $2::float8[]) as p(domain, until) where m.domain = p.domain',
        [[...given.keys()], [...given.values()]],
      );
      return rows.length === batch;
    });
}
