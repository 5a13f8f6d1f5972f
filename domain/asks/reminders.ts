import type { Calendar } from '../calendar.js';
import { nextSendingTime, type Rung, rungTime } from './ladder.js';

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
