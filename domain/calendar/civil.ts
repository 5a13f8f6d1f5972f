/** Civil dates as text and as day numbers. Pure arithmetic, so that a plan costs microseconds and a workflow may do it. */

/** A day without a time or a zone, `YYYY-MM-DD`. Texts of this form compare as the days do. */
export type CivilDate = string;

/** Days of the week, Monday first. */
export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];

const digits = (text: string, from: number, to: number): number => {
  let n = 0;
  for (let i = from; i < to; i++) n = n * 10 + text.charCodeAt(i) - 48;
  return n;
};

/** Days since 1970-01-01 of a year, month (1–12) and day of the Gregorian calendar. */
export function dayNumberOf(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

const arithmetic = (date: string): number => dayNumberOf(digits(date, 0, 4), digits(date, 5, 7), digits(date, 8, 10));
const numbers = new Map<CivilDate, number>();

/** Days since 1970-01-01. Throws a RangeError when the text is not a date: a wrong date must never become a wrong deadline. */
export function dayNumber(date: CivilDate): number {
  const known = numbers.get(date);
  if (known !== undefined) return known;
  if (!isCivilDate(date)) throw new RangeError(`not a date: ${JSON.stringify(date)}`);
  const day = arithmetic(date);
  if (numbers.size > 100_000) numbers.clear();
  numbers.set(date, day);
  return day;
}

const texts = new Map<number, CivilDate>();

/** The date that is so many days after 1970-01-01. */
export function civilDate(day: number): CivilDate {
  const known = texts.get(day);
  if (known !== undefined) return known;
  const z = day + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const dayOfMonth = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`;
  if (texts.size > 100_000) texts.clear();
  texts.set(day, text);
  return text;
}

/** Whether a text is a date that exists: `2023-02-30` is not. */
export const isCivilDate = (text: string): text is CivilDate =>
  /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text) && civilDate(arithmetic(text)) === text;

/** 0 for Monday to 6 for Sunday (1970-01-01 was a Thursday). */
export const weekdayIndex = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** The day of the week of a day number. */
export const weekdayOf = (day: number): Weekday => WEEKDAYS[weekdayIndex(day)] ?? 'monday';

/** The date `n` calendar days after another (before, if negative). */
export const addDays = (date: CivilDate, n: number): CivilDate => civilDate(dayNumber(date) + n);

/** The later of two dates. */
export function laterOf(a: CivilDate, b: CivilDate): CivilDate {
  if (a > b) return a;
  return b;
}

/** The earlier of two dates. */
export function earlierOf(a: CivilDate, b: CivilDate): CivilDate {
  if (a < b) return a;
  return b;
}

/** The Monday of a date's week. */
export function mondayOf(date: CivilDate): CivilDate {
  return addDays(date, -((dayNumber(date) + 3) % 7));
}

/** The ISO week of a date: `2023-W24`. The first week of a year is the one with its first Thursday. */
export function isoWeekOf(date: CivilDate): string {
  const thursday = addDays(mondayOf(date), 3);
  const year = thursday.slice(0, 4);
  const week = Math.floor((dayNumber(thursday) - dayNumber(`${year}-01-01`)) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}
