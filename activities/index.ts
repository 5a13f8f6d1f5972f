import { circuitOf } from '../domain/circuits.js';
import type { Outline } from '../domain/facts.js';
import { CIRCUIT_STEP_IDS } from '../domain/steps.js';
import { openLanes } from '../mail/lanes.js';
import { companyOf, findEdition } from '../store/editions.js';
import { generationsOf } from '../store/generations.js';
import { recordIncident, resolveIncident } from '../store/incidents.js';
import { stalledDeliveries } from '../store/leaving.js';
import { noteWoken, owedWakes, oweLateLooks, oweWake } from '../store/wakes.js';
import { beat } from '../store/watch.js';
import type { CohortActivities, Fenced, ReviewRequest, ReviewResult, SignInActivities, SweepActivities } from './contract.js';
import { deliverDue, deliveryScope } from './deliver.js';
import type { DeliveryDeps } from './dependencies.js';
import { review } from './review/index.js';
import { parallel } from './send.js';
import { mailOwedSignIns, mailSignIn } from './sign-in.js';

/** What activities need of the installation. */
export interface ActivityDeps extends DeliveryDeps {
  /** Signals an edition's workflow; whether the engine took it. */
  wake(edition: string): Promise<boolean>;
  /** In a rehearsal, its people: they act up to an instant before it is reviewed, and say when the next of them acts. */
  people?: { actUntil(at: number, edition: string): Promise<void>; nextAct(): Promise<number | null> };
  /** Hears of every failure, of an activity or of a story, with its own words: a rehearsal ends at the first. */
  failed?(error: unknown): void;
  /** After so many events since its walk through what was settled, a run continues as new; left out, 300. */
  continueAfterEvents?: number;
}

/** More people than this in an ask, and reviewing is no longer a matter of milliseconds. */
const largeFrom = 300;
/** A wake owed for so long was lost; mail due for so long has stalled. Milliseconds of real time. */
const lostAfterMs = 15_000;
/** A look that is late by so much was lost, by the engine: a timer fires within a second. Milliseconds of real time. */
const lateAfterMs = 60_000;
/** For how long a sweep begins to send, in milliseconds of real time: it has five minutes, and editions wait for the one before them. */
const sweepForMs = 2 * 60_000;

/** Everything workflows may do, with what they need. */
export function createActivities(given: ActivityDeps): CohortActivities & SweepActivities & SignInActivities {
  const deps = { ...given, lanes: openLanes(parallel) };
  return {
    openCohort: (input) => inPlainSight(deps, { scope: 'start', ...input }, () => openCohort(deps, input)),
    reviewEdition: (request) => inPlainSight(deps, { scope: 'review', ...request }, () => reviewWithPeople(deps, request)),
    deliver: (input) => inPlainSight(deps, { scope: deliveryScope, ...input }, () => deliverDue(deps, { ...input, late: true })),
    sweep: () => sweep(deps),
    mailSignIn: (input) => mailSignIn(deps, input),
  };
}

/** A restart of a worker replays so much of each edition, and the walk. */
const usualContinueAfter = 300;

/**
 * What a run must know to walk through its edition; null when it has nothing to do. A run that is stale as it begins was started late, and has ended
 * the one that was not: the sweep is owed a look at what runs.
 */
async function openCohort(
  { store, realNow, continueAfterEvents = usualContinueAfter }: ActivityDeps,
  { edition, epoch, at }: Fenced,
): Promise<Outline | null> {
  const row = await findEdition(store.pool, edition);
  if (row === undefined || row.status === 'closed' || row.status === 'cancelled') return null;
  if (row.epoch !== epoch) {
    await oweWake(store.pool, edition, realNow());
    return null;
  }
  if (row.failing.includes('start')) await resolveIncident(store.pool, edition, { scope: 'start', at });
  const { file } = row;
  const { people, hasEvaluator, hasRelays } = await companyOf(store.pool, edition);
  const circuits = Object.fromEntries(
    CIRCUIT_STEP_IDS.map((step) => {
      const { stages, session } = circuitOf(file, step);
      return [step, { stages: stages.length, sitting: session !== undefined }];
    }),
  ) as Outline['circuits']; // one entry per id of CIRCUIT_STEP_IDS, which is the key's own type
  return {
    circuits,
    hasEvaluator,
    hasRelays,
    generations: await generationsOf(store.pool, edition),
    ...(row.back === 0 ? {} : { back: row.back }),
    large: people > largeFrom,
    continueAfter: continueAfterEvents,
  };
}

/**
 * Signals the editions whose wake was lost, or whose next look is late, and delivers mail that stalled; what fails costs one edition. It waits for
 * nobody's turn: mail whose turn has come is due to the next sweep, as mail that stalled is. A delivery also tells of letters that came back, in
 * editions that are over too: nothing else would come.
 */
async function sweep(deps: ActivityDeps): Promise<{ woken: number; delivered: number }> {
  const { store } = deps;
  const realNow = deps.realNow();
  await oweLateLooks(store.pool, { realNow, byMs: lateAfterMs });
  const owed = await owedWakes(store.pool, realNow - lostAfterMs);
  for (const edition of owed) {
    deps.heartbeat();
    if (await deps.wake(edition).catch(() => false)) await noteWoken(store.pool, edition, realNow); // owed until a review has seen it
  }
  const stalled = await stalledDeliveries(store.pool, realNow - lostAfterMs);
  const over = () => deps.stopping?.() === true || deps.realNow() >= realNow + sweepForMs;
  let delivered = await mailOwedSignIns(deps, realNow - lostAfterMs);
  for (const { id: edition, epoch, clock_offset_ms: offset } of stalled) {
    if (over()) break;
    const input = { edition, epoch, at: deps.realNow() + offset, patient: false };
    const done = await inPlainSight(deps, { scope: deliveryScope, ...input }, () => deliverDue({ ...deps, stopping: over }, input)).catch(
      () => undefined,
    );
    delivered += done?.sent ?? 0;
  }
  await beat(store.pool, 'sweep', deps.realNow());
  return { woken: owed.length, delivered };
}

/**
 * Runs an activity so that its failure is an incident an admin sees, in words that stay in Postgres: an error may quote what people
 * wrote, so history is told its code only.
 */
async function inPlainSight<T>(
  { store, failed }: ActivityDeps,
  { scope, edition, at }: Fenced & { scope: string },
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    failed?.(error);
    const words = error instanceof Error ? error.message : String(error);
    await recordIncident(store.pool, edition, { scope, message: words, at }).catch(() => undefined);
    const failure = new Error(`${scope} failed (${codeOf(error)}); the console shows why`);
    failure.stack = '';
    throw failure;
  }
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : 'no code';

/** A review; in a rehearsal its people act first, and the next of their acts is an instant to look at again. */
async function reviewWithPeople({ store, people, failed, realNow }: ActivityDeps, request: ReviewRequest): Promise<ReviewResult> {
  for (const { scope, message } of request.incidents) if (message !== undefined) failed?.(new Error(`${scope}: ${message}`));
  if (people === undefined) return review(store, request, { spreads: true, realNow: realNow() });
  await people.actUntil(request.at, request.edition);
  const result = await review(store, request);
  const next = await people.nextAct();
  const wakeAt = next === null ? result.wakeAt : Math.min(next, result.wakeAt ?? next);
  return { ...result, wakeAt };
}
