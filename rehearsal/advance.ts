/** A demonstration's clock, moved forward: through every instant at which something is due, in order, others behaving as personas do. */
import { setTimeout as sleep } from 'node:timers/promises';
import { isWorkflowNotFound } from '../client/engine.js';
import type { Installation } from '../client/installation.js';
import { type CivilDate, calendarOf, isCivilDate } from '../domain/calendar.js';
import { readEdition } from '../domain/edition.js';
import { isStepId, PHASE_IDS, type PhaseId, type StepId } from '../domain/steps.js';
import { phaseOf, type Waiting, waitingOn } from '../store/board.js';
import { type ClockRow, hasBegun, holdClock, isDemonstration, moveClock, readClock } from '../store/clock.js';
import { inTransaction } from '../store/db.js';
import { type EditionRow, findEdition, sourceOf } from '../store/editions.js';
import { cohortWorkflowId } from '../workflows/messages.js';
import { actsToCome, type Coming } from './people.js';
import type { Personas } from './personas/read.js';
import { personaScript } from './personas/script.js';

/** How far: to the next mail, to a day, or until a step begins. */
export type AdvanceTo = 'next' | { date: CivilDate } | { step: StepId };

/** An advance: of which edition, how far, and who plays the others – left out, nobody does. */
export interface Advance {
  edition: string;
  to: AdvanceTo;
  others?: Personas;
  /** The people whom nobody plays: they answer for themselves. */
  as: readonly string[];
  seed: number;
  progress?(progress: AdvanceProgress): unknown;
  /** Stops it at the next instant. */
  signal?: AbortSignal;
}

/** How far an advance is. */
export interface AdvanceProgress {
  /** Business instant, epoch ms. */
  at: number;
  phase: PhaseId | null;
  /** How many mails have left since it began. */
  mails: number;
}

/** Why the clock stands where it stands: it is where it was wanted; the edition is over; nothing more is due; something does not come to its end; it was stopped. */
export type AdvanceEnd = 'there' | 'over' | 'nothing-due' | 'stuck' | 'stopped';

/** What an advance came to. */
export interface Advanced extends AdvanceProgress {
  ok: true;
  /** Business instant at which it began, epoch ms. */
  from: number;
  end: AdvanceEnd;
  /** Who is waited for now. */
  waitingOn: Waiting[];
}

/** Why nothing was moved. `people`: those who are not in the edition. */
export type AdvanceRefusal =
  | { ok: false; reason: 'unknown' | 'no-demonstration' | 'real-mail' | 'advancing' | 'past' | 'begun' }
  | { ok: false; reason: 'people'; people: string[] };

/** A day that is advanced to begins here: what leaves at nine has left. */
const landsAt = '09:05';
/** So long nothing may move, of what is under way, before somebody has to look: milliseconds of real time. */
const patienceMs = 60_000;
const glanceMs = 4;

/** Reads how far an advance is to go; undefined when it says nothing that is known. */
export const advanceTo = (text: string): AdvanceTo | undefined =>
  text === 'next' ? text : isCivilDate(text) ? { date: text } : isStepId(text) ? { step: text } : undefined;

/** Moves the clock of a demonstration forward; one advance of it at a time, and no act meanwhile. */
export async function advance(installation: Installation, wanted: Advance): Promise<Advanced | AdvanceRefusal> {
  const { pool } = installation.store;
  return inTransaction(pool, async (guard) => {
    const row = await findEdition(pool, wanted.edition);
    if (row === undefined) return { ok: false, reason: 'unknown' };
    if (!isDemonstration(row)) return { ok: false, reason: 'no-demonstration' };
    if (installation.mailbox === undefined) return { ok: false, reason: 'real-mail' };
    if (!(await holdClock(guard, wanted.edition))) return { ok: false, reason: 'advancing' };
    return (await refusalOf(installation, row, wanted)) ?? moved(installation, row, wanted);
  });
}

async function refusalOf(
  { store: { pool }, realNow }: Installation,
  row: EditionRow,
  { to, as }: Advance,
): Promise<AdvanceRefusal | undefined> {
  const { rows } = await pool.query<{ id: string }>('select id from person where edition = $1 and id = any($2)', [row.id, as]);
  const people = as.filter((one) => !rows.some(({ id }) => id === one));
  if (people.length > 0) return { ok: false, reason: 'people', people };
  if (to === 'next') return undefined;
  if ('step' in to) return (await hasBegun(pool, row.id, to.step)) ? { ok: false, reason: 'begun' } : undefined;
  return calendarOf(row.file.territory).instantAt(to.date, landsAt) <= realNow() + row.clock_offset_ms
    ? { ok: false, reason: 'past' }
    : undefined;
}

async function moved(
  installation: Installation,
  row: EditionRow,
  { edition, to, progress, signal, ...others }: Advance,
): Promise<Advanced> {
  const { store, realNow } = installation;
  const calendar = calendarOf(row.file.territory);
  const coming = await othersOf(installation, row, others);
  const limit = typeof to === 'object' && 'date' in to ? calendar.instantAt(to.date, landsAt) : Number.POSITIVE_INFINITY;
  const from = realNow() + row.clock_offset_ms;
  let before: number | undefined;
  for (;;) {
    const clock = await untilStill(installation, edition, signal);
    const at = realNow() + clock.row.clock_offset_ms;
    before ??= clock.row.mails;
    const far = { at, phase: phaseOf({ ...row, ...clock.row }, PHASE_IDS) ?? null, mails: clock.row.mails - before };
    await progress?.(far);
    const end = async (why: AdvanceEnd): Promise<Advanced> => {
      const now = (await findEdition(store.pool, edition)) ?? row;
      const waiting = now.status === 'running' ? await waitingOn(store.pool, now, at) : [];
      return { ok: true, from, ...far, end: why, waitingOn: waiting };
    };
    if (signal?.aborted) return end('stopped');
    if (!clock.still) return end('stuck');
    if (at >= limit || (to === 'next' && far.mails > 0)) return end('there');
    if (typeof to === 'object' && 'step' in to && (await hasBegun(store.pool, edition, to.step))) return end('there');
    const [act] = (await coming?.())?.acts ?? [];
    const due = [clock.row.look_at, clock.row.mail_at].flatMap((instant) => instant?.getTime() ?? []);
    const next = Math.min(...due, act?.at ?? Number.POSITIVE_INFINITY);
    if (next === Number.POSITIVE_INFINITY)
      return end(clock.row.status === 'running' || clock.row.status === 'paused' ? 'nothing-due' : 'over');
    await reach(installation, { edition, to: Math.min(next, limit), coming });
  }
}

/** What others do, if somebody plays them: by the same draws as in a rehearsal of that seed. */
async function othersOf(
  { store }: Installation,
  row: EditionRow,
  { others, as, seed }: Pick<Advance, 'others' | 'as' | 'seed'>,
): Promise<ReturnType<typeof actsToCome> | undefined> {
  if (others === undefined) return undefined;
  const reading = readEdition((await sourceOf(store.pool, row.id)) ?? '');
  if (!reading.ok) throw new Error(`the file of ${row.id} does not read any more`);
  const edition = { ...reading.edition, territory: row.file.territory };
  return actsToCome({ store, edition: row.id, script: personaScript(others, { edition, seed }), plays: (person) => !as.includes(person) });
}

/** Moves the clock to an instant, lets everybody act who does by then – whose instant is past already, now –, and wakes the edition. */
async function reach(
  installation: Installation,
  { edition, to, coming }: { edition: string; to: number; coming: ReturnType<typeof actsToCome> | undefined },
): Promise<void> {
  const { store, realNow } = installation;
  const now = realNow();
  const shown = await inTransaction(store.pool, (tx) => moveClock(tx, edition, { to, realNow: now }));
  if (coming !== undefined)
    for (let acts = await actsBy(coming, shown); acts[0] !== undefined; acts = await actsBy(coming, shown)) await acts[0].act(now);
  await installation.wake(edition);
}

const actsBy = async (coming: ReturnType<typeof actsToCome>, at: number): Promise<Coming[]> =>
  (await coming()).acts.filter((act) => act.at <= at);

/** Waits until nothing of an edition is under way, owed or due, and wakes it while something is; not still: it did not come to that. */
async function untilStill(installation: Installation, edition: string, signal?: AbortSignal): Promise<{ row: ClockRow; still: boolean }> {
  const { store, realNow } = installation;
  let seen = '';
  let movedAt = realNow();
  let wokenAt = realNow();
  for (;;) {
    const { busy, events } = await underWay(installation, edition);
    const row = busy ? undefined : await readClock(store.pool, edition);
    const at = realNow();
    if (row !== undefined) {
      const shown = at + row.clock_offset_ms;
      const due = [row.look_at, row.mail_at].some((instant) => instant !== null && instant.getTime() <= shown);
      if (!row.owed && !row.sending && !row.untold && !due) return { row, still: true };
      if (signal?.aborted || at - movedAt >= patienceMs) return { row, still: false };
      if (at - wokenAt >= 500) {
        wokenAt = at;
        await installation.wake(edition);
      }
    } else if (at - movedAt >= patienceMs) {
      const last = await readClock(store.pool, edition);
      if (last !== undefined) return { row: last, still: false };
    }
    const now = `${events} ${row?.mails}`;
    if (now !== seen) movedAt = at;
    seen = now;
    await sleep(glanceMs);
  }
}

/** Whether the run of an edition has something in hand: a step of its code, or an activity. */
async function underWay({ client }: Installation, edition: string): Promise<{ busy: boolean; events: number }> {
  try {
    const { raw, historyLength } = await client.workflow.getHandle(cohortWorkflowId(edition)).describe();
    return { busy: raw.pendingWorkflowTask != null || (raw.pendingActivities ?? []).length > 0, events: historyLength };
  } catch (error) {
    if (isWorkflowNotFound(error)) return { busy: false, events: 0 };
    throw error;
  }
}
