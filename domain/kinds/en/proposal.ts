import { awaited, project } from '../../phrases.js';
import type { AskView } from '../../view.js';
import type { KindWords } from '../words.js';
import { theProject } from './common.js';

const carriedBy = ({ project: theirs }: AskView) => (theirs ? `${theirs.directorate} carries this project` : 'you carry this project');

/** Agreement, scale-up or end. */
export const proposal: KindWords<'proposal'> = {
  page: {
    title: (view) => `Which outcome do you propose for ${theProject(view)}?`,
    lead: () => 'An agreement, a scale-up or an end, with its terms. Rely on the reports and on the impact analysis.',
    why: carriedBy,
    next: () => 'your proposal is frozen and put to approval',
    button: 'Deposit the proposal',
    done: 'Your proposal is deposited',
    noun: 'proposed outcome',
  },
  fields: () => ({
    outcome: {
      label: 'Your proposal',
      options: {
        agreement: { label: 'An agreement', hint: 'The authority and the project commit to what comes next.' },
        'scale-up': { label: 'A scale-up', hint: 'What was tried with a few is offered to many.' },
        end: { label: 'An end', hint: 'The experiment stops here; what was learnt is presented.' },
      },
    },
    terms: { label: 'The terms', hint: 'Duration, means, people reached, who does what.' },
  }),
  lacking: 'no outcome was proposed.',
  mail: {
    awaited: ({ ask }) => awaited(ask.version > 1 ? 'A new proposal for what comes next' : 'Your proposal for what comes next'),
    topic: (view) => project(view, 'en'),
    request: (view) =>
      `${view.ask.version > 1 ? 'Your proposal comes back with remarks. ' : ''}What do you propose for ${project(view, 'en')}: an agreement, a scale-up, or the end of the experiment? Please give its terms.`,
    why: () => 'Your directorate carries this experiment.',
    silence: () => 'the coordinators will have to decide what becomes of the project',
    after: () => 'Your proposal goes to approval.',
    act: 'Propose an outcome',
    late: (view) => `has not proposed an outcome for ${project(view, 'en')} yet`,
    thing: (view) => awaited(`proposal for ${project(view, 'en')}`),
  },
};
