/** From rules to what somebody does: which rules fit, and what is drawn from them. */
import type { AskKind } from '../../domain/asks.js';
import { addDays, type Calendar, type CivilDate } from '../../domain/calendar.js';
import type { StepId } from '../../domain/steps.js';
import { draw } from '../answers.js';
import type { OpenPlace } from '../people.js';
import type { Behaviour, Rule, Season } from './schema.js';

/** Somebody asked something: what rules are chosen by. */
export interface Asked {
  person: string;
  role: string;
  step: StepId;
  kind: AskKind;
  /** The day it was asked. */
  since: CivilDate;
}

const inSeason = (date: CivilDate, { from, to }: Season): boolean => {
  const day = date.slice(5);
  return from <= to ? day >= from && day <= to : day >= from || day <= to;
};

const fits = (rule: Rule, asked: Asked): boolean =>
  (rule.role === undefined || rule.role.some((role) => role === asked.role)) &&
  (rule.person === undefined || rule.person.includes(asked.person)) &&
  (rule.step === undefined || rule.step.includes(asked.step)) &&
  (rule.kind === undefined || rule.kind.includes(asked.kind)) &&
  (rule.between === undefined || inSeason(asked.since, rule.between));

/** What somebody does: of all that the rules that fit say, the last word on each point. */
export function behaviourOf(rules: readonly Rule[], asked: Asked): Behaviour {
  const { role, person, step, kind, between, ...behaviour } = Object.assign({}, ...rules.filter((rule) => fits(rule, asked))) as Rule;
  return behaviour;
}

/** Draws for one person and ask; `question` tells the draws apart. Always the same for the same seed. */
export interface Dice {
  /** A whole number in a range, both ends included; `otherwise` when no rule gives one. */
  within(question: string, range: number | [number, number] | undefined, otherwise: number): number;
  /** Whether something happens. */
  happens(question: string, often: boolean | number | undefined): boolean;
  /** One of several. */
  oneOf<T>(question: string, list: readonly T[]): T | undefined;
}

/** The dice of one person in one ask. */
export function dice(seed: number, ask: string, person: string): Dice {
  const roll = (question: string) => draw(seed, ask, person, question);
  return {
    within(question, range, otherwise) {
      const [from, to] = Array.isArray(range) ? range : [range ?? otherwise, range ?? otherwise];
      return from + Math.floor(roll(question) * (to - from + 1));
    },
    happens: (question, often) => (typeof often === 'number' ? roll(question) < often : often === true),
    oneOf: (question, list) => list[Math.floor(roll(question) * list.length)],
  };
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The time of day at which somebody acts, `HH:MM`. */
export function timeOf({ at = ['10:00', '16:00'] }: Behaviour, roll: Dice): string {
  const minutes = roll.within('time', [minutesOf(at[0]), minutesOf(at[1])], 0);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** The day itself, or the first working day after an absence that it falls in. */
export function afterAbsence(date: CivilDate, { away = [] }: Behaviour, calendar: Calendar): CivilDate {
  let day = date;
  for (let guard = 0; guard < 366 && away.some((season) => inSeason(day, season)); guard++) day = addDays(day, 1);
  return day === date ? date : calendar.onOrAfter(day);
}

/** Nobody chased by a reminder answers before it can have been read. */
const readAt = '09:30';

/** When somebody acts who was asked on a day and reminded since: so many working days after, or on the day of the reminder they need or the next. */
export function answered(
  { asked, reminded }: Pick<OpenPlace, 'asked' | 'reminded'>,
  { behaviour, roll, calendar }: { behaviour: Behaviour; roll: Dice; calendar: Calendar },
): { on: CivilDate; time: string } | undefined {
  const needed = roll.within('needsReminders', behaviour.needsReminders, 0);
  const time = timeOf(behaviour, roll);
  const day = (date: CivilDate) => afterAbsence(date, behaviour, calendar);
  if (needed === 0) return { on: day(calendar.add(asked, roll.within('answersAfter', behaviour.answersAfter, 2))), time };
  const last = reminded[needed - 1];
  if (last === undefined) return undefined;
  return { on: day(calendar.add(last, roll.within('afterReminder', [0, 1], 0))), time: time < readAt ? readAt : time };
}
