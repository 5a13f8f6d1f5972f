/** Working days, public holidays and school holidays of a territory, and the only place where a date becomes an instant. */
import type { CivilDate } from './calendar/civil.js';
import type { HolidayZone } from './calendar/holidays.js';

export { addDays, type CivilDate, civilDate, dayNumber, isCivilDate, WEEKDAYS, type Weekday, weekdayOf } from './calendar/civil.js';
export { HOLIDAY_ZONES, type HolidayZone, isPublicHoliday, publicHolidays } from './calendar/holidays.js';

/** A period of civil dates, ends included. */
export type Period = { from: CivilDate; to: CivilDate; label?: string };

/** What a calendar needs to know of a territory. */
export type CalendarSource = {
  timezone: string;
  holidays: HolidayZone;
  closures: readonly Period[];
  schoolHolidays: readonly Period[];
};

/** The working days of one territory. Working days are counted, never milliseconds. */
export type Calendar = {
  /** IANA name of the zone in which a date becomes an instant. */
  timezone: string;
  /** Monday to Friday, not a public holiday of the zone, not inside a closure. */
  isWorkingDay(date: CivilDate): boolean;
  /** Whether the date is inside the school holidays. */
  isSchoolHoliday(date: CivilDate): boolean;
  /** The date, or the first working day after it. */
  onOrAfter(date: CivilDate): CivilDate;
  /** The date, or the last working day before it. */
  onOrBefore(date: CivilDate): CivilDate;
  /** `n` working days after the date (before, if negative); `n` = 0 gives the date itself, working day or not. */
  add(date: CivilDate, n: number): CivilDate;
  /** Working days in (a, b]; negative, and counted in (b, a], when b is before a. */
  count(a: CivilDate, b: CivilDate): number;
  /** `n` calendar days after the date. */
  addDays(date: CivilDate, n: number): CivilDate;
  /** The instant (ms since 1970) of a local time `HH:MM` on a date; a time that a change of hour skips is moved after it. */
  instantAt(date: CivilDate, time: string): number;
  /** The instant at which a day ends: the exclusive 00:00 of the next. */
  endOfDay(date: CivilDate): number;
  /** The local date of an instant (ms since 1970). */
  dateOf(epochMs: number): CivilDate;
  /** The local hour of an instant as a decimal: 18:30 is 18.5. */
  hourOf(epochMs: number): number;
};

/** The calendar of a territory. One is kept per territory object, so that asking often costs nothing. */
export function calendarOf(_territory: CalendarSource): Calendar {
  throw new Error('not written yet');
}
