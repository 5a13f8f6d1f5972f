/** How a demonstration's clock is moved: from one thing due to the next, in order, others behaving as personas do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isWorkflowNotFound } from '../client/engine.js';
import type { Installation } from '../client/installation.js';
import { type ClockRow, moveClock, readClock } from '../store/clock.js';
import { inTransaction } from '../store/db.js';
import { cohortWorkflowId } from '../workflows/messages.js';
import type { actsToCome } from './people.js';

/** What others are about to do; undefined: nobody plays them. */
export type Coming = ReturnType<typeof actsToCome> | undefined;

/** Where a clock stands: `still` once nothing is under way, owed or due. `left`: why it goes no further. */
export interface Stand {
  row: ClockRow;
  /** Business instant, epoch ms. */
  at: number;
  /** How many mails have left since it began. */
  mails: number;
  left?: 'there' | 'over' | 'nothing-due' | 'stuck' | 'stopped';
}

/** How far it goes: no instant after `limit` (business, epoch ms); `there`: is it where it was wanted? */
export interface Journey {
  edition: string;
  limit: number;
  coming: Coming;
  there(stand: Stand): Promise<boolean> | boolean;
  /** Hears of every instant at which the clock has stood still; true: it is to stop. */
  heard(stand: Stand): Promise<boolean>;
  signal?: AbortSignal | undefined;
}

/** So long nothing may move, of what is under way, before somebody has to look: milliseconds of real time. */
const patienceMs = 60_000;
const glanceMs = 4;
const wakeAgainMs = 500;

/** Moves a clock through every instant at which something is due, and answers where it stopped and why. */
export async function walk(installation: Installation, journey: Journey): Promise<Stand & { left: NonNullable<Stand['left']> }> {
  const { edition, limit, coming, there, heard, signal } = journey;
  const began = await readClock(installation.store.pool, edition);
  for (;;) {
    const { row, still } = await untilStill(installation, edition, signal);
    const stand: Stand = { row, at: installation.realNow() + row.clock_offset_ms, mails: row.mails - (began?.mails ?? row.mails) };
    if (!still) return { ...stand, left: signal?.aborted ? 'stopped' : 'stuck' };
    if (stand.at >= limit || (await there(stand))) return { ...stand, left: 'there' };
    if ((await heard(stand)) || signal?.aborted) return { ...stand, left: 'stopped' };
    const [act] = (await coming?.())?.acts ?? [];
    const instants = [row.look_at?.getTime(), row.mail_at?.getTime(), act?.at].filter((instant) => instant !== undefined);
    const passes = row.status === 'paused' && Number.isFinite(limit); // of a pause, only the days are lived
    if (instants.length === 0 && !passes) return { ...stand, left: isGoing(row) ? 'nothing-due' : 'over' };
    await reach(installation, { edition, to: Math.min(...instants, limit), coming });
  }
}

const isGoing = ({ status }: ClockRow): boolean => status === 'running' || status === 'paused';

/** Moves the clock to an instant, lets everybody act who does by then – who should have before, now –, and wakes the edition. */
async function reach(installation: Installation, { edition, to, coming }: { edition: string; to: number; coming: Coming }): Promise<void> {
  const { store, realNow } = installation;
  const now = realNow();
  const shown = await inTransaction(store.pool, (tx) => moveClock(tx, edition, { to, realNow: now }));
  for (;;) {
    const [act] = (await coming?.())?.acts ?? [];
    if (act === undefined || act.at > shown) break;
    await act.act(now);
  }
  await installation.wake(edition);
}

/** Waits until nothing of an edition is under way, owed or due, and wakes it while something is; not still: it did not come to that. */
async function untilStill(installation: Installation, edition: string, signal?: AbortSignal): Promise<{ row: ClockRow; still: boolean }> {
  const { store, realNow } = installation;
  let seen = '';
  let movedAt = realNow();
  let wokenAt = realNow();
  for (; ; await sleep(glanceMs)) {
    const { busy, events } = await underWay(installation, edition);
    const now = realNow();
    const over = signal?.aborted === true || now - movedAt >= patienceMs;
    if (busy && !over) {
      if (`${events}` !== seen) movedAt = now;
      seen = `${events}`;
      continue;
    }
    const row = await readClock(store.pool, edition);
    if (row === undefined) throw new Error(`there is no edition ${edition}`);
    if (!busy && isStill(row, now)) return { row, still: true };
    if (over) return { row, still: false };
    if (now - wokenAt >= wakeAgainMs) {
      wokenAt = now;
      await installation.wake(edition);
    }
  }
}

/** Whether nothing is being sent, owed or due. */
function isStill({ owed, sending, untold, look_at, mail_at, clock_offset_ms: offset }: ClockRow, realNow: number): boolean {
  const due = [look_at, mail_at].some((instant) => instant !== null && instant.getTime() <= realNow + offset);
  return !owed && !sending && !untold && !due;
}

/** Whether the run of an edition has something in hand: a step of its code, or an activity. `events`: how long its history is. */
async function underWay({ client }: Installation, edition: string): Promise<{ busy: boolean; events: number }> {
  try {
    const { raw, historyLength } = await client.workflow.getHandle(cohortWorkflowId(edition)).describe();
    return { busy: raw.pendingWorkflowTask != null || (raw.pendingActivities ?? []).length > 0, events: historyLength };
  } catch (error) {
    if (isWorkflowNotFound(error)) return { busy: false, events: 0 };
    throw error;
  }
}
