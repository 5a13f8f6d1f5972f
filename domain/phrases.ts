/** Small words every sentence is made of: titles in quotes, dates, hours, lists. */
import { type CivilDate, isCivilDate } from './calendar.js';
import { oneLine, shorten, strong } from './clean.js';
import { type Clock, dateInWords, deadlineInWords, todayOf } from './instants.js';
import type { Awaited, Moment } from './kinds/words.js';
import { type CircuitStepId, isCircuitStep } from './steps.js';
import type { AskView } from './view.js';
import type { Locale } from './words.js';

const maxTitle = 90;

/** What somebody typed, on one line and of a length that a sentence bears. */
export const inline = (typed: string, max = maxTitle): string => shorten(oneLine(typed), max);

/** A title in the quotes of the language, bold: « Parcours périnatalité ». */
export const quoted = (title: string, locale: Locale): string => strong(locale === 'fr' ? `« ${inline(title)} »` : `“${inline(title)}”`);

/** The project's title in quotes, or the general word where there is none. */
export function project(view: AskView, locale: Locale): string {
  if (view.project !== undefined) return quoted(view.project.title, locale);
  return locale === 'fr' ? 'le projet' : 'the project';
}

/** The title of the application asked about in quotes, if there is one. */
export const application = (view: AskView, locale: Locale): string | undefined =>
  view.application === undefined || oneLine(view.application.title) === '' ? undefined : quoted(view.application.title, locale);

/** A hard deadline with its hour and whose hour it is. */
export const deadline = (view: AskView, locale: Locale): string => deadlineInWords(view.ask.dueAt, view, locale);

/** Where the view stands against its due date, in the territory's days. */
export function momentOf(view: AskView): Moment {
  const today = todayOf(view);
  return today < view.ask.due ? 'ahead' : today === view.ask.due ? 'today' : 'past';
}

/** Whether an instant is on another day than the view's. */
export const isEarlierDay = (at: number, view: AskView): boolean => todayOf({ ...view, at }) < todayOf(view);

/** "a, b et c", "a, b and c". */
export function list(items: readonly string[], locale: Locale, last: 'and' | 'or' = 'and'): string {
  const joint = { fr: { and: ' et ', or: ' ou ' }, en: { and: ' and ', or: ' or ' } }[locale][last];
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')}${joint}${items.at(-1)}`;
}

/** The first letter as a capital, or not. */
export const capital = (text: string): string => text.replace(/\p{L}/u, (letter) => letter.toUpperCase());
export const small = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** What is awaited, in French (with its agreement) and in English. */
export const awaited = (text: string, agree: Awaited['agree'] = ''): Awaited => ({ text, agree });

/** "3 à 4", or "3" where both are the same. */
export const between = ({ min, max }: { min: number; max: number }, locale: Locale): string =>
  min === max ? String(max) : locale === 'fr' ? `${min} à ${max}` : `${min} to ${max}`;

/** A word with a space before it, or nothing. */
export const spaced = (text: string | undefined): string => (text === undefined ? '' : ` ${text}`);

/** The date a `part` names (a session, a sitting), in words; undefined when it names something else. */
export function partInWords(part: string | undefined, clock: Clock, locale: Locale): string | undefined {
  const date: CivilDate | undefined = part?.slice(0, 10);
  return date !== undefined && isCivilDate(date) ? dateInWords(date, clock, locale) : undefined;
}

/** The day of a session or a sitting. */
export const dayOf = ({ ask, event }: AskView): CivilDate =>
  event?.on ?? (ask.part !== undefined && isCivilDate(ask.part) ? ask.part : ask.due);

/** Whether it is asked for another version. */
export const isAgain = ({ ask }: AskView): boolean => ask.version > 1;

/** The circuit that an approval belongs to. */
export const circuitIn = ({ ask: { step } }: AskView): CircuitStepId => (isCircuitStep(step) ? step : 'outcome-approval');

/** Whether an approval is the last of its circuit. */
export const isLastStage = ({ stage }: AskView): boolean => stage === undefined || stage.n >= stage.of;

/** Whether what is lacking is an answer, rather than an answer that says no. */
export const isSilence = (outcome: NonNullable<AskView['lacking']>['outcome'] | undefined): boolean =>
  outcome === undefined || outcome === 'none' || outcome === 'partial' || outcome === 'undecided';

/** The view as the ask that lacks something would have it, so that its own words can be used. */
export function lackingView(view: AskView): AskView {
  const { lacking, ask } = view;
  if (lacking === undefined) return view;
  return { ...view, ask: { ...ask, kind: lacking.kind, step: lacking.step, part: lacking.part, version: 1, openedAt: ask.opensAt } };
}
