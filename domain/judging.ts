import type { AskKey } from './asks.js';
import { kinds } from './kinds/index.js';

/** Whether an ask judges applications: sorting, reading and scoring them, or approving what was selected. */
export const judgesApplications = ({ kind, step }: Pick<AskKey, 'kind' | 'step'>): boolean => kinds[kind].judges(step);

/**
 * An applicant may not judge: whoever submitted an application of the edition is put on no seat that judges applications
 * (programme.md, "pitch": who has an interest neither reads nor scores).
 */
export const mayHoldSeat = (ask: Pick<AskKey, 'kind' | 'step'>, { hasSubmitted }: { hasSubmitted: boolean }): boolean =>
  !(hasSubmitted && judgesApplications(ask));
