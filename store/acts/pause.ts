import { nextSendingTime } from '../../domain/asks/sending.js';
import { dueInstant } from '../../domain/asks/timing.js';
import { calendarOf } from '../../domain/calendar.js';
import { kinds } from '../../domain/kinds/index.js';
import { afterPause, dueAfterPause } from '../../domain/pause.js';
import { type AskRow, cancelAsks, lockedOpenAsks, moveAsks } from '../asks.js';
import type { Tx } from '../db.js';
import { lockEdition } from '../editions.js';
import { holdAsks, releaseAsks } from '../outbox.js';
import type { Planned } from './change.js';
import type { NotDone } from './on-ask.js';
import { lockRunning, type OnEdition } from './on-edition.js';

/** Pauses an edition without an end: nothing opens, settles, reminds or ends until it is resumed. People may still answer. */
export async function planPause(
  tx: Tx,
  { edition, reason, actor = 'coordinator', realNow }: OnEdition,
): Promise<Planned<object> | NotDone> {
  const found = await lockRunning(tx, { edition, realNow });
  if (!found.ok) return found;
  const { at } = found;
  return {
    ok: true,
    actor,
    change: {
      edition,
      at,
      async write(tx) {
        await tx.query(`update edition set status = 'paused', paused_at = $2 where id = $1`, [edition, new Date(at)]);
        await holdAsks(tx, edition);
      },
      entries: [{ verb: 'edition.paused', subject: edition, reason }],
      wake: true,
    },
    done: {},
  };
}

/** Resumes an edition: what is open keeps the working days it had left, and what was held leaves at the next sending time. */
export async function planResume(
  tx: Tx,
  { edition, reason, actor = 'coordinator', realNow }: OnEdition,
): Promise<Planned<object> | NotDone> {
  const row = await lockEdition(tx, edition);
  if (row === undefined) return { ok: false, reason: 'unknown' };
  if (row.status === 'closed' || row.status === 'cancelled') return { ok: false, reason: 'already-ended' };
  if (row.status !== 'paused' || row.paused_at === null) return { ok: false, reason: 'not-paused' };
  const since = row.paused_at;
  const at = realNow + row.clock_offset_ms;
  const calendar = calendarOf(row.file.territory);
  const paused = { from: calendar.dateOf(since.getTime()), today: calendar.dateOf(at) };
  const open = (await tx.query<AskRow>(lockedOpenAsks, [edition])).rows;
  const missed = open.filter(({ kind, opened_at: opened, part, day1 }) => {
    const day = part ?? day1;
    return kind === 'session' && opened === null && day >= paused.from && day < paused.today;
  });
  const endAfter = (end: Date | null): number | null => {
    if (end === null || end.getTime() <= since.getTime()) return end?.getTime() ?? null;
    return calendar.endOfDay(afterPause(calendar.dateOf(end.getTime() - 1), paused, calendar));
  };
  const moved = open.flatMap((ask) => {
    if (ask.opened_at === null) return [];
    const due = dueAfterPause(ask, paused, calendar);
    const dueAt = due === ask.due ? ask.due_at.getTime() : dueInstant(ask.kind, due, calendar, row.file);
    const endsAt = kinds[ask.kind].hard && ask.ends_at !== null ? dueAt : endAfter(ask.ends_at);
    return due === ask.due && endsAt === (ask.ends_at?.getTime() ?? null) ? [] : [{ id: ask.id, due, dueAt, endsAt }];
  });
  return {
    ok: true,
    actor,
    change: {
      edition,
      at,
      async write(tx) {
        await tx.query(`update edition set status = 'running', paused_at = null where id = $1`, [edition]);
        await moveAsks(tx, moved);
        await cancelAsks(tx, edition, { ids: missed.map(({ id }) => id), at, on: paused.today });
        await releaseAsks(tx, edition, nextSendingTime(at, calendar));
      },
      entries: [{ verb: 'edition.resumed', subject: edition, detail: { from: paused.from }, reason }],
      wake: true,
    },
    done: {},
  };
}
