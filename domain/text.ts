/** What people type: how it is kept, when it is nothing, and what keeps it from being a text or a name. */
import { oneLine } from './clean.js';

/** How long a text may be, in characters: one line (a name, a title), and a text of several. */
export const maxLength = { text: 200, long: 20_000 } as const;

const unseen = /[\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Whether there is nothing to read in a text: spaces, or characters that cannot be seen. */
export const isBlank = (text: string): boolean => !/[\p{L}\p{N}\p{P}\p{S}]/u.test(text.replace(unseen, ''));

/** How many words a text has. */
export const wordsIn = (text: string): number => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

/** Whether a text says why: words, not punctuation alone. */
export const isReason = (text: string): boolean => /[\p{L}\p{N}]/u.test(text.replace(unseen, ''));

/** A text as it is kept: letters composed (NFC), lines that end as they do here, no space around; nothing where there is nothing to read. */
export const tidy = (typed: string): string => (isBlank(typed) ? '' : typed.replaceAll('\r\n', '\n').normalize('NFC').trim());

/** The same of what has one line – a name, a title –: without what cannot be seen in it either. */
export const tidyLine = (typed: string): string => oneLine(tidy(typed));

/** What no text may hold: a form feed or an escape is nobody's word, and U+0000 is none a database keeps. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u2028\u2029]/;
/** Nor one line, which ends up in headers and terminals: marks that turn the direction of what follows. */
const hidden = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** What keeps a text from being one of its kind; undefined when it is one. One that is empty is `required`. */
export function problemOfText(typed: string, kind: keyof typeof maxLength): 'control-characters' | 'required' | 'too-long' | undefined {
  const text = typed.replaceAll('\r\n', '\n').trim();
  if ((kind === 'text' ? hidden : controlCharacters).test(text)) return 'control-characters';
  if (isBlank(text)) return 'required';
  return tidy(text).length > maxLength[kind] ? 'too-long' : undefined;
}
