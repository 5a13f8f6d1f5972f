/**
 * French typography: narrow no-break spaces before `; ? !`, no-break ones before `: »` and after `«`, and curved apostrophes, so that words are
 * typed with plain ones.
 */

/** A straight apostrophe between a letter and what follows it at once, curved. */
export const curveApostrophes = (text: string): string => text.replace(/(?<=\p{L})'(?=\S)/gu, '’');

/** A label and what is said of it: "Adresse : …", "Address: …". A label that asks is followed by its answer. */
export function labelled(label: string, text: string, locale: 'fr' | 'en'): string {
  if (label.endsWith('?')) return `${label} ${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return `${label}${locale === 'fr' ? '\u00a0: ' : ': '}${text}`;
}

/** One text, set as French is. */
export const setFrench = (text: string): string =>
  curveApostrophes(text)
    .replace(/ ([;?!])/g, '\u202f$1')
    .replace(/ ([:»])/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0');

/** A table of words, its texts and what its functions answer set as French is. */
export function french<T>(table: T): T {
  return set(table) as T; // same shape: only the spaces of texts change
}

function set(value: unknown): unknown {
  if (typeof value === 'string') return setFrench(value);
  if (typeof value === 'function') return (...given: unknown[]) => set(value(...given));
  if (Array.isArray(value)) return value.map(set);
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, set(one)]));
  return value;
}
