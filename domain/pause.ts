/** A pause without an end: what is open keeps the working days it had left (console.md, "Time only goes forward"). */
import type { AskKind } from './asks.js';
import { addDays, type Calendar, type CivilDate, laterOf } from './calendar.js';

/** A pause that ends: its first day, and the day on which work goes on. */
export interface Paused {
  from: CivilDate;
  today: CivilDate;
}

/** The working days of a pause: from its first day, to the day on which work goes on, which is none of it. */
export const pausedFor = ({ from, today }: Paused, calendar: Calendar): number => calendar.count(addDays(from, -1), addDays(today, -1));

/** A date that was still to come when the pause began, after it: never before the next working day. What was late stays late. */
export const afterPause = (date: CivilDate, paused: Paused, calendar: Calendar): CivilDate =>
  date < paused.from ? date : laterOf(calendar.add(date, pausedFor(paused, calendar)), calendar.add(paused.today, 1));

/** The day on which an answer is due after a pause. A call keeps the closing that was published, or ends on the next working day. */
export function dueAfterPause({ kind, due }: { kind: AskKind; due: CivilDate }, paused: Paused, calendar: Calendar): CivilDate {
  if (kind !== 'apply') return afterPause(due, paused, calendar);
  return due < paused.from || due > paused.today ? due : calendar.add(paused.today, 1);
}
