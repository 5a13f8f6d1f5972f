import { dueInstant } from '../../domain/asks/timing.js';
import { type CivilDate, calendarOf } from '../../domain/calendar.js';
import { LAST_DATE } from '../../domain/edition.js';
import { kinds } from '../../domain/kinds/index.js';
import type { Store, Tx } from '../db.js';
import { type Planned, perform } from './change.js';
import { type Intervention, lockOpenAsk, type NotDone, type OnAsk } from './on-ask.js';

type Extend = OnAsk & { date: CivilDate };
type Extended = { from: CivilDate };

/** Gives an ask until another day. The rungs it has sent stay sent; replanning leaves its dates alone from now on. */
export const extend = (store: Store, act: Extend): Promise<Intervention<Extended>> => perform(store, act, (tx) => planExtend(tx, act));

/** What it changes, or why it is refused. */
export async function planExtend(tx: Tx, act: Extend): Promise<Planned<Extended> | NotDone> {
  const found = await lockOpenAsk(tx, act);
  if (!found.ok) return found;
  const { ask, row, at } = found;
  const { date, reason, actor = 'coordinator' } = act;
  if (ask.opened_at === null) return { ok: false, reason: 'nobody' }; // a session that is only announced keeps its day
  const calendar = calendarOf(row.file.territory);
  if (date > LAST_DATE) return { ok: false, reason: 'too-far', until: LAST_DATE };
  if (date < calendar.dateOf(at)) return { ok: false, reason: 'past' };
  if (!calendar.isWorkingDay(date)) return { ok: false, reason: 'not-a-working-day', until: calendar.onOrAfter(date) };
  const dueAt = dueInstant(ask.kind, date, calendar, row.file);
  return {
    ok: true,
    actor,
    change: {
      edition: row.id,
      at,
      write: (tx) =>
        tx.query(
          `update ask set due = $2, due_at = $3, moved = true, ends_at = case when ends_at is null then null
             when $4 then $3 else greatest(ends_at, $3) end where id = $1`,
          [ask.id, date, new Date(dueAt), kinds[ask.kind].hard],
        ),
      entries: [{ verb: 'ask.extended', subject: ask.id, detail: { from: ask.due, to: date }, reason }],
      wake: true,
    },
    done: { from: ask.due },
  };
}
