/** Civil dates and instants of one time zone. Offsets are kept by day: asking the zone is slow, and changes of hour are rare. */
import { Temporal as Civil } from 'temporal-polyfill';
import { type CivilDate, civilDate } from './civil.js';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const KEPT = 20_000;

/** What `zoneOf` gives: see `Calendar`, which has the same functions. */
export type Zone = {
  instantAt(date: CivilDate, time: string): number;
  dateOf(epochMs: number): CivilDate;
  timeOf(epochMs: number): string;
  minuteOf(epochMs: number): string;
};

/** Whether a text is the IANA name of a time zone we know (offsets such as `+02:00` are not names). */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  if (Intl.supportedValuesOf('timeZone').includes(name)) return true; // the usual names; making a format, for the others, costs ten times as much
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

const zones = new Map<string, Zone>();

/** The edge between dates and instants in a time zone; each zone is made once. */
export function zoneOf(timezone: string): Zone {
  const zone = zones.get(timezone) ?? makeZone(timezone);
  zones.set(timezone, zone);
  return zone;
}

function makeZone(timezone: string): Zone {
  const instants = new Map<string, number>();
  const offsets = new Map<number, { start: number; end: number }>();
  const offsetAt = (epochMs: number): number =>
    Civil.Instant.fromEpochMilliseconds(epochMs).toZonedDateTimeISO(timezone).offsetNanoseconds / 1e6;
  const offsetOf = (epochMs: number): number => {
    const utcDay = Math.floor(epochMs / DAY_MS);
    let ends = offsets.get(utcDay);
    if (!ends) {
      ends = { start: offsetAt(utcDay * DAY_MS), end: offsetAt((utcDay + 1) * DAY_MS - 1) };
      if (offsets.size > KEPT) offsets.clear();
      offsets.set(utcDay, ends);
    }
    return ends.start === ends.end ? ends.start : offsetAt(epochMs);
  };
  return {
    instantAt(date, time) {
      const key = `${date} ${time}`;
      const known = instants.get(key);
      if (known !== undefined) return known;
      const epochMs = Civil.PlainDate.from(date).toZonedDateTime({ timeZone: timezone, plainTime: time }).epochMilliseconds;
      if (instants.size > KEPT) instants.clear();
      instants.set(key, epochMs);
      return epochMs;
    },
    dateOf: (epochMs) => civilDate(Math.floor((epochMs + offsetOf(epochMs)) / DAY_MS)),
    timeOf: (epochMs) => timeText(Math.floor((epochMs + offsetOf(epochMs)) / MINUTE_MS)),
    minuteOf(epochMs) {
      const offset = offsetOf(epochMs);
      const local = Math.floor((epochMs + offset) / MINUTE_MS);
      const away = Math.round(Math.abs(offset) / MINUTE_MS);
      return `${civilDate(Math.floor((local * MINUTE_MS) / DAY_MS))}T${timeText(local)}${offset < 0 ? '-' : '+'}${timeText(away)}`;
    },
  };
}

/** Minutes since some midnight as a time of day, `09:05`. */
function timeText(minutes: number): string {
  const two = (n: number) => String(n).padStart(2, '0');
  const ofDay = ((minutes % 1440) + 1440) % 1440;
  return `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
}
