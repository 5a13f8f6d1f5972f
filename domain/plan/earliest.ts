/** The forward pass: the earliest days of every step, from the edition's start, and from what has really happened when it runs. */
import { type Calendar, type CivilDate, calendarOf, laterOf } from '../calendar.js';
import { circuitOf, stagesFinish } from '../circuits.js';
import type { EditionRules } from '../edition.js';
import { finishOf, type PinLength, type SeriesLength, seriesFrom } from '../lengths.js';
import { firstSitting, type Sitting, sittingOn } from '../sittings.js';
import { type CircuitStepId, STEPS, type StepDefinition, type StepId } from '../steps.js';
import type { PlanFacts, Span, StepFacts } from './types.js';

/** Whether a step has yet to begin, has begun, or is over. */
export type Progress = 'ahead' | 'running' | 'done';

/** What the forward pass knows of a step. */
export type Early = Span & {
  progress: Progress;
  /** The first day on which it could begin, whatever its pin says. */
  ready: CivilDate | null;
  /** A pinned step only: the day it is held on; null when it cannot be (its day is past, or it is not ready by then). */
  heldOn?: CivilDate | null;
  /** A series only: days already settled, and days to come (null when none is found). */
  series?: { settled: readonly CivilDate[]; ahead: CivilDate[] | null };
  /** A circuit with a sitting only. `filed`: the file is in, so its stages no longer count. */
  session?: { stagesEnd: CivilDate | null; sitting: Sitting | null; filed: boolean };
};

/** What the passes share. */
export type Context = { edition: EditionRules; cal: Calendar; facts?: PlanFacts };

/** The earliest days of every step. */
export function earliest(edition: EditionRules, facts?: PlanFacts): Map<StepId, Early> {
  const context: Context = { edition, cal: calendarOf(edition.territory), ...(facts ? { facts } : {}) };
  const known = new Map<StepId, Early>();
  for (const step of STEPS) known.set(step.id, early(step, readyDay(step, known, context), context));
  return known;
}

function readyDay(step: StepDefinition, known: Map<StepId, Early>, { edition, cal, facts }: Context): CivilDate | null {
  let day = step.after.length === 0 ? cal.onOrAfter(edition.start) : null;
  for (const before of step.after) {
    const finish = known.get(before)?.finish ?? null;
    if (finish === null) return null;
    const next = cal.add(finish, 1);
    day = day === null ? next : laterOf(day, next);
  }
  return day !== null && facts ? laterOf(day, cal.onOrAfter(facts.today)) : day;
}

function early(step: StepDefinition, ready: CivilDate | null, context: Context): Early {
  const fact = context.facts?.steps[step.id] ?? {};
  const progress = progressOf(fact, context.facts);
  const start = fact.start ?? ready;
  const planned = plannedOf(step, start, fact, progress, context);
  const begun = fact.start === undefined ? {} : { start: fact.start };
  if (fact.finish !== undefined) return { ...planned, progress, ready, start: fact.start ?? fact.finish, finish: fact.finish };
  return { ...planned, ...begun, progress, ready, finish: notPast(planned.finish, progress, context) };
}

function progressOf(fact: StepFacts, facts?: PlanFacts): Progress {
  if (fact.finish !== undefined) return 'done';
  return fact.start !== undefined && facts && fact.start <= facts.today ? 'running' : 'ahead';
}

/** What has begun and is not over cannot have ended before today. */
const notPast = (finish: CivilDate | null, progress: Progress, { cal, facts }: Context): CivilDate | null =>
  finish !== null && facts && progress === 'running' ? laterOf(finish, cal.onOrAfter(facts.today)) : finish;

type Planned = Omit<Early, 'progress' | 'ready'>;

function plannedOf(step: StepDefinition, start: CivilDate | null, fact: StepFacts, progress: Progress, context: Context): Planned {
  if ('approvals' in step) return circuitSpan(step.id, start, fact, progress, context);
  const length = context.edition.plan[step.id];
  switch (length.kind) {
    case 'fixed':
      return { start, finish: start === null ? null : finishOf(start, length, context.cal) };
    case 'pin':
      return pinSpan(length, start, fact, context);
    case 'series':
      return seriesSpan(length, start, fact, context);
  }
}

/** Planned, a pin is on its day whatever comes before it; lived, it happens when it can (plan.md, "While it runs"). */
function pinSpan(pin: PinLength, start: CivilDate | null, fact: StepFacts, { facts }: Context): Planned {
  if (fact.start !== undefined) return { start: fact.start, finish: fact.start, heldOn: fact.start };
  if (!facts) return { start: pin.date, finish: pin.date, heldOn: pin.date };
  if (start !== null && start <= pin.date) return { start: pin.date, finish: pin.date, heldOn: pin.date };
  return { start, finish: start, heldOn: null };
}

function seriesSpan(series: SeriesLength, start: CivilDate | null, fact: StepFacts, { cal, facts }: Context): Planned {
  const settled = [...(fact.occurrences ?? [])].sort();
  const last = settled.at(-1);
  const times = Math.max(0, series.times - settled.length);
  const from = [start, facts?.today, last === undefined ? undefined : cal.addDays(last, 1)];
  if (start === null) return { start: null, finish: null, series: { settled, ahead: null } };
  const ahead = seriesFrom(
    from.reduce<CivilDate>((a, b) => (b ? laterOf(a, b) : a), start),
    series,
    cal,
    times,
  );
  return {
    start: settled[0] ?? ahead?.[0] ?? null,
    finish: ahead === null ? null : (ahead.at(-1) ?? last ?? null),
    series: { settled, ahead },
  };
}

function circuitSpan(id: CircuitStepId, start: CivilDate | null, fact: StepFacts, progress: Progress, context: Context): Planned {
  const { edition, cal } = context;
  const { stages, session } = circuitOf(edition, id);
  const stagesEnd = start === null ? null : notPast(stagesFinish(start, stages, cal), progress, context);
  if (session === undefined) return { start, finish: stagesEnd };
  if (fact.sitting !== undefined) {
    const sitting = sittingOn(edition, session, fact.sitting);
    return { start, finish: fact.sitting, session: { stagesEnd, sitting, filed: true } };
  }
  const sitting = stagesEnd === null ? null : (firstSitting(edition, session, stagesEnd) ?? null);
  return { start, finish: sitting?.date ?? null, session: { stagesEnd, sitting, filed: false } };
}
