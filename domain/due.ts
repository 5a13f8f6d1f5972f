import { type AskSpec, askRules, isEndless } from './asks.js';
import type { Calendar, CivilDate } from './calendar.js';
import { circuitOf, type Stage, stagesFinish, stagesStart } from './circuits.js';
import type { Edition } from './edition.js';
import { nextSendingTime, rungTime, sessionTime } from './ladder.js';
import { type FixedLength, finishOf, startOf } from './lengths.js';
import type { Plan } from './plan.js';
import { isCircuitStep } from './steps.js';

/** When an ask opens, by when it is asked, and when it ends. Dates are civil dates, instants epoch ms. */
export interface Timing {
  /** Day 1 of its length: the first working day after what came before, or the day on which it can really be asked, if that is later. */
  day1: CivilDate;
  opensAt: number;
  due: CivilDate;
  dueAt: number;
  /** null: it never ends by itself. */
  endsAt: number | null;
}

/** What the dates of an ask depend on. */
export interface TimingContext {
  edition: Edition;
  calendar: Calendar;
  /** The plan as it now stands, for the thread (edition or project) the ask belongs to. */
  plan: Plan;
  /** Finish date of the last of the step's predecessors; undefined for the first step. */
  before: CivilDate | undefined;
  /** Business instant, epoch ms. */
  at: number;
}

const workingDays = (n: number): FixedLength => ({ kind: 'fixed', unit: 'wd', n });
/** Lengths of asks that have none of their own (plan.md, "While it runs"). */
const nextVersion = workingDays(5);
const deliberation = workingDays(2);
const pairing = workingDays(5);
/** A session that nobody answered about ends this many working days after its day. */
const sessionEndWorkingDays = 5;
const scoresCloseAt = '19:00';

const later = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b);

/** All dates of an ask, from its kind, the plan and what came before (plan.md, "While it runs"). */
export function timingOf(spec: AskSpec, context: TimingContext): Timing {
  const { calendar } = context;
  const day1 = day1Of(spec, context);
  const due = dueOf(spec, day1, context);
  const dueAt = spec.kind === 'score' ? calendar.instantAt(due, scoresCloseAt) : calendar.endOfDay(due);
  return { day1, opensAt: opensAt(spec, day1, due, context), due, dueAt, endsAt: endOf(spec, due, dueAt, context) };
}

/** After an outage, a pause or a late approval nothing ends without having been asked; what waits for a day to come keeps it. */
function day1Of(spec: AskSpec, context: TimingContext): CivilDate {
  const { edition, calendar, at } = context;
  const after = spec.after ?? (spec.kind === 'decide' ? calendar.dateOf(at - 1) : context.before);
  const foreseen = after === undefined ? calendar.onOrAfter(edition.start) : calendar.add(after, 1);
  return waitsForItsDay(spec, edition) && dueOf(spec, foreseen, context) >= askable(context) ? foreseen : later(foreseen, askable(context));
}

/** The day on which what opens now is read of: mail leaves in working hours. */
const askable = ({ calendar, at }: Pick<TimingContext, 'calendar' | 'at'>): CivilDate => calendar.dateOf(nextSendingTime(at, calendar));

/** What opens on a day that is fixed, whenever what it waits for is there. */
const waitsForItsDay = ({ kind, step }: AskSpec, edition: Edition): boolean =>
  kind === 'session' || kind === 'sitting' || (kind === 'score' && edition.plan.pitch.kind === 'pin') || step === 'restitution';

function dueOf(spec: AskSpec, day1: CivilDate, context: TimingContext): CivilDate {
  const { edition, calendar, plan } = context;
  const own = () => {
    const length = isCircuitStep(spec.step) ? nextVersion : edition.plan[spec.step];
    return length.kind === 'fixed' ? finishOf(day1, length, calendar) : day1;
  };
  switch (spec.kind) {
    case 'document':
      if (spec.step === 'restitution') return later(plan.target, day1);
      return spec.version > 1 ? finishOf(day1, nextVersion, calendar) : own();
    case 'proposal':
    case 'decide':
      return finishOf(day1, nextVersion, calendar);
    case 'deliberation':
      return finishOf(day1, deliberation, calendar);
    case 'pairs':
      return finishOf(day1, pairing, calendar);
    case 'introduction': {
      const step = edition.plan.introductions;
      const first = context.before === undefined ? day1 : calendar.add(context.before, 1);
      return step.kind === 'fixed' ? later(finishOf(first, step, calendar), day1) : day1;
    }
    case 'score': {
      const pin = edition.plan.pitch;
      if (pin.kind !== 'pin') return own();
      return spec.generation === 1 && spec.part === undefined ? later(pin.date, day1) : day1;
    }
    case 'session':
    case 'sitting':
      return spec.part ?? day1;
    case 'approve':
      return stagesFinish(day1, stagesFrom(spec, edition).slice(0, 1), calendar);
    default:
      return own();
  }
}

/** What waits for its day opens at 09:00 of it (a session at 18:00); everything else opens as soon as what it waits for is there. */
function opensAt(spec: AskSpec, day1: CivilDate, due: CivilDate, { edition, calendar, at }: TimingContext): number {
  const nine = (day: CivilDate) => Math.max(at, calendar.instantAt(day, rungTime));
  switch (spec.kind) {
    case 'session':
      return calendar.instantAt(due, sessionTime);
    case 'interview':
      return spec.after === undefined ? nine(day1) : at;
    default:
      return waitsForItsDay(spec, edition) ? nine(due) : at;
  }
}

/** The day on which an edition begins, as long as it is to come: nothing is asked before (plan.md: "a future `start` waits for its day, 09:00"). */
export function beginsOn(
  { start }: Pick<Edition, 'start'>,
  { calendar, at }: Pick<TimingContext, 'calendar' | 'at'>,
): CivilDate | undefined {
  const day = calendar.onOrAfter(start);
  return calendar.dateOf(at) < day ? day : undefined;
}

/** When what should have opened at an instant is said to have: then or, late by days, when it can really be asked. */
export const openedAt = (opensAt: number, context: Pick<TimingContext, 'calendar' | 'at'>): number =>
  context.calendar.dateOf(opensAt) < askable(context) ? context.at : opensAt;

/**
 * The later of due and the step's latest finish, less what must still follow inside the step; null where it never ends by itself.
 * @param opened the instant at which it opened; left out, it opens now
 */
export function endOf(spec: AskSpec, due: CivilDate, dueAt: number, context: TimingContext, opened = context.at): number | null {
  const { calendar, plan } = context;
  if (isEndless(spec)) return null;
  if (askRules[spec.kind].hard) return dueAt;
  if (spec.kind === 'session') return calendar.endOfDay(calendar.add(later(due, askable({ calendar, at: opened })), sessionEndWorkingDays));
  const step = plan.steps.find((planned) => planned.id === spec.step);
  const sitting = isCircuitStep(spec.step) ? step?.session?.latest?.fileBy : undefined;
  const latest = beforeTail(spec, sitting ?? step?.latest.finish ?? due, context);
  return latest > due ? calendar.endOfDay(latest) : dueAt;
}

/** The latest day on which an ask may end, so that what follows it inside its own step can still end by `latest`. */
function beforeTail(spec: AskSpec, latest: CivilDate, { edition, calendar }: TimingContext): CivilDate {
  switch (spec.kind) {
    case 'approve':
    case 'proposal': {
      const rest = stagesFrom(spec, edition).slice(spec.kind === 'approve' ? 1 : 0);
      return rest.length === 0 ? latest : calendar.add(stagesStart(latest, rest, calendar), -1);
    }
    case 'pairs':
      return calendar.add(startOf(latest, pairing, calendar), -1);
    default:
      return latest;
  }
}

/** A circuit's stages, from the asked one on. */
function stagesFrom(spec: Pick<AskSpec, 'step' | 'part'>, edition: Edition): readonly Stage[] {
  return isCircuitStep(spec.step) ? circuitOf(edition, spec.step).stages.slice(Number(spec.part ?? '1') - 1) : [];
}
