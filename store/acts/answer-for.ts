import type { Raw } from '../../domain/asks/forms.js';
import type { AskKind } from '../../domain/asks.js';
import { isSaidForOthers } from '../../domain/kinds/index.js';
import type { Store, Tx } from '../db.js';
import { planAnswer } from './answer.js';
import { type Planned, perform, type When } from './change.js';
import type { Refusal } from './place.js';

/** An answer in somebody's name: what they said by telephone or on paper, who says so, and how it came to them. */
export type AnswerFor = { edition: string; ask: string; person: string; raw: Raw; reason: string; actor?: string } & When;

/** Records what somebody said by telephone or on paper. The receipt goes to them; the journal says who recorded it, and why. */
export const answerFor = (store: Store, act: AnswerFor): Promise<{ ok: true; edition: string; wake: boolean } | Refusal> =>
  perform(store, act, (tx) => planAnswerFor(tx, act));

async function planAnswerFor(
  tx: Tx,
  { edition, ask, person, raw, reason, actor = 'coordinator', realNow }: AnswerFor,
): Promise<Planned<object> | Refusal> {
  const request = await requestOf(tx, { edition, ask, person });
  if (request === undefined) return { ok: false, reason: 'unknown' };
  const planned = await planAnswer(tx, { request, raw, realNow });
  if (!planned.ok) return planned;
  const { change } = planned;
  const entries = (change.entries ?? []).map(({ verb, subject, detail: { reason: _, ...detail } = {} }) => ({
    ...{ verb: verb === 'ask.corrected' ? verb : ('ask.answered-for' as const), subject, reason },
    detail: { ...detail, person },
  }));
  return { ok: true, actor, change: { ...change, entries }, done: {} };
}

/** The place of somebody in an ask of an edition that others may answer for them; undefined when there is none. */
export async function requestOf(
  tx: Pick<Tx, 'query'>,
  { edition, ask, person }: { edition: string; ask: string; person: string },
): Promise<string | undefined> {
  const { rows } = await tx.query<{ request: string; kind: AskKind }>(
    'select p.request, a.kind from ask_person p join ask a on a.id = p.ask where p.edition = $1 and p.ask = $2 and p.person = $3',
    [edition, ask, person],
  );
  const [found] = rows;
  return found !== undefined && isSaidForOthers(found.kind) ? found.request : undefined;
}
