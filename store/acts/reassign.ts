import { nextSendingTime } from '../../domain/asks/sending.js';
import { calendarOf } from '../../domain/calendar.js';
import { mayHoldSeat } from '../../domain/judging.js';
import { isSaidForOthers } from '../../domain/kinds/index.js';
import { holdersOf } from '../asks.js';
import type { Tx } from '../db.js';
import { lockNames, peopleOf } from '../people.js';
import { hasSubmitted } from '../selection.js';
import type { Planned } from './change.js';
import { lockOpenAsk, type NotDone, type OnAsk } from './on-ask.js';
import { give, givenAgain, handedOver, isAwaited, isFree, relieve, type Toward, towards } from './passing.js';

/** The place of somebody in an ask passes to somebody else: asked of them anew, by the same day; whoever held it is told. */
export async function planReassign(tx: Tx, act: OnAsk & Toward & { person: string }): Promise<Planned<object> | NotDone> {
  const found = await lockOpenAsk(tx, act);
  if (!found.ok) return found;
  const { ask, row, at } = found;
  const { person, reason, actor = 'coordinator' } = act;
  if (!isSaidForOthers(ask.kind)) return { ok: false, reason: 'own' };
  await lockNames(tx, row.id);
  const from = (await peopleOf(tx, row.id, [person])).get(person);
  const places = (await holdersOf(tx, [ask.id])).get(ask.id) ?? [];
  const place = places.find((one) => one.person === person);
  if (from === undefined || place === undefined || !isAwaited(place, places)) return { ok: false, reason: 'not-awaited' };
  const toward = await towards(tx, { row, from, ...act });
  if (!toward.ok) return toward;
  const { to } = toward;
  const theirs = places.find((one) => one.person === to.id);
  if (!isFree(theirs)) return { ok: false, reason: 'in-already' };
  if (!mayHoldSeat(ask, { hasSubmitted: await hasSubmitted(tx, row.id, to.id) })) return { ok: false, reason: 'judges' };
  return {
    ok: true,
    actor,
    change: {
      edition: row.id,
      at,
      async write(tx) {
        await to.add(tx);
        await relieve(tx, { asks: [ask.id], person, to: to.id, at });
        await give(tx, { row, ask, person: to.id, seat: place.seat, at });
      },
      entries: [{ verb: 'ask.reassigned', subject: ask.id, detail: { from: person, to: to.id }, reason }],
      mail: {
        dueAt: nextSendingTime(at, calendarOf(row.file.territory)),
        mails: [
          handedOver({ row, asks: [ask.id], person, to: to.id, at }),
          ...(theirs === undefined ? [] : [givenAgain({ row, ask: ask.id, person: to.id, at })]),
        ],
      },
      wake: true,
    },
    done: {},
  };
}
