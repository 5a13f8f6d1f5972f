import type { Calendar, CivilDate } from '../calendar.js';
import type { Rung } from './ladder.js';
import { nextSendingTime, rungTime } from './sending.js';

/** Two mails with the same ask, addressee and `about` are at least this many working days apart. */
export const minGapWorkingDays = 2;

/**
 * When a rung that is due may leave (epoch ms; `at`, if now). One reminder mail a person and day: whoever had one today gets the next on the
 * next working day, with all that is due by then (experience.md, "Guarantees"); a first request is no reminder and does not wait.
 */
export function leavesAt({
  rung,
  at,
  remindedToday,
  calendar,
}: {
  rung: Rung;
  at: number;
  remindedToday: boolean;
  calendar: Calendar;
}): number {
  const opens = nextSendingTime(at, calendar);
  if (opens > at || rung === 'opening' || !remindedToday) return opens;
  return calendar.instantAt(calendar.add(calendar.dateOf(at), 1), rungTime);
}

/** What was mailed before about the same ask, to the same addressee, about the same late person: its civil date, if any. */
export type LastMail = CivilDate | undefined;

/** Whether a mail today would follow the last one about the same too closely. */
export const isTooSoon = (last: LastMail, today: CivilDate, calendar: Calendar): boolean =>
  last !== undefined && calendar.count(last, today) < minGapWorkingDays;

/**
 * Of the rungs that are due now for one ask, addressee and `about`, which one leaves and which are dropped for ever.
 * After an outage only the last one leaves; one that would come fewer than two working days after the last mail never does.
 */
export function climb({ due, last, today, calendar }: { due: readonly Rung[]; last: LastMail; today: CivilDate; calendar: Calendar }): {
  send?: Rung;
  drop: Rung[];
} {
  const top = due.includes('opening') ? 'opening' : due.at(-1);
  if (top === undefined) return { drop: [] };
  return isTooSoon(last, today, calendar) ? { drop: [...due] } : { send: top, drop: due.filter((rung) => rung !== top) };
}
