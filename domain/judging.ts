import type { AskKey } from './asks.js';
import { kinds } from './kinds/index.js';

/** Whether an ask judges applications: sorting, reading and scoring them, or approving what was selected. */
export const judgesApplications = ({ kind, step }: Pick<AskKey, 'kind' | 'step'>): boolean => kinds[kind].judges(step);

/**
 * An applicant may not judge: nobody who submitted an application of the edition can be named to answer in a place that judges applications. Whoever
 * the file puts there is put by the coordinators, and declares their interests like the others (domain/jury.ts).
 */
export const mayHoldSeat = (ask: Pick<AskKey, 'kind' | 'step'>, { hasSubmitted }: { hasSubmitted: boolean }): boolean =>
  !(hasSubmitted && judgesApplications(ask));
