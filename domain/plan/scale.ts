/** What the drawings of a plan share: the days they span and the marks they carry. */
import { addDays, type CivilDate, dayNumber, earlierOf } from '../calendar.js';
import type { Plan, PlannedStep } from './types.js';

/** First and last day that a drawing must show, a few days of margin included. */
export function extentOf(plan: Plan, ...more: (CivilDate | null | undefined)[]): { from: CivilDate; to: CivilDate } {
  const all = [
    plan.start,
    plan.target,
    ...more,
    ...plan.steps.flatMap(({ earliest, latest }) => [earliest.start, earliest.finish, latest.start, latest.finish]),
  ];
  const known = all.filter((date) => typeof date === 'string').sort();
  return { from: addDays(known[0] ?? plan.start, -10), to: addDays(known.at(-1) ?? plan.target, 10) };
}

/** Days from one date to another. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => dayNumber(to) - dayNumber(from);

/** The first days of the months inside an extent. */
export function monthsOf(from: CivilDate, to: CivilDate): CivilDate[] {
  const months: CivilDate[] = [];
  let year = Number(from.slice(0, 4));
  let month = Number(from.slice(5, 7));
  for (;;) {
    const first = `${year}-${String(month).padStart(2, '0')}-01`;
    if (first >= to) return months;
    if (first >= from) months.push(first);
    month = month === 12 ? 1 : month + 1;
    if (month === 1) year++;
  }
}

/** The days between which a step can move: from its earliest start to its latest finish, whichever are known. */
export function windowOf(step: PlannedStep): { from: CivilDate; to: CivilDate } | null {
  const known = [step.earliest.start, step.earliest.finish, step.latest.start, step.latest.finish]
    .filter((date) => typeof date === 'string')
    .sort();
  const [from, to] = [step.earliest.start ?? known[0], known.at(-1)];
  return from && to ? { from: earlierOf(from, to), to } : null;
}
