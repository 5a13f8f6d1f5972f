/** What every drawing of dates stands on: days across, rows down, months named, closures grey. */
import { addDays, type CivilDate, earlierOf, laterOf, type Period } from '../calendar.js';
import type { Hand } from '../steps.js';
import { type Locale, SHORT_MONTH_WORDS } from '../words.js';
import { daysBetween, monthsOf } from './scale.js';

/** Where the days begin, right of the names of rows; and the width of a drawing. */
export const LEFT = 200;
export const WIDTH = 980;
/** Where the rows begin, and how tall each is. */
export const TOP = 30;
export const ROW = 22;
/** The room that the name of a month takes. */
const MONTH = 34;

/** The colour of each hand, full and pale, and those of texts: a page's style sheet names them, a file alone has them. */
export const COLOUR: Record<Hand, string> = {
  authority: 'var(--authority, #2b4c9b)',
  incubator: 'var(--incubator, #0b6e5b)',
  entrepreneur: 'var(--entrepreneur, #b4480f)',
};
export const PALE: Record<Hand, string> = {
  authority: 'var(--authority-bg, #e8edf9)',
  incubator: 'var(--incubator-bg, #e2f3ee)',
  entrepreneur: 'var(--entrepreneur-bg, #fbeadf)',
};
export const INK = 'var(--ink, #1d2233)';
export const SOFT = 'var(--soft, #5a6172)';
export const LATE = 'var(--late, #a3161c)';

/** A text in a drawing. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
/** A length in a drawing, to a tenth. */
export const n = (value: number): string => String(Math.round(value * 10) / 10);

/** A drawing that is opened: named by its title, described in a sentence. */
export const opened = ({
  idPrefix,
  locale,
  height,
  title,
  description,
}: {
  idPrefix: string;
  locale: Locale;
  height: number;
  title: string;
  description: string;
}): string[] => {
  const id = escaped(idPrefix);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="100%" role="img" lang="${locale}" aria-labelledby="${id}-title ${id}-desc" font-family="Inter, system-ui, sans-serif" font-size="12">`,
    `<title id="${id}-title">${title}</title><desc id="${id}-desc">${escaped(description)}</desc>`,
  ];
};

/** The frame of so many rows between two days. `x`: where a day begins; `bar`: one from a day to another, both included, or nothing; `ground`: what lies beneath. */
export function frameOf({
  from,
  to,
  rows,
  closures,
  locale,
}: {
  from: CivilDate;
  to: CivilDate;
  rows: number;
  closures: readonly Period[];
  locale: Locale;
}) {
  const x = (date: CivilDate) => LEFT + (daysBetween(from, date) / daysBetween(from, to)) * (WIDTH - LEFT - 10);
  const bottom = TOP + rows * ROW;
  const wide = (a: CivilDate, b: CivilDate) => n(Math.max(4, x(addDays(b, 1)) - x(a)));
  const bar = (a: CivilDate, b: CivilDate, y: number, tall: number, look: string) =>
    a > b ? '' : `<rect x="${n(x(a))}" y="${n(y)}" width="${wide(a, b)}" height="${tall}" ${look}/>`;
  const grey = closures
    .filter((closure) => closure.to >= from && closure.from <= to)
    .map((closure) => ({ a: laterOf(closure.from, from), b: earlierOf(closure.to, to) }))
    .map(({ a, b }) => `<rect x="${n(x(a))}" y="24" width="${wide(a, b)}" height="${rows * ROW + 6}" fill="#ececea"/>`);
  const every = Math.ceil(monthsOf(from, to).length / 20);
  const months = monthsOf(from, to).map((first, i) => {
    const fits = x(first) < WIDTH - MONTH;
    const name = i % every === 0 && fits ? SHORT_MONTH_WORDS[locale][Number(first.slice(5, 7)) - 1] : '';
    return `<line x1="${n(x(first))}" x2="${n(x(first))}" y1="18" y2="${bottom}" stroke="#dfe2ea"/><text class="soft" fill="${SOFT}" x="${n(x(first) + 3)}" y="14">${name}</text>`;
  });
  return { x, bar, bottom, ground: [...grey, ...months] };
}
