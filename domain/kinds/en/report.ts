import { awaited, project } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { asRole, theProject } from './common.js';

/** The reader's own report on an experiment. */
export const report: KindWords<'report'> = {
  page: {
    title: (view) => `What do you make of ${theProject(view)}?`,
    lead: () =>
      'Your view counts as much as the figures: what the experiment changed, what was missing, and whether it can be done elsewhere.',
    why: (view) => `the project owner, the host directorate and the evaluation each report; you are the ${asRole(view)}`,
    next: () => 'the three reports are joined to the proposed outcome, which is put to approval',
    button: 'Send my report',
    done: 'Your report is recorded',
    noun: 'report',
  },
  fields: () => ({
    body: { label: 'Your report', hint: 'What changed, for whom; what was missing; what it would take to do it again.' },
    economic: { label: 'Can it be done elsewhere, economically?', hint: 'From 1 (hardly) to 5 (at once).' },
    social: { label: 'Can it be done elsewhere, socially?', hint: 'From 1 (hardly) to 5 (at once).' },
  }),
  lacking: 'no report was received.',
  mail: {
    awaited: () => awaited('Your report'),
    topic: (view) => `experiment ${project(view, 'en')}`,
    request: (view) =>
      `What do you take away from the experiment ${project(view, 'en')}? Please say what it changed, what held it back, and whether it can be replicated elsewhere, on its economic and its social side.`,
    why: ({ person }) =>
      person.role === 'applicant'
        ? 'This project is yours.'
        : person.role === 'directorate'
          ? 'Your directorate carries this experiment.'
          : 'You are in charge of impact evaluation in this edition.',
    silence: () => 'the evaluation will be made with the reports received',
    after: () => 'The reports are put together; the line directorate then proposes an outcome.',
    act: 'Write my report',
    late: (view) => `has not handed in their report on the experiment ${project(view, 'en')} yet`,
    thing: (view) => awaited(`report on the experiment ${project(view, 'en')}`),
  },
};
