/** Public holidays of France and of its zones that have days of their own. */
import type { CivilDate } from './civil.js';

/** Zones with public holidays of their own: mainland, Alsace-Moselle, overseas. */
export const HOLIDAY_ZONES = ['FR', 'FR-57', 'FR-67', 'FR-68', 'FR-971', 'FR-972', 'FR-973', 'FR-974', 'FR-975', 'FR-976'] as const;
/** A zone of public holidays. */
export type HolidayZone = (typeof HOLIDAY_ZONES)[number];

/** The public holidays of a year, sorted. */
export function publicHolidays(_zone: HolidayZone, _year: number): CivilDate[] {
  throw new Error('not written yet');
}

/** Whether a date is a public holiday of the zone. */
export function isPublicHoliday(_zone: HolidayZone, _date: CivilDate): boolean {
  throw new Error('not written yet');
}
