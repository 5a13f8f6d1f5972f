import { awaited, between } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { coordination, coordinators, countOf } from './common.js';

/** What the jury decided, and why. */
export const deliberation: KindWords<'deliberation'> = {
  page: {
    title: () => 'What did the jury decide?',
    lead: ({ form }) =>
      `Retain ${countOf(form, 'project')}. The scores inform the deliberation, they do not replace it: write down the reasons.`,
    why: coordination,
    next: () => 'the decision is put to approval; no letter leaves before',
    button: 'Record the deliberation',
    done: 'The deliberation is recorded',
    noun: 'deliberation',
  },
  fields: () => ({
    retained: { label: 'The projects retained' },
    reserve: { label: 'In reserve', hint: 'Called if a retained project withdraws.' },
    reasons: { label: 'A reason for each application', hint: 'It is in its letter, in the place of the common ones.' },
    reason: { label: 'The common reasons', hint: 'In the letters of those that have no other.' },
    minutes: { label: 'For the minutes', hint: 'Read by those who approve; in no letter.' },
  }),
  lacking: 'the deliberation was not deposited.',
  mail: {
    awaited: ({ ask }) => awaited(ask.version > 1 ? 'A new deliberation of the jury' : 'The deliberation of the jury'),
    request: ({ ask, form }) =>
      `${ask.version > 1 ? 'The selection comes back with remarks. ' : ''}Please write what the jury decided: the projects retained (${between(form, 'en')}), those kept in reserve, and the reasons for this choice.`,
    why: () => coordinators,
    silence: () => 'no decision can be announced to the projects',
    after: () => 'The deliberation goes to approval; only then are decisions announced to the projects, all on the same day.',
    act: 'Write the deliberation',
    late: () => 'has not deposited the deliberation of the jury yet',
    thing: () => awaited('deliberation of the jury'),
  },
};
