/** Small words every sentence is made of: titles in quotes, dates, hours, lists. */
import { type Zone, zoneOf } from '../../domain/calendar/zone.js';
import type { AskView } from '../../domain/view.js';
import { inWords, type Locale } from '../../domain/words.js';
import { oneLine, shorten, strong } from '../clean.js';
import type { Awaited, Moment } from './types.js';

const maxTitle = 90;

/** What somebody typed, on one line and of a length that a sentence bears. */
export const said = (typed: string, max = maxTitle): string => shorten(oneLine(typed), max);

/** A title in the quotes of the language, bold: « Parcours périnatalité ». */
export const quoted = (title: string, locale: Locale): string => strong(locale === 'fr' ? `« ${said(title)} »` : `“${said(title)}”`);

/** The project's title in quotes, or the general word where there is none. */
export function project(view: AskView, locale: Locale): string {
  if (view.project !== undefined) return quoted(view.project.title, locale);
  return locale === 'fr' ? 'le projet' : 'the project';
}

/** The title of the application asked about in quotes, if there is one. */
export const application = (view: AskView, locale: Locale): string | undefined =>
  view.application === undefined || oneLine(view.application.title) === '' ? undefined : quoted(view.application.title, locale);

const zones = new Map<string, Zone>();

function zone(timezone: string): Zone {
  const known = zones.get(timezone) ?? zoneOf(timezone);
  zones.set(timezone, known);
  return known;
}

type Clock = { edition: { timezone: string } };

/** The day of an instant in words: "mardi 12 septembre". */
export const dayOf = (at: number, { edition }: Clock, locale: Locale): string => inWords(zone(edition.timezone).dateOf(at), locale);

/** The hour of an instant as one says it: "9 h", "18 h 30", "9:00". */
export function hourOf(at: number, { edition }: Clock, locale: Locale): string {
  const [hours = '', minute] = zone(edition.timezone).timeOf(at).split(':');
  const hour = Number(hours);
  if (locale === 'en') return `${hour}:${minute}`;
  return minute === '00' ? `${hour} h` : `${hour} h ${minute}`;
}

/** Day and hour: "mardi 12 septembre à 9 h", "Tuesday 12 September at 9:00". */
export const instant = (at: number, clock: Clock, locale: Locale): string =>
  `${dayOf(at, clock, locale)} ${locale === 'fr' ? 'à' : 'at'} ${hourOf(at, clock, locale)}`;

/** A hard deadline with its hour; a day that ends at midnight is shown as 23:59. */
export function deadline(view: AskView, locale: Locale): string {
  const midnight = zone(view.edition.timezone).timeOf(view.ask.dueAt) === '00:00';
  const hour = midnight ? (locale === 'fr' ? '23 h 59' : '23:59') : hourOf(view.ask.dueAt, view, locale);
  return `${inWords(view.ask.due, locale)} ${locale === 'fr' ? 'à' : 'at'} ${hour}`;
}

/** Where the view stands against its due date, in the territory's days. */
export function momentOf(view: AskView): Moment {
  const today = zone(view.edition.timezone).dateOf(view.at);
  return today < view.ask.due ? 'ahead' : today === view.ask.due ? 'today' : 'past';
}

/** Whether an instant is on another day than the view's. */
export const isEarlierDay = (at: number, view: AskView): boolean =>
  zone(view.edition.timezone).dateOf(at) < zone(view.edition.timezone).dateOf(view.at);

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
