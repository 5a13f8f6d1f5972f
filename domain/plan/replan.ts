import type { EditionRules } from '../edition.js';
import { earliest } from './earliest.js';
import { latest } from './latest.js';
import { problemsOf } from './problems.js';
import { plannedSteps, smallestSlack, stepsOf } from './steps.js';
import type { Plan, PlanFacts } from './types.js';

/** The plan of a running edition: what is over keeps its real dates, what remains is planned from them and from today (earliest.ts and latest.ts, given the facts). Once the slack
 *  is gone, `target` is the restitution's earliest date and latest dates are counted from it; `slackWorkingDays` still measures what is
 *  unfinished against the edition's own target (plan.md, "While it runs"). */
export function replan(edition: EditionRules, facts: PlanFacts): Plan {
  const early = earliest(edition, facts);
  const late = latest(edition, edition.target, early, facts);
  const steps = stepsOf(edition, early, late);
  const slackWorkingDays = smallestSlack(steps);
  const problems = problemsOf({ edition, early, late, facts });
  const restitution = early.get('restitution')?.finish ?? null;
  const gone = slackWorkingDays !== null && slackWorkingDays < 0 && restitution !== null && restitution > edition.target;
  const target = gone ? restitution : edition.target;
  return {
    edition: edition.id,
    start: edition.start,
    target,
    feasible: problems.length === 0 && (slackWorkingDays === null || slackWorkingDays >= 0),
    slackWorkingDays,
    steps: plannedSteps(gone ? stepsOf(edition, early, latest(edition, target, early, facts)) : steps),
    problems,
  };
}
