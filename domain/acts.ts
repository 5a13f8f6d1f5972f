/** What coordinators do to an edition by hand: the names of acts and what each needs, the same on pages, the command line and the API (console.md, "Acts"). */
import { type CivilDate, isCivilDate } from './calendar.js';
import { clean } from './clean.js';
import { isReason } from './text.js';
import type { Words } from './words.js';

/** Every act, and the fields it needs beside its reason. */
export const ACTS = {
  nudge: ['ask'],
  extend: ['ask', 'date'],
  close: ['ask'],
  cancel: [],
} as const satisfies Record<string, readonly ActField[]>;
export type ActName = keyof typeof ACTS;
export type ActField = 'ask' | 'date';

/** An act as it is asked for. */
export type ActSpec = { act: 'nudge' | 'close'; ask: string } | { act: 'extend'; ask: string; date: CivilDate } | { act: 'cancel' };

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
    ...(fields.includes('ask') && text('ask') === '' ? [{ field: 'ask' as const, message: noAsk }] : []),
    ...(fields.includes('date') && !isCivilDate(text('date')) ? [{ field: 'date' as const, message: noDate }] : []),
    ...(needsReason && !isReason(reason) ? [{ field: 'reason' as const, message: noReason }] : []),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const ask = text('ask');
  const date = text('date');
  return { ok: true, reason, spec: name === 'cancel' ? { act: name } : name === 'extend' ? { act: name, ask, date } : { act: name, ask } };
}

const unknownAct: Words = {
  fr: `Dire l'acte : ${Object.keys(ACTS).join(', ')}.`,
  en: `Say which act: ${Object.keys(ACTS).join(', ')}.`,
};
const noAsk: Words = { fr: 'Dire de quelle demande il s’agit.', en: 'Say which ask this is about.' };
const noDate: Words = { fr: 'Donner une date : AAAA-MM-JJ.', en: 'Give a date: YYYY-MM-DD.' };
const noReason: Words = {
  fr: 'Dire pourquoi, en quelques mots : rien n’a été changé.',
  en: 'Say why, in a few words: nothing was changed.',
};
