/** What selecting knows of an application. */
export interface Candidate {
  id: string;
  person: string;
  state: 'draft' | 'submitted';
  eligible: boolean | null;
  shortlisted: boolean;
  out: boolean;
}

/** At least and at most so many. */
export interface Range {
  min: number;
  max: number;
}

/** Who the jury hears: the shortlisted who did not leave the selection. */
export const isHeard = ({ shortlisted, out }: Pick<Candidate, 'shortlisted' | 'out'>): boolean => shortlisted && !out;

/** A shortlist, and what the jury retains, has between its minimum and its maximum of those there are: all of them, if they are fewer (programme.md, `shortlist`, `deliberation`). */
export const allIfFewer = ({ min, max }: Range, there: number): Range => ({ min: Math.min(min, there), max: Math.min(max, there) });
