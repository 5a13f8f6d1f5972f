/** Instants as one says them, on the territory's clock; the reader's own day tells whether a year must be said. */

import { zoneOf } from './calendar/zone.js';
import type { CivilDate } from './calendar.js';
import { inWords, type Locale, type YearShown } from './words.js';

/** When and where something is read: a view is one. */
export interface Clock {
  /** Epoch ms. */
  at: number;
  edition: { timezone: string };
}

/** The reader's own day. */
export const todayOf = ({ at, edition }: Clock): CivilDate => zoneOf(edition.timezone).dateOf(at);

/** A date, with its year where it is not the reader's: "jeudi 15 juin", "vendredi 26 janvier 2024". */
export const dateInWords = (date: CivilDate, clock: Clock, locale: Locale): string => inWords(date, locale, { today: todayOf(clock) });

/** The day of an instant: "mardi 12 septembre". */
export const dayInWords = (at: number, clock: Clock, locale: Locale): string =>
  dateInWords(zoneOf(clock.edition.timezone).dateOf(at), clock, locale);

/** "de 9 h à 17 h", "from 9:00 to 17:00". */
export const hoursInWords = ({ from, to }: { from: number; to: number }, { edition: { timezone } }: Clock, locale: Locale): string =>
  `${locale === 'fr' ? 'de' : 'from'} ${hourInWords(from, timezone, locale)} ${locale === 'fr' ? 'à' : 'to'} ${hourInWords(to, timezone, locale)}`;

/** The hour of an instant: "9 h", "18 h 30", "9:00". A started minute is not over: nothing is rounded up. */
export function hourInWords(at: number, timezone: string, locale: Locale): string {
  return timeInWords(zoneOf(timezone).timeOf(at), locale);
}

/** A local time `HH:MM` as one says it. */
export function timeInWords(time: string, locale: Locale): string {
  const [hour = '', minute] = time.split(':');
  if (locale === 'en') return `${Number(hour)}:${minute}`;
  return minute === '00' ? `${Number(hour)}\u00a0h` : `${Number(hour)}\u00a0h\u00a0${minute}`;
}

/** Day and hour: "mardi 12 septembre à 9 h", "Tuesday 12 September at 9:00"; `year` says it whatever the reader's day is. */
export function instantInWords(at: number, clock: Clock, locale: Locale, shown: YearShown = { today: todayOf(clock) }): string {
  const { timezone } = clock.edition;
  return `${inWords(zoneOf(timezone).dateOf(at), locale, shown)} ${locale === 'fr' ? 'à' : 'at'} ${hourInWords(at, timezone, locale)}`;
}

/** A deadline that is refused after by the clock: the exclusive 00:00 of a day is 23:59 of the day before, and whose hour it is is said. */
export function deadlineInWords(at: number, clock: Clock, locale: Locale, shown?: YearShown): string {
  const { timezone } = clock.edition;
  const midnight = zoneOf(timezone).timeOf(at) === '00:00';
  return `${instantInWords(midnight ? at - 60_000 : at, clock, locale, shown)} (${hourOfZone(timezone, locale)})`;
}

/** Zones of the French Republic as their people name them; any other by its city. */
const zoneNames: Record<string, string> = {
  'America/Guadeloupe': 'de la Guadeloupe',
  'America/Martinique': 'de la Martinique',
  'America/Cayenne': 'de la Guyane',
  'America/Miquelon': 'de Saint-Pierre-et-Miquelon',
  'Indian/Reunion': 'de La Réunion',
  'Indian/Mayotte': 'de Mayotte',
  'Pacific/Noumea': 'de Nouméa',
  'Pacific/Tahiti': 'de Tahiti',
  'Pacific/Wallis': 'de Wallis-et-Futuna',
};

/** Whose hour is meant: "heure de Paris", "heure de la Guadeloupe", "Paris time". */
export function hourOfZone(timezone: string, locale: Locale): string {
  const city = timezone.slice(timezone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  if (locale === 'en') return `${city} time`;
  return `heure ${zoneNames[timezone] ?? (/^[aeiouyh]/i.test(city) ? `d’${city}` : `de ${city}`)}`;
}
