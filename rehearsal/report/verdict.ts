import type { CivilDate } from '../../domain/calendar.js';
import type { LivedSpan } from './spans.js';

/** How an edition ended: its restitution on a day, so many working days after its target (negative: before); or none. */
export type Verdict =
  | { is: 'restituted'; on: CivilDate; lateWorkingDays: number }
  /** It ended, and no restitution took place. */
  | { is: 'ended'; on: CivilDate | null }
  /** It never ended. */
  | { is: 'stopped'; on: CivilDate };

/** What is to be known of an edition to say how it ended. */
export interface Ended {
  target: CivilDate;
  lived: readonly LivedSpan[];
  facts: readonly { what: string; recorded_on: CivilDate }[];
  /** The day on which the rehearsal was stopped, if it had to be. */
  stoppedOn?: CivilDate | undefined;
}

/** How an edition ended. */
export function verdictOf({ target, lived, facts, stoppedOn }: Ended, count: (a: CivilDate, b: CivilDate) => number): Verdict {
  const on = lived.find(({ step, outcome }) => step === 'restitution' && outcome !== 'skipped')?.finished;
  if (on != null) return { is: 'restituted', on, lateWorkingDays: count(target, on) };
  if (stoppedOn !== undefined) return { is: 'stopped', on: stoppedOn };
  return { is: 'ended', on: facts.findLast(({ what }) => what === 'edition-ended')?.recorded_on ?? null };
}
