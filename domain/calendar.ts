/** Working days, public holidays and school holidays of a territory, and the only place where a date becomes an instant. */
import { addDays, type CivilDate, civilDate, dayNumber } from './calendar/civil.js';
import { daysOf } from './calendar/days.js';
import type { HolidayZone } from './calendar/holidays.js';
import { zoneOf } from './calendar/zone.js';

export {
  addDays,
  type CivilDate,
  civilDate,
  dayNumber,
  earlierOf,
  isCivilDate,
  isoWeekOf,
  laterOf,
  mondayOf,
  WEEKDAYS,
  type Weekday,
  weekdayOf,
} from './calendar/civil.js';
export { HOLIDAY_ZONES, type HolidayZone, isPublicHoliday, publicHolidays } from './calendar/holidays.js';
export { isTimeZone } from './calendar/zone.js';

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
  /** The local time of an instant, `18:30`: the minute it is in, never the next one. A receipt is proof. */
  timeOf(epochMs: number): string;
  /** An instant to the minute on the territory's clock, with its offset: `2026-01-15T09:00+01:00`. */
  minuteOf(epochMs: number): string;
};

const byObject = new WeakMap<CalendarSource, Calendar>();
const byContent = new Map<string, Calendar>();
/** More territories than one installation has: a bound, not a need. */
const mostKept = 500;

/** The calendar of a territory. One is kept for what it says, whichever object says it: a row that is read again costs no new one. */
export function calendarOf(territory: CalendarSource): Calendar {
  const known = byObject.get(territory);
  if (known) return known;
  const { timezone, holidays, closures, schoolHolidays } = territory;
  const content = JSON.stringify([timezone, holidays, closures, schoolHolidays]);
  const calendar = byContent.get(content) ?? build(territory);
  if (byContent.size >= mostKept) byContent.clear();
  byContent.set(content, calendar);
  byObject.set(territory, calendar);
  return calendar;
}

function build(territory: CalendarSource): Calendar {
  const days = daysOf(territory.holidays, territory.closures, territory.schoolHolidays);
  const zone = zoneOf(territory.timezone);
  const walk = (from: number, by: 1 | -1): number => {
    let day = from;
    while (!days.isWorking(day)) day += by;
    return day;
  };
  return {
    timezone: territory.timezone,
    isWorkingDay: (date) => days.isWorking(dayNumber(date)),
    isSchoolHoliday: (date) => days.isSchoolHoliday(dayNumber(date)),
    onOrAfter: (date) => civilDate(walk(dayNumber(date), 1)),
    onOrBefore: (date) => civilDate(walk(dayNumber(date), -1)),
    add(date, n) {
      const by = n < 0 ? -1 : 1;
      let day = dayNumber(date);
      for (let left = Math.abs(n); left > 0; left--) day = walk(day + by, by);
      return civilDate(day);
    },
    count(a, b) {
      const from = dayNumber(a);
      const to = dayNumber(b);
      return to >= from ? days.countBetween(from + 1, to + 1) : -days.countBetween(to + 1, from + 1);
    },
    addDays,
    instantAt: zone.instantAt,
    endOfDay: (date) => zone.instantAt(addDays(date, 1), '00:00'),
    dateOf: zone.dateOf,
    timeOf: zone.timeOf,
    minuteOf: zone.minuteOf,
  };
}
