import { describe, expect, test } from '@jest/globals';
import Holidays from 'date-holidays';
import fc from 'fast-check';
import { calendarOf, HOLIDAY_ZONES, type HolidayZone, isCivilDate, publicHolidays } from '../../domain/calendar.js';
import { finishOf, startOf } from '../../domain/lengths.js';
import { inWords } from '../../domain/words.js';
import { dates, fixedLengths, territories } from './editions.js';

/** date-holidays knows the overseas zones by their ISO 3166-1 codes. */
const ORACLE: Record<HolidayZone, [string, string?]> = {
  FR: ['FR'],
  'FR-57': ['FR', '57'],
  'FR-67': ['FR', '67'],
  'FR-68': ['FR', '68'],
  'FR-971': ['GP'],
  'FR-972': ['MQ'],
  'FR-973': ['GF'],
  'FR-974': ['RE'],
  'FR-975': ['PM'],
  'FR-976': ['YT'],
};
/**
 * Where date-holidays is wrong: Good Friday in Guadeloupe and Martinique. Article L3133-1 of the labour code does not list it and the ordinance of 1892
 * that does is for Alsace-Moselle alone; decree 83-1003 adds only the day of remembrance. There it is a custom of some agreements, so
 * a territory that keeps it writes a closure.
 */
const NOT_PUBLIC: Partial<Record<HolidayZone, string>> = { 'FR-971': 'easter -2', 'FR-972': 'easter -2' };

describe('public holidays', () => {
  test.each(HOLIDAY_ZONES)('of %s are those of date-holidays, 1990 to 2060', (zone) => {
    const [country, state] = ORACLE[zone];
    const oracle = state ? new Holidays(country, state) : new Holidays(country);
    for (let year = 1990; year <= 2060; year++) {
      const theirs = oracle.getHolidays(year).filter(({ type, rule }) => type === 'public' && rule !== NOT_PUBLIC[zone]);
      expect(publicHolidays(zone, year)).toEqual([...new Set(theirs.map((day) => day.date.slice(0, 10)))].sort());
    }
  });
});

describe('working days', () => {
  test('are counted after the first day up to and including the last, and back', () =>
    fc.assert(
      fc.property(territories, dates, fc.integer({ min: -120, max: 120 }), (territory, date, n) => {
        const cal = calendarOf(territory);
        const reached = cal.add(date, n);
        if (n !== 0) expect(cal.isWorkingDay(reached)).toBe(true);
        // Going back from a day off reaches one working day that (b, a] does not hold.
        if (n >= 0 || cal.isWorkingDay(date)) expect(cal.count(date, reached)).toBe(n);
        expect(cal.count(reached, date)).toBe(-cal.count(date, reached) + 0);
      }),
    ));

  test('leave out closures, ends included, and the holidays of the zone', () => {
    const cal = calendarOf({
      timezone: 'Europe/Paris',
      holidays: 'FR-67',
      closures: [{ from: '2023-07-31', to: '2023-08-18' }],
      schoolHolidays: [],
    });
    expect(['2023-07-28', '2023-07-31', '2023-08-18', '2023-08-21', '2023-04-07', '2023-12-26'].map(cal.isWorkingDay)).toEqual([
      true,
      false,
      false,
      true,
      false,
      false,
    ]);
    expect(cal.add('2023-07-28', 1)).toBe('2023-08-21');
    expect(cal.onOrBefore('2023-08-20')).toBe('2023-07-28');
  });

  test('a date that does not exist is an error, never another date', () => {
    const cal = calendarOf({ timezone: 'Europe/Paris', holidays: 'FR', closures: [], schoolHolidays: [] });
    expect(['2023-02-29', '2024-02-29', '2023-2-01', '2023-13-01', '', 'monday'].map(isCivilDate)).toEqual([
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(() => cal.isWorkingDay('2023-02-30')).toThrow(RangeError);
  });
});

describe('lengths', () => {
  test('end on a working day, and counting back from the end finds the first day again', () =>
    fc.assert(
      fc.property(territories, dates, fixedLengths, (territory, date, length) => {
        const cal = calendarOf(territory);
        const day1 = cal.onOrAfter(date);
        const finish = finishOf(day1, length, cal);
        expect(cal.isWorkingDay(finish)).toBe(true);
        const back = startOf(finish, length, cal);
        if (length.unit === 'wd') expect(back).toBe(day1);
        // Calendar lengths: the latest day from which the end is still met.
        expect(back >= day1 && finishOf(back, length, cal) === finish).toBe(true);
        expect(finishOf(cal.add(back, 1), length, cal) > finish).toBe(true);
      }),
    ));
});

describe('instants', () => {
  const paris = calendarOf({ timezone: 'Europe/Paris', holidays: 'FR', closures: [], schoolHolidays: [] });
  const at = (epochMs: number) => new Date(epochMs).toISOString();

  test('nine in the morning follows the change of hour', () => {
    expect(['2023-03-24', '2023-03-27', '2023-10-27', '2023-10-30'].map((day) => at(paris.instantAt(day, '09:00')))).toEqual([
      '2023-03-24T08:00:00.000Z',
      '2023-03-27T07:00:00.000Z',
      '2023-10-27T07:00:00.000Z',
      '2023-10-30T08:00:00.000Z',
    ]);
  });

  test('a day ends at the next 00:00, after 23 or 25 hours when the hour changes', () => {
    const hours = (day: string) => (paris.endOfDay(day) - paris.instantAt(day, '00:00')) / 3_600_000;
    expect(['2023-03-26', '2023-10-29', '2023-06-15'].map(hours)).toEqual([23, 25, 24]);
    expect(at(paris.instantAt('2023-03-26', '02:30'))).toBe('2023-03-26T01:30:00.000Z');
  });

  test('give back their date and hour in every zone we meet', () =>
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Paris', 'America/Martinique', 'America/Miquelon', 'Indian/Reunion', 'Pacific/Noumea'),
        dates,
        fc.integer({ min: 4, max: 23 }),
        (timezone, date, hour) => {
          const cal = calendarOf({ timezone, holidays: 'FR', closures: [], schoolHolidays: [] });
          const instant = cal.instantAt(date, `${String(hour).padStart(2, '0')}:30`);
          const time = `${String(hour).padStart(2, '0')}:30`;
          expect([cal.dateOf(instant), cal.timeOf(instant)]).toEqual([date, time]);
          expect([cal.timeOf(instant + 59_999), cal.timeOf(instant + 60_000)]).toEqual([time, time.replace('30', '31')]); // never rounded up
          expect([cal.minuteOf(instant + 40_000), Date.parse(cal.minuteOf(instant))]).toEqual([cal.minuteOf(instant), instant]);
          expect(cal.dateOf(cal.endOfDay(date) - 1)).toBe(date);
          expect(cal.dateOf(cal.endOfDay(date))).toBe(cal.addDays(date, 1));
        },
      ),
    ));
});

test('dates are said as people say them', () => {
  expect(inWords('2023-06-15', 'fr', { today: '2023-12-31' })).toBe('jeudi 15 juin');
  expect(inWords('2023-07-01', 'fr', { year: true })).toBe('samedi 1er juillet 2023');
  expect(inWords('2023-06-15', 'en', { today: '2024-01-01' })).toBe('Thursday 15 June 2023');
});

test('a territory that is read again has the calendar that was made for it', () => {
  const territory = { timezone: 'Europe/Paris', holidays: 'FR' as const, closures: [], schoolHolidays: [] };
  expect(calendarOf({ ...territory, closures: [] })).toBe(calendarOf(structuredClone(territory)));
  const closed = { ...territory, closures: [{ from: '2027-08-02', to: '2027-08-06', label: 'x' }] };
  expect(calendarOf(closed)).not.toBe(calendarOf(territory));
  expect(calendarOf(closed).isWorkingDay('2027-08-03')).toBe(false);
});
