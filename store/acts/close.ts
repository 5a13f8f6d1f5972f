import { isEndless } from '../../domain/kinds/index.js';
import type { Store, Tx } from '../db.js';
import { type Planned, perform } from './change.js';
import { type Intervention, lockOpenAsk, type NotDone, type OnAsk } from './on-ask.js';

/** Closes an ask with what there is: the next review settles it as `closed`. */
export const close = (store: Store, act: OnAsk): Promise<Intervention> => perform(store, act, (tx) => planClose(tx, act));

/** What it changes, or why it is refused. */
export async function planClose(tx: Tx, act: OnAsk): Promise<Planned<object> | NotDone> {
  const found = await lockOpenAsk(tx, act);
  if (!found.ok) return found;
  const { ask, row, at } = found;
  if (isEndless(ask)) return { ok: false, reason: 'endless' }; // what follows needs its answer
  return {
    ok: true,
    actor: act.actor ?? 'coordinator',
    change: {
      edition: row.id,
      at,
      write: (tx) => tx.query('update ask set closing = $2 where id = $1', [ask.id, new Date(at)]),
      entries: [{ verb: 'ask.closed', subject: ask.id, reason: act.reason }],
      wake: true,
    },
    done: {},
  };
}
