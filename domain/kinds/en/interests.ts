import { awaited } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { juryDay } from './common.js';

/** Declare interests before reading. */
export const interests: KindWords<'interests'> = {
  page: {
    title: () => 'Do you have an interest in one of these applications?',
    lead: () =>
      'A family, professional, voluntary or financial tie. You will neither read nor score those you tick; the others will be opened to you.',
    why: () => 'you sit on the jury',
    next: () => 'the files of the applications you have no tie with are opened to you before the session',
    button: 'Send my declaration',
    done: 'Your declaration is recorded',
    noun: 'declaration of interests',
  },
  fields: () => ({
    conflicts: { label: 'The applications you have a tie with', hint: 'Tick nothing if you have none.' },
    nature: {
      label: 'The nature of the tie',
      hint: 'One sentence is enough; needed only if you ticked an application.',
      conditional: true,
    },
  }),
  lacking: 'no juror declared their interests.',
  mail: {
    awaited: () => awaited('Your declaration of interests for the jury'),
    request: () =>
      'Before you read the applications, please say whether anything ties you to one of them or to the people behind it. You will neither read nor score those; if there are none, please say so too.',
    why: () => 'You sit on the jury.',
    silence: () => 'you will be able neither to read nor to score the applications',
    after: (view) =>
      `The other applications are then open to you; scores are given on the day of the jury${juryDay(view).replace(' on ', ', ')}.`,
    act: 'Declare my interests',
    late: () => 'has not declared their interests yet',
    thing: () => awaited('declaration of interests'),
  },
};
