import { proxyActivities } from '@temporalio/workflow';
import type { SignInActivities } from '../activities/contract.js';

const activities = proxyActivities<SignInActivities>({
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '2 seconds', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** Mails a link into the console as soon as it is asked for. It is given as long as the link holds, by whoever starts it. */
export async function signin(input: { id: string }): Promise<void> {
  await activities.mailSignIn(input);
}
