/** Where one person's place in an ask stands, by the business clock of the view. */
import { isPastHardEnd } from '../../domain/asks/hard-end.js';
import type { AskView } from '../../domain/view.js';

/** `late`: a hard end has passed, whether or not anything has settled it yet; none passes during a pause. `suspended`: the edition is over. */
export type Standing = 'announced' | 'open' | 'closed' | 'late' | 'suspended';

/** What the page of a view is: the question, its announcement, or how it ended. */
export function standingOf(view: AskView): Standing {
  const { ask, at, closed, edition } = view;
  if (closed !== undefined || ask.outcome !== undefined) return 'closed';
  if (edition.status !== 'paused' && isPastHardEnd(ask, at)) return 'late';
  if (edition.status !== 'running' && edition.status !== 'paused') return 'suspended';
  return ask.openedAt === null ? 'announced' : 'open';
}
