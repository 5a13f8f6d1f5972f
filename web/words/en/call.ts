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
    'Give a name and an address: a personal link is sent to you. It brings you back to your draft, on any device, until the closing.',
  name: 'Your name',
  email: 'Your mail address',
  title: 'The name of your solution',
  titleHint: 'You can change it later.',
  button: 'Start',
  sentTitle: 'Look at your mail',
  sent: (email) => `We have sent a link to ${email}. It opens your draft; keep it, it is yours alone.`,
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

Who reads: the coordinators read your answers; those who approve read the frozen documents; jurors only read the applications they have no tie with.

One cookie, strictly necessary, stands for the link of your mail while your browser is open. It serves nothing else.

Your rights: access, correction, erasure, objection. Write to the person named at the bottom of your mail.`,
  },
};
