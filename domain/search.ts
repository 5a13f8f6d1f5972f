/** What is looked for, and where it stands in a text: which words are marked, and from where a long text is shown. */

/** What can be found, in the order in which it is shown. */
export const SEARCHED = ['editions', 'people', 'projects', 'documents', 'applications'] as const;
export type Searched = (typeof SEARCHED)[number];

/** A word that is looked for, as the database has it (`plain_words`), and its stem, which other forms of it begin with. */
export interface AskedWord {
  word: string;
  stem?: string;
}

/** A part of a text: one of the words that were looked for, or what stands between them. */
export interface TextPart {
  text: string;
  found: boolean;
}

/** So many words are looked for; what comes after them is not. */
export const mostWords = 8;
/** What is shown of a long text: so many characters, of which so many come before the first word that was found. */
const shown = { all: 240, before: 60 };
/** A shorter stem begins too many other words. */
const shortestStem = 4;

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('œ', 'oe').replaceAll('æ', 'ae');

/** Whether a word of a text is one of those that were looked for: the last of them may not be typed to its end yet. */
function isFound(word: string, asked: readonly AskedWord[]): boolean {
  const here = plain(word);
  return asked.some(
    ({ word: one, stem = '' }, n) =>
      here === one || (n === asked.length - 1 && here.startsWith(one)) || (stem.length >= shortestStem && here.startsWith(stem)),
  );
}

/** A text in parts, so that what was found in it can be marked. */
export function partsOf(text: string, asked: readonly AskedWord[]): TextPart[] {
  const parts: TextPart[] = [];
  for (const [piece] of text.matchAll(/[\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+/gu)) {
    const found = /^[\p{L}\p{M}\p{N}]/u.test(piece) && isFound(piece, asked);
    const last = parts.at(-1);
    if (last !== undefined && !last.found && !found) last.text += piece;
    else parts.push({ text: piece, found });
  }
  return parts;
}

/** What Markdown marks a text with: at the beginning of a line, and around words. */
const marks = /^[\s#>|*-]+|\*\*|__|`/gm;

/** A line of a long text, around the first word that was found, or its beginning. */
export function excerptOf(text: string, asked: readonly AskedWord[]): TextPart[] {
  const line = text.replace(marks, '').replace(/\s+/g, ' ').trim();
  const parts = partsOf(line, asked);
  const first = parts.findIndex(({ found }) => found);
  const at = parts.slice(0, Math.max(0, first)).reduce((length, part) => length + part.text.length, 0);
  const from = at <= shown.before ? 0 : line.indexOf(' ', at - shown.before) + 1;
  const end = line.length <= from + shown.all ? line.length : line.lastIndexOf(' ', from + shown.all);
  const to = end <= from ? Math.min(line.length, from + shown.all) : end;
  return partsOf(`${from === 0 ? '' : '… '}${line.slice(from, to)}${to === line.length ? '' : ' …'}`, asked);
}
