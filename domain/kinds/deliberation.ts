import { finishOf } from '../lengths.js';
import { allIfFewer, isHeard } from '../selection.js';
import { workingDays } from './dates.js';
import { each, type Kind, long, ofCoordinators } from './kind.js';

const length = workingDays(2);

/** What the jury decided, with its reasons: within the edition's minimum and maximum – all, if fewer. */
export const deliberation: Kind = {
  ...ofCoordinators,
  judges: () => true,
  due: (_, day1, { calendar }) => finishOf(day1, length, calendar),
  versions: 'written',
  fields: ({ applications, min, max }) => [
    { type: 'options', name: 'retained', options: applications, min, max },
    { type: 'options', name: 'reserve', options: applications, min: 0, max: applications.length },
    ...each('reasons', applications),
    long('reason'),
    long('minutes', false),
  ],
  checks: ({ retained, reserve }) =>
    Array.isArray(retained) && Array.isArray(reserve) && reserve.some((id) => retained.includes(id))
      ? [{ field: 'reserve', problem: 'overlap' }]
      : [],
  chosen: ({ retained }, heard) => allIfFewer(retained, heard),
  reads: { ...ofCoordinators.reads, applications: isHeard, marks: () => true },
};
