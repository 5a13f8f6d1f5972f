import { calendarOf } from '../../domain/calendar.js';
import type { Store, Tx } from '../db.js';
import { type Planned, perform, type When } from './change.js';
import { type Act, lockPlace, type Refusal } from './place.js';

/** A link goes to the same address once in this time, whoever asks for it. */
export const freshLinkEveryMs = 5 * 60_000;

type Asked = { request: string } & When;

/** So many links go to one person in a day, whatever they are for and whoever asks. */
const mostLinksADay = 5;

/**
 * Queues a mail with a link to the same address; once in five minutes is enough, five a day and person. Nobody is told whether the place exists, and
 * whoever asks has not shown who they are: the journal says so.
 */
export const freshLink = (store: Store, act: Asked): Promise<Act> => perform(store, act, (tx) => planFreshLink(tx, act));

async function planFreshLink(tx: Tx, { request, ...when }: Asked): Promise<Planned<object> | Refusal> {
  const place = await lockPlace(tx, request, when);
  if (place === undefined) return { ok: false, reason: 'unknown' };
  const { row, person, at, ask } = place;
  const key = `link.${request}.${Math.floor(at / freshLinkEveryMs)}`;
  const calendar = calendarOf(row.file.territory);
  const today = new Date(calendar.instantAt(calendar.dateOf(at), '00:00'));
  const { rows } = await tx.query<{ key: string }>(
    `select key from outbox where edition = $1 and person = $2 and template = 'link' and not context ? 'why' and queued_at >= $3`,
    [row.id, person, today],
  );
  if (rows.length >= mostLinksADay || rows.some((mail) => mail.key === `${row.id}.${key}`))
    return { ok: true, actor: 'visitor', change: { edition: row.id, at }, done: {} };
  return {
    ok: true,
    actor: 'visitor',
    change: {
      edition: row.id,
      at,
      entries: [{ verb: 'link.asked', subject: ask.id }],
      mail: { dueAt: at, mails: [{ key, person, template: 'link', context: { request } }] },
      wake: row.status === 'running' || row.status === 'paused', // of an edition that is over, nothing is left to wake: the sweep delivers
    },
    done: {},
  };
}
