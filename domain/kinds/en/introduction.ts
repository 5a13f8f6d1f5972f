import { awaited, inline, project, quoted } from '../../phrases.js';
import type { AskView } from '../../view.js';
import type { KindWords } from '../words.js';

const otherIn = ({ pair, person }: AskView) => (person.role === 'applicant' ? pair?.other : pair?.applicant);
const other = (view: AskView) => otherIn(view) ?? 'the person suggested';
const otherSide = (view: AskView) => inline(otherIn(view) ?? 'the other person');
const purpose = ({ pair }: AskView) => (pair === undefined || pair.purpose.trim() === '' ? '' : ` Purpose: ${inline(pair.purpose, 200)}.`);
const pairTitle = (view: AskView) => (view.pair === undefined ? project(view, 'en') : quoted(view.pair.project, 'en'));

/** One introduction: each side says whether it took place. */
export const introduction: KindWords<'introduction'> = {
  page: {
    title: (view) => `Have you met ${other(view)}?`,
    lead: ({ pair }) =>
      pair
        ? `The project “${pair.project}” needs this meeting${pair.purpose ? `: ${pair.purpose}` : '.'}`
        : 'Say whether the suggested meeting took place.',
    why: ({ person }) => (person.role === 'applicant' ? 'you lead this project' : 'you can help this project find its place'),
    next: () => 'the other side is asked the same; what comes of the meetings feeds the roadmap',
    button: 'Send my answer',
    done: 'Your answer is recorded',
    noun: 'introduction',
  },
  fields: () => ({
    met: {
      label: 'Your answer',
      options: {
        met: { label: 'Yes, we met' },
        'not-possible': { label: 'No, it was not possible', hint: 'Say why in a word, if you like.' },
      },
    },
    remarks: { label: 'What came of it' },
  }),
  lacking: 'the suggested meetings did not take place.',
  mail: {
    awaited: () => awaited('Your feedback'),
    topic: (view) => `your meeting with ${otherSide(view)}`,
    request: (view) =>
      `For ${pairTitle(view)}, we would like you to meet ${otherSide(view)}.${purpose(view)} Please meet, then say whether you have met, or that it is not possible.`,
    why: (view) =>
      view.person.role === 'applicant'
        ? 'This project is yours.'
        : 'The coordinators thought that you could help this project to start well.',
    silence: () => 'the meeting will be taken as not confirmed, and the project will go on without it',
    after: () => 'Your feedback is read by the coordinators; nothing else is asked of you.',
    act: 'Say how it went',
    late: (view) => `has not said yet whether the meeting for ${pairTitle(view)} took place`,
    thing: (view) => awaited(`introduction for ${pairTitle(view)}`),
  },
};
