import { dateInWords } from '../../instants.js';
import { awaited } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { asRole, juryDay } from './common.js';

/** Will you sit on the jury? */
export const seat: KindWords<'seat'> = {
  page: {
    title: (view) => `Will you sit on the jury${view.event ? ` on ${dateInWords(view.event.on, view, 'en')}` : ''}?`,
    lead: () => 'The jury hears the applicants and scores their projects. Each juror scores alone; scores are shown once all have scored.',
    why: (view) => `you are expected on the jury as ${asRole(view)}`,
    next: () => 'if you sit, you will receive the list of applications, to declare any interest, then the files',
    button: 'Send my answer',
    done: 'Your answer is recorded',
    noun: 'seat on the jury',
  },
  fields: () => ({
    seat: {
      label: 'Your answer',
      options: {
        yes: { label: 'Yes, I will sit', hint: 'You will receive the applications the same way.' },
        no: { label: 'No, I will not sit', hint: 'Nothing else will be asked of you for this jury.' },
      },
    },
  }),
  lacking: 'fewer than two jurors confirmed their seat.',
  tooFew: { thing: 'incomplete jury', sentence: 'Fewer than two people have agreed to sit on the jury.' },
  mail: {
    awaited: () => awaited('Your answer'),
    topic: () => 'will you sit on the jury?',
    request: (view) =>
      `You are invited to sit on the jury that will hear the shortlisted projects${juryDay(view)}. Please confirm your seat, or say that you cannot come.`,
    why: () => 'Your name is in the jury of this edition.',
    silence: () => 'the jury will be formed without you',
    after: () => 'Before the jury you will declare your interests, then get the applications to read.',
    act: 'Confirm my seat',
    late: () => 'has not confirmed their seat on the jury yet',
    thing: () => awaited('seat on the jury'),
  },
};
