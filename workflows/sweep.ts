import { isCancellation, proxyActivities, sleep } from '@temporalio/workflow';
import type { SweepActivities } from '../activities/contract.js';

const activities = proxyActivities<SweepActivities>({
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '1 minute',
  retry: { maximumAttempts: 1 },
});

/** How often a sweep looks before it ends, and how long it pauses in between. */
export interface SweepInput {
  rounds: number;
  pauseMs: number;
}

/**
 * Signals the editions whose wake was lost, and delivers mail that stalled; the next round tries again what failed. A schedule starts it
 * again when it has ended: one run an hour, where a run a round would fill the engine's list.
 */
export async function sweep({ rounds, pauseMs }: SweepInput = { rounds: 1, pauseMs: 0 }): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    try {
      await activities.sweep();
    } catch (error) {
      if (isCancellation(error) || round === rounds) throw error;
    }
    if (round < rounds) await sleep(pauseMs, { summary: 'Next look for lost wakes and stalled mail' });
  }
}
