/** What people typed (names, titles, remarks), made harmless for a header, a line of text and a page. */

// Control characters, what turns the direction of a text round, and half characters: none of them is a word.
// biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point
const notWords = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff]/g;
const halves = /\p{Surrogate}/gu;

/** Text of several lines without control, direction or half characters; line ends become `\n`. */
export function clean(typed: string): string {
  return typed
    .replace(/\r\n?|\u2028|\u2029/g, '\n')
    .replaceAll('\t', ' ')
    .replace(notWords, '')
    .replace(halves, '\ufffd');
}

/** The same on one line: every run of white space is one space. */
export const oneLine = (typed: string): string => clean(typed).replace(/\s+/g, ' ').trim();

/** The same JSON, with what is not a word written `\\u…`: nothing of it acts on a terminal. */
export const visibly = (json: string): string =>
  json.replace(notWords, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A text without what stands at its end. One look at each character: `/\s+$/` looks at a run of them again from each. */
export function withoutEnd(text: string, ends: RegExp): string {
  let end = text.length;
  while (end > 0 && ends.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** At most `max` characters, cut at a word where one is near, with an ellipsis. */
export function shorten(text: string, max: number): string {
  const characters = [...text];
  if (characters.length <= max) return text;
  const cut = characters.slice(0, max - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${withoutEnd(space > cut.length * 0.6 ? cut.slice(0, space) : cut, /[\s,;:.–-]/)}…`;
}

/** Longest subject that leaves. Longer ones are cut by servers and clients, each in its way. */
export const maxSubjectLength = 200;

/** A subject fit for a header: one line, no control character, at most `maxSubjectLength` characters. */
export const subjectOf = (text: string): string => shorten(oneLine(plain(text)), maxSubjectLength);

const on = '\u0001';
const off = '\u0002';

/** Marks words to be set in bold. The marks are control characters, so nothing that was typed can contain them. */
export const strong = (text: string): string => `${on}${text}${off}`;

/** The text without its marks. */
export const plain = (text: string): string => text.replaceAll(on, '').replaceAll(off, '');

/** The text in its runs, bold and not, in order; each run is clean. */
export function runs(text: string): { text: string; bold: boolean }[] {
  return text
    .split(on)
    .flatMap((part, index) => {
      const [bold = '', ...rest] = index === 0 ? ['', part] : part.split(off);
      return [
        { text: clean(bold), bold: true },
        { text: clean(rest.join('')), bold: false },
      ];
    })
    .filter((run) => run.text !== '');
}
