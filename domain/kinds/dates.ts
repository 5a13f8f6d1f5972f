import { nextSendingTime, rungTime } from '../asks/sending.js';
import type { AskSpec } from '../asks.js';
import type { Calendar, CivilDate } from '../calendar.js';
import type { EditionRules } from '../edition.js';
import { type FixedLength, finishOf } from '../lengths.js';
import type { Plan } from '../plan.js';
import { isCircuitStep } from '../steps.js';

/** What the dates of an ask depend on. */
export interface TimingContext {
  edition: EditionRules;
  calendar: Calendar;
  /** The plan as it now stands, for the thread (edition or project) the ask belongs to. */
  plan: Plan;
  /** Finish date of the last of the step's predecessors; undefined for the first step. */
  before: CivilDate | undefined;
  /** Business instant, epoch ms. */
  at: number;
}

/** So many working days. */
export const workingDays = (n: number): FixedLength => ({ kind: 'fixed', unit: 'wd', n });

/** How long what is written again takes, and what has no length of its own (plan.md, "While it runs"). */
export const nextVersion = workingDays(5);

/** The last day of a step's own length; a pin or a series has none. */
export function ownDue({ step }: Pick<AskSpec, 'step'>, day1: CivilDate, { edition, calendar }: TimingContext): CivilDate {
  const length = isCircuitStep(step) ? nextVersion : edition.plan[step];
  return length.kind === 'fixed' ? finishOf(day1, length, calendar) : day1;
}

/** The later of two days. */
export const later = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b);

/** The day on which what opens now is read of: mail leaves in working hours. */
export const askable = ({ calendar, at }: Pick<TimingContext, 'calendar' | 'at'>): CivilDate =>
  calendar.dateOf(nextSendingTime(at, calendar));

/** 09:00 of a day, or now if that is past. */
export const atNine = (day: CivilDate, { calendar, at }: Pick<TimingContext, 'calendar' | 'at'>): number =>
  Math.max(at, calendar.instantAt(day, rungTime));
