import { dateInWords } from '../../instants.js';
import { awaited, between } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { coordination, coordinators, countOf } from './common.js';

/** Which applications are heard by the jury? */
export const shortlist: KindWords<'shortlist'> = {
  page: {
    title: () => 'Which applications will the jury hear?',
    lead: ({ form }) => `Choose ${countOf(form, 'application')} among the eligible ones, and say why.`,
    why: coordination,
    next: () => 'the shortlisted applicants confirm that they come; jurors declare their interests before they read anything',
    button: 'Record the shortlist',
    done: 'The shortlist is recorded',
    noun: 'shortlist',
  },
  fields: () => ({
    applications: { label: 'The applications to hear' },
    reasons: { label: 'A reason for each application set aside', hint: 'It is in its letter, in the place of the common one.' },
    reason: { label: 'What guided your choice', hint: 'The common reason, in the letters of those that have no other.' },
  }),
  lacking: 'no application was shortlisted.',
  mail: {
    awaited: () => awaited('The list of shortlisted projects'),
    request: ({ form }) => `Among the eligible applications, please choose ${between(form, 'en')} for the jury, and say why.`,
    why: () => coordinators,
    silence: () => 'nobody can be invited to prepare their pitch',
    after: (view) =>
      `The shortlisted projects are invited at once to prepare their pitch${view.event === undefined ? '' : ` on ${dateInWords(view.event.on, view, 'en')}`}.`,
    act: 'Choose the projects',
    late: () => 'has not settled the shortlist yet',
    thing: () => awaited('shortlist'),
  },
};
