import { dateInWords } from '../../instants.js';
import { awaited, dayOf, project } from '../../phrases.js';
import type { AskView } from '../../view.js';
import type { KindWords } from '../words.js';
import { onDay } from './common.js';

const titled = (view: AskView) => (view.project === undefined ? '' : ` of ${project(view, 'en')}`);
const forProject = (view: AskView) => (view.project === undefined ? '' : `, ${project(view, 'en')}`);

/** One field session: announced two working days before, asked about at 18:00 of its day. */
export const session: KindWords<'session'> = {
  page: {
    title: (view) => `Did the session${onDay(view.ask.part, view)} take place?`,
    lead: () => 'One minute is enough: say whether it took place, how many people came and what you measured.',
    why: ({ person }) => (person.role === 'applicant' ? 'you lead this project' : 'you host this session'),
    next: () => 'these measures make the evidence; if the session was not held, the coordinators move it or drop it with you',
    button: 'Send',
    done: 'The session is recorded',
    noun: 'field session',
  },
  fields: () => ({
    held: {
      label: 'Your answer',
      options: {
        yes: { label: 'Yes, it took place' },
        no: { label: 'No', hint: 'The coordinators will decide to move it or drop it.' },
      },
    },
    attendance: { label: 'How many people came?', hint: 'A number, zero included.' },
    newcomers: { label: 'How many of them for the first time?', hint: 'They make the people reached by the project: each counts once.' },
    indicators: { label: 'What you measured', hint: 'The indicators of the roadmap, as they are.' },
  }),
  lacking: 'nothing was recorded for the session.',
  mail: {
    awaited: (view) => awaited(`Feedback on the session of ${dateInWords(dayOf(view), view, 'en')}`),
    topic: (view) => (view.project === undefined ? undefined : project(view, 'en')),
    headline: (view, _moment, rung) => {
      const day = dateInWords(dayOf(view), view, 'en');
      if (view.ask.openedAt === null) return `Your session takes place on ${day}`;
      return rung === 'opening' ? `How did the session of ${day} go?` : `Feedback on the session of ${day} is still missing`;
    },
    request: (view) => {
      const day = dateInWords(dayOf(view), view, 'en');
      return view.ask.openedAt === null
        ? `The session${titled(view)} takes place on ${day}. Nothing to do today: that evening we will ask you whether it was held, how many people came and what the indicators say.`
        : `Was the session${titled(view)} held on ${day}? Please say so, with the number of people present and the indicators you noted.`;
    },
    why: (view) => (view.person.role === 'applicant' ? 'This project is yours.' : 'You host the sessions of this project.'),
    silence: () => 'the session will be recorded as not reported, and the coordinators will have to decide',
    after: () => 'These measures are the evidence of the impact analysis. If the session was not held, the coordinators move or drop it.',
    act: 'Report on the session',
    late: (view) => `has not reported on the session of ${dateInWords(dayOf(view), view, 'en')} yet`,
    thing: (view) => awaited(`feedback on the session of ${dateInWords(dayOf(view), view, 'en')}${forProject(view)}`),
  },
};
