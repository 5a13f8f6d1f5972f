import { proxyActivities } from '@temporalio/workflow';
import type { SweepActivities } from '../activities/contract.js';

const activities = proxyActivities<SweepActivities>({ startToCloseTimeout: '5 minutes', retry: { maximumAttempts: 1 } });

/** Run by a schedule: signals the editions whose wake was lost, and delivers mail that stalled. The next run tries again what failed. */
export async function sweep(): Promise<void> {
  await activities.sweep();
}
