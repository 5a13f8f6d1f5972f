/** Where one person's place in an ask stands, by the business clock of the view. */
import { kinds } from '../../domain/kinds/index.js';
import type { AskView } from '../../domain/view.js';

/** `late`: a hard end has passed, whether or not anything has settled it yet. `suspended`: the edition is paused, or over. */
export type Standing = 'announced' | 'open' | 'closed' | 'late' | 'suspended';

/** The instant after which a page with a hard end refuses; undefined where the end is not hard. */
export const hardEndOf = ({ ask }: AskView): number | undefined => (kinds[ask.kind].hard ? (ask.endsAt ?? ask.dueAt) : undefined);

/** What the page of a view is: the question, its announcement, or how it ended. */
export function standingOf(view: AskView): Standing {
  const { ask, at, closed, edition } = view;
  if (closed !== undefined || ask.outcome !== undefined) return 'closed';
  if (at >= (hardEndOf(view) ?? Number.POSITIVE_INFINITY)) return 'late';
  if (edition.status !== 'running') return 'suspended';
  return ask.openedAt === null ? 'announced' : 'open';
}
