import { type Bounced, type BounceRecorded, recordBounce } from '../../store/bounces.js';
import { mailOfMessage } from '../../store/outbox.js';
import type { Installation } from '../installation.js';

/** The number of the mail with a Message-ID (without brackets), if there is one. */
export const mailOf = ({ store }: Installation, messageId: string): Promise<number | undefined> => mailOfMessage(store.pool, messageId);

/** Records what came back of a mail; wakes its edition when somebody cannot be reached any more. */
export async function noteBounce(installation: Installation, bounced: Bounced): Promise<BounceRecorded> {
  const done = await recordBounce(installation.store, { ...bounced, realNow: installation.realNow() });
  if (done.state === 'recorded' && done.wake) await installation.wake(done.edition);
  return done;
}
