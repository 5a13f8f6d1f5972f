import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { beginsOn } from '../../domain/asks/timing.js';
import { type CivilDate, calendarOf } from '../../domain/calendar.js';
import { type Edition, readEdition } from '../../domain/edition.js';
import { computePlan, type Plan, planJson } from '../../domain/plan.js';
import { bodyOf } from '../../domain/sittings.js';
import { PHASE_IDS } from '../../domain/steps.js';
import { cancelEdition } from '../../store/acts/cancel-edition.js';
import type { Intervention } from '../../store/acts/on-ask.js';
import { listings, phaseOf, projectStandings, type Waiting, waitingOn } from '../../store/board.js';
import { inTransaction } from '../../store/db.js';
import { type EditionRow, editionIds, findEdition, holdStart, insertEdition, sourceOf } from '../../store/editions.js';
import { planFrom } from '../../store/plans.js';
import { standingOf } from '../../store/standing.js';
import { oweWake } from '../../store/wakes.js';
import { type Installation, restartHeld, runOf, startCohort } from '../installation.js';

/** Whether an edition was started, or why not; an infeasible plan comes with its problems. */
export type Start =
  | { ok: true; id: string; runId: string; plan: Plan; start: CivilDate }
  | { ok: false; reason: 'exists' }
  | { ok: false; reason: 'not-taken'; cause: unknown }
  | { ok: false; reason: 'past'; today: CivilDate }
  | { ok: false; reason: 'infeasible'; plan: Plan };

/** What starting an edition needs: it, the file it was read from, and when it begins. */
export interface StartInput {
  edition: Edition;
  source: string;
  /** Plan from today when the file's start is past. */
  late?: boolean;
  /** Business instant at which it begins when its clock is shifted (a demonstration), epoch ms. */
  startsAt?: number;
  /** What the ids of its places are made with; left out, drawn. */
  requestSalt?: string;
  /** Who starts it, as the journal says. */
  actor?: string;
}

/**
 * Starts an edition: checked, planned, written with its people in one transaction, then handed to the engine. Starting the same file again
 * after the engine could not be reached (`not-taken`) hands it over.
 */
export async function startEdition(installation: Installation, input: StartInput): Promise<Start> {
  return inTransaction(installation.store.pool, async (guard) => {
    // Held until the engine has it: whoever starts the same id waits, then finds an edition that runs, or one to hand over.
    await holdStart(guard, input.edition.id, { wait: true });
    const row = await findEdition(guard, input.edition.id);
    return row === undefined ? startNew(installation, input) : startAgain(installation, row, input);
  });
}

async function startNew(installation: Installation, input: StartInput): Promise<Start> {
  const { edition: given, source, late = false, startsAt, actor, requestSalt = randomBytes(16).toString('base64url') } = input;
  const { store, realNow } = installation;
  const real = realNow();
  const at = startsAt ?? real;
  const clockOffsetMs = startsAt === undefined ? 0 : startsAt - real;
  const today = calendarOf(given.territory).dateOf(at);
  if (given.start < today && !late) return { ok: false, reason: 'past', today };
  const edition = given.start < today ? { ...given, start: today } : given;
  const { id, start } = edition;
  const plan = computePlan(edition);
  if (!plan.feasible) return { ok: false, reason: 'infeasible', plan };
  await inTransaction(store.pool, async (tx) => {
    await insertEdition(tx, { edition, source, at, clockOffsetMs, requestSalt, ...(actor === undefined ? {} : { actor }) });
    await oweWake(tx, id, real);
  });
  return handedOver({ id, plan, start }, () => startCohort(installation, id, { edition: id, epoch: 1, clockOffsetMs, continues: true }));
}

/** An edition of this id is there: it is handed over if the engine never had it and the file is the same, whatever the day it was started for. */
async function startAgain(installation: Installation, row: EditionRow, { edition }: StartInput): Promise<Start> {
  const { id, start } = row.file;
  const read = readEdition((await sourceOf(installation.store.pool, id)) ?? '');
  const isSame = read.ok && isDeepStrictEqual({ ...read.edition, start }, { ...edition, start });
  if (row.status !== 'running' || !isSame) return { ok: false, reason: 'exists' };
  if ((await runOf(installation, id)) !== null) return { ok: false, reason: 'exists' };
  return handedOver({ id, plan: computePlan(row.file), start }, () => restartHeld(installation, id, { why: 'missing' }));
}

async function handedOver(started: { id: string; plan: Plan; start: CivilDate }, hand: () => Promise<string | undefined>): Promise<Start> {
  try {
    return { ok: true, ...started, runId: (await hand()) ?? '' };
  } catch (cause) {
    return { ok: false, reason: 'not-taken', cause };
  }
}

/** An edition as `cohort list` prints it. */
export interface Listed {
  id: string;
  title: string;
  territory: string;
  status: string;
  phase: string | null;
  slackWorkingDays: number | null;
  waitingOn: string[];
  /** The day on which it begins, as long as it is to come. */
  begins?: CivilDate;
  /** Whose mail comes back, when anybody's does. */
  unreachable?: string[];
  /** The next sitting that its plan goes to. */
  sitting?: { body: string; date: CivilDate };
  /** Requests that are open past the day on which they were due, and things that fail. */
  late?: number;
  incidents?: number;
}

/** A part of the editions of the installation, the last started first. */
export const listCohortsIn = async (installation: Installation, part: { from: number; limit: number }): Promise<Listed[]> =>
  listCohorts(installation, await editionIds(installation.store.pool, part));

/** The editions of some ids. */
export async function listCohorts({ store, realNow }: Installation, ids: readonly string[]): Promise<Listed[]> {
  return (await listings(store.pool, realNow(), ids)).map(({ row, inputs, waitingOn, unreachable, late, incidents }) => {
    const at = realNow() + row.clock_offset_ms;
    const plan = planFrom(row, inputs, { at });
    const sitting = row.status === 'running' || row.status === 'paused' ? nextSitting(plan, row, at) : undefined;
    return {
      id: row.id,
      title: row.title,
      territory: row.file.territory.name,
      status: row.status,
      phase: phaseOf(row, PHASE_IDS),
      slackWorkingDays: plan.slackWorkingDays,
      ...beginning(row, at),
      waitingOn,
      ...(unreachable.length === 0 ? {} : { unreachable }),
      ...(sitting === undefined ? {} : { sitting }),
      ...(late === 0 ? {} : { late }),
      ...(incidents === 0 ? {} : { incidents }),
    };
  });
}

/** The next sitting that the plan goes to, from today on. */
function nextSitting({ steps }: Plan, row: EditionRow, at: number): Listed['sitting'] {
  const today = calendarOf(row.file.territory).dateOf(at);
  const [next] = steps
    .flatMap(({ session }) =>
      session?.earliest === undefined || session.earliest === null ? [] : [{ body: session.body, date: session.earliest.date }],
    )
    .filter(({ date }) => date >= today)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  return next === undefined ? undefined : { body: bodyOf(row.file, next.body).name, date: next.date };
}

/** An edition as `cohort show --json` prints it (experience.md). */
export interface Shown {
  id: string;
  title: string;
  territory: string;
  status: string;
  phase: string | null;
  startedAt: string;
  /** The day on which it begins, as long as it is to come. */
  begins?: CivilDate;
  plan: ReturnType<typeof planJson>;
  waitingOn: {
    ask: string;
    kind: string;
    step: string;
    project?: string;
    person: string;
    role: string;
    opened: CivilDate;
    workingDays: number;
    due: CivilDate;
    /** null: it never ends by itself. */
    end: CivilDate | null;
    nextAction: { at: string; what: string } | null;
  }[];
  projects: { id: string; title: string; step: string | null; status: string; outcome?: string }[];
  workflow: { id: string; runId: string; status: string; historyEvents: number } | null;
}

/** Where one edition stands; undefined if there is none of that id. */
export async function showCohort(installation: Installation, id: string): Promise<Shown | undefined> {
  const { store, realNow } = installation;
  const row = await findEdition(store.pool, id);
  if (row === undefined) return undefined;
  const at = realNow() + row.clock_offset_ms;
  const standing = await standingOf(store.pool, row);
  const waiting = row.status === 'running' || row.status === 'paused' ? await waitingOn(store.pool, row, at, standing) : [];
  return {
    id: row.id,
    title: row.title,
    territory: row.territory,
    status: row.status,
    phase: phaseOf(row, PHASE_IDS),
    startedAt: row.started_at.toISOString(),
    ...beginning(row, at),
    plan: planJson(planFrom(row, standing.inputs, { at }), row.file.territory.locale),
    waitingOn: waiting.map(waitingJson),
    projects: (await projectStandings(store.pool, row, at, standing)).map((project) => ({
      id: project.id,
      title: project.title,
      step: project.step ?? null,
      status: project.status,
      ...(project.outcome === undefined ? {} : { outcome: project.outcome }),
    })),
    workflow: await runOf(installation, id).catch(() => null), // what is true is in the database: it is shown whether or not the engine is up
  };
}

/** When a running edition begins, if that is to come. */
export function beginning(row: EditionRow, at: number): { begins?: CivilDate } {
  const begins = row.status === 'running' ? beginsOn(row.file, { calendar: calendarOf(row.file.territory), at }) : undefined;
  return begins === undefined ? {} : { begins };
}

/** One line of "who blocks what", as JSON: ids, dates and instants. */
export const waitingJson = (waiting: Waiting): Shown['waitingOn'][number] => ({
  ask: waiting.ask,
  kind: waiting.kind,
  step: waiting.step,
  ...(waiting.project === undefined ? {} : { project: waiting.project.id }),
  person: waiting.person.id,
  role: waiting.role,
  opened: waiting.opened,
  workingDays: waiting.workingDays,
  due: waiting.due,
  end: waiting.end ?? null,
  nextAction:
    waiting.nextAction === undefined ? null : { at: new Date(waiting.nextAction.at).toISOString(), what: waiting.nextAction.what },
});

/** Ends an edition by hand; its workflow sees it at the wake. */
export async function cancelCohort(
  installation: Installation,
  { id, reason, actor }: { id: string; reason: string; actor: string },
): Promise<Intervention<{ asks: string[] }>> {
  const { store, realNow } = installation;
  const done = await cancelEdition(store, { edition: id, reason, actor, realNow: realNow() });
  if (done.ok) await installation.wake(id);
  return done;
}
