/** The page of one's preferences, in English. */
import type { PreferencesWords } from '../fr/preferences.js';

/** The words of the preferences page. */
export const preferences: PreferencesWords = {
  title: 'Your preferences',
  heading: 'What you receive',
  lead: (name, edition) => `${name}, these choices hold for the edition “${edition}”, and for it alone.`,
  digest: {
    legend: 'The weekly digest',
    hint: 'One message on Mondays at 9:00: what has moved, what is asked of you, what comes. None leaves when nothing has moved.',
    on: 'I receive it',
    off: 'I do not receive it',
  },
  language: { legend: 'The language', hint: 'Of messages and pages.', fr: 'Français', en: 'English' },
  button: 'Save',
  saved: { on: 'Saved. You receive the weekly digest.', off: 'Saved. You no longer receive the weekly digest.' },
  calendar: {
    title: 'Your calendar',
    open: 'See your dates, and subscribe to them',
    why: 'If the address of your calendar has reached somebody else, give it a new one: the old one will say nothing any more, and you will have to subscribe again.',
    renew: 'Give my calendar a new address',
    renewed: 'Done: the old address of your calendar says nothing any more. Subscribe to the new one.',
  },
  always: {
    title: 'What always arrives',
    items: [
      'Requests and their reminders: the programme stops where an answer is missing. All of it stops as soon as you answer, or name somebody else from the page of the request.',
      'Decisions that concern you: these messages are the only way you are told.',
      'Calendar invitations: a date that changes cannot wait.',
      'Receipts: they tell you that your answer has arrived.',
    ],
    otherwise: (name, email) => `You no longer take part in this edition? Write to ${name} (${email}).`,
  },
  stopped: {
    title: 'You no longer receive the weekly digest',
    body: 'Requests made to you and decisions that concern you keep arriving. To receive it again, open “Your preferences”, at the bottom of each message.',
  },
  locked: {
    title: 'This page opens from a mail',
    body: 'Open “Your preferences”, at the bottom of each message you got. The link is yours alone; after a change of address, only those of messages got since open this page.',
  },
};
