import { isCancellation, proxyActivities, sleep } from '@temporalio/workflow';
import type { WatchActivities } from '../activities/contract.js';

const activities = proxyActivities<WatchActivities>({ startToCloseTimeout: '3 minutes', retry: { maximumAttempts: 1 } });

/** How often a watch looks before it ends, and how long it pauses in between. */
export interface WatchInput {
  looks: number;
  pauseMs: number;
}

/** Looks whether something stands still; the next look tries again what failed. A schedule starts it again when it has ended, as the sweep. */
export async function watch({ looks, pauseMs }: WatchInput = { looks: 1, pauseMs: 0 }): Promise<void> {
  for (let nth = 1; nth <= looks; nth++) {
    try {
      await activities.watch();
    } catch (error) {
      if (isCancellation(error) || nth === looks) throw error;
    }
    if (nth < looks) await sleep(pauseMs, { summary: 'Next look whether something stands still' });
  }
}
