/** Instants and dates as one says them. Dates in words come from the domain; hours are the territory's. */
import { type CivilDate, isCivilDate } from '../../domain/calendar.js';
import { inWords, type Locale } from '../../domain/words.js';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timezone: string): Intl.DateTimeFormat {
  const known = formats.get(timezone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formats.set(timezone, made);
  return made;
}

/** The local date, hour and minute of an instant. */
export function localOf(at: number, timezone: string): { date: CivilDate; hour: number; minute: number } {
  const parts = Object.fromEntries(
    formatOf(timezone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  return { date: `${parts.year}-${parts.month}-${parts.day}`, hour: Number(parts.hour), minute: Number(parts.minute) };
}

/** An hour as one says it: "9 h", "23 h 59"; "9:00", "23:59". */
export function hourInWords({ hour, minute }: { hour: number; minute: number }, locale: Locale): string {
  const minutes = String(minute).padStart(2, '0');
  if (locale === 'en') return `${hour}:${minutes}`;
  return minute === 0 ? `${hour}\u00a0h` : `${hour}\u00a0h\u00a0${minutes}`;
}

/** An instant as one says it: "jeudi 31 août à 10 h 12". */
export function instantInWords(at: number, timezone: string, locale: Locale, { year = false }: { year?: boolean } = {}): string {
  const local = localOf(at, timezone);
  return `${inWords(local.date, locale, { year })} ${locale === 'fr' ? 'à' : 'at'} ${hourInWords(local, locale)}`;
}

/** A deadline as one says it: the exclusive 00:00 of a day is 23:59 of the day before. */
export function deadlineInWords(at: number, timezone: string, locale: Locale): string {
  const local = localOf(at, timezone);
  return instantInWords(local.hour === 0 && local.minute === 0 ? at - 60_000 : at, timezone, locale);
}

/** The date a `part` names (a session, a sitting), in words; undefined when it names something else. */
export function partInWords(part: string | undefined, locale: Locale): string | undefined {
  const date = part?.slice(0, 10);
  return date !== undefined && isCivilDate(date) ? inWords(date, locale) : undefined;
}
