/** Where one person's place in an ask stands, by the business clock of the view. */
import { askRules } from '../../domain/asks.js';
import type { AskView } from '../../domain/view.js';

/** `late`: a hard end has passed, whether or not anything has settled it yet. */
export type Standing = 'announced' | 'open' | 'closed' | 'late';

/** What the page of a view is: the question, its announcement, or how it ended. */
export function standingOf({ ask, at, closed }: AskView): Standing {
  if (closed !== undefined || ask.outcome !== undefined) return 'closed';
  if (askRules[ask.kind].hard && at >= ask.dueAt) return 'late';
  return ask.openedAt === null ? 'announced' : 'open';
}
