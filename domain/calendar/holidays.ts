/**
 * Public holidays of France and of its zones that have days of their own.
 * Sources: article L3133-1 of the labour code; ordinance of 16 August 1892 (Alsace-Moselle); law 83-550 and decree 83-1003 of 1983 (the
 * days of remembrance of slavery; Saint-Pierre-et-Miquelon has none). All in force through the years we plan, so no year is special.
 */
import { type CivilDate, civilDate, dayNumber, dayNumberOf } from './civil.js';

/** Zones with public holidays of their own: mainland, Alsace-Moselle, overseas. */
export const HOLIDAY_ZONES = ['FR', 'FR-57', 'FR-67', 'FR-68', 'FR-971', 'FR-972', 'FR-973', 'FR-974', 'FR-975', 'FR-976'] as const;
/** A zone of public holidays. */
export type HolidayZone = (typeof HOLIDAY_ZONES)[number];

type MonthDay = readonly [month: number, day: number];
type Rule = { fixed: readonly MonthDay[]; fromEaster: readonly number[] };

const NATIONAL: Rule = {
  fixed: [
    [1, 1],
    [5, 1],
    [5, 8],
    [7, 14],
    [8, 15],
    [11, 1],
    [11, 11],
    [12, 25],
  ],
  fromEaster: [1, 39, 50], // Easter Monday, Ascension, Whit Monday
};
const none: Rule = { fixed: [], fromEaster: [] };
const alsaceMoselle: Rule = { fixed: [[12, 26]], fromEaster: [-2] };
const remembrance = (month: number, day: number): Rule => ({ fixed: [[month, day]], fromEaster: [] });

const OWN: Record<HolidayZone, Rule> = {
  FR: none,
  'FR-57': alsaceMoselle,
  'FR-67': alsaceMoselle,
  'FR-68': alsaceMoselle,
  'FR-971': remembrance(5, 27),
  'FR-972': remembrance(5, 22),
  'FR-973': remembrance(6, 10),
  'FR-974': remembrance(12, 20),
  'FR-975': none,
  'FR-976': remembrance(4, 27),
};

/** Easter Sunday of a year as a day number (the anonymous Gregorian computus). */
export function easterOf(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const monthAndDay = h + l - 7 * m + 114;
  return dayNumberOf(year, Math.floor(monthAndDay / 31), (monthAndDay % 31) + 1);
}

const known = new Map<string, ReadonlySet<number>>();

/** The public holidays of a zone and a year as day numbers; kept, since plans ask thousands of times. */
export function holidayNumbers(zone: HolidayZone, year: number): ReadonlySet<number> {
  const key = `${zone} ${year}`;
  const kept = known.get(key);
  if (kept) return kept;
  const easter = easterOf(year);
  const days = new Set<number>();
  for (const rule of [NATIONAL, OWN[zone]]) {
    for (const [month, day] of rule.fixed) days.add(dayNumberOf(year, month, day));
    for (const offset of rule.fromEaster) days.add(easter + offset);
  }
  known.set(key, days);
  return days;
}

/** The public holidays of a year, sorted; a date that is two holidays at once is listed once. */
export const publicHolidays = (zone: HolidayZone, year: number): CivilDate[] =>
  [...holidayNumbers(zone, year)].sort((a, b) => a - b).map(civilDate);

/** Whether a date is a public holiday of the zone. */
export const isPublicHoliday = (zone: HolidayZone, date: CivilDate): boolean =>
  holidayNumbers(zone, Number(date.slice(0, 4))).has(dayNumber(date));
