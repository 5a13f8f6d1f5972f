/** The public call and the pages that stand alone, in English. */
import type { CallWords } from '../fr/call.js';

/** The words of the public call for applications. */
export const call: CallWords = {
  kicker: 'Call for applications',
  dates: 'Dates',
  openUntil: (opens, closes) => `open since ${opens}; it closes on ${closes}`,
  notYet: (opens) => `The call opens on ${opens}. Come back then: no application is taken before.`,
  closed: (closes) => `The call closed on ${closes}. No application can be submitted any more.`,
  needs: 'The needs',
  start: 'Start an application',
  startLead:
    'Give a name and an address: a link is sent there. The application starts when you open it; then it brings you back to your draft.',
  name: 'Your name',
  email: 'Your mail address',
  title: 'The name of your solution',
  titleHint: 'You can change it later.',
  button: 'Get the link',
  sentTitle: 'Look at your mail',
  sent: (email, { name, email: contact }) =>
    `A link is on its way to ${email}. For seven days it starts your application, or brings you back to it; nothing is started before.

Nothing within a few minutes? Look among the unwanted mail. A link you received earlier still works. Otherwise, write to ${name}, ${contact}.`,
  beginTitle: 'Start your application',
  begunTitle: 'Your application is started',
  begin: 'Start my application',
  goOn: 'Open my application',
  notMeTitle: 'This is not you?',
  notMeLead: 'Somebody gave your address. What was typed is erased at once, with the draft if there is one; what was submitted stays.',
  notMe: 'It was not me',
  forgottenTitle: 'It is erased',
  forgotten: 'What was typed with your address is erased. There is nothing else you need to do.',
  goneTitle: 'This link works no more',
  gone: 'A link to start an application works for seven days. Go back to the page of the call and give your address again: another one is sent to you.',
  correcting: 'The application that you have sent still counts: it changes only if you send this form again before the closing.',
  draft: 'This is a draft, not yet an application: nothing has been submitted.',
  started: (email) => `We have also sent a link to ${email}: it brings you back here, on any device.`,
  closesAt: 'Closing',
  closesFirm: (when) => `${when}, sharp`,
  save: 'Keep the draft',
  refused: 'Your draft did not become an application',
  accessibility: {
    title: 'Accessibility: not compliant',
    body: `This service has not been audited by a third party yet. French law then asks us to write “not compliant”, and we do.

What we check at every change: each page works by keyboard alone, without scripts, at 320 pixels wide; an automatic check (axe-core, WCAG 2.2 AA rules) finds no serious error; every field has a label, every error a link to its field.

What we know to be imperfect: the backward schedule is a drawing, entirely replaced by the table of dates below it.

A page resists you? Write to the person named at the bottom of your mail: they can take your answer another way and record it.`,
  },
  data: {
    title: 'Your data',
    body: `What we keep: your name, your mail address, your role, what you answer and when. Nothing else: no audience measurement, no hidden image in mails, no outside service.

Why: to run the edition you take part in, and to be able to say who decided what. The authority that runs the edition is responsible for it.

Who reads: the coordinators read your answers; those who approve the diagnosis read the interviews, and those who approve, the frozen documents; those who report on a project read what was said of its sessions; jurors only read the applications they have no tie with.

One cookie, strictly necessary, stands for the link of your mail while your browser is open. Whoever enters the console has three more: their session (twelve hours), the browser that asked for the link (an hour), and that it was used to enter before (ninety days). None serves anything else.

Your rights: access, correction, erasure, objection. Write to the person named at the bottom of your mail.`,
  },
};
