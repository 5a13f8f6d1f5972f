/** Acts on an edition by hand: seen before they are done, then done, and its workflow woken. */
import { type Acted, Busy, doAct, previewAct } from '../../activities/preview.js';
import type { Preview } from '../../domain/preview.js';
import type { ActOn } from '../../store/acts/acts.js';
import { type AnswerFor, answerFor } from '../../store/acts/answer-for.js';
import type { Act } from '../../store/acts/place.js';
import type { Installation } from '../installation.js';

type Wanted = Omit<ActOn, 'realNow'>;

const unlessBusy = async <T>(work: Promise<T>): Promise<T | 'busy'> => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Busy) return 'busy';
    throw error;
  }
};

/** What an act would change. `unknown`: there is no such edition, or ask in it; `busy`: somebody else holds it, and trying again is right. */
export const wouldChange = ({ store, realNow }: Installation, act: Wanted): Promise<Preview | 'unknown' | 'busy'> =>
  unlessBusy(previewAct(store, { ...act, realNow: realNow() }));

/** Does an act; `basis`: of the preview that was seen; `request`: under which it is done once. */
export async function intervene(installation: Installation, act: Wanted & { basis?: string; request?: string }): Promise<Acted | 'busy'> {
  const acted = await unlessBusy(doAct(installation.store, { ...act, realNow: installation.realNow() }));
  if (acted !== 'busy' && acted.ok && acted.wake) await installation.wake(acted.edition);
  return acted;
}

/** Records what somebody said by telephone or on paper; wakes if something can now settle. */
export async function answerInTheirName(installation: Installation, act: Omit<AnswerFor, 'realNow'>): Promise<Act> {
  const done = await answerFor(installation.store, { ...act, realNow: installation.realNow() });
  if (done.ok && done.wake) await installation.wake(done.edition);
  return done;
}
