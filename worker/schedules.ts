import { isDeepStrictEqual } from 'node:util';
import { ScheduleAlreadyRunning, type ScheduleDescription, ScheduleOverlapPolicy, type ScheduleSpec } from '@temporalio/client';
import type { Installation } from '../client/installation.js';
import { type Scheduled, scheduleId } from '../workflows/messages.js';
import type { SweepInput } from '../workflows/sweep.js';
import type { WatchInput } from '../workflows/watch.js';

const minuteMs = 60_000;

/** What runs, with what, for how long at most. A run that ended is followed by the next within a minute; while one runs, none is started. */
export interface Scheduling {
  workflowType: Scheduled;
  input: SweepInput | WatchInput;
  everyMs: number;
  timeoutMs: number;
}

/** What this build schedules: runs of an hour, where a run a look would fill the engine's list. */
export const SCHEDULED: readonly Scheduling[] = [
  {
    workflowType: 'sweep',
    input: { rounds: 180, pauseMs: 20_000 } satisfies SweepInput,
    everyMs: minuteMs,
    timeoutMs: 180 * minuteMs,
  },
  {
    workflowType: 'watch',
    input: { looks: 12, pauseMs: 5 * minuteMs } satisfies WatchInput,
    everyMs: minuteMs,
    timeoutMs: 120 * minuteMs,
  },
];

/** Makes sure that everything is scheduled as this build wants it; whoever comes second finds it so. */
export async function ensureSchedules(
  installation: Pick<Installation, 'client' | 'taskQueue'>,
  scheduled: readonly Scheduling[] = SCHEDULED,
): Promise<void> {
  for (const one of scheduled) await ensure(installation, one);
}

async function ensure({ client, taskQueue }: Pick<Installation, 'client' | 'taskQueue'>, one: Scheduling): Promise<void> {
  const id = scheduleId(one.workflowType, taskQueue);
  const wanted = {
    spec: { intervals: [{ every: one.everyMs }] },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: minuteMs, pauseOnFailure: false },
    action: {
      type: 'startWorkflow' as const,
      workflowType: one.workflowType,
      workflowId: id,
      taskQueue,
      args: [one.input],
      workflowExecutionTimeout: one.timeoutMs,
    },
  };
  try {
    const handle = await client.schedule.create({ scheduleId: id, ...wanted });
    await handle.trigger(ScheduleOverlapPolicy.SKIP); // `triggerImmediately` would let a second run start beside it
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    const handle = client.schedule.getHandle(id);
    if (isDeepStrictEqual(gistOf(await handle.describe()), gistOf(wanted))) return;
    // one that somebody paused stays so, and a run that is under way ends as it began
    await handle.update(({ state }) => ({ ...wanted, state }));
  }
}

/** What decides how a schedule runs, of one that is wanted or found. */
const gistOf = ({ spec, policies, action }: Pick<ScheduleDescription, 'action' | 'policies'> & { spec: ScheduleSpec }) => ({
  every: spec.intervals?.map(({ every }) => every),
  overlap: policies.overlap,
  catchupWindow: policies.catchupWindow,
  workflowType: action.workflowType,
  taskQueue: action.taskQueue,
  args: action.args,
  timeoutMs: action.workflowExecutionTimeout,
});
