import type { Calendar } from '../calendar.js';

/** Mail leaves between these local hours of a working day; rungs leave at `rungTime`. */
export const sendingHours = { from: 8, to: 19 } as const;
export const rungTime = '09:00';

/** Whether mail may leave at this instant: a working day, between 8 and 19 h. */
export function isSendingTime(at: number, calendar: Calendar): boolean {
  const hour = Number(calendar.timeOf(at).slice(0, 2));
  return calendar.isWorkingDay(calendar.dateOf(at)) && hour >= sendingHours.from && hour < sendingHours.to;
}

/** Until when mail that leaves now may go on leaving: 19:00 of a working day, or the instant itself outside working hours. */
export function sendingCloses(at: number, calendar: Calendar): number {
  return isSendingTime(at, calendar) ? calendar.instantAt(calendar.dateOf(at), `${sendingHours.to}:00`) : at;
}

/** The next instant at which mail may leave: now, if it may; otherwise the next 09:00 of a working day. */
export function nextSendingTime(at: number, calendar: Calendar): number {
  if (isSendingTime(at, calendar)) return at;
  const today = calendar.dateOf(at);
  const nine = calendar.instantAt(calendar.onOrAfter(today), rungTime);
  return nine > at ? nine : calendar.instantAt(calendar.add(today, 1), rungTime);
}
