// Editions for the tests of this ring: the files of editions/, and any edition at all.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { addDays, calendarOf, HOLIDAY_ZONES, type HolidayZone, type Period, WEEKDAYS } from '../../domain/calendar.js';
import { type Approval, type Edition, readEdition } from '../../domain/edition.js';
import type { FixedLength, SeriesLength } from '../../domain/lengths.js';
import { computePlan } from '../../domain/plan.js';

export const REFERENCE = 'editions/val-d-oise-2023.yaml';
export const EDITIONS = [REFERENCE, 'editions/rives-de-brume-2027.yaml', 'editions/parc-des-mornes-2028.yaml'];
export const textOf = (path: string): string => readFileSync(path, 'utf8');

export function editionOf(text: string): Edition {
  const reading = readEdition(text);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems, null, 1));
  return reading.edition;
}

const read = editionOf(textOf(REFERENCE));

/** The reference edition, a copy of one's own. */
export const reference = (): Edition => structuredClone(read);

const date = (from: string, days: number) => fc.nat({ max: days }).map((n) => addDays(from, n));
const period = (from: string, days: number, longest: number): fc.Arbitrary<Period> =>
  fc.tuple(date(from, days), fc.nat({ max: longest })).map(([start, length]) => ({ from: start, to: addDays(start, length) }));
export const zones: fc.Arbitrary<HolidayZone> = fc.constantFrom(...HOLIDAY_ZONES);
export const dates = date('2022-01-01', 3000);
export const fixedLengths: fc.Arbitrary<FixedLength> = fc.oneof(
  fc.record({ kind: fc.constant('fixed' as const), unit: fc.constant('wd' as const), n: fc.integer({ min: 1, max: 25 }) }),
  fc.record({ kind: fc.constant('fixed' as const), unit: fc.constant('d' as const), n: fc.integer({ min: 1, max: 40 }) }),
  fc.record({ kind: fc.constant('fixed' as const), unit: fc.constant('w' as const), n: fc.integer({ min: 1, max: 6 }) }),
);
export const territories = fc.record({
  timezone: fc.constant('Europe/Paris'),
  holidays: zones,
  closures: fc.array(period('2022-01-01', 2000, 25), { maxLength: 6 }),
  schoolHolidays: fc.array(period('2022-01-01', 2000, 40), { maxLength: 6 }),
});
const weekdays = fc.uniqueArray(fc.constantFrom(...WEEKDAYS.slice(0, 5)), { minLength: 1, maxLength: 3 });
const series: fc.Arbitrary<SeriesLength> = fc.record({
  kind: fc.constant('series' as const),
  every: weekdays,
  times: fc.integer({ min: 1, max: 9 }),
  during: fc.constantFrom('any' as const, 'school-term' as const),
});
const approval: fc.Arbitrary<Approval> = fc.record({
  by: fc.constantFrom('dg', 'impact', 'directorate', 'directorates'),
  within: fixedLengths,
});
const stages = fc.array(fc.array(approval, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });

/** Any edition without a pin: start, calendar, lengths and circuits vary; sittings are monthly; `reserve` working days are left before the target. */
export const editions: fc.Arbitrary<Edition> = fc
  .record({
    start: date('2022-01-01', 600),
    territory: territories,
    lengths: fc.record({
      interviews: fixedLengths,
      'call-open': fixedLengths,
      jury: fixedLengths,
      roadmap: fixedLengths,
      evaluation: fixedLengths,
      restitution: fc.constant<FixedLength>({ kind: 'fixed', unit: 'wd', n: 1 }),
      field: series,
    }),
    circuits: fc.record({ 'diagnosis-approval': stages, 'roadmap-approval': stages, 'outcome-approval': stages }),
    session: fc.boolean(),
    fileBy: fc.integer({ min: 1, max: 20 }),
    reserve: fc.nat({ max: 30 }),
  })
  .map(({ start, territory, lengths, circuits, session, fileBy, reserve }) => {
    const base = reference();
    const cal = calendarOf(territory);
    const monthly = [...new Set(Array.from({ length: 80 }, (_, i) => cal.onOrAfter(addDays('2022-01-10', i * 30))))];
    const plan = { ...base.plan, ...lengths, pitch: { kind: 'fixed' as const, unit: 'wd' as const, n: 1 } };
    const edition: Edition = {
      ...base,
      start,
      territory: {
        ...base.territory,
        ...territory,
        sessions: { conseil: { id: 'conseil', name: 'Conseil', fileByWorkingDays: fileBy, dates: monthly } },
      },
      plan,
      circuits: {
        ...base.circuits,
        'diagnosis-approval': { stages: circuits['diagnosis-approval'] },
        'roadmap-approval': { stages: circuits['roadmap-approval'] },
        'outcome-approval': { stages: circuits['outcome-approval'], ...(session ? { session: 'conseil' } : {}) },
      },
    };
    const finish = computePlan(edition).steps.at(-1)?.earliest.finish;
    if (!finish) throw new Error('the earliest days of a generated edition should be known');
    return { ...edition, target: cal.add(finish, reserve) };
  });
