/** The plan for a terminal: a table of dates, and a bar chart that fits its width. */
import { addDays, type CivilDate, type Period } from '../calendar.js';
import { type Hand, type StepId, stepOf } from '../steps.js';
import { inWords, type Locale, SHORT_MONTH_WORDS, STEP_WORDS, workingDays } from '../words.js';
import { daysBetween, extentOf, monthsOf } from './scale.js';
import type { Plan, PlannedStep, Span } from './types.js';

/** How a text is coloured; the identity where there is no terminal. */
export type Paint = (text: string, as: Hand | 'critical' | 'soft' | 'bold') => string;
/** How a plan is printed: `width` in columns. */
export type TableOptions = { locale: Locale; width: number; closures?: readonly Period[]; paint?: Paint };

/** Below this a table of dates cannot be read. */
const NARROWEST = 54;

const plain: Paint = (text) => text;
const pad = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width));

/** The heading, the table, the chart and the problems, each line no wider than `width` (or 54). */
export function planText(plan: Plan, title: string, { locale, width, closures = [], paint = plain }: TableOptions): string {
  const columns = Math.max(NARROWEST, width);
  const nameWidth = Math.min(Math.max(...plan.steps.map(({ id }) => STEP_WORDS[id][locale].length)), Math.floor(columns / 3), columns - 40);
  return [
    paint(pad(title, columns).trimEnd(), 'bold'),
    ...wrap(headline(plan, locale), columns),
    '',
    ...tableLines(plan, nameWidth, columns, locale, paint),
    '',
    ...chartLines(plan, nameWidth, columns, closures, locale, paint),
    ...(plan.problems.length > 0 ? ['', ...plan.problems.flatMap((problem) => wrap(`✗ ${problem.message[locale]}`, columns))] : []),
    '',
  ].join('\n');
}

function headline(plan: Plan, locale: Locale): string {
  const day = (date: CivilDate) => inWords(date, locale, { year: true });
  const slack = plan.slackWorkingDays === null ? null : workingDays(plan.slackWorkingDays, locale);
  if (locale === 'fr')
    return `Du ${day(plan.start)} à la restitution du ${day(plan.target)}. ${plan.feasible ? 'Faisable' : 'Infaisable'}${slack ? `, marge : ${slack}` : ''}.`;
  return `From ${day(plan.start)} to the restitution on ${day(plan.target)}. ${plan.feasible ? 'Feasible' : 'Infeasible'}${slack ? `, slack: ${slack}` : ''}.`;
}

function tableLines(plan: Plan, nameWidth: number, columns: number, locale: Locale, paint: Paint): string[] {
  const long = nameWidth + 2 * 25 + 10 <= columns;
  const shown = (date: CivilDate | null) =>
    date === null
      ? long
        ? '?'.padEnd(10)
        : '?'.padEnd(5)
      : long
        ? `${date.slice(8)}/${date.slice(5, 7)}/${date.slice(0, 4)}`
        : `${date.slice(8)}/${date.slice(5, 7)}`;
  const span = ({ start, finish }: Span) => `${shown(start)} → ${shown(finish)}`;
  const spanWidth = long ? 25 : 15;
  const heads = locale === 'fr' ? ['Étape', 'Au plus tôt', 'Au plus tard', 'Marge'] : ['Step', 'Earliest', 'Latest', 'Slack'];
  const line = (name: string, early: string, late: string, slack: string) =>
    `${pad(name, nameWidth)}  ${early.padEnd(spanWidth)}${late.padEnd(spanWidth)}${slack.padStart(6)}`;
  return [
    paint(line(heads[0] ?? '', heads[1] ?? '', heads[2] ?? '', heads[3] ?? ''), 'soft'),
    ...plan.steps.map((step) => {
      const text = line(
        STEP_WORDS[step.id][locale],
        span(step.earliest),
        span(step.latest),
        step.slackWorkingDays === null ? '?' : String(step.slackWorkingDays),
      );
      return step.critical ? paint(`${text} *`, 'critical') : text;
    }),
  ];
}

function chartLines(plan: Plan, nameWidth: number, columns: number, closures: readonly Period[], locale: Locale, paint: Paint): string[] {
  const { from, to } = extentOf(plan);
  const cells = Math.max(10, columns - nameWidth - 2);
  const perCell = daysBetween(from, to) / cells;
  const cell = (date: CivilDate) => Math.min(cells - 1, Math.max(0, Math.floor(daysBetween(from, date) / perCell)));
  const fill = (row: string[], a: CivilDate | null, b: CivilDate | null, mark: string) => {
    if (a !== null && b !== null) for (let i = cell(a); i <= cell(b); i++) row[i] = mark;
  };
  const header = Array.from({ length: cells }, () => ' ');
  let free = 0;
  for (const first of monthsOf(from, to)) {
    const name = `${SHORT_MONTH_WORDS[locale][Number(first.slice(5, 7)) - 1] ?? ''} `;
    if (cell(first) < free || cell(first) + name.length > cells) continue;
    [...name].forEach((letter, i) => {
      header[cell(first) + i] = letter;
    });
    free = cell(first) + name.length;
  }
  const row = (step: PlannedStep): string => {
    const marks = Array.from({ length: cells }, () => ' ');
    for (const closure of closures) if (closure.to >= from && closure.from <= to) fill(marks, closure.from, addDays(closure.to, 0), '·');
    fill(marks, step.earliest.start, step.latest.finish, '░');
    fill(marks, step.earliest.start, step.earliest.finish, step.occurrences || step.session ? '▒' : '█');
    for (const date of step.occurrences?.earliest ?? []) marks[cell(date)] = '○';
    const sitting = step.session?.latest ?? step.session?.earliest;
    if (sitting) {
      marks[cell(sitting.fileBy)] = '┊';
      marks[cell(sitting.date)] = '◆';
    }
    return `${pad(STEP_WORDS[step.id][locale], nameWidth)}  ${paint(marks.join('').trimEnd(), handOf(step.id))}`;
  };
  const key =
    locale === 'fr'
      ? '█ au plus tôt  ░ jusqu’au plus tard  ○ séance  ◆ séance délibérante  ┊ dépôt  · fermeture  * critique'
      : '█ earliest  ░ up to latest  ○ session  ◆ sitting  ┊ file due  · closure  * critical';
  return [
    paint(`${' '.repeat(nameWidth + 2)}${header.join('').trimEnd()}`, 'soft'),
    ...plan.steps.map(row),
    '',
    ...wrap(key, columns).map((line) => paint(line, 'soft')),
  ];
}

const handOf = (id: StepId): Hand => stepOf(id).hand;

/** Words on lines no longer than `width`. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
