import type { Db } from './db.js';

/** Something that is true without the entries that say so, or an outcome that only the journal knows; `found`: how many entries say it. */
export interface Untold {
  verb: string;
  subject: string;
  /** Who did it, where that counts. */
  actor: string | null;
  found: number;
}

/**
 * Holds an edition's journal against what is true: the edition's beginning, every ask that was opened, its one outcome, every answer, delegation and
 * application begun and sent, every fact and project, and what coordinators did that left its mark – an edition cancelled, an ask closed or nudged – has
 * exactly one entry; a delegation, which may be taken back, and an ask that was extended, to its present day, have at least one; and no entry tells an outcome that the ask has not. What a cut-off
 * end of the journal told shows here, as far as the rest of the database knows it: an address corrected, a mail sent again, do not.
 */
export async function untoldOf(db: Db, edition: string): Promise<Untold[]> {
  const { rows } = await db.query<Untold>(
    `with told as (
       select case verb when 'ask.answered-for' then 'ask.answered' else verb end as verb, subject,
         case verb when 'ask.answered-for' then detail->>'person' else actor end as actor, case verb when 'ask.settled' then detail->>'outcome' when 'ask.extended' then detail->>'to' end as how
       from audit where edition = $1),
     truth (verb, subject, actor, how, least, most) as (
       select 'edition.started', id, null, null, 1, 1 from edition where id = $1
       union all select 'edition.cancelled', id, null, null, 1, 1 from edition e where id = $1 and status = 'cancelled'
         and not exists (select 1 from fact f where f.edition = e.id and f.what = 'edition-ended') -- its story did not end it
       union all select 'ask.opened', id, null, null, 1, 1 from ask where edition = $1
       union all select 'ask.extended', id, null, due::text, 1, null from ask where edition = $1 and moved
       union all select 'ask.closed', id, null, null, 1, 1 from ask where edition = $1 and closing is not null
       union all select 'ask.nudged', ask, null, null, count(distinct rung), count(distinct rung) from rung where edition = $1 and rung like 'nudge-%' group by ask
       union all select 'ask.settled', id, null, outcome, 1, 1 from ask where edition = $1 and outcome is not null
       union all select case when a.kind = 'apply' then 'application.submitted' else 'ask.answered' end, a.id, p.person, null, 1, 1
         from ask_person p join ask a on a.id = p.ask where a.edition = $1 and p.closed in ('answered', 'declined')
       union all select 'ask.delegated', ask, person, null, 1, null from ask_person where edition = $1 and closed = 'delegated'
       union all select 'application.started', id, person, null, 1, 1 from application where edition = $1
       union all select 'fact.' || what, id, null, null, 1, 1 from fact where edition = $1
       union all select 'project.created', id, null, null, 1, 1 from project where edition = $1)
     select t.verb, t.subject, t.actor, count(e.verb)::int as found
     from truth t left join told e on e.verb = t.verb and e.subject = t.subject
       and (t.actor is null or e.actor = t.actor) and (t.how is null or e.how = t.how)
     group by t.verb, t.subject, t.actor, t.least, t.most having count(e.verb) < t.least or count(e.verb) > t.most
     union all
     select e.verb, e.subject, null, count(*)::int from told e
     where e.verb = 'ask.settled' and exists (select 1 from edition where id = $1)
       and not exists (select 1 from ask a where a.id = e.subject and a.outcome = e.how)
     group by e.verb, e.subject
     order by 1, 2, 3`,
    [edition],
  );
  return rows;
}
