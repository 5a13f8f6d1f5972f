import { nextSendingTime } from '../../domain/asks/sending.js';
import { calendarOf } from '../../domain/calendar.js';
import { cancelAsks, openAskIds } from '../asks.js';
import type { Store, Tx } from '../db.js';
import { endEdition, lockEdition } from '../editions.js';
import { releaseAsks } from '../outbox.js';
import { queueEnded } from '../queue.js';
import { type Planned, perform } from './change.js';
import type { Intervention, NotDone } from './on-ask.js';
import type { OnEdition } from './on-edition.js';

type Cancelled = { asks: string[] };

/** Ends an edition by hand: open asks are cancelled, queued mail about them falls out, nothing opens any more. */
export const cancelEdition = (store: Store, act: OnEdition): Promise<Intervention<Cancelled>> =>
  perform(store, act, (tx) => planCancel(tx, act));

/** What it changes, or why it is refused. */
export async function planCancel(
  tx: Tx,
  { edition, reason, actor = 'coordinator', realNow }: OnEdition,
): Promise<Planned<Cancelled> | NotDone> {
  const row = await lockEdition(tx, edition);
  if (row === undefined) return { ok: false, reason: 'unknown' };
  if (row.status === 'closed' || row.status === 'cancelled') return { ok: false, reason: 'already-ended' };
  const at = realNow + row.clock_offset_ms;
  const calendar = calendarOf(row.file.territory);
  return {
    ok: true,
    actor,
    change: {
      edition,
      at,
      async write(tx) {
        if (row.status === 'paused') await releaseAsks(tx, edition, at); // what was held about them falls out, as what is queued
        await cancelAsks(tx, edition, { at, on: calendar.dateOf(at) });
        await endEdition(tx, edition, { at, status: 'cancelled' });
        await queueEnded({ tx, edition: { id: edition }, at, sendingTime: () => nextSendingTime(at, calendar) });
      },
      entries: [{ verb: 'edition.cancelled', subject: edition, reason }],
      wake: true,
    },
    done: { asks: await openAskIds(tx, edition) },
  };
}
