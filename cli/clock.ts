/** Instants as people read them: on the clock of the edition they belong to. */

import type { Installation } from '../client/installation.js';
import { timezones } from '../store/editions.js';

const formats = new Map<string, Intl.DateTimeFormat>();

/** An instant on the clock of a time zone, to the minute: `2023-01-16 09:05`. */
export function onClock(at: Date | number | string, timeZone: string): string {
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(new Date(at));
}

/** The clock of every edition: an instant of one of them, as its people would say it. */
export async function clocksOf({ store }: Pick<Installation, 'store'>): Promise<(edition: string, at: Date | number | string) => string> {
  const zones = await timezones(store.pool);
  return (edition, at) => onClock(at, zones.get(edition) ?? 'UTC');
}
