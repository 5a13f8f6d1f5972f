/** How long a step or a stage takes (plan.md, "Lengths"). */
import type { CivilDate, Weekday } from './calendar/civil.js';

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
