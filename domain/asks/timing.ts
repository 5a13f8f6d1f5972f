import type { AskKind, AskSpec } from '../asks.js';
import type { Calendar, CivilDate } from '../calendar.js';
import type { EditionRules } from '../edition.js';
import { askable, atNine, later, type TimingContext } from '../kinds/dates.js';
import { isEndless, kinds } from '../kinds/index.js';
import { isCircuitStep } from '../steps.js';

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

/** All dates of an ask, from its kind, the plan and what came before (plan.md, "While it runs"). */
export function timingOf(spec: AskSpec, context: TimingContext): Timing {
  const kind = kinds[spec.kind];
  const day1 = day1Of(spec, context);
  const due = kind.due(spec, day1, context);
  const dueAt = dueInstant(spec.kind, due, context.calendar, context.edition);
  const opensAt = kind.waitsForItsDay(spec, context.edition) ? atNine(due, context) : context.at;
  return {
    day1,
    opensAt: kind.opensAt?.(spec, { day1, due }, context) ?? opensAt,
    due,
    dueAt,
    endsAt: endOf(spec, due, dueAt, context),
  };
}

/** The instant at which a due day is over for a kind of ask: its closing time, or the end of the day. */
export function dueInstant(kind: AskKind, due: CivilDate, calendar: Calendar, { juryDay }: Pick<EditionRules, 'juryDay'>): number {
  const { closesAt } = kinds[kind];
  return closesAt === undefined ? calendar.endOfDay(due) : calendar.instantAt(due, closesAt(juryDay));
}

/** After an outage, a pause or a late approval nothing ends without having been asked; what waits for a day to come keeps it. */
function day1Of(spec: AskSpec, context: TimingContext): CivilDate {
  const { edition, calendar, at } = context;
  const kind = kinds[spec.kind];
  const after = spec.after ?? (kind.asSoonAsLacking ? calendar.dateOf(at - 1) : context.before);
  const foreseen = after === undefined ? calendar.onOrAfter(edition.start) : calendar.add(after, 1);
  const keepsItsDay = kind.waitsForItsDay(spec, edition) && kind.due(spec, foreseen, context) >= askable(context);
  return keepsItsDay ? foreseen : later(foreseen, askable(context));
}

/** The day on which an edition begins, as long as it is to come: nothing is asked before (plan.md: "a future `start` waits for its day, 09:00"). */
export function beginsOn(
  { start }: Pick<EditionRules, 'start'>,
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
  const kind = kinds[spec.kind];
  if (isEndless(spec)) return null;
  if (kind.hard) return dueAt;
  if (kind.staysOpen !== undefined) return calendar.endOfDay(calendar.add(later(due, askable({ calendar, at: opened })), kind.staysOpen));
  const step = plan.steps.find((planned) => planned.id === spec.step);
  const sitting = isCircuitStep(spec.step) ? step?.session?.latest?.fileBy : undefined;
  const latest = kind.lastDay(spec, sitting ?? step?.latest.finish ?? due, context);
  return latest > due ? calendar.endOfDay(latest) : dueAt;
}
