import { RULE_ACTS } from '../../domain/acts.js';
import { nextSendingTime } from '../../domain/asks/sending.js';
import { calendarOf } from '../../domain/calendar.js';
import { keptActor } from '../../domain/journal.js';
import type { Tx } from '../db.js';
import { lockEdition } from '../editions.js';
import type { Planned, When } from './change.js';
import { letGo } from './hold.js';
import type { NotDone } from './on-ask.js';

/** For so long an act can be undone, by the edition's clock, in milliseconds. */
const undoneWithinMs = 10 * 60_000;

/** In SQL: the latest change of an edition ($1) that was made at an instant ($2): of its rules, or a mail held. */
const changes = {
  /** What has an outcome by now does not open again. */
  rules: `select o.id, o.actor, null::bigint as mail from override o where o.edition = $1 and o.at = $2 and o.act = any('{${RULE_ACTS.join(',')}}')
    and not exists (select from jsonb_to_recordset(o.asks) as m(id text) join ask a on a.id = m.id where a.outcome is not null)
    order by o.id desc limit 1`,
  hold: 'select id, actor, mail from hold where edition = $1 and at = $2 order by id desc limit 1',
};

/**
 * Takes back the last act on an edition: a change of its rules, or a mail held. Only what the same account did within ten minutes, and after which nothing
 * has happened: the journal has no later line. Anything else is undone by an act of its own.
 */
export async function planUndo(
  tx: Tx,
  { edition, reason, actor = 'coordinator', realNow }: { edition: string; reason: string; actor?: string } & When,
): Promise<Planned<object> | NotDone> {
  const row = await lockEdition(tx, edition);
  if (row === undefined) return { ok: false, reason: 'unknown' };
  const at = realNow + row.clock_offset_ms;
  const isTheirs = (by: string) => keptActor(by).actor === keptActor(actor).actor;
  const { rows: lines } = await tx.query<{ verb: string; actor: string; at: Date }>(
    'select verb, actor, at from audit where edition = $1 order by id desc limit 1',
    [edition],
  );
  const [last] = lines;
  if (last === undefined || !isTheirs(last.actor) || at - last.at.getTime() > undoneWithinMs)
    return { ok: false, reason: 'nothing-to-undo' };
  const what = last.verb === 'mail.held' ? 'hold' : 'rules';
  const { rows } = await tx.query<{ id: number; actor: string; mail: number | null }>(changes[what], [edition, last.at]);
  const [change] = rows;
  if (change === undefined || !isTheirs(change.actor) || last.verb === 'act.undone') return { ok: false, reason: 'nothing-to-undo' };
  const { id, mail } = change;
  const dueAt = nextSendingTime(at, calendarOf(row.file.territory));
  return {
    ok: true,
    actor,
    change: {
      edition,
      at,
      write: (tx) => (what === 'rules' ? rulesBack(tx, edition, id) : letGo(tx, { id, mail, dueAt })),
      entries: [{ verb: 'act.undone', subject: edition, detail: { act: last.verb }, reason }],
      wake: row.status === 'running' || row.status === 'paused',
    },
    done: {},
  };
}

/** Puts back the rules before a change, and the dates that open asks had. */
async function rulesBack(tx: Tx, edition: string, id: number): Promise<void> {
  await tx.query('update edition e set file = o.before from override o where o.id = $2 and e.id = $1', [edition, id]);
  await tx.query(
    `update ask a set due = m.due, due_at = m.due_at, ends_at = m.ends_at, closing = m.closing, moved = m.moved
     from override o cross join lateral jsonb_to_recordset(o.asks)
       as m(id text, due date, due_at timestamptz, ends_at timestamptz, closing timestamptz, moved boolean)
     where o.id = $2 and a.edition = $1 and a.id = m.id and a.outcome is null
       and (a.due, a.due_at, a.ends_at, a.closing, a.moved) is distinct from (m.due, m.due_at, m.ends_at, m.closing, m.moved)`,
    [edition, id],
  );
  await tx.query('delete from override where id = $1', [id]);
}
