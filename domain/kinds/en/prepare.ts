import { dateInWords } from '../../instants.js';
import { application, awaited, spaced } from '../../phrases.js';
import type { AskView } from '../../view.js';
import type { KindWords } from '../words.js';
import { juryDay, theApplication } from './common.js';

const forProject = (view: AskView) => {
  const title = application(view, 'en');
  return title === undefined ? '' : ` for ${title}`;
};

/** The shortlisted confirm and send their material. */
export const prepare: KindWords<'prepare'> = {
  page: {
    title: (view) =>
      `Will you come and present ${view.application?.title ? theApplication(view) : 'your project'} to the jury${view.event ? ` on ${dateInWords(view.event.on, view, 'en')}` : ''}?`,
    lead: () => 'Your application is shortlisted. Confirm that you come, and give the jury what it should read before it hears you.',
    why: () => 'your application is one of those the jury wants to hear',
    next: () => 'the coordinators give you your time of passage; the jury reads your documents before it hears you',
    button: 'Send my answer',
    done: 'Your answer is recorded',
    noun: 'preparation of the pitch',
  },
  fields: () => ({
    confirm: {
      label: 'Your answer',
      options: {
        yes: { label: 'Yes, I will come', hint: 'The coordinators will give you your time of passage.' },
        no: { label: 'No, I withdraw', hint: 'Your application will not be presented to the jury.' },
      },
    },
    material: { label: 'What the jury should read before', hint: 'A text, or the web addresses of your documents.' },
  }),
  lacking: 'no applicant confirmed that they come.',
  mail: {
    awaited: () => awaited('Your confirmation'),
    topic: () => 'your pitch before the jury',
    request: (view) =>
      `Your project${spaced(application(view, 'en'))} is shortlisted for the jury${juryDay(view)}. Please confirm that you will come and deposit what jurors should read before they hear you.`,
    why: () => 'This application is yours.',
    silence: () => 'your application leaves the selection',
    after: () => 'You will get the running order and an invitation for your calendar.',
    act: 'Confirm and deposit',
    late: () => 'has not confirmed their pitch before the jury yet',
    thing: (view) => awaited(`pitch before the jury${forProject(view)}`),
  },
};
