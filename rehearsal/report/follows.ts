import type { CivilDate } from '../../domain/calendar.js';
import { successorsOf } from '../../domain/steps.js';
import type { LivedAsk } from '../record.js';

/** What came after an ask was settled, and so who waited for it. */
export type Follows =
  /** These were asked as soon as it was settled: they waited for it. */
  | { is: 'waited'; asks: LivedAsk[] }
  /** Somebody else was still awaited, for the same thing. */
  | { is: 'others' }
  /** What follows had its day, and opened on it. */
  | { is: 'dated'; on: CivilDate; ask: LivedAsk }
  | { is: 'nothing' };

/** What opens within this of an answer was waiting for it, in milliseconds. */
const atOnceMs = 30 * 60_000;
/** What opens together does so within this, in milliseconds. */
const togetherMs = 10 * 60_000;

/** What followed the settling of an ask: of the same step or of the next ones, of the same project or of the edition; after a send-back, the new version. */
export function followsOf(ask: LivedAsk, asks: readonly LivedAsk[], dateOf: (at: number) => CivilDate): Follows {
  const { closedAt } = ask;
  if (closedAt === null) return { is: 'nothing' };
  const steps = [ask.step, ...successorsOf(ask.step)];
  const sameThread = (one: LivedAsk) => one.project === ask.project || one.project === null || ask.project === null;
  const after = asks
    .filter(
      (one) =>
        one.id !== ask.id && sameThread(one) && (steps.includes(one.step) || (one.project === ask.project && one.version > ask.version)),
    )
    .map((one) => ({ one, at: one.openedAt ?? one.opensAt }))
    .filter(({ at }) => at >= closedAt - 60_000)
    .sort((a, b) => a.at - b.at);
  const [next] = after;
  if (next === undefined) return { is: 'nothing' };
  if (next.at - closedAt <= atOnceMs)
    return { is: 'waited', asks: after.filter(({ at }) => at - next.at <= togetherMs).map(({ one }) => one) };
  const others = asks.some(
    (one) =>
      one.id !== ask.id &&
      one.step === ask.step &&
      sameThread(one) &&
      one.closedAt !== null &&
      one.closedAt > closedAt &&
      next.at - one.closedAt <= atOnceMs &&
      next.at >= one.closedAt - 60_000,
  );
  return others ? { is: 'others' } : { is: 'dated', on: dateOf(next.at), ask: next.one };
}
