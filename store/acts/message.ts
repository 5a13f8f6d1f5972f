import { nextSendingTime } from '../../domain/asks/sending.js';
import { mostMessages } from '../../domain/audience.js';
import { calendarOf } from '../../domain/calendar.js';
import type { Tx } from '../db.js';
import { lockEdition } from '../editions.js';
import { audienceIn, messagesSince } from '../messages.js';
import type { Planned, When } from './change.js';
import type { NotDone } from './on-ask.js';

type Writing = { edition: string; to: readonly string[]; subject: string; text: string; reason: string; actor?: string } & When;

/**
 * Writes to people of a coordinator's own accord: a mail each, in working hours, that is no reminder. Who cannot be reached is left out. The text is kept
 * once, beside the journal, which says to whom it went and to how many.
 */
export async function planMessage(
  tx: Tx,
  { edition, to, subject, text: body, reason, actor = 'coordinator', realNow }: Writing,
): Promise<Planned<object> | NotDone> {
  const row = await lockEdition(tx, edition);
  const named = row === undefined ? undefined : await audienceIn(tx, edition, to);
  if (row === undefined || named === undefined) return { ok: false, reason: 'unknown' };
  const people = named.filter(({ unreachable }) => !unreachable).map(({ id }) => id);
  if (people.length === 0) return { ok: false, reason: named.length === 0 ? 'nobody' : 'unreachable' };
  const at = realNow + row.clock_offset_ms;
  const calendar = calendarOf(row.file.territory);
  const whom = to.join(',');
  const before = await messagesSince(tx, { edition, at, whom, subject, body });
  if (before.same) return { ok: false, reason: 'twice' };
  if (before.hour >= mostMessages.hour || before.day >= mostMessages.day) return { ok: false, reason: 'too-many' };
  const n = before.ever + 1;
  return {
    ok: true,
    actor,
    change: {
      edition,
      at,
      write: (tx) =>
        tx.query('insert into message (edition, n, actor, at, whom, people, subject, body) values ($1, $2, $3, $4, $5, $6, $7, $8)', [
          ...[edition, n, actor, new Date(at), whom, people.length, subject, body],
        ]),
      entries: [{ verb: 'message.sent', subject: edition, detail: { message: n, to: [...to], people: people.length }, reason }],
      mail: {
        dueAt: nextSendingTime(at, calendar),
        mails: people.map((person) => ({ key: `message.${n}.${person}`, person, template: 'message' as const, context: { message: n } })),
      },
      wake: row.status === 'running',
    },
    done: {},
  };
}
