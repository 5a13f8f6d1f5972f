import { each } from '../asks/seats.js';
import { atNine } from './dates.js';
import { type Kind, long, ordinary } from './kind.js';

/** The needs, as seen from one's own place. */
export const interview: Kind = {
  ...ordinary,
  seats: ({ edition }) => each(edition.interviews),
  opensAt: ({ after }, { day1 }, context) => (after === undefined ? atNine(day1, context) : context.at), // the edition begins with it
  addsUp: true,
  form: () => 'interview',
  fields: () => [long('problems'), long('existing', false), long('missing', false), long('leads', false)],
};
