/** The page of a private calendar, in English. */
import type { CalendarWords } from '../fr/calendar.js';

/** The words of the calendar's page. */
export const calendar: CalendarWords = {
  title: { person: 'Your calendar', edition: 'The calendar of the edition' },
  whole: 'the whole edition',
  lead: {
    person: (edition) =>
      `Your dates in the edition “${edition}”, and the answers expected of you. Nothing in it blocks your time: these are landmarks.`,
    edition: (edition) => `Every date of the edition “${edition}”, without the name of any person.`,
  },
  subscribe: 'Subscribe',
  open: 'Subscribe with my application',
  otherwise:
    'If nothing opens, add a calendar “from an address” (Outlook: “Subscribe from web”; Google Calendar: “From URL”) and paste this one:',
  secret: {
    person:
      'This address is yours: whoever has it can read these dates, and answer nothing. You can change it from your preferences, at the foot of each message.',
    edition: 'Whoever has this address can read these dates, and nothing else. The command “troismains cohort calendar” gives a new one.',
  },
  download: 'Download the file, without its updates',
  ahead: 'What comes',
  none: 'No date to come for now.',
  days: (from, until) => `from ${from} to ${until}`,
};
