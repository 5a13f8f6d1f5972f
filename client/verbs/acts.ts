import { randomBytes } from 'node:crypto';
import { untaggedKey } from '../../domain/address.js';
import type { Raw } from '../../domain/asks/forms.js';
import { answer } from '../../store/acts/answer.js';
import { saveApplication } from '../../store/acts/application.js';
import { correctApplication } from '../../store/acts/correct.js';
import { delegate, takeBack } from '../../store/acts/delegate.js';
import { saveDraft, swapDraft } from '../../store/acts/draft.js';
import { freshLink } from '../../store/acts/fresh-link.js';
import type { Act } from '../../store/acts/place.js';
import {
  type ApplicationStart,
  askToApply,
  beginApplication as begin,
  findStart,
  forgetStart,
  type Typed,
} from '../../store/acts/start.js';
import type { Limit } from '../../store/limits.js';
import { isStartSeal, keyed, sealOf } from '../../store/links.js';
import type { Installation } from '../installation.js';

/** Records, then wakes if something can now settle: whatever the engine does, the act is kept. */
async function recorded<A extends Act>(installation: Installation, act: Promise<A>): Promise<A> {
  const done = await act;
  if (done.ok && done.wake) await installation.wake(done.edition);
  return done;
}

/** Answers an ask from a person's place in it. */
export const answerAsk = (installation: Installation, input: { request: string; raw: Raw }): Promise<Act> =>
  recorded(installation, answer(installation.store, { ...input, realNow: installation.realNow() }));

/** Passes a person's place to somebody else. */
export const delegateAsk = (installation: Installation, input: { request: string; name: string; email: string }): Promise<Act> =>
  recorded(installation, delegate(installation.store, { ...input, realNow: installation.realNow() }));

/** Lets an applicant write over what they have sent, until the call closes. */
export const correctSent = (installation: Installation, request: string): Promise<Act> =>
  recorded(installation, correctApplication(installation.store, { request, realNow: installation.realNow() }));

/** Takes a place back from whoever it was passed to. */
export const takeAskBack = (installation: Installation, request: string): Promise<Act> =>
  recorded(installation, takeBack(installation.store, { request, realNow: installation.realNow() }));

/** Mails a fresh link to the address of a place. */
export const askFreshLink = (installation: Installation, request: string): Promise<Act> =>
  recorded(installation, freshLink(installation.store, { request, realNow: installation.realNow() }));

/** Keeps what was typed; `from`: the number of the draft its page was drawn from. */
export const keepDraft = (installation: Installation, input: { request: string; raw: Raw; from?: number }): ReturnType<typeof saveDraft> =>
  saveDraft(installation.store, { ...input, realNow: installation.realNow() });

/** Takes the other of two drafts that were kept. */
export const takeOtherDraft = (installation: Installation, request: string): Promise<Act> =>
  swapDraft(installation.store, { request, realNow: installation.realNow() });

const hourMs = 60 * 60_000;

/** How often an application may be asked for: by one mailbox, from one network, and in one edition, whoever asks. */
function startLimits({ linkKey }: Installation, { email, network, edition }: Typed & { network?: string | undefined }): Limit[] {
  const limit = (kind: string, of: string, most: number, withinMs: number): Limit => ({ kind, who: keyed(linkKey, of), most, withinMs });
  return [
    limit('start.mailbox', untaggedKey(email), 3, hourMs),
    limit('start.mailbox', untaggedKey(email), 6, 24 * hourMs),
    ...(network === undefined ? [] : [limit('start.network', network, 20, hourMs)]),
    limit('start.edition', edition, 300, hourMs),
  ];
}

/** Mails a link to begin an application; `network`: where the visitor comes from, as far as is known. */
export const askForApplication = (installation: Installation, input: Typed & { network?: string | undefined }): Promise<Act> => {
  const { network, ...typed } = input;
  const limits = startLimits(installation, input);
  const id = randomBytes(12).toString('base64url');
  return recorded(installation, askToApply(installation.store, { ...typed, id, limits, realNow: installation.realNow() }));
};

/** What was typed for the link to an application, if the seal opens it. */
export const applicationStart = async (
  { store, linkKey }: Installation,
  { id, mac }: { id: string; mac: string },
): Promise<ApplicationStart | undefined> => (isStartSeal(linkKey, id, mac) ? findStart(store.pool, id) : undefined);

/** Begins an application behind its link; `mac` is the seal of its place. */
export async function beginApplication(installation: Installation, id: string): Promise<Act & { request?: string; mac?: string }> {
  const begun = await recorded(installation, begin(installation.store, { id, realNow: installation.realNow() }));
  if (!begun.ok || begun.request === undefined) return begun;
  return { ...begun, mac: sealOf(installation.linkKey, begun.request, begun.linkN ?? 1) };
}

/** "It was not me": erases what was typed for a link, and what it began. */
export const forgetApplication = ({ store }: Installation, id: string): Promise<void> => forgetStart(store, { id });

/** Saves or submits an application. */
export const keepApplication = (
  installation: Installation,
  input: { request: string; raw: Raw; submit: boolean; from?: number },
): ReturnType<typeof saveApplication> =>
  recorded(installation, saveApplication(installation.store, { ...input, realNow: installation.realNow() }));
