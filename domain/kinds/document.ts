import { each, together } from '../asks/seats.js';
import { finishOf } from '../lengths.js';
import type { StepId } from '../steps.js';
import { later, nextVersion, ownDue } from './dates.js';
import { type Kind, line, long, ordinary } from './kind.js';

const ofCoordinators: readonly StepId[] = ['diagnosis', 'call-writing', 'restitution'];

/** Write a document: coordinators theirs, without end; the applicant the roadmap; evaluators the impact analysis. */
export const document: Kind = {
  ...ordinary,
  seats: ({ ask, project, inRole }) => {
    if (ask.step === 'roadmap') return each(project === undefined ? [] : [project.applicant]);
    return ask.step === 'impact-analysis' ? together(inRole('evaluator'), 'evaluators') : together(inRole('coordinator'), 'coordinators');
  },
  seating: 'one-for-all',
  waitsForItsDay: ({ step }) => step === 'restitution',
  due: (ask, day1, context) => {
    if (ask.step === 'restitution') return later(context.plan.target, day1);
    return ask.version > 1 ? finishOf(day1, nextVersion, context.calendar) : ownDue(ask, day1, context);
  },
  endless: (step) => ofCoordinators.includes(step),
  versions: 'written',
  holdsUp: true,
  form: (step) => (step === 'roadmap' || step === 'restitution' ? step : undefined),
  fixed: () => [line('title')],
  fields: () => [line('title'), long('body')],
};
