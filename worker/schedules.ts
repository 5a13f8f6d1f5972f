import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import type { Installation } from '../client/installation.js';
import { sweepScheduleId } from '../workflows/messages.js';
import type { SweepInput } from '../workflows/sweep.js';

/** A run that ended is followed by the next within a minute; while one runs, none is started. */
const everyMs = 60_000;
const run: SweepInput = { rounds: 180, pauseMs: 20_000 };

/** Makes sure that the sweep is scheduled; whoever comes second finds it there. */
export async function scheduleSweep({ client, taskQueue }: Pick<Installation, 'client' | 'taskQueue'>): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: sweepScheduleId,
      spec: { intervals: [{ every: everyMs }] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 minute' },
      action: {
        type: 'startWorkflow',
        workflowType: 'sweep',
        workflowId: sweepScheduleId,
        taskQueue,
        args: [run],
        workflowExecutionTimeout: '3 hours',
      },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
  }
}
