import { type CivilDate, isCivilDate } from '../../domain/calendar.js';
import { type Clock, dateInWords } from '../../domain/instants.js';
import type { Locale } from '../../domain/words.js';

/** The date a `part` names (a session, a sitting), in words; undefined when it names something else. */
export function partInWords(part: string | undefined, clock: Clock, locale: Locale): string | undefined {
  const date: CivilDate | undefined = part?.slice(0, 10);
  return date !== undefined && isCivilDate(date) ? dateInWords(date, clock, locale) : undefined;
}
