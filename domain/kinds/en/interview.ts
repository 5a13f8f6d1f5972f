import { awaited } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { asRole } from './common.js';

/** An interview of the diagnosis. */
export const interview: KindWords<'interview'> = {
  page: {
    title: () => 'Which social needs remain unanswered, from where you stand?',
    lead: () =>
      'A few lines are enough. Your answers feed the diagnosis from which the search for solutions starts; the coordinators and those who approve the diagnosis read them, with your name.',
    why: (view) => `you are interviewed as ${asRole(view)}; every view counts`,
    next: () => 'the coordinators compare all the interviews, write the diagnosis and have it approved',
    button: 'Send my answers',
    done: 'Your answers are recorded',
    noun: 'interview',
  },
  fields: () => ({
    problems: { label: 'Which acute problems do you see?', hint: 'Whom they touch, since when, how you can tell.' },
    existing: { label: 'What exists already?' },
    missing: { label: 'What is missing?' },
    leads: { label: 'Which leads do you see?', hint: 'An idea, a solution seen elsewhere, someone to meet.' },
  }),
  lacking: 'no interview was answered.',
  mail: {
    awaited: () => awaited('Your contribution to the cross interviews'),
    request: () =>
      'From where you stand, what are the most acute problems? Please also say what already exists, what is missing and the leads you see: a few lines are enough.',
    why: () => 'You are one of the people the team listens to in order to write the diagnosis.',
    silence: () => 'the diagnosis will be written without your point of view',
    after: () => 'Your answers feed the diagnosis, which the coordinators write and submit for approval.',
    act: 'Answer the interview',
    late: () => 'has not answered the interview yet',
    thing: () => awaited('answer to the cross interviews'),
  },
};
