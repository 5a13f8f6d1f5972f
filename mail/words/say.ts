/** Small words every sentence is made of: titles in quotes, dates, hours, lists. */
import { deadlineInWords, todayOf } from '../../domain/instants.js';
import type { AskView } from '../../domain/view.js';
import type { Locale } from '../../domain/words.js';
import { oneLine, shorten, strong } from '../clean.js';
import type { Awaited, Moment } from './types.js';

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
