import { isPastHardEnd } from '../../domain/asks/hard-end.js';
import { nextSendingTime } from '../../domain/asks/sending.js';
import { calendarOf } from '../../domain/calendar.js';
import { requestId } from '../asks.js';
import type { Tx } from '../db.js';
import type { Planned } from './change.js';
import { lockOpenAsk, type NotDone, type OnAsk } from './on-ask.js';

/** Lets somebody overwrite their answer, as long as nothing was settled from it: it counts until then. They are told once, and never reminded. */
export async function planReopen(tx: Tx, act: OnAsk & { person: string }): Promise<Planned<object> | NotDone> {
  const found = await lockOpenAsk(tx, act);
  if (!found.ok) return found;
  const { ask, row, at } = found;
  const { person, reason, actor = 'coordinator' } = act;
  if (ask.kind === 'score') return { ok: false, reason: 'own' };
  if (isPastHardEnd({ kind: ask.kind, endsAt: ask.ends_at?.getTime() ?? null, dueAt: ask.due_at.getTime() }, at))
    return { ok: false, reason: 'closed' };
  const { rows } = await tx.query<{ reopened: boolean }>(
    `select reopened_at is not null as reopened from ask_person where ask = $1 and person = $2 and closed in ('answered', 'declined') and answer is not null`,
    [ask.id, person],
  );
  const [place] = rows;
  if (place === undefined) return { ok: false, reason: 'unanswered' };
  if (place.reopened) return { ok: false, reason: 'reopened' };
  const request = requestId(ask.id, person, row.request_salt);
  return {
    ok: true,
    actor,
    change: {
      edition: row.id,
      at,
      write: (tx) => tx.query('update ask_person set reopened_at = $2 where request = $1', [request, new Date(at)]),
      entries: [{ verb: 'ask.reopened', subject: ask.id, detail: { person }, reason }],
      mail: {
        dueAt: nextSendingTime(at, calendarOf(row.file.territory)),
        mails: [{ key: `link.${request}.reopened.${at}`, person, template: 'link', context: { request, why: 'reopened' } }],
      },
      wake: true,
    },
    done: {},
  };
}
