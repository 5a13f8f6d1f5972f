/** Slack: how many working days a step may slip without moving the date it is measured against. */
import type { Calendar, CivilDate } from '../calendar.js';
import type { Early } from './earliest.js';
import type { Late } from './latest.js';

/** The slack of a step. `null` where it cannot be known; 'none' for what has none of its own: a pin that holds, a step that is over. */
export function slackOf(early: Early, late: Late, cal: Calendar): number | null | 'none' {
  if (early.progress === 'done' || (early.heldOn !== undefined && early.heldOn !== null)) return 'none';
  const between = (a: CivilDate | null | undefined, b: CivilDate | null | undefined) => (a && b ? cal.count(a, b) : null);
  if (early.progress === 'ahead' && !early.session?.filed && !early.series?.settled.length) return between(early.start, late.start);
  // What has begun can no longer begin later: what counts is when it can end.
  if (early.series?.ahead?.length) return between(early.series.ahead[0], late.ahead?.[0]);
  if (early.session && !early.session.filed) return between(early.session.stagesEnd, late.sitting?.fileBy);
  return between(early.finish, late.end);
}
