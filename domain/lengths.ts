/** How long a step or a stage takes (plan.md, "Lengths"). */

import { addDays, type CivilDate, dayNumber, type Weekday, weekdayOf } from './calendar/civil.js';
import type { Calendar } from './calendar.js';

/** `Nwd` working days, `Nd` calendar days or `Nw` weeks, both ends counted. */
export type FixedLength = { kind: 'fixed'; unit: 'wd' | 'd' | 'w'; n: number };
/** Pinned to one day. */
export type PinLength = { kind: 'pin'; date: CivilDate };
/** Which side of the school holidays a series keeps to. */
export const DURING = ['any', 'school-term', 'school-holidays'] as const;
/** A series of single days; a candidate that is a day off or on the wrong side of the school holidays is skipped. */
export type SeriesLength = { kind: 'series'; every: readonly Weekday[]; times: number; during: (typeof DURING)[number] };
/** The length of a step. */
export type Length = FixedLength | PinLength | SeriesLength;

/** After so long without a valid day a series counts as missed: two years. */
const SEARCH_DAYS = 731;

/** The last day of a fixed length whose first is `day1`. A `d` or `w` end on a day off moves to the next working day. */
export function finishOf(day1: CivilDate, length: FixedLength, cal: Calendar): CivilDate {
  if (length.unit === 'wd') return cal.add(cal.onOrAfter(day1), length.n - 1);
  return cal.onOrAfter(addDays(day1, calendarDays(length) - 1));
}

/** The latest first day of a fixed length that must end on `finish`. A `d` or `w` start on a day off moves to the previous working day. */
export function startOf(finish: CivilDate, length: FixedLength, cal: Calendar): CivilDate {
  if (length.unit === 'wd') return cal.add(cal.onOrBefore(finish), 1 - length.n);
  return cal.onOrBefore(addDays(finish, 1 - calendarDays(length)));
}

const calendarDays = ({ unit, n }: FixedLength): number => (unit === 'w' ? n * 7 : n);

/** About how many working days a fixed length has, to compare lengths of different units. */
export const roughWorkingDays = (length: FixedLength): number => (length.unit === 'wd' ? length.n : (calendarDays(length) * 5) / 7);

const isCandidate = (date: CivilDate, series: SeriesLength, cal: Calendar): boolean =>
  series.every.includes(weekdayOf(dayNumber(date))) &&
  cal.isWorkingDay(date) &&
  (series.during === 'any' || cal.isSchoolHoliday(date) === (series.during === 'school-holidays'));

/** The first `times` valid days on or after a date; null when a next one is not found within two years. */
export const seriesFrom = (from: CivilDate, series: SeriesLength, cal: Calendar, times = series.times): CivilDate[] | null =>
  collect(from, 1, series, cal, times);

/** The last `times` valid days on or before a date, in order; null when a further one is not found within two years. */
export const seriesUntil = (until: CivilDate, series: SeriesLength, cal: Calendar, times = series.times): CivilDate[] | null =>
  collect(until, -1, series, cal, times)?.reverse() ?? null;

function collect(start: CivilDate, by: 1 | -1, series: SeriesLength, cal: Calendar, times: number): CivilDate[] | null {
  const found: CivilDate[] = [];
  let date = start;
  for (let searched = 0; found.length < times; date = addDays(date, by)) {
    if (isCandidate(date, series, cal)) {
      found.push(date);
      searched = 0;
    } else if (++searched > SEARCH_DAYS) return null;
  }
  return found;
}
