import type { Store, Tx } from '../db.js';
import { type Planned, perform, type When } from './change.js';
import { type Act, lockPlace, type Refusal, refusalOf } from './place.js';

/**
 * Lets an applicant write over what they have sent, until the call closes: what was sent counts until it is sent again, and what is not is dropped with
 * the closing (intake.md, "Corrections").
 */
export const correctApplication = (store: Store, act: { request: string } & When): Promise<Act> =>
  perform(store, act, (tx) => planCorrection(tx, act));

async function planCorrection(tx: Tx, { request, ...when }: { request: string } & When): Promise<Planned<object> | Refusal> {
  const place = await lockPlace(tx, request, when);
  if (place === undefined || place.ask.kind !== 'apply') return { ok: false, reason: 'unknown' };
  const refusal = refusalOf({ ...place, reopened: true });
  if (refusal !== undefined) return refusal;
  const { row, ask, person, at, closed, reopened } = place;
  if (closed !== 'answered' || reopened) return { ok: true, actor: person, change: { edition: row.id, at }, done: {} }; // it can be written already
  return {
    ok: true,
    actor: person,
    change: {
      edition: row.id,
      at,
      write: (tx) => tx.query('update ask_person set reopened_at = $2 where request = $1', [request, new Date(at)]),
      entries: [{ verb: 'ask.reopened', subject: ask.id, detail: { person } }],
    },
    done: {},
  };
}
