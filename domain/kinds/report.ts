import type { Field } from '../asks/forms.js';
import { together } from '../asks/seats.js';
import { type Kind, long, ordinary } from './kind.js';

const rating = (name: string): Field => ({ type: 'number', name, required: false, min: 1, max: 5 });

const fixed = (): Field[] => [rating('economic'), rating('social')];

/** What came of it: one of the applicant, one of the directorate, one of the evaluators. */
export const report: Kind = {
  ...ordinary,
  seats: ({ project, inRole }) => {
    if (project === undefined) return [];
    const own = [...together([project.applicant], 'applicant'), ...together([project.directorate], 'directorate')];
    const others = inRole('evaluator').filter((person) => !own.some((one) => one.person === person));
    return [...own, ...together(others, 'evaluators')];
  },
  seating: 'by-group',
  addsUp: true,
  holdsUp: true,
  form: () => 'report',
  fixed,
  fields: () => [long('body'), ...fixed()],
};
