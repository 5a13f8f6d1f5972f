/** Why an edition moves or does not, in one word of the code: the first that applies. */
import type { EditionFacts } from '../domain/watch.js';
import type { Looks } from '../store/wakes.js';
import type { Execution } from './execution.js';

/**
 * - `no-answer`: the engine does not answer, and nobody knows.
 * - `over`: the edition has ended.
 * - `run-missing`: it goes on, and nothing runs for it.
 * - `no-worker`: no worker takes its work.
 * - `task-failing`: its code fails again and again.
 * - `activity-failing`: a piece of work fails, and is tried again by itself.
 * - `incident`: something failed, and is tried again by itself.
 * - `wake-owed`: it should have been looked at by now, and was not.
 * - `paused`: nothing moves until it is resumed.
 * - `fine`: it waits for what comes next.
 */
export type Verdict =
  | 'no-answer'
  | 'over'
  | 'run-missing'
  | 'no-worker'
  | 'task-failing'
  | 'activity-failing'
  | 'incident'
  | 'wake-owed'
  | 'paused'
  | 'fine';

/** A worker that is there takes what waits for it at once; one that was restarted, within ten seconds. */
const untakenAfterMs = 30_000;
/** The sweep owes a wake to whatever is a minute late, and signals it within half a minute. */
const lateAfterMs = 2 * 60_000;

/** How a run begins to say what it waits for after a failure (workflows/pump.ts): also one that could not be recorded. */
const nextTry = 'Next try';

/** The verdict at a real instant; `execution`: undefined when the engine did not answer, null when it knows none. `incidents`: how many are open. */
export function verdictOf({
  execution,
  looks,
  status,
  offsetMs,
  incidents,
  realNow,
}: {
  execution: Execution | null | undefined;
  looks: Looks;
  incidents: number;
  realNow: number;
} & Pick<EditionFacts, 'status' | 'offsetMs'>): Verdict {
  if (execution === undefined) return 'no-answer';
  const goesOn = status === 'running' || status === 'paused';
  const runs = execution?.status === 'running';
  if (!runs) return goesOn ? 'run-missing' : 'over';
  const isLater = (since: number | null, byMs: number) => since !== null && realNow - since > byMs;
  if (isLater(execution.untakenSince, untakenAfterMs)) return 'no-worker';
  if (execution.task !== undefined) return 'task-failing';
  if (execution.activities.some(({ failure }) => failure !== undefined)) return 'activity-failing';
  if (incidents > 0 || execution.timers.some(({ summary }) => summary.startsWith(nextTry))) return 'incident';
  if (!goesOn) return 'over';
  const { lookAt, owedSince } = looks;
  const due = lookAt === null ? null : lookAt - offsetMs;
  if (isLater(owedSince, lateAfterMs) || isLater(due, lateAfterMs)) return 'wake-owed';
  return status === 'paused' ? 'paused' : 'fine';
}
