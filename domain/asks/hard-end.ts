import type { AskKind } from '../asks.js';
import { kinds } from '../kinds/index.js';

/**
 * Hard ends (plan.md): the call's closing, with what spreads it, at the end of its last day, and the scores of the pitch at 19:00 of theirs. After one
 * the page refuses by the clock, whether or not anything has settled, and also when nothing else is running. Undefined where an ask has none.
 * Instants in epoch ms.
 */
export const hardEndOf = ({ kind, endsAt, dueAt }: { kind: AskKind; endsAt: number | null; dueAt: number }): number | undefined =>
  kinds[kind].hard ? (endsAt ?? dueAt) : undefined;

/** Whether it is too late to answer by the clock. */
export const isPastHardEnd = (ask: Parameters<typeof hardEndOf>[0], at: number): boolean =>
  (hardEndOf(ask) ?? Number.POSITIVE_INFINITY) <= at;
