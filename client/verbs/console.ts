import { issueSignIn } from '../../store/console.js';
import type { Installation } from '../installation.js';

/** A link that opens the console once, within an hour. */
export async function signInLink({ store, publicUrl, realNow }: Installation): Promise<string> {
  return `${publicUrl}/sign-in/${await issueSignIn(store.pool, { realNow: realNow() })}`;
}
