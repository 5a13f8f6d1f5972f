import { dateInWords } from '../../instants.js';
import { awaited, capital, dayOf, inline, project } from '../../phrases.js';
import type { AskView } from '../../view.js';
import type { KindWords } from '../words.js';
import { coordination, coordinators, onDay } from './common.js';
import { documents } from './document.js';

const body = ({ event }: AskView) => (event?.body === undefined ? 'Sitting' : capital(inline(event.body)));
const file = (view: AskView) => (view.project === undefined ? 'The file' : `The file ${project(view, 'en')}`);

/** What a deliberative body decided. */
export const sitting: KindWords<'sitting'> = {
  page: {
    title: (view) => `What did the sitting${onDay(view.event?.on ?? view.ask.part, view)} decide?`,
    lead: (view) => `Say what the assembly decided about ${documents(view).approved}.`,
    why: coordination,
    next: () => 'adopted, the programme goes on; adjourned, the next sitting is aimed at and the dates are worked out again',
    button: 'Record the decision',
    done: 'The decision is recorded',
    noun: 'sitting',
  },
  fields: () => ({
    decision: {
      label: 'The decision',
      options: {
        adopted: { label: 'Adopted' },
        adjourned: { label: 'Adjourned', hint: 'The next sitting is aimed at; the dates are worked out again.' },
        rejected: { label: 'Rejected', hint: 'As a refusal; say why.' },
      },
    },
    remarks: { label: 'Remarks', hint: 'Needed if the decision is a rejection.', conditional: true },
  }),
  lacking: 'the sitting has not given its decision yet.',
  mail: {
    awaited: () => awaited('The outcome of the sitting'),
    topic: (view) => (view.project === undefined ? undefined : project(view, 'en')),
    headline: (view, moment) =>
      `${body(view)} of ${dateInWords(dayOf(view), view, 'en')}: ${moment === 'past' ? 'the decision is still to be recorded' : 'what was decided?'}`,
    request: (view) =>
      `${file(view)} is on the agenda of ${dateInWords(dayOf(view), view, 'en')}${view.event?.body === undefined ? '' : ` (${inline(view.event.body)})`}. After the sitting, please say whether it was adopted, adjourned or rejected.`,
    why: () => coordinators,
    silence: () => 'what becomes of the project stays open',
    after: () => 'Adopted, the file is closed; adjourned, it goes to the next sitting; rejected, the experiment ends.',
    act: 'Record the decision',
    late: (view) => `has not recorded the decision of the sitting of ${dateInWords(dayOf(view), view, 'en')} yet`,
    thing: (view) => awaited(`decision of the sitting of ${dateInWords(dayOf(view), view, 'en')}`),
  },
};
