import type { AskKind } from '../asks.js';
import { kinds } from '../kinds/index.js';
import { climbs, type LadderName, type Rung } from './ladder.js';
import type { Around, Place } from './place.js';

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
export function toldOf(kind: AskKind, place: Place, { known, inOrder }: Pick<Around, 'known' | 'inOrder'>): string[] {
  if (place.seat === 'coordinators' || known(place.person)?.role === 'coordinator') {
    const executive = inOrder.find((person) => person.role === 'executive');
    return executive === undefined || executive.id === place.person ? [] : [executive.id];
  }
  if (kinds[kind].ladder === 'drafts') return [];
  return inOrder.filter((person) => person.role === 'coordinator' && person.id !== place.person).map((person) => person.id);
}
