import { domainOf, mailboxOf } from '../domain/address.js';
import { toBytes } from '../mail/mime.js';
import { signIn } from '../mail/templates/sign-in.js';
import type { Transport } from '../mail/transport.js';
import type { Store } from '../store/db.js';
import { signInLinkOf } from '../store/links.js';
import { messageIdOf } from '../store/outbox.js';
import { markLinkMailed, owedLinks, releaseLink, takeOwedLink } from '../store/signins.js';
import type { LinkBase } from './dependencies.js';

/** What mailing a link into the console needs of the installation. */
export interface SignInDeps extends LinkBase {
  store: Store;
  transport: Transport;
  realNow(): number;
}

/**
 * Mails a link into the console, once, to the address it is for. What certainly did not leave is an error, and tried again as long as the link holds;
 * what may have arrived is not: another link is a press of a button.
 */
export async function mailSignIn(
  { store, transport, publicUrl, linkKey, mailFrom, realNow }: SignInDeps,
  { id }: { id: string },
): Promise<void> {
  const owed = await takeOwedLink(store.pool, { id, realNow: realNow() });
  if (owed === undefined) return;
  const { email: to, locale, askedAt: date } = owed;
  const from = mailboxOf(mailFrom);
  const rendered = signIn({ link: signInLinkOf(publicUrl, linkKey, id), locale });
  const bytes = await toBytes({ rendered, from, to, messageId: `<${messageIdOf(`sign-in.${id}`, domainOf(mailFrom))}>`, date });
  const result = await transport.send({ from: from.address, to, bytes });
  const isOver = result.state === 'accepted' || result.state === 'uncertain' || (result.state === 'refused' && result.permanent);
  if (isOver) return markLinkMailed(store.pool, { id, realNow: realNow() });
  await releaseLink(store.pool, id);
  throw new Error(`a link into the console could not be mailed (${result.state})`);
}

/** Mails the links that were owed before an instant: the engine was away when they were asked for, or the server since. Answers how many left. */
export async function mailOwedSignIns(deps: SignInDeps, before: number): Promise<number> {
  let mailed = 0;
  for (const id of await owedLinks(deps.store.pool, { before, realNow: deps.realNow() }))
    try {
      await mailSignIn(deps, { id });
      mailed++;
    } catch {
      break; // the server is away for the others too: the next sweep tries again
    }
  return mailed;
}
