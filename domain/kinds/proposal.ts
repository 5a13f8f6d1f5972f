import { each } from '../asks/seats.js';
import { dayBefore, stagesFrom } from '../circuits.js';
import { finishOf } from '../lengths.js';
import { nextVersion } from './dates.js';
import { choice, type Kind, long, ordinary } from './kind.js';

/** What comes after a trial, proposed by the project's directorate. */
export const proposal: Kind = {
  ...ordinary,
  seats: ({ project }) => each(project === undefined ? [] : [project.directorate]),
  seating: 'one-for-all',
  due: (_, day1, { calendar }) => finishOf(day1, nextVersion, calendar),
  lastDay: (ask, latest, { edition, calendar }) => dayBefore(stagesFrom(ask, edition), latest, calendar),
  versions: 'written',
  holdsUp: true,
  fields: () => [choice('outcome', ['agreement', 'scale-up', 'end']), long('terms')],
  decision: 'outcome',
};
