import type { ProjectOutcome } from './asks.js';
import type { CivilDate } from './calendar.js';
import type { Coming, News } from './digest.js';
import type { EventView } from './eventwords.js';
import type { Fate } from './letters.js';
import type { StepId } from './steps.js';
import { french } from './typography.js';
import type { AskView, EditionView } from './view.js';
import type { Locale } from './words.js';

/** The kinds of message that leave. */
export const templates = [
  'asks',
  'receipt',
  'link',
  'begin',
  'replaced',
  'handed-over',
  'letter',
  'told-out',
  'sent-back',
  'risk',
  'outcome',
  'ended',
  'back',
  'restitution',
  'undelivered',
  'calendar',
  'unreachable',
  'digest',
  'message',
] as const;
export type Template = (typeof templates)[number];

/** What each kind of mail is, for one that has no subject yet. */
export const MAIL_WORDS: Record<Locale, Readonly<Record<Template, string>>> = {
  fr: french({
    asks: 'Demande',
    receipt: 'Accusé de réception',
    link: 'Lien',
    begin: 'Début de candidature',
    replaced: 'Adresse remplacée',
    'handed-over': 'Demande confiée à quelqu’un d’autre',
    letter: 'Lettre de décision',
    'told-out': 'Candidature écartée',
    'sent-back': 'Version renvoyée',
    risk: 'Alerte de calendrier',
    digest: 'Point hebdomadaire',
    restitution: 'Restitution',
    unreachable: 'Adresse injoignable',
    outcome: "Suite d'un projet",
    ended: "Fin de l'édition",
    back: 'Retour à une étape',
    calendar: 'Calendrier',
    undelivered: 'Courrier non remis',
    message: 'Message de la coordination',
  }),
  en: {
    asks: 'Request',
    receipt: 'Receipt',
    link: 'Link',
    begin: 'Start of an application',
    replaced: 'Address replaced',
    'handed-over': 'Request handed over',
    letter: 'Decision letter',
    'told-out': 'Application out',
    'sent-back': 'Version sent back',
    risk: 'Schedule alert',
    digest: 'Weekly digest',
    restitution: 'Restitution',
    unreachable: 'Address that fails',
    outcome: 'Outcome of a project',
    ended: 'End of the edition',
    back: 'Going back to a step',
    calendar: 'Calendar',
    undelivered: 'Undelivered mail',
    message: 'Message from the coordinators',
  },
};

/**
 * What answers a person's own act: it leaves at once, at any hour (experience.md, "Guarantees"). A link that leaves because a coordinator gave
 * their address, or because somebody named them, is none. Said to Postgres by `ownAct` (store/ownact.ts).
 */
export const answersAnAct = ({ template, context }: { template: Template; context: Readonly<Record<string, unknown>> }): boolean =>
  template === 'receipt' || template === 'begin' || (template === 'link' && context.why === undefined);

/** Letters and notices, which nothing repeats: one that comes back is told to the coordinators, and leaves again once an address is given. */
export const toldOnce: readonly Template[] = ['letter', 'told-out', 'outcome', 'ended', 'restitution', 'message'];

/** One ask inside a mail: which rung brings it, about whom (an escalation), and the reader's own link to it. */
export interface MailItem {
  view: AskView;
  /** `opening`, `before-5`, `before-2`, `due`, `late-2`, `late-5`, or `nudge-N`. */
  rung: string;
  /** The person who is late, when the reader is told of somebody else's silence. */
  about?: { id: string; name: string; role: string };
  /** The reader's own link; an escalation about somebody else has none of theirs: it leads to the console. */
  link: string;
}

export interface Reader {
  id: string;
  name: string;
  email: string;
  locale: 'fr' | 'en';
  /** Their own way to their preferences: language, weekly digest; whoever has not begun has none. */
  preferences?: string;
}

/** What one person reads in one digest: only what they may know (`domain/digest.ts`). */
export interface DigestContent {
  template: 'digest';
  /** The Monday of its week. */
  week: CivilDate;
  /** What moved since the last one, oldest first. */
  news: readonly News[];
  /** What is asked of the reader, the soonest due first, with their own links. */
  asked: readonly { view: AskView; link: string }[];
  /** What others owe and when they were to answer, for those who are told. */
  late: readonly { view: AskView; name: string }[];
  /** Dates to come. */
  coming: readonly Coming[];
  /** The titles of projects, by id. */
  projects: Readonly<Record<string, string>>;
  /** Where the whole edition is shown, for coordinators. */
  console?: string;
}

/** A mail that was given up (`failed`), may or may not have arrived (`uncertain`), or was taken and came back (`returned`). */
export interface UndeliveredMail {
  id: number;
  to: string;
  subject: string;
  state: 'failed' | 'uncertain' | 'returned';
  /** The server's words, as we sent it; nothing of one that came back. */
  why: string;
  /** Its address does not work: it leaves `by-itself` once that is corrected, or is then to be sent again `by-hand`. */
  address?: 'by-itself' | 'by-hand';
  /** What it asks for is still awaited, and they are reminded of it. */
  awaited?: boolean;
}

/** Why a link leaves that nobody asked for: its reader's address was given anew, somebody named them once more, a coordinator gave them a place again, or let their answer be corrected. */
export const LINK_WHYS = ['address', 'named', 'given', 'reopened'] as const;
export type LinkWhy = (typeof LINK_WHYS)[number];

/** Everything a template needs; built from ids at the moment of rendering, never stored. */
export type MailContent = { edition: EditionView; reader: Reader /** Business instant at which it is written, epoch ms. */; at: number } & (
  | { template: 'asks'; items: MailItem[] }
  /** What was answered, with the link where it can be read again. `apply`: the application was submitted. */
  | { template: 'receipt'; view: AskView; link: string }
  /** A link that was asked for (a fresh one, or the first one of a new draft). */
  | { template: 'link'; view: AskView; link: string; why?: LinkWhy }
  /** Somebody gave the reader's address on the page of the call: nothing that they typed is in it. */
  | { template: 'begin'; link: string }
  /** What was asked of the reader is not any more: `to`, whom it is now asked of. */
  | { template: 'handed-over'; views: readonly AskView[]; to?: string }
  /** To where somebody was written to, once another address was given for them. */
  | { template: 'replaced' }
  | { template: 'letter'; fate: Fate; application: { title: string; need: string }; reason: string }
  /** `declined`: it was said that nobody would come; otherwise nothing was said. */
  | { template: 'told-out'; application: { title: string }; declined: boolean }
  /** The coordinators went back to a step; `project`: its title, where it is one project's. */
  | { template: 'back'; step: StepId; project?: string }
  /** A version that was put to the reader too was sent back, or refused, by somebody asked beside them. */
  | { template: 'sent-back'; view: AskView; link: string }
  /** Slack fell through five working days, or through zero. */
  | {
      template: 'risk';
      project?: string;
      slackWorkingDays: number;
      steps: StepId[];
      sitting?: { body: string; date: CivilDate };
      target: CivilDate;
      console: string;
    }
  /** How a project ended. */
  | { template: 'outcome'; outcome: ProjectOutcome; project: string; reason: string }
  /** The edition was ended before its restitution. */
  | { template: 'ended' }
  | { template: 'restitution'; title: string; body: string }
  /** Mails that did not arrive, or may not have: a person must judge. */
  | { template: 'undelivered'; mails: UndeliveredMail[]; console: string }
  /** Events that are new, have moved or were cancelled since the reader was last told; `calendar`: the page of the reader's own feed. */
  | { template: 'calendar'; events: EventView[]; calendar: string }
  /** Mail to somebody comes back: coordinators are told, with the address as it stands. */
  | {
      template: 'unreachable';
      person: { name: string; role: string; email: string };
      undelivered: { subject: string; on: CivilDate }[];
      waiting: AskView[];
      /**
       * Who stands in for them, and where: in all that is awaited, in some of it, nowhere since they are asked themselves, not at all since
       * they cannot be reached either, or where nothing calls for it.
       */
      substitute?: { name: string; where: 'everywhere' | 'partly' | 'nowhere' | 'unreachable' | 'unneeded' };
      console: string;
    }
  /** What coordinators write of their own accord. */
  | { template: 'message'; subject: string; body: string }
  /** The week, to one person. */
  | DigestContent
);

/** A message ready to be put into bytes. */
export interface Rendered {
  subject: string;
  text: string;
  html: string;
  /** The language it is written in; left out, French. */
  locale?: 'fr' | 'en';
}
