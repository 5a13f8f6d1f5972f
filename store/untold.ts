import type { Db } from './db.js';

/** Something that is true without exactly one entry that says so, or an outcome that only the journal knows; `found`: how many entries say it. */
export interface Untold {
  verb: string;
  subject: string;
  /** Who did it, where that counts. */
  actor: string | null;
  found: number;
}

/**
 * Holds an edition's journal against what is true: every ask that was opened, its one outcome, every answer, delegation and application sent, every fact and
 * project has exactly one entry; and no entry tells an outcome that the ask has not. What a cut-off end of the journal told shows here.
 */
export async function untoldOf(db: Db, edition: string): Promise<Untold[]> {
  const { rows } = await db.query<Untold>(
    `with told as (select verb, subject, actor, detail->>'outcome' as outcome from audit where edition = $1),
     truth (verb, subject, actor, outcome) as (
       select 'ask.opened', id, null, null from ask where edition = $1
       union all select 'ask.settled', id, null, outcome from ask where edition = $1 and outcome is not null
       union all select case when a.kind = 'apply' then 'application.submitted' else 'ask.answered' end, a.id, p.person, null
         from ask_person p join ask a on a.id = p.ask where a.edition = $1 and p.closed in ('answered', 'declined')
       union all select 'ask.delegated', ask, person, null from ask_person where edition = $1 and closed = 'delegated'
       union all select 'fact.' || what, id, null, null from fact where edition = $1
       union all select 'project.created', id, null, null from project where edition = $1)
     select t.verb, t.subject, t.actor, count(e.verb)::int as found
     from truth t left join told e on e.verb = t.verb and e.subject = t.subject
       and (t.actor is null or e.actor = t.actor) and (t.outcome is null or e.outcome = t.outcome)
     group by t.verb, t.subject, t.actor having count(e.verb) <> 1
     union all
     select e.verb, e.subject, null, count(*)::int from told e
     where e.verb = 'ask.settled' and exists (select 1 from edition where id = $1)
       and not exists (select 1 from ask a where a.id = e.subject and a.outcome = e.outcome)
     group by e.verb, e.subject
     order by 1, 2, 3`,
    [edition],
  );
  return rows;
}
