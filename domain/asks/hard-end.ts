import type { AskKind } from '../asks.js';
import { kinds } from '../kinds/index.js';

/**
 * Hard ends (plan.md): of the kinds that say `hard` – the call, its relays, the scores –, at their end, or at the end of their due day (`closesAt` of the
 * kind, timing.ts). After one the page refuses by the clock, whether or not anything has settled, and also when nothing else is running. Undefined where an ask has none.
 * Instants in epoch ms.
 */
export const hardEndOf = ({ kind, endsAt, dueAt }: { kind: AskKind; endsAt: number | null; dueAt: number }): number | undefined =>
  kinds[kind].hard ? (endsAt ?? dueAt) : undefined;

/** Whether it is too late to answer by the clock. */
export const isPastHardEnd = (ask: Parameters<typeof hardEndOf>[0], at: number): boolean =>
  (hardEndOf(ask) ?? Number.POSITIVE_INFINITY) <= at;
