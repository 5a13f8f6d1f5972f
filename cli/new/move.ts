/** Moves an edition file to another date. The text is edited where a value changes and nowhere else: comments and layout stay. */
import { type Document, isScalar, isSeq, parseDocument, type Scalar, visit } from 'yaml';
import { addDays, type CivilDate, calendarOf, dayNumber, isCivilDate } from '../../domain/calendar.js';
import { readEdition } from '../../domain/edition.js';
import type { Locale } from '../../domain/words.js';
import { mapOf, marked, placesToCheck, type ToCheck } from './check.js';

/** What may change in a copy; `start` is the day before which it must not begin. */
export type Move = { start: CivilDate; id?: string; title?: string; territory?: string };

/** An edition file at another date, and what its author has to know: its first day, what was on a day off, what to look at again. */
export type Moved = {
  text: string;
  start: CivilDate;
  weeks: number;
  offDays: { path: string; from: CivilDate; to: CivilDate }[];
  toCheck: ToCheck[];
};

type Edit = { node: Scalar; value: string };

/** The text of an accepted edition file with every date moved by the same whole number of weeks, then the target, the pins and the sittings
 *  that fall on a day off moved to the next working day; a comment, in the language given, stands where somebody must look again. */
export function moveEdition(text: string, { start, id, title, territory }: Move, locale: Locale): Moved {
  const document = parseDocument(text);
  const from = document.get('start');
  if (typeof from !== 'string') throw new Error('the edition has no start');
  const days = Math.ceil((dayNumber(start) - dayNumber(from)) / 7) * 7;
  const names: Edit[] = [
    ...named(document, ['id'], id),
    ...named(document, ['title'], title),
    ...named(document, ['territory', 'name'], territory),
  ];
  const moved = apply(text, [...datesOf(document).map((node) => ({ node, value: addDays(String(node.value), days) })), ...names]);
  const { offDays, done } = onWorkingDays(moved);
  const working = parseDocument(done);
  const toCheck = days === 0 ? [] : placesToCheck(working);
  return {
    text: marked(done, { document: working, places: toCheck, locale }),
    start: addDays(from, days),
    weeks: days / 7,
    offDays,
    toCheck,
  };
}

/** Every value that is a date, wherever it stands. */
function datesOf(document: Document): Scalar[] {
  const found: Scalar[] = [];
  visit(document, {
    Scalar(key, node) {
      if (key !== 'key' && typeof node.value === 'string' && isCivilDate(node.value)) found.push(node);
    },
  });
  return found;
}

function named(document: Document, path: readonly string[], value: string | undefined): Edit[] {
  const node = document.getIn(path, true);
  return value !== undefined && isScalar(node) ? [{ node, value }] : [];
}

/** Puts values in their places, last place first so that the others stay where they are. */
function apply(text: string, edits: readonly Edit[]): string {
  const placed = edits.flatMap(({ node, value }) => (node.range ? [{ from: node.range[0], to: node.range[1], value }] : []));
  return placed
    .sort((a, b) => b.from - a.from)
    .reduce(
      (done, { from, to, value }) => `${done.slice(0, from)}${isCivilDate(value) ? value : JSON.stringify(value)}${done.slice(to)}`,
      text,
    );
}

function onWorkingDays(text: string): { done: string } & Pick<Moved, 'offDays'> {
  const document = parseDocument(text);
  const pins = mapOf(document, ['plan']).map((step) => ['plan', step, 'date']);
  const sittings = mapOf(document, ['territory', 'sessions']).flatMap((body) =>
    pathsUnder(document, ['territory', 'sessions', body, 'dates']),
  );
  const cal = calendarIn(document);
  const edits = [['target'], ...pins, ...sittings].flatMap((path) => {
    const node = document.getIn(path, true);
    return isScalar(node) && typeof node.value === 'string' && isCivilDate(node.value) && !cal.isWorkingDay(node.value)
      ? [{ path: path.join('.'), from: node.value, node, value: cal.onOrAfter(node.value) }]
      : [];
  });
  return { done: apply(text, edits), offDays: edits.map(({ path, from, value }) => ({ path, from, to: value })) };
}

function pathsUnder(document: Document, path: readonly string[]): (string | number)[][] {
  const list = document.getIn(path, true);
  return isSeq(list) ? list.items.map((_, i) => [...path, i]) : [];
}

/** The calendar of a file that may have dates on days off, but is otherwise right. */
function calendarIn(document: Document): ReturnType<typeof calendarOf> {
  const copy = document.clone();
  copy.deleteIn(['territory', 'sessions']);
  copy.deleteIn(['circuits']);
  copy.deleteIn(['plan']);
  copy.setIn(['target'], '2000-01-03');
  const reading = readEdition(copy.toString());
  if (!reading.ok) throw new Error(reading.problems.map(({ path, message }) => `${path}: ${message.en}`).join('\n'));
  return calendarOf(reading.edition.territory);
}
