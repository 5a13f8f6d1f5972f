import { type CivilDate, calendarOf } from '../calendar.js';
import type { EditionRules } from '../edition.js';
import { isCircuitStep, STEPS, type StepId } from '../steps.js';
import type { Early } from './earliest.js';
import type { Late } from './latest.js';
import { slackOf } from './slack.js';
import type { PlannedStep } from './types.js';

/** A step with its two passes, and its slack in working days. */
export type Stepped = { step: Omit<PlannedStep, 'slackWorkingDays' | 'critical'>; slack: number | null | 'none' };

/** The steps of two passes, in the order of the programme. */
export function stepsOf(edition: EditionRules, early: Map<StepId, Early>, late: Map<StepId, Late>): Stepped[] {
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

/** The slack of an edition: the smallest of its steps, in working days; null where none has any. */
export const smallestSlack = (steps: readonly Stepped[]): number | null =>
  steps.reduce<number | null>((least, { slack }) => (typeof slack === 'number' && (least === null || slack < least) ? slack : least), null);

/** Steps as a plan shows them. */
export function plannedSteps(steps: readonly Stepped[]): PlannedStep[] {
  const least = smallestSlack(steps);
  return steps.map(({ step: { occurrences, session, ...step }, slack }) => ({
    ...step,
    slackWorkingDays: slack === 'none' ? 0 : slack,
    critical: slack !== 'none' && slack !== null && slack === least,
    ...(occurrences ? { occurrences } : {}),
    ...(session ? { session } : {}),
  }));
}
