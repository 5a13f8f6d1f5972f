/** What coordinators do to an edition by hand: the names of acts and what each needs, the same on pages, the command line and the API (console.md, "Acts"). */
import { type CivilDate, isCivilDate } from './calendar.js';
import { clean } from './clean.js';
import { fixedLength } from './edition/normalise.js';
import type { FixedLength } from './lengths.js';
import { isCircuitStep, isStepId, type OwnStepId } from './steps.js';
import { isReason } from './text.js';
import type { Words } from './words.js';

/** Every act, and the fields it needs beside its reason. */
export const ACTS = {
  nudge: ['ask'],
  extend: ['ask', 'date'],
  close: ['ask'],
  closure: ['from', 'until'],
  move: ['date'],
  target: ['date'],
  length: ['step', 'length'],
  cancel: [],
} as const satisfies Record<string, readonly ActField[]>;
export type ActName = keyof typeof ACTS;
export type ActField = 'ask' | 'person' | 'date' | 'from' | 'until' | 'step' | 'length';

/** The fields that an act may have besides. `person`: of those who have not answered, only this one is reminded. */
export const OPTIONAL: Partial<Record<ActName, readonly ActField[]>> = { nudge: ['person'] };

/** Those that change the rules of an edition. */
export const RULE_ACTS = ['closure', 'move', 'target', 'length'] as const;

/** An act as it is asked for. `move`: of the jury's day; `length`: of a step that is no circuit. */
export type ActSpec =
  | { act: 'nudge'; ask: string; person?: string }
  | { act: 'close'; ask: string }
  | { act: 'extend'; ask: string; date: CivilDate }
  | { act: 'closure'; from: CivilDate; until: CivilDate }
  | { act: 'move' | 'target'; date: CivilDate }
  | { act: 'length'; step: OwnStepId; length: FixedLength }
  | { act: 'cancel' };

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
  const text = (field: string) => (typeof given[field] === 'string' ? clean(given[field]).trim() : '');
  const name = text('act');
  if (!isActName(name)) return { ok: false, problems: [{ field: 'act', message: unknownAct }] };
  const reason = text('reason').slice(0, longestReason);
  const fields: readonly ActField[] = ACTS[name];
  const problems: ActProblem[] = [
    ...fields.flatMap((field) => (isGood(field, text(field)) ? [] : [{ field, message: PROBLEMS[field] }])),
    ...(needsReason && !isReason(reason) ? [{ field: 'reason' as const, message: noReason }] : []),
  ];
  const spec = problems.length > 0 ? undefined : specOf(name, text);
  return spec === undefined ? { ok: false, problems } : { ok: true, reason, spec };
}

/** The longest a step may be, in its own unit. */
const longestLength = 400;
const isOwnStep = (text: string): text is OwnStepId => isStepId(text) && !isCircuitStep(text);
function lengthOf(text: string): FixedLength | undefined {
  const length = /^[1-9][0-9]{0,2}(?:wd|d|w)$/.test(text) ? fixedLength(text) : undefined;
  return length === undefined || length.n > longestLength ? undefined : length;
}

function isGood(field: ActField, text: string): boolean {
  switch (field) {
    case 'ask':
    case 'person':
      return text !== '';
    case 'step':
      return isOwnStep(text);
    case 'length':
      return lengthOf(text) !== undefined;
    default:
      return isCivilDate(text);
  }
}

function specOf(act: ActName, text: (field: ActField) => string): ActSpec | undefined {
  switch (act) {
    case 'nudge':
      return { act, ask: text('ask'), ...(text('person') === '' ? {} : { person: text('person') }) };
    case 'close':
      return { act, ask: text('ask') };
    case 'extend':
      return { act, ask: text('ask'), date: text('date') };
    case 'closure':
      return { act, from: text('from'), until: text('until') };
    case 'move':
    case 'target':
      return { act, date: text('date') };
    case 'length': {
      const [step, length] = [text('step'), lengthOf(text('length'))];
      return isOwnStep(step) && length !== undefined ? { act, step, length } : undefined;
    }
    case 'cancel':
      return { act };
  }
}

const unknownAct: Words = {
  fr: `Dire l'acte : ${Object.keys(ACTS).join(', ')}.`,
  en: `Say which act: ${Object.keys(ACTS).join(', ')}.`,
};
const noDate: Words = { fr: 'Donner une date : AAAA-MM-JJ.', en: 'Give a date: YYYY-MM-DD.' };
const PROBLEMS: Record<ActField, Words> = {
  ask: { fr: 'Dire de quelle demande il s’agit.', en: 'Say which ask this is about.' },
  person: { fr: 'Dire de qui il s’agit.', en: 'Say whom this is about.' },
  date: noDate,
  from: noDate,
  until: noDate,
  step: { fr: 'Dire quelle étape : une étape qui n’est pas une validation.', en: 'Say which step: one that is no approval.' },
  length: {
    fr: 'Donner une durée : 10wd (jours ouvrés), 42d (jours) ou 6w (semaines).',
    en: 'Give a length: 10wd (working days), 42d (days) or 6w (weeks).',
  },
};
const noReason: Words = {
  fr: 'Dire pourquoi, en quelques mots : rien n’a été changé.',
  en: 'Say why, in a few words: nothing was changed.',
};
