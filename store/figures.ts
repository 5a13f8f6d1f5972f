/** Counts over the whole installation, for measures: ids and words of the code, nothing personal. */
import type { Db } from './db.js';

/** What an installation counts, at one moment. Ages are for whoever reads to compute: instants are real time, epoch ms. */
export interface Figures {
  /** What is not over, and what was given up; of what left or was dropped there is no end, and no count. */
  mails: { state: string; template: string; count: number }[];
  editions: { status: string; count: number }[];
  asks: { open: number; overdue: number };
  incidents: number;
  alerts: { kind: string; count: number }[];
  wakesOwed: number;
  /** Real instant at which the oldest mail was due that has not left; absent for editions with none. */
  mailDueSince: { edition: string; since: number }[];
}

/** Counts everything, at a real instant, from what is not over: nothing is read of the mails that ever left. */
export async function figures(db: Db, realNow: number): Promise<Figures> {
  const [row] = (
    await db.query<Figures>(
      `with clock as (select id, status, clock_offset_ms, to_timestamp(($1::bigint + clock_offset_ms) / 1000.0) as at from edition)
       select
         (select coalesce(json_agg(m), '[]') from (
            select state, template, count(*) from (
              select state, template from outbox where state in ('queued', 'sending', 'uncertain')
              union all select state, template from outbox where state = 'failed') kept
            group by 1, 2 order by 1, 2) m) as mails,
         (select coalesce(json_agg(s), '[]') from (select status, count(*) from edition group by 1 order by 1) s) as editions,
         (select json_build_object('open', count(*), 'overdue', count(*) filter (where a.due_at < c.at)) from ask a join clock c on c.id = a.edition
            where c.status = 'running' and a.outcome is null and a.opened_at is not null) as asks,
         (select count(*)::int from incident where resolved_at is null) as incidents,
         (select coalesce(json_agg(k), '[]') from (select kind, count(*) from alert where over_at is null group by 1 order by 1) k) as alerts,
         (select count(*)::int from pending_wake) as "wakesOwed",
         (select coalesce(json_agg(d), '[]') from (
            select o.edition, (extract(epoch from min(o.due_at)) * 1000)::bigint - min(c.clock_offset_ms) as since from outbox o join clock c on c.id = o.edition
            where o.due_at <= c.at and (o.state in ('queued', 'sending') or o.state = 'uncertain' and o.next_try_at is not null)
            group by 1 order by 1) d) as "mailDueSince"`,
      [Math.round(realNow)],
    )
  ).rows;
  if (row === undefined) throw new Error('figures: one row is always answered');
  return row;
}

/** How mail stands that has not left: how many mails of each state, and the real instant (epoch ms) at which the oldest of them is or was due. */
export interface Backlog {
  state: string;
  count: number;
  since: number;
}

/** The mail of the whole installation, or of one edition, that has not left, or was given up. */
export async function backlog(db: Db, edition?: string): Promise<Backlog[]> {
  const { rows } = await db.query<Backlog>(
    `select o.state, count(*)::int as count, min((extract(epoch from o.due_at) * 1000)::bigint - e.clock_offset_ms)::bigint as since from (
       select edition, state, due_at from outbox where state in ('queued', 'sending', 'uncertain')
       union all select edition, state, due_at from outbox where state = 'failed'
       union all select edition, state, due_at from outbox where state = 'held') o
     join edition e on e.id = o.edition where $1::text is null or o.edition = $1 group by 1 order by 1`,
    [edition ?? null],
  );
  return rows.map(({ since, ...rest }) => ({ ...rest, since: Number(since) }));
}
