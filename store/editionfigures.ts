/** An edition in figures, counted in one statement. */
import type { FigureId } from '../domain/figures.js';
import type { Db } from './db.js';
import { isCurrent } from './generations.js';

/** How many applications came by each relay (null: by none), and for each need. */
export interface Spread {
  relay: { name: string | null; n: number }[];
  need: { id: string | null; n: number }[];
}

/** What an edition counts; the needs are those of its file. */
export async function editionFigures(db: Db, edition: string): Promise<Record<Exclude<FigureId, 'needs'>, number> & Spread> {
  const { rows } = await db.query<Record<Exclude<FigureId, 'needs'>, number> & Spread>(
    `with sent as (select a.need, a.relay, a.shortlisted, a.out from application a where a.edition = $1 and a.state = 'submitted'),
       said as (select p.answer from ask a join ask_person p on p.ask = a.id
         where a.edition = $1 and a.kind = 'session' and ${isCurrent('a')} and p.closed = 'answered' and p.answer is not null)
     select
       (select count(distinct p.person)::int from ask a join ask_person p on p.ask = a.id
         where a.edition = $1 and a.kind = 'relay' and p.closed = 'answered' and p.answer ->> 'spread' = 'yes') as relays,
       (select count(*)::int from sent) as applications,
       (select count(*)::int from sent where shortlisted and not out) as heard,
       (select count(*)::int from project where edition = $1) as retained,
       (select count(*)::int from said where answer ->> 'held' = 'yes') as sessions,
       (select count(*)::int from said where answer ->> 'held' = 'no') as missed,
       (select coalesce(sum((answer ->> 'newcomers')::numeric), 0)::int from said where answer ->> 'held' = 'yes') as reached,
       (select count(*)::int from project where edition = $1 and outcome = 'agreement') as agreements,
       (select count(*)::int from project where edition = $1 and outcome = 'scale-up') as "scale-ups",
       (select count(*)::int from project where edition = $1 and status = 'ended' and outcome not in ('agreement', 'scale-up')) as ends,
       (select count(*)::int from outbox where edition = $1 and state = 'accepted') as mails,
       (select count(*)::int from outbox where edition = $1 and state = 'accepted' and reminder) as reminders,
       (select coalesce(json_agg(r), '[]') from (
         select p.name, count(*)::int as n from sent left join person p on p.edition = $1 and p.id = sent.relay group by sent.relay, p.name
         order by 2 desc, p.name limit 50) r) as relay,
       (select coalesce(json_agg(of), '[]') from (select need as id, count(*)::int as n from sent group by need order by 2 desc, need) of) as need`,
    [edition],
  );
  const [found] = rows;
  if (found === undefined) throw new Error('a statement without a condition answers one row');
  return found;
}
