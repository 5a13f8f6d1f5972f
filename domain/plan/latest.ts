/** The backward pass: the latest days of every step, from the date of the restitution. */
import { type CivilDate, calendarOf, earlierOf } from '../calendar.js';
import { circuitOf, stagesStart } from '../circuits.js';
import type { EditionRules } from '../edition.js';
import { type SeriesLength, seriesUntil, startOf } from '../lengths.js';
import { lastSitting, type Sitting } from '../sittings.js';
import { type CircuitStepId, STEPS, type StepDefinition, type StepId, successorsOf } from '../steps.js';
import type { Context, Early } from './earliest.js';
import type { PlanFacts, Span } from './types.js';

/** What the backward pass knows of a step. */
export type Late = Span & {
  /** The last day on which it may end without moving anything after it. */
  end: CivilDate | null;
  /** A series only: the last days that would do, for what is not settled yet. */
  ahead?: CivilDate[] | null;
  /** A circuit with a sitting only. */
  sitting?: Sitting | null;
};

const SUCCESSORS = new Map(STEPS.map((step) => [step.id, successorsOf(step.id)]));
const NEVER: CivilDate = '9999-12-31';
const BACKWARDS = [...STEPS].reverse();

/** The latest days of every step, counted back from `target`; `early` says which pins hold and what is already settled. */
export function latest(edition: EditionRules, target: CivilDate, early: Map<StepId, Early>, facts?: PlanFacts): Map<StepId, Late> {
  const context: Context = { edition, cal: calendarOf(edition.territory), ...(facts ? { facts } : {}) };
  const known = new Map<StepId, Late>();
  for (const step of BACKWARDS) {
    const end = latestEnd(step, known, target, context);
    known.set(step.id, { ...spanOf(step, end, early.get(step.id), context), end });
  }
  return known;
}

function latestEnd(step: StepDefinition, known: Map<StepId, Late>, target: CivilDate, { cal }: Context): CivilDate | null {
  const starts = (SUCCESSORS.get(step.id) ?? []).map((after) => known.get(after)?.start ?? null);
  if (starts.length === 0) return cal.onOrBefore(target);
  return starts.reduce<CivilDate | null>((end, start) => {
    if (end === null || start === null) return null;
    return earlierOf(cal.add(start, -1), end);
  }, NEVER);
}

type Spanned = Omit<Late, 'end'>;

function spanOf(step: StepDefinition, end: CivilDate | null, early: Early | undefined, context: Context): Spanned {
  const { edition, cal } = context;
  if ('approvals' in step) return circuitSpan(step.id, end, early, context);
  const length = edition.plan[step.id];
  switch (length.kind) {
    case 'fixed':
      return { start: end === null ? null : startOf(end, length, cal), finish: end };
    case 'pin': {
      const day = early?.heldOn ?? end;
      return { start: day, finish: day };
    }
    case 'series':
      return seriesSpan(length, end, early, context);
  }
}

function seriesSpan(series: SeriesLength, end: CivilDate | null, early: Early | undefined, { cal }: Context): Spanned {
  const settled = early?.series?.settled ?? [];
  const times = Math.max(0, series.times - settled.length);
  const ahead = end === null ? null : seriesUntil(end, series, cal, times);
  if (ahead === null) return { start: null, finish: null, ahead };
  const finish = ahead.at(-1) ?? end;
  const start = settled[0] ?? ahead[0] ?? end;
  return { start: start === null || finish === null ? start : earlierOf(start, finish), finish, ahead }; // what is settled may be later than it should
}

function circuitSpan(id: CircuitStepId, end: CivilDate | null, early: Early | undefined, { edition, cal }: Context): Spanned {
  const { stages, session } = circuitOf(edition, id);
  if (session === undefined) return { start: end === null ? null : stagesStart(end, stages, cal), finish: end };
  const filed = early?.session?.filed ? early.session.sitting : null;
  const sitting = filed ?? (end === null ? null : (lastSitting(edition, session, end) ?? null));
  if (sitting === null) return { start: null, finish: null, sitting };
  return { start: stagesStart(sitting.fileBy, stages, cal), finish: sitting.date, sitting };
}
