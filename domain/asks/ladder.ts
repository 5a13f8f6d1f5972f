import type { Calendar, CivilDate } from '../calendar.js';
import type { Around, Place } from './place.js';
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

const climbs: Record<LadderName, readonly Rung[]> = {
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

/** Who a rung is for: the person asked; their substitute, with a link of their own; those who must know who is late. */
export function addressees(rung: Rung): { late: boolean; substitute: boolean; escalation: boolean } {
  switch (rung) {
    case 'late-2':
      return { late: true, substitute: true, escalation: true };
    case 'late-5':
      return { late: false, substitute: false, escalation: true };
    default:
      return { late: true, substitute: false, escalation: false };
  }
}

/** Whether a ladder turns to the substitute of who is late, ever. */
export const turnsToSubstitute = (name: LadderName): boolean => climbs[name].some((rung) => addressees(rung).substitute);

/** Who is told that somebody is late: the coordinators; about the coordinators themselves, the executive; of a draft, nobody (experience.md). */
export function toldOf(ladder: LadderName, place: Place, { known, inOrder }: Pick<Around, 'known' | 'inOrder'>): string[] {
  if (place.seat === 'coordinators' || known(place.person)?.role === 'coordinator') {
    const executive = inOrder.find((person) => person.role === 'executive');
    return executive === undefined || executive.id === place.person ? [] : [executive.id];
  }
  if (ladder === 'drafts') return [];
  return inOrder.filter((person) => person.role === 'coordinator' && person.id !== place.person).map((person) => person.id);
}
