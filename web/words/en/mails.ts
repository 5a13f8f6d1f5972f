/** The words of an edition's mails, in English. */
import type { MailWords } from '../fr/mails.js';

/** Lists of mails, and one mail. */
export const mailWords: MailWords = {
  title: 'Mails',
  views: {
    label: 'Which mails',
    left: 'Left',
    coming: 'To come',
    waiting: 'Waiting for somebody',
    lead: {
      left: 'The most recent first.',
      coming: 'What leaves by itself if nobody answers, until each open ask ends; each can be read as it would be written today.',
      waiting: 'What does not leave without you: held by hand, given up, uncertain, or come back.',
    },
    none: {
      left: 'No mail that left is to be shown here.',
      coming: 'No mail to come is to be shown here.',
      waiting: 'No mail waits for anybody here.',
    },
  },
  filter: { who: 'Recipient', state: 'State', ask: 'Ask', any: 'any', all: 'all', returned: 'came back', button: 'Filter' },
  cut: (n: number) => `Of a request to more than ${n} people only the first ${n} are shown here: look for the others by name.`,
  act: 'Acts',
  now: 'Send now…',
  coming: 'to come',
  heldBy: (who: string, when: string) => `by ${who}, on ${when}`,
  about: (what: string, who: string) => `${what}, about ${who}`,
  notYet: 'A mail to come',
  asToday: 'It is not written yet: this is how it would be today.',
  nothingToSay: 'Nothing of it can be shown yet: the person has no place in the ask, or there is nothing left to say in it.',
  when: 'When',
  to: 'To',
  subject: 'Subject',
  state: 'State',
  asWritten: 'The message',
  plain: 'The same as text',
  blanked: 'Personal links are blanked here.',
};
