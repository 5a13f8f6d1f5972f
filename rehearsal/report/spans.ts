import type { CivilDate } from '../../domain/calendar.js';
import type { Lived } from '../../domain/plan/svg.js';
import type { Plan, PlannedStep } from '../../domain/plan.js';
import type { StepId } from '../../domain/steps.js';

/** A step of a report: of the whole edition, or of one project. Dates are civil dates. */
export interface LivedSpan {
  step: StepId;
  project: string | null;
  started: CivilDate;
  /** null: it still ran when the rehearsal was stopped. */
  finished: CivilDate | null;
  outcome?: string;
}

/** What a row of the table of dates says: a step as foreseen, and as it was lived by each thread. */
export interface StepRow {
  planned: PlannedStep;
  lived: (LivedSpan & {
    /** Working days left up to the latest date when it ended; negative: it ended after it. null where it cannot be said. */
    leftWorkingDays: number | null;
  })[];
}

/** What happened to a step, all projects together: from the first start to the last finish, open while one still ran. Skipped ones are left out. */
export function livedTogether(lived: readonly LivedSpan[]): Lived {
  const all: Lived = {};
  for (const { step, started, finished, outcome } of lived) {
    if (outcome === 'skipped') continue;
    const known = all[step];
    if (known === undefined) all[step] = { start: started, finish: finished };
    else
      all[step] = {
        start: started < known.start ? started : known.start,
        finish: finished === null || known.finish === null ? null : finished > known.finish ? finished : known.finish,
      };
  }
  return all;
}

/** The rows of the table of dates, in the plan's order. */
export function stepRows(plan: Plan, lived: readonly LivedSpan[], count: (a: CivilDate, b: CivilDate) => number): StepRow[] {
  return plan.steps.map((planned) => ({
    planned,
    lived: lived
      .filter(({ step }) => step === planned.id)
      .map((span) => ({
        ...span,
        leftWorkingDays:
          span.finished === null || planned.latest.finish === null || span.outcome === 'skipped'
            ? null
            : count(span.finished, planned.latest.finish),
      })),
  }));
}
