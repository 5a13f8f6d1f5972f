import { isDeepStrictEqual } from 'node:util';
import type { Answer, FieldProblem, Raw } from '../../domain/asks/forms.js';
import { calendarOf } from '../../domain/calendar.js';
import { LAST_DATE } from '../../domain/edition.js';
import { decisionOf, isDeclined, kinds, readAnswer } from '../../domain/kinds/index.js';
import { type Db, type Store, type Tx, type Writing, write } from '../db.js';
import type { Queued } from '../queue.js';
import { findForm } from '../views/index.js';
import { type Planned, perform, type When } from './change.js';
import { type Act, hasAnswered, lockPlace, type Place, type Refusal, refusalOf } from './place.js';

/** Records an answer from a place. */
export const answer = (store: Store, { realNow, ...act }: { request: string; raw: Raw } & When): Promise<Act> =>
  perform(store, { realNow }, (tx) => planAnswer(tx, { ...act, realNow }));

/** What an answer changes, or why it is refused. */
export async function planAnswer(
  tx: Tx,
  { request, raw, ...when }: { request: string; raw: Raw } & When,
): Promise<Planned<object> | Refusal> {
  const place = await lockPlace(tx, request, when);
  if (place === undefined) return { ok: false, reason: 'unknown' };
  const { row, ask, person, at } = place;
  const refusal = refusalOf(place);
  if (refusal !== undefined && !hasAnswered(place)) return refusal;
  if (ask.kind === 'apply') return refusal ?? { ok: false, reason: 'invalid', problems: [] };
  const read = readAnswer(await findForm(tx, place), raw);
  if (refusal !== undefined)
    return read.ok && (await isSaidAlready(tx, place, read.answer))
      ? { ok: true, actor: person, change: { edition: row.id, at }, done: {} }
      : refusal;
  if (!read.ok) return { ok: false, reason: 'invalid', problems: read.problems };
  const problems = dateProblems(place, read.answer);
  if (problems.length > 0) return { ok: false, reason: 'invalid', problems };

  const decision = decisionOf(ask.kind, read.answer);
  return {
    ok: true,
    actor: person,
    change: {
      edition: row.id,
      at,
      write: (tx) => closePlace(tx, { request, at, decision, answer: read.answer, declined: isDeclined(ask.kind, decision) }),
      entries: [
        {
          verb: place.reopened ? 'ask.corrected' : 'ask.answered',
          subject: ask.id,
          detail: { decision: decision ?? null, seat: place.seat },
        },
      ],
      mail: { dueAt: at, mails: [receiptOf(place, at)] },
      wake: isLast(place, decision),
    },
    done: {},
  };
}

/** Whether this very answer was recorded from this place before: a second click is not a second answer, nor one that was refused. */
export async function isSaidAlready(db: Db, place: Place, given: Answer): Promise<boolean> {
  if (!hasAnswered(place)) return false;
  const { rows } = await db.query<{ answer: Answer | null }>('select answer from ask_person where request = $1', [place.request]);
  return isDeepStrictEqual(given, rows[0]?.answer);
}

/** A date that an answer names (a moved session) must be a working day to come. */
function dateProblems({ row, at }: Place, { date }: Answer): FieldProblem[] {
  if (typeof date !== 'string') return [];
  const calendar = calendarOf(row.file.territory);
  const comes = date <= LAST_DATE && calendar.isWorkingDay(date) && date > calendar.dateOf(at);
  return comes ? [] : [{ field: 'date', problem: 'not-a-date' }];
}

/** Whether an ask has enough with an answer from this place: one that decides, or the last of its seats. */
const isLast = ({ ask, othersWait }: Place, decision: string | undefined): boolean => kinds[ask.kind].decides(decision) || !othersWait;

/** Closes a place with its answer; what was drafted is gone. */
export async function closePlace(
  tx: Tx,
  {
    request,
    at,
    decision,
    answer: given,
    declined,
  }: { request: string; at: number; decision?: string | undefined; answer: Answer; declined: boolean },
): Promise<void> {
  await tx.query('update ask_person set closed = $2, closed_at = $3, answer = $4, decision = $5, reopened_at = null where request = $1', [
    request,
    declined ? 'declined' : 'answered',
    new Date(at),
    JSON.stringify(given),
    decision ?? null,
  ]);
  await write(tx, draftsForgotten, [request]); // in a later statement: that one may have waited for a draft, which only the next sees
}

const draftsForgotten: Writing<string> = (requests) => [
  { name: 'forgotten', text: 'delete from draft where request = any($1)', values: [requests] },
];

/** The receipt of what was sent from a place: it leaves at once. */
export const receiptOf = ({ request, person, reopened }: Pick<Place, 'request' | 'person' | 'reopened'>, at: number): Queued => ({
  key: reopened ? `receipt.${request}.${at}` : `receipt.${request}`,
  person,
  template: 'receipt',
  context: { request },
});
