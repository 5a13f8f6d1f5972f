/** The steps that an act would move, drawn: each as it was, pale, above as it becomes. The table beside it says the same. */
import { addDays, type CivilDate } from '../calendar.js';
import { type Hand, type StepId, stepOf } from '../steps.js';
import { type Locale, SHORT_MONTH_WORDS, type Words } from '../words.js';
import { daysBetween, monthsOf } from './scale.js';

/** A step that moves; null where it is not planned, before or after. */
export interface Move {
  step: StepId;
  /** The step and its project, in the reader's words. */
  label: string;
  before: { start: CivilDate; finish: CivilDate } | null;
  after: { start: CivilDate; finish: CivilDate } | null;
}

const [WIDTH, LEFT, TOP, ROW] = [820, 250, 30, 34];
const COLOUR: Record<Hand, string> = {
  authority: 'var(--authority, #2b4c9b)',
  incubator: 'var(--incubator, #0b6e5b)',
  entrepreneur: 'var(--entrepreneur, #b4480f)',
};
/** What the drawing is called. */
export const MOVES_TITLE: Words = { fr: 'Les étapes déplacées, avant et après', en: 'The steps that move, before and after' };
const KEY: Words = { fr: 'contour : aujourd’hui · plein : ce que cela deviendrait', en: 'outline: today · full: what it would become' };
const longestLabel = 38;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const n = (value: number): string => String(Math.round(value * 10) / 10);

/** The drawing as SVG; an empty text where nothing moves. `idPrefix` keeps ids unique in a page. */
export function movesSvg(moves: readonly Move[], { locale, idPrefix = 'moves' }: { locale: Locale; idPrefix?: string }): string {
  const days = moves
    .flatMap(({ before, after }) => [before?.start, before?.finish, after?.start, after?.finish])
    .filter((day) => day !== undefined);
  const [first, last] = [[...days].sort()[0], [...days].sort().at(-1)];
  if (first === undefined || last === undefined) return '';
  const [from, to] = [addDays(first, -5), addDays(last, 6)];
  const x = (day: CivilDate) => LEFT + (daysBetween(from, day) / daysBetween(from, to)) * (WIDTH - LEFT - 10);
  const bottom = TOP + moves.length * ROW;
  const bar = ({ start, finish }: { start: CivilDate; finish: CivilDate }, y: number, look: string) =>
    `<rect x="${n(x(start))}" y="${y}" width="${n(Math.max(3, x(addDays(finish, 1)) - x(start)))}" height="11" rx="2" ${look}/>`;
  const months = monthsOf(from, to).map((month) => {
    const at = n(x(month));
    const name = SHORT_MONTH_WORDS[locale][Number(month.slice(5, 7)) - 1] ?? '';
    return `<path d="M${at} ${TOP - 6}V${bottom}" stroke="var(--line, #dfe2ea)"/><text x="${at}" y="${TOP - 12}" font-size="11" fill="var(--soft, #5a6172)">${escaped(name)}</text>`;
  });
  const rows = moves.map(({ step, label, before, after }, i) => {
    const y = TOP + i * ROW;
    const colour = COLOUR[stepOf(step).hand];
    const shown = label.length > longestLabel ? `${label.slice(0, longestLabel - 1)}…` : label;
    return [
      `<text x="0" y="${y + 18}" font-size="12" fill="var(--ink, #1d2233)">${escaped(shown)}</text>`,
      before === null ? '' : bar(before, y + 2, `fill="none" stroke="${colour}" stroke-dasharray="3 2"`),
      after === null ? '' : bar(after, y + 16, `fill="${colour}"`),
    ].join('');
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${bottom + 24}" width="${WIDTH}" role="img" aria-labelledby="${idPrefix}-title" font-family="inherit">` +
    `<title id="${idPrefix}-title">${escaped(MOVES_TITLE[locale])}</title>${months.join('')}${rows.join('')}` +
    `<text x="${LEFT}" y="${bottom + 18}" font-size="11" fill="var(--soft, #5a6172)">${escaped(KEY[locale])}</text></svg>`
  );
}
