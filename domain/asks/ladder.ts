import type { Calendar, CivilDate } from '../calendar.js';
import { rungTime } from './sending.js';

/** The rungs of the ladder, in order (experience.md). A nudge by hand is a rung of its own: `nudge-1`, `nudge-2` … */
export const rungs = ['before-5', 'before-2', 'opening', 'due', 'late-2', 'late-5'] as const;
export type Rung = (typeof rungs)[number];
export type LadderName = 'standard' | 'session' | 'drafts';

/** A session asks its questions at this hour of its own day. */
export const sessionTime = '18:00';
/** One step of a ladder: which rung, and the instant (epoch ms) from which it is due. */
export interface RungAt {
  rung: Rung;
  at: number;
}

const offsets = { 'before-5': -5, 'before-2': -2, due: 0, 'late-2': 2, 'late-5': 5 } as const;

/** The rungs of each ladder. */
export const climbs: Record<LadderName, readonly Rung[]> = {
  standard: ['opening', 'before-5', 'before-2', 'due', 'late-2', 'late-5'],
  session: ['before-2', 'opening', 'late-2', 'late-5'],
  drafts: ['before-5', 'before-2', 'due'],
};

/**
 * When each rung of an ask is due.
 * @param openedAt epoch ms at which the ask opened (a session: 18:00 of its day)
 * @param due the civil date by which it is asked; rungs count working days from it
 */
export function ladder({
  name,
  openedAt,
  due,
  calendar,
}: {
  name: LadderName;
  openedAt: number;
  due: CivilDate;
  calendar: Calendar;
}): RungAt[] {
  return climbs[name].map((rung) => ({
    rung,
    at: rung === 'opening' ? openedAt : calendar.instantAt(offsets[rung] === 0 ? due : calendar.add(due, offsets[rung]), rungTime),
  }));
}
