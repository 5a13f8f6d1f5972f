/** Instants as people read them: on the clock of the edition they belong to. */
import { listEditions } from '../../store/editions.js';
import type { Installation } from '../installation.js';

/** An instant on the clock of a time zone, to the minute: `2023-01-16 09:05`. */
export const onClock = (at: Date | number | string, timeZone: string): string =>
  new Intl.DateTimeFormat('sv', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(new Date(at));

/** The clock of every edition: an instant of one of them, as its people would say it. */
export async function clocksOf({ store }: Pick<Installation, 'store'>): Promise<(edition: string, at: Date | number | string) => string> {
  const zones = new Map((await listEditions(store.pool)).map(({ id, file }) => [id, file.territory.timezone]));
  return (edition, at) => onClock(at, zones.get(edition) ?? 'UTC');
}
