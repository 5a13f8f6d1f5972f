import type { Field } from '../asks/forms.js';
import { sessionTime } from '../asks/ladder.js';
import { together } from '../asks/seats.js';
import { choice, type Kind, long, ordinary } from './kind.js';

const people = (name: string): Field => ({ type: 'number', name, required: false, min: 0, max: 100_000 });
const fixed = (): Field[] => [choice('held', ['yes', 'no']), people('attendance'), people('newcomers')];

/** Was a session in the field held? Known before, asked in the evening of its day. */
export const session: Kind = {
  ...ordinary,
  seats: ({ project }) => together(project === undefined ? [] : [project.applicant], 'host'),
  seating: 'one-for-all',
  waitsForItsDay: () => true,
  opensAt: (_, { due }, { calendar }) => calendar.instantAt(due, sessionTime),
  due: ({ part }, day1) => part ?? day1,
  staysOpen: 5,
  ladder: 'session',
  announced: true,
  form: () => 'session',
  fixed,
  fields: () => [...fixed(), long('indicators', false)],
  checks: ({ attendance, newcomers }) =>
    typeof attendance === 'number' && typeof newcomers === 'number' && newcomers > attendance
      ? [{ field: 'newcomers', problem: 'more-than-came' }]
      : [],
  decision: 'held',
  lack: (result, outcome) => (result === 'no' ? 'not-held' : (outcome ?? 'none')),
};
