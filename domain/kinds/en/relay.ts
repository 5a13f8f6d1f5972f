import { awaited, deadline } from '../../phrases.js';
import type { KindWords } from '../words.js';

/** Will you spread the call? Ends with the call itself. */
export const relay: KindWords<'relay'> = {
  page: {
    title: () => 'Will you spread the call for applications?',
    lead: () =>
      'The call looks for solutions that have already worked elsewhere. The relay link given here is yours: it tells through whom a project came, and nothing else.',
    why: () => 'your network reaches project owners we do not know',
    next: () => 'the call closes by itself at the end of its last day',
    button: 'Send my answer',
    done: 'Your answer is recorded',
    noun: 'spreading the call',
  },
  fields: () => ({
    spread: {
      label: 'Your answer',
      options: {
        yes: { label: 'Yes, I will spread the call', hint: 'Thank you. Use the link given above: it is yours.' },
        no: { label: 'No, not this time', hint: 'We will not remind you about this call.' },
      },
    },
    remarks: { label: 'A word to the coordinators' },
  }),
  lacking: 'no relay answered.',
  mail: {
    awaited: () => awaited('Your answer'),
    topic: () => 'will you spread the call for applications?',
    request: (view) =>
      `The call for applications is open until ${deadline(view, 'en')}. Will you make it known in your network? The page has the text of the call and a link of your own.`,
    why: () => 'You are one of the relays of this edition.',
    silence: () => 'the call is closed',
    after: () => 'Your answer tells the team where the call circulates; nothing else is asked of you.',
    act: 'See the call and answer',
    late: () => 'has not said whether they will spread the call',
    thing: () => awaited('spreading of the call for applications'),
  },
};
