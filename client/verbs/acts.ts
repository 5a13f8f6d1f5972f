import type { Raw } from '../../domain/asks/forms.js';
import { answer } from '../../store/acts/answer.js';
import { type Started, saveApplication, startApplication } from '../../store/acts/application.js';
import { delegate, takeBack } from '../../store/acts/delegate.js';
import { saveDraft, swapDraft } from '../../store/acts/draft.js';
import { freshLink } from '../../store/acts/fresh-link.js';
import type { Act } from '../../store/acts/place.js';
import { sealOf } from '../../store/links.js';
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

/** Begins an application; `mac` is the seal of its link, when the place is new. */
export async function beginApplication(
  installation: Installation,
  input: { edition: string; name: string; email: string; title: string; relay?: string },
): Promise<Started & { mac?: string }> {
  const started = await recorded(installation, startApplication(installation.store, { ...input, realNow: installation.realNow() }));
  if (!started.ok || started.request === undefined) return started;
  return { ...started, mac: sealOf(installation.linkKey, started.request, started.linkN ?? 1) };
}

/** Saves or submits an application. */
export const keepApplication = (
  installation: Installation,
  input: { request: string; raw: Raw; submit: boolean; from?: number },
): ReturnType<typeof saveApplication> =>
  recorded(installation, saveApplication(installation.store, { ...input, realNow: installation.realNow() }));
