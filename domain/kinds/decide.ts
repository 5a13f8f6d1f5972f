import type { FormContext } from '../asks/forms.js';
import { finishOf } from '../lengths.js';
import { nextVersion } from './dates.js';
import { choice, type Kind, line, long, ofCoordinators, required } from './kind.js';

/** What to do about what is lacking. */
export const decide: Kind = {
  ...ofCoordinators,
  asSoonAsLacking: true,
  due: (_, day1, { calendar }) => finishOf(day1, nextVersion, calendar),
  fields: ({ choices, needsText }) => [
    choice('choice', choices),
    ...(choices.includes('move') ? [{ type: 'date', name: 'date', required: false } as const] : []),
    ...(needsText ? [line('title', false), long('body', false)] : []),
    long('reason'),
  ],
  checks: (answer, { needsText, taken = [] }) => {
    if (taken.some((day) => day === answer.date)) return [{ field: 'date', problem: 'same-day' }];
    if (answer.choice === 'move') return required(answer, 'date');
    return answer.choice === 'in-place' && needsText ? required(answer, 'title', 'body') : [];
  },
  decision: 'choice',
};

/** Whether deciding in place takes a text: a roadmap is then written in its applicant's name. */
export const takesText = ({ choices, step }: Pick<FormContext, 'choices' | 'step'>): boolean =>
  choices.includes('in-place') && step === 'roadmap';
