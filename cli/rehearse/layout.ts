/** Words on a terminal: wrapped to its width, labels in a column of their own. */
import type { Paint } from '../../domain/plan/table.js';
import type { Locale } from '../../domain/words.js';

/** How a text is set: `width` in columns. */
export type Setting = { locale: Locale; width: number; paint: Paint };

/** Below this nothing can be read. */
const narrowest = 54;
const labelWidth = 17;

/** The columns there are. */
export const columnsOf = ({ width }: Setting): number => Math.max(narrowest, width);

/** Words on lines no longer than `width`; no line begins with what closes a sentence, nor with a number. A word that is longer stays whole. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/ (?![:;?!»%\d])(?<!« )/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** A label, and what is said of it: each thing on lines of its own, beside the label. Nothing when there is nothing to say. */
export function labelled(label: string, things: readonly string[], setting: Setting): string[] {
  const lines = things.flatMap((thing) => wrap(thing, columnsOf(setting) - labelWidth));
  return lines.map((line, i) => `${i === 0 ? setting.paint(label.padEnd(labelWidth), 'soft') : ' '.repeat(labelWidth)}${line}`);
}

/** A number as one writes it, with so many decimals. */
export const number = (n: number, locale: Locale, decimals = 0): string =>
  locale === 'fr' ? n.toFixed(decimals).replace('.', ',') : n.toFixed(decimals);

/** A share in per cent. */
export const percent = (share: number, locale: Locale): string => `${Math.round(share * 100)}${locale === 'fr' ? ' %' : '%'}`;

/** How long something took: "32 s", "6 min 12 s". */
export function took(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  return whole < 100 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
