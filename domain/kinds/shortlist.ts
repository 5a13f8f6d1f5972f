import { allIfFewer } from '../selection.js';
import { each, type Kind, long, ofCoordinators } from './kind.js';

/** Which of the eligible applications the jury hears: within the edition's minimum and maximum – all, if fewer. */
export const shortlist: Kind = {
  ...ofCoordinators,
  judges: () => true,
  fields: ({ applications, min, max }) => [
    { type: 'options', name: 'applications', options: applications, min, max },
    ...each('reasons', applications),
    long('reason'),
  ],
  chosen: ({ shortlist }, eligible) => allIfFewer(shortlist, eligible),
  reads: { ...ofCoordinators.reads, applications: ({ eligible }) => eligible === true },
};
