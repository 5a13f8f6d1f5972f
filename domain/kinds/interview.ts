import { each } from '../asks/seats.js';
import { atNine } from './dates.js';
import { type Kind, long, ordinary } from './kind.js';

/** What it asks where the edition's file says no grid of its own; the first has to be answered. */
export const interviewQuestions = ['problems', 'existing', 'missing', 'leads'] as const;

/** The needs, as seen from one's own place. */
export const interview: Kind = {
  ...ordinary,
  seats: ({ edition }) => each(edition.interviews),
  opensAt: ({ after }, { day1 }, context) => (after === undefined ? atNine(day1, context) : context.at), // the edition begins with it
  addsUp: true,
  form: () => 'interview',
  fields: () => interviewQuestions.map((question, n) => long(question, n === 0)),
};
