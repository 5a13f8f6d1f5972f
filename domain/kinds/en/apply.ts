import { application, awaited, deadline, spaced } from '../../phrases.js';
import type { KindWords } from '../words.js';

/** A draft is not an application: reminders to those who hold one, until the call closes. */
export const apply: KindWords<'apply'> = {
  page: {
    title: () => 'Which solution do you propose?',
    lead: () =>
      'A draft is not an application: it must be submitted before the closing. Until then you can come back to it with the link you received by mail.',
    why: () => 'you started an application',
    next: () =>
      'the coordinators check that it is eligible, then the jury hears the shortlisted applications; you will be told in every case',
    button: 'Submit my application',
    done: 'Your application is submitted',
    noun: 'application',
  },
  fields: () => ({
    title: { label: 'The name of your solution' },
    organisation: { label: 'The name of your organisation', hint: 'An association, a company, a cooperative… or your own.' },
    team: { label: 'Your team', hint: 'Who does what, and since when.' },
    need: { label: 'The need it answers' },
    summary: {
      label: 'Your solution in a few paragraphs',
      hint: 'What it is, for whom, where it has already worked, what you would like to try here.',
    },
  }),
  lacking: 'the call closed without any application.',
  tooFew: { thing: 'no application', sentence: 'The call has closed without any application.' },
  mail: {
    awaited: () => awaited('Your application'),
    headline: (view, moment) =>
      moment === 'today'
        ? `Your application${spaced(application(view, 'en'))} is still a draft: the call closes today, ${deadline(view, 'en')}`
        : moment === 'past'
          ? undefined
          : `Your application${spaced(application(view, 'en'))} is still a draft: the call closes on ${deadline(view, 'en')}`,
    request: () => 'A draft is not an application: nobody will read it. Please complete it and submit it from the page.',
    why: () => 'You started an application with this address.',
    silence: () => 'the call is closed and the draft will not be examined',
    after: () => 'Once your application is submitted you get a receipt at once; it will be examined after the call closes.',
    act: 'Go on with my draft',
    late: () => 'has not submitted their application yet',
    thing: (view) => awaited(`application${spaced(application(view, 'en'))}`),
  },
};
