/** The backward schedule: two passes, earliest and latest, and the slack between them (plan.md, "Two passes"). */
import type { EditionRules } from './edition.js';
import { earliest } from './plan/earliest.js';
import { latest } from './plan/latest.js';
import { problemsOf } from './plan/problems.js';
import { plannedSteps, smallestSlack, stepsOf } from './plan/steps.js';
import type { Plan, PlanProblemKind } from './plan/types.js';
import type { StepId } from './steps.js';

export { replan } from './plan/replan.js';
export * from './plan/types.js';

/** The plan of an edition as its file says it, before anything has happened. */
export function computePlan(edition: EditionRules): Plan {
  const early = earliest(edition);
  const late = latest(edition, edition.target, early);
  const steps = stepsOf(edition, early, late);
  const slackWorkingDays = smallestSlack(steps);
  const problems = problemsOf({ edition, early, late });
  const feasible = problems.length === 0 && slackWorkingDays !== null && slackWorkingDays >= 0;
  return {
    edition: edition.id,
    start: edition.start,
    target: edition.target,
    feasible,
    slackWorkingDays,
    steps: plannedSteps(steps),
    problems,
  };
}

/** A plan as `--json` and the API print it: words in one language. */
export function planJson(
  plan: Plan,
  locale: 'fr' | 'en',
): Omit<Plan, 'problems'> & { problems: { step: StepId; kind: PlanProblemKind; message: string }[] } {
  return { ...plan, problems: plan.problems.map(({ step, kind, message }) => ({ step, kind, message: message[locale] })) };
}
