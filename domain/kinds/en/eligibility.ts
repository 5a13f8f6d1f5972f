import { application, awaited, spaced } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { coordination, coordinators, theApplication } from './common.js';

/** Is this application eligible? */
export const eligibility: KindWords<'eligibility'> = {
  page: {
    title: (view) => `Is ${theApplication(view)} eligible?`,
    lead: () => 'Say whether it meets the conditions of the call, and why. This is not yet a judgement of its quality.',
    why: coordination,
    next: () => 'eligible applications go on to the shortlist; the reason is kept',
    button: 'Record',
    done: 'The eligibility is recorded',
    noun: 'eligibility',
  },
  fields: () => ({
    eligible: {
      label: 'Your ruling',
      options: {
        yes: { label: 'Eligible', hint: 'It goes on to the shortlist.' },
        no: { label: 'Not eligible', hint: 'It goes no further; the reason is kept.' },
      },
    },
    reason: { label: 'The reason' },
  }),
  lacking: 'no application is eligible.',
  tooFew: { thing: 'no eligible application', sentence: 'No application is eligible: there is nothing to shortlist.' },
  mail: {
    awaited: () => awaited('Your ruling on eligibility'),
    topic: (view) => application(view, 'en') ?? 'application',
    request: (view) =>
      `Is the application${spaced(application(view, 'en'))} eligible? Please answer yes or no, with the reason: the applicant may read it.`,
    why: () => coordinators,
    silence: () => 'the shortlist waits',
    after: () => 'If eligible, the application goes on to the shortlist; otherwise it is set aside for the reason you give.',
    act: 'Read and answer',
    late: (view) => `has not ruled on the eligibility of the application${spaced(application(view, 'en'))} yet`,
    thing: (view) => awaited(`eligibility of the application${spaced(application(view, 'en'))}`),
  },
};
