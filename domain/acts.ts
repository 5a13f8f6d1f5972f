/** What coordinators do to an edition by hand: the names of acts and what each needs, the same on pages, the command line and the API (console.md, "Acts"). */
import { audienceOf, longestMessage } from './audience.js';
import { type CivilDate, isCivilDate } from './calendar.js';
import { clean } from './clean.js';
import { fixedLength } from './edition/normalise.js';
import type { FixedLength } from './lengths.js';
import { type MailRef, mailRefOf } from './mailrefs.js';
import { PERSON_ROLES, type Role } from './roles.js';
import { isStepId, type StepId } from './steps.js';
import { isReason, problemOfText, tidy, tidyLine } from './text.js';
import type { Locale, Words } from './words.js';

/**
 * Every act: the fields it needs beside its reason, those it may have (`nudge` … `person`: of those who have not answered, only this one), and those of
 * which it needs one at least.
 */
export const ACTS = {
  nudge: { needs: ['ask'], may: ['person'] },
  extend: { needs: ['ask', 'date'], may: [] },
  close: { needs: ['ask'], may: [] },
  reassign: { needs: ['ask', 'person'], may: ['to', 'name', 'email'], one: ['to', 'email'] },
  reopen: { needs: ['ask', 'person'], may: [] },
  replace: { needs: ['person'], may: ['to', 'name', 'email'], one: ['to', 'email'] },
  add: { needs: ['name', 'email', 'role'], may: ['into'] },
  edit: { needs: ['person'], may: ['name', 'language'], one: ['name', 'language'] },
  leave: { needs: ['person'], may: [] },
  address: { needs: ['person', 'email'], may: [] },
  closure: { needs: ['from', 'until'], may: [] },
  move: { needs: ['date'], may: [] },
  target: { needs: ['date'], may: [] },
  'sitting-add': { needs: ['body', 'date'], may: [] },
  'sitting-cancel': { needs: ['body', 'date'], may: [] },
  skip: { needs: ['step'], may: ['project'] },
  back: { needs: ['step'], may: ['project', 'silent'] },
  pause: { needs: [], may: ['from', 'until'] },
  resume: { needs: [], may: [] },
  length: { needs: ['step', 'length'], may: [] },
  hold: { needs: ['mail'], may: [] },
  release: { needs: ['mail'], may: [] },
  resend: { needs: ['mail'], may: [] },
  message: { needs: ['whom', 'subject', 'text'], may: [] },
  undo: { needs: [], may: [] },
  cancel: { needs: [], may: [] },
} as const satisfies Record<string, { needs: readonly ActField[]; may: readonly ActField[]; one?: readonly ActField[] }>;
export type ActName = keyof typeof ACTS;

/** Those that change the rules of an edition. */
export const RULE_ACTS = ['closure', 'move', 'target', 'length', 'sitting-add', 'sitting-cancel'] as const;

/** Those that can be undone at once (`undo`), within ten minutes and as long as nothing has happened since. */
export const UNDOABLE: readonly ActName[] = [...RULE_ACTS, 'hold'];

/** Those on people: they change addresses, or who may do what. */
export const PEOPLE_ACTS = ['reassign', 'replace', 'add', 'edit', 'leave', 'address'] as const;
/** Whether an act is on people. */
export const isPeopleAct = (name: ActName): boolean => PEOPLE_ACTS.some((act) => act === name);

/** The lists of an edition's file into which somebody can be put who was forgotten. */
export const LISTS = ['jury', 'interviews'] as const;

/** What the fields of acts hold. */
interface FieldValues {
  ask: string;
  person: string;
  to: string;
  name: string;
  email: string;
  role: Role;
  into: (typeof LISTS)[number];
  language: Locale;
  date: CivilDate;
  from: CivilDate;
  until: CivilDate;
  step: StepId;
  length: FixedLength;
  body: string;
  project: string;
  silent: true;
  mail: MailRef;
  whom: readonly string[];
  subject: string;
  text: string;
}
export type ActField = keyof FieldValues;

/** An act as it is asked for, by its name: the fields it needs, and those it may have. `pause`: without an end, or as `closure`; `move`: of the jury's day; `length`: of a step that is no circuit. */
type ActSpecs = {
  [Name in ActName]: { act: Name } & { [Field in (typeof ACTS)[Name]['needs'][number]]: FieldValues[Field] } & {
    [Field in (typeof ACTS)[Name]['may'][number]]?: FieldValues[Field];
  };
};
export type ActSpec = ActSpecs[ActName];

/** Whether a name is an act's. */
export const isActName = (name: string): name is ActName => Object.hasOwn(ACTS, name);

/** What is lacking or wrong in an act that was asked for, and in which field. */
export interface ActProblem {
  field: 'act' | 'reason' | ActField;
  message: Words;
}

/** Why an act is done: a line of the journal, of 2 000 characters at most. */
const longestReason = 2_000;

/** An act out of what somebody typed or a program sent, or all that is wrong with it; the reason is asked for where the act is to be done. */
export function readAct(
  given: Readonly<Record<string, unknown>>,
  { needsReason }: { needsReason: boolean },
): { ok: true; spec: ActSpec; reason: string } | { ok: false; problems: ActProblem[] } {
  const text = (field: string) => (typeof given[field] === 'string' ? clean(given[field]).trim() : given[field] === true ? 'yes' : '');
  const name = text('act');
  if (!isActName(name)) return { ok: false, problems: [{ field: 'act', message: unknownAct }] };
  const reason = text('reason').slice(0, longestReason);
  const { needs, may, one }: { needs: readonly ActField[]; may: readonly ActField[]; one?: readonly ActField[] } = ACTS[name];
  const read = [...needs, ...may.filter((field) => text(field) !== '')].map((field) => [field, FIELDS[field].read(text(field))] as const);
  const problems: ActProblem[] = [
    ...read.flatMap(([field, value]) => (value === undefined ? [{ field, message: FIELDS[field].problem }] : [])),
    ...(one?.every((field) => text(field) === '') ? one.slice(0, 1).map((field) => ({ field, message: FIELDS[field].problem })) : []),
    ...(needsReason && !isReason(reason) ? [{ field: 'reason' as const, message: noReason }] : []),
  ];
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, reason, spec: { act: name, ...Object.fromEntries(read) } as ActSpec }; // each field was read by its own reader
}

/** The longest a step may be, in its own unit. */
const longestLength = 400;
function lengthOf(text: string): FixedLength | undefined {
  const length = /^[1-9][0-9]{0,2}(?:wd|d|w)$/.test(text) ? fixedLength(text) : undefined;
  return length === undefined || length.n > longestLength ? undefined : length;
}
const some = (text: string): string | undefined => (text === '' ? undefined : text);
const dateOf = (text: string): CivilDate | undefined => (isCivilDate(text) ? text : undefined);
const stepIn = (text: string): StepId | undefined => (isStepId(text) ? text : undefined);
const subjectOf = (text: string): string | undefined =>
  problemOfText(text, 'text') === undefined && text.length <= longestMessage.subject ? tidyLine(text) : undefined;
const textOf = (text: string): string | undefined =>
  problemOfText(text, 'long') === undefined && text.length <= longestMessage.text ? tidy(text) : undefined;

const roleOf = (text: string): Role | undefined => ROLES.find((role) => role === text);
/** The roles that somebody can be given. */
export const ROLES: readonly Role[] = [...PERSON_ROLES, 'relay'];

const unknownAct: Words = {
  fr: `Dire l'acte : ${Object.keys(ACTS).join(', ')}.`,
  en: `Say which act: ${Object.keys(ACTS).join(', ')}.`,
};
const noDate: Words = { fr: 'Donner une date : AAAA-MM-JJ.', en: 'Give a date: YYYY-MM-DD.' };
/** How each field is read, and what is wrong where it cannot be. */
const FIELDS: { [Field in ActField]: { read(text: string): FieldValues[Field] | undefined; problem: Words } } = {
  ask: { read: some, problem: { fr: 'Dire de quelle demande il s’agit.', en: 'Say which ask this is about.' } },
  person: { read: some, problem: { fr: 'Dire de qui il s’agit.', en: 'Say whom this is about.' } },
  to: {
    read: some,
    problem: {
      fr: 'Dire à qui : quelqu’un de l’édition, ou un nom et une adresse.',
      en: 'Say to whom: somebody of the edition, or a name and an address.',
    },
  },
  name: { read: some, problem: { fr: 'Dire son nom.', en: 'Say their name.' } },
  email: { read: some, problem: { fr: 'Donner son adresse.', en: 'Give their address.' } },
  role: {
    read: roleOf,
    problem: { fr: `Dire son rôle : ${ROLES.join(', ')}.`, en: `Say their role: ${ROLES.join(', ')}.` },
  },
  into: {
    read: (text) => LISTS.find((list) => list === text),
    problem: { fr: `Dire dans quelle liste : ${LISTS.join(', ')}.`, en: `Say into which list: ${LISTS.join(', ')}.` },
  },
  language: {
    read: (text) => (text === 'fr' || text === 'en' ? text : undefined),
    problem: { fr: 'Dire une langue : fr ou en.', en: 'Say a language: fr or en.' },
  },
  date: { read: dateOf, problem: noDate },
  from: { read: dateOf, problem: noDate },
  until: { read: dateOf, problem: noDate },
  step: {
    read: stepIn,
    problem: { fr: 'Dire quelle étape.', en: 'Say which step.' },
  },
  body: { read: some, problem: { fr: 'Dire quelle instance délibère.', en: 'Say which body sits.' } },
  silent: { read: (text) => (text === 'yes' ? true : undefined), problem: { fr: 'Oui, ou rien.', en: 'Yes, or nothing.' } },
  project: { read: some, problem: { fr: 'Dire quel projet.', en: 'Say which project.' } },
  length: {
    read: lengthOf,
    problem: {
      fr: 'Donner une durée : 10wd (jours ouvrés), 42d (jours) ou 6w (semaines).',
      en: 'Give a length: 10wd (working days), 42d (days) or 6w (weeks).',
    },
  },
  mail: {
    read: mailRefOf,
    problem: {
      fr: 'Dire quel mail : son numéro, ou DEMANDE/PERSONNE/ÉCHELON.',
      en: 'Say which mail: its number, or ASK/PERSON/RUNG.',
    },
  },
  whom: {
    read: audienceOf,
    problem: { fr: 'Dire à qui : everybody, des rôles, ou des demandes.', en: 'Say to whom: everybody, roles, or asks.' },
  },
  subject: {
    read: subjectOf,
    problem: {
      fr: `Donner un objet, d’une ligne et de ${longestMessage.subject} caractères au plus.`,
      en: `Give a subject, of one line and ${longestMessage.subject} characters at most.`,
    },
  },
  text: {
    read: textOf,
    problem: {
      fr: `Écrire le message, de ${longestMessage.text} caractères au plus.`,
      en: `Write the message, of ${longestMessage.text} characters at most.`,
    },
  },
};
/** The names of all fields. */
export const ACT_FIELDS = Object.keys(FIELDS) as ActField[]; // the keys of a record of them

const noReason: Words = {
  fr: 'Dire pourquoi, en quelques mots : rien n’a été changé.',
  en: 'Say why, in a few words: nothing was changed.',
};
