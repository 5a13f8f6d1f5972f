/** The backward schedule: two passes, earliest and latest, and the slack between them (plan.md, "Two passes"). */
import { type CivilDate, calendarOf } from './calendar.js';
import type { Edition } from './edition.js';
import { type Early, earliest } from './plan/earliest.js';
import { type Late, latest } from './plan/latest.js';
import { problemsOf } from './plan/problems.js';
import { slackOf } from './plan/slack.js';
import type { Plan, PlanFacts, PlannedStep, PlanProblemKind } from './plan/types.js';
import { isCircuitStep, STEPS, type StepId } from './steps.js';

export * from './plan/types.js';

/** The plan of an edition as its file says it, before anything has happened. */
export function computePlan(edition: Edition): Plan {
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

/** The plan of a running edition: what is over keeps its real dates, what remains is planned from them and from today. Once the slack
 *  is gone, `target` is the restitution's earliest date and latest dates are counted from it; `slackWorkingDays` still measures what is
 *  unfinished against the edition's own target (plan.md, "While it runs"). */
export function replan(edition: Edition, facts: PlanFacts): Plan {
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

type Stepped = { step: Omit<PlannedStep, 'slackWorkingDays' | 'critical'>; slack: number | null | 'none' };

function stepsOf(edition: Edition, early: Map<StepId, Early>, late: Map<StepId, Late>): Stepped[] {
  const cal = calendarOf(edition.territory);
  return STEPS.flatMap(({ id, phase }) => {
    const e = early.get(id);
    const l = late.get(id);
    if (!e || !l) return [];
    const session = isCircuitStep(id) ? edition.circuits[id].session : undefined;
    const step = {
      id,
      phase,
      earliest: { start: e.start, finish: e.finish },
      latest: { start: l.start, finish: l.finish },
      ...(e.series
        ? { occurrences: { earliest: joined(e.series.settled, e.series.ahead), latest: joined(e.series.settled, l.ahead ?? null) } }
        : {}),
      ...(session === undefined ? {} : { session: { body: session, earliest: e.session?.sitting ?? null, latest: l.sitting ?? null } }),
    };
    return [{ step, slack: slackOf(e, l, cal) }];
  });
}

const joined = (settled: readonly CivilDate[], ahead: CivilDate[] | null): CivilDate[] | null =>
  ahead === null ? null : [...settled, ...ahead];

const smallestSlack = (steps: readonly Stepped[]): number | null =>
  steps.reduce<number | null>((least, { slack }) => (typeof slack === 'number' && (least === null || slack < least) ? slack : least), null);

function plannedSteps(steps: readonly Stepped[]): PlannedStep[] {
  const least = smallestSlack(steps);
  return steps.map(({ step: { occurrences, session, ...step }, slack }) => ({
    ...step,
    slackWorkingDays: slack === 'none' ? 0 : slack,
    critical: slack !== 'none' && slack !== null && slack === least,
    ...(occurrences ? { occurrences } : {}),
    ...(session ? { session } : {}),
  }));
}

/** A plan as `--json` and the API print it: words in one language. */
export function planJson(
  plan: Plan,
  locale: 'fr' | 'en',
): Omit<Plan, 'problems'> & { problems: { step: StepId; kind: PlanProblemKind; message: string }[] } {
  return { ...plan, problems: plan.problems.map(({ step, kind, message }) => ({ step, kind, message: message[locale] })) };
}
