import type { AskKind } from '../asks.js';
import { kinds } from '../kinds/index.js';
import { filledSeats, type Holder } from './seats.js';

/**
 * When an ask is enough and settles before its end: every seat is filled, or one answer decides (an approver who does not approve). The closing,
 * and nothing else, ends a call. A seat of which nobody is needed any more is none. A seat whose holder named somebody is filled by that person, who holds the same seat. (programme.md, "Who is asked,
 * and when it is enough"; `isLast` in store/acts/answer.ts asks the same of the database, for one answer.)
 */
export function isEnough(kind: AskKind, holders: readonly Holder[]): boolean {
  const { untilItsEnd, decides } = kinds[kind];
  if (untilItsEnd) return false;
  if (holders.some(({ decision }) => decides(decision))) return true;
  const seated = holders.filter(({ closed }) => closed !== 'not-needed');
  const filled = filledSeats(holders);
  return seated.length > 0 && seated.every(({ seat }) => filled.has(seat));
}
