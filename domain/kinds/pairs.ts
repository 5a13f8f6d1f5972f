import { finishOf, startOf } from '../lengths.js';
import { workingDays } from './dates.js';
import { type Kind, long, ofCoordinators } from './kind.js';

const length = workingDays(5);

/** Whom a project should meet. Goes on without, in the end. */
export const pairs: Kind = {
  ...ofCoordinators,
  due: (_, day1, { calendar }) => finishOf(day1, length, calendar),
  lastDay: (_, latest, { calendar }) => calendar.add(startOf(latest, length, calendar), -1),
  endless: () => false,
  fields: ({ people }) => [{ type: 'options', name: 'people', options: people, min: 0, max: people.length }, long('purpose', false)],
  offers: ['field', 'directorate', 'expert', 'evaluator'],
};
