/** When an edition looks again, so that not all do at one instant. */
import { rungTime } from './asks/sending.js';
import type { Calendar } from './calendar.js';

/** Over how long the looks of one morning are spread. */
export const spreadMs = 5 * 60_000;

/**
 * The instant at which an edition looks at what falls due at `at`: of the morning, when every edition would, some minutes later, always as many for one
 * edition; otherwise `at`. What falls due keeps its own instant.
 */
export function lookFor(at: number, edition: string, calendar: Calendar): number {
  const isMorning = at === calendar.instantAt(calendar.dateOf(at), rungTime);
  return isMorning ? at + (numberOf(edition) % spreadMs) : at;
}

/** A number drawn from a text (FNV-1a, 32 bits, its bits mixed). */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
