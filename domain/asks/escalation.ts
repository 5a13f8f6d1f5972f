import type { AskKind } from '../asks.js';
import { kinds } from '../kinds/index.js';
import type { Around, Place } from './place.js';

/** Who is told that somebody is late: the coordinators; about the coordinators themselves, the executive; of a draft, nobody (experience.md). */
export function toldOf(kind: AskKind, place: Place, { known, inOrder }: Pick<Around, 'known' | 'inOrder'>): string[] {
  if (place.seat === 'coordinators' || known(place.person)?.role === 'coordinator') {
    const executive = inOrder.find((person) => person.role === 'executive');
    return executive === undefined || executive.id === place.person ? [] : [executive.id];
  }
  if (kinds[kind].ladder === 'drafts') return [];
  return inOrder.filter((person) => person.role === 'coordinator' && person.id !== place.person).map((person) => person.id);
}
