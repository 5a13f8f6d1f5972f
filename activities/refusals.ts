import { judge } from '../mail/bounces/judge.js';
import { bounce } from '../mail/bounces/kinds.js';
import type { Failure } from '../mail/failures.js';
import { recordBounce } from '../store/bounces.js';
import type { Store } from '../store/db.js';

/** A server that refuses the recipient for good while we speak to it says what a bounce would say later: it is recorded as one. */
export async function noteRefusal(
  store: Store,
  { mail, to, result, at, realNow }: { mail: number; to: string; result: Failure; at: number; realNow: number },
): Promise<void> {
  if (result.state !== 'refused' || !result.permanent || result.command !== 'RCPT TO') return;
  const { gravity, status } = judge({ status: '', diagnostic: result.message }, { atRecipient: true });
  const said = bounce(gravity, { status, diagnostic: result.message });
  await recordBounce(store, { mail, ...said, report: 'smtp', to, at, realNow });
}
