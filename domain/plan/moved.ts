/** Steps that move, drawn: where each was, pale and above, and where it comes to be, full and below. */
import { addDays, type CivilDate, dayNumber, type Period } from '../calendar.js';
import type { Hand } from '../steps.js';
import type { Locale, Words } from '../words.js';
import { COLOUR, escaped, frameOf, INK, LEFT, n, opened, ROW, SOFT, TOP, WIDTH } from './frame.js';

/** A step that moves; null: it has, or will have, no date. */
export interface MovedStep {
  name: string;
  /** The project it is a step of. */
  project?: string;
  hand: Hand;
  before: { start: CivilDate; finish: CivilDate } | null;
  after: { start: CivilDate; finish: CivilDate } | null;
}

/** What the drawing is called. */
export const MOVED_TITLE: Words = { fr: 'Étapes avant et après', en: 'Steps before and after' };
const DESCRIPTION: Words = {
  fr: 'Chaque étape qui bouge, sur deux barres : où elle était, où elle vient. Le tableau dit la même chose.',
  en: 'Every step that moves, on two bars: where it was, where it comes to be. The table says the same.',
};
const KEY: Words = {
  fr: 'pâle : aujourd’hui prévu · plein : après · ● un seul jour · gris : fermeture',
  en: 'pale: planned today · full: afterwards · ● one day only · grey: closure',
};
/** The room that a character of a name takes: names of projects are as long as people wrote them. */
const LETTER = 6.2;
const longest = Math.floor((LEFT - 12) / LETTER);
const short = (text: string): string => (text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`);

/** The drawing, or nothing where no step has a date. */
export function movedSvg(
  steps: readonly MovedStep[],
  { locale, closures = [], idPrefix }: { locale: Locale; closures?: readonly Period[]; idPrefix: string },
): string {
  const dates = steps
    .flatMap(({ before, after }) => [before, after].flatMap((span) => (span === null ? [] : [span.start, span.finish])))
    .sort();
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return '';
  const margin = 5 + Math.ceil((dayNumber(last) - dayNumber(first)) / 20);
  const lines = steps.flatMap((step, i): (MovedStep | string)[] =>
    step.project !== undefined && step.project !== steps[i - 1]?.project ? [step.project, step] : [step],
  );
  const { x, bar, bottom, ground } = frameOf({
    from: addDays(first, -margin),
    to: addDays(last, margin),
    rows: lines.length,
    closures,
    locale,
  });
  const mark = (span: MovedStep['before'], y: number, tall: number, look: string) => {
    if (span === null) return '';
    return span.start === span.finish
      ? `<circle cx="${n(x(span.start) + 2)}" cy="${n(y + tall / 2)}" r="3.5" ${look}/>`
      : bar(span.start, span.finish, y, tall, `rx="2" ${look}`);
  };
  const row = (line: MovedStep | string, i: number): string => {
    const y = TOP + i * ROW;
    if (typeof line === 'string') return `<text class="soft" fill="${SOFT}" x="0" y="${y + 15}">${escaped(short(line))}</text>`;
    const { name, hand, before, after } = line;
    return [
      `<text fill="${INK}" x="0" y="${y + 15}">${escaped(name)}</text>`,
      mark(before, y + 3, 5, `fill="${COLOUR[hand]}" fill-opacity=".35"`),
      mark(after, y + 10, 8, `fill="${COLOUR[hand]}"`),
    ].join('');
  };
  const height = bottom + 26;
  return [
    ...opened({ idPrefix, locale, height, title: MOVED_TITLE[locale], description: DESCRIPTION[locale] }),
    ...ground,
    ...lines.map(row),
    `<text class="soft" fill="${SOFT}" x="${WIDTH - 10}" text-anchor="end" y="${height - 4}">${KEY[locale]}</text></svg>`,
  ].join('\n');
}
