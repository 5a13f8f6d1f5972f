import type { Candidate } from './selection.js';

/** What a decision letter says. */
export type Fate = 'retained' | 'reserve' | 'not-retained';

/** A decision letter, and whom it is for. */
export interface Letter {
  application: string;
  person: string;
  fate: Fate;
}

/**
 * The decision letters: one to everybody who submitted, but those who were told out when it happened. That all leave together, once the selection is
 * approved, is the story's: workflows/pitch.ts (programme.md, `selection-approval`).
 */
export const lettersOf = (
  applications: readonly (Pick<Candidate, 'id' | 'person' | 'state' | 'out'> & { fate: Fate | null })[],
): Letter[] =>
  applications
    .filter(({ state, out }) => state === 'submitted' && !out)
    .map(({ id, person, fate }) => ({ application: id, person, fate: fate ?? 'not-retained' }));
