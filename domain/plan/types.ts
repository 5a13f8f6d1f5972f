/** A plan as the rest of the code knows it, and the facts it is made anew from. */
import type { CivilDate } from '../calendar.js';
import type { BodyId } from '../edition.js';
import type { Sitting } from '../sittings.js';
import type { PhaseId, StepId } from '../steps.js';
import type { Words } from '../words.js';

/** From and to, both included; `null` where it cannot be known. */
export type Span = { start: CivilDate | null; finish: CivilDate | null };

/** One step of a plan. `slackWorkingDays` is 0 for a pinned step, `null` where it cannot be known. */
export type PlannedStep = {
  id: StepId;
  phase: PhaseId;
  earliest: Span;
  latest: Span;
  slackWorkingDays: number | null;
  critical: boolean;
  occurrences?: { earliest: CivilDate[] | null; latest: CivilDate[] | null };
  session?: { body: BodyId; earliest: Sitting | null; latest: Sitting | null };
};

/** What kind of constraint is broken: the target, a pin, a sitting, a series. */
export type PlanProblemKind = 'target-missed' | 'pin-missed' | 'sitting-missed' | 'series-missed';
/** A broken constraint, and what would mend it. */
export type PlanProblem = { step: StepId; kind: PlanProblemKind; message: Words };

/** A plan. `target` is the one that counts (a running edition whose slack is gone has a later one than its file). */
export type Plan = {
  edition: string;
  start: CivilDate;
  target: CivilDate;
  feasible: boolean;
  slackWorkingDays: number | null;
  steps: PlannedStep[];
  problems: PlanProblem[];
};

/** What has really happened to a step. `start` alone: it runs (or is set to begin on that day). `finish`: it is over. `occurrences`: the dates of
 *  a series that are settled (held, moved or dropped), in order; the rest is planned after today. `sitting`: the sitting for which the file is in (give it
 *  as soon as the stages are over, or the next one after an adjournment). */
export type StepFacts = { start?: CivilDate; finish?: CivilDate; occurrences?: CivilDate[]; sitting?: CivilDate };
/** What has really happened, and today's date. */
export type PlanFacts = { today: CivilDate; steps: Partial<Record<StepId, StepFacts>> };
