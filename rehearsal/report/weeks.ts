import { addDays, type CivilDate, mondayOf } from '../../domain/calendar.js';

/** More mails than this that ask or remind, to one person in one week, are a peak. */
export const peakOver = 3;

/** A mail as weeks count it. */
export interface CountedMail {
  on: CivilDate;
  person: string;
  /** It asks, reminds, or escalates. */
  asks: boolean;
}

/** One person in one week. */
export interface Cell {
  mails: number;
  asking: number;
  peak: boolean;
}

/** Mails by person and week. Weeks are named by their Monday, none left out. */
export interface Weeks {
  weeks: CivilDate[];
  rows: { person: string; cells: Cell[]; mails: number; asking: number; peaks: number }[];
  /** All people together, week by week. */
  totals: number[];
  peaks: { person: string; week: CivilDate; asking: number; mails: number }[];
}

/** Counts mails by week and person; people who got none have a row too. */
export function mailWeeks(mails: readonly CountedMail[], people: readonly string[]): Weeks {
  const days = mails.map(({ on }) => on).sort();
  const [first] = days;
  const last = days.at(-1);
  const weeks: CivilDate[] = [];
  if (first !== undefined && last !== undefined) for (let week = mondayOf(first); week <= last; week = addDays(week, 7)) weeks.push(week);
  const at = new Map(weeks.map((week, index) => [week, index]));
  const cells = new Map(people.map((person) => [person, weeks.map((): Cell => ({ mails: 0, asking: 0, peak: false }))]));
  for (const { on, person, asks } of mails) {
    const cell = cells.get(person)?.[at.get(mondayOf(on)) ?? -1];
    if (cell === undefined) continue;
    cell.mails++;
    if (asks) cell.asking++;
    cell.peak = cell.asking > peakOver;
  }
  const rows = people.map((person) => {
    const own = cells.get(person) ?? [];
    const sum = (of: (cell: Cell) => number) => own.reduce((n, cell) => n + of(cell), 0);
    return { person, cells: own, mails: sum((c) => c.mails), asking: sum((c) => c.asking), peaks: sum((c) => Number(c.peak)) };
  });
  const peaks = rows
    .flatMap(({ person, cells: own }) =>
      own.flatMap(({ peak, asking, mails: n }, index) => (peak ? [{ person, week: weeks[index] ?? '', asking, mails: n }] : [])),
    )
    .sort((a, b) => b.asking - a.asking || b.mails - a.mails || (a.week < b.week ? -1 : 1));
  return { weeks, rows, totals: weeks.map((_, index) => rows.reduce((n, row) => n + (row.cells[index]?.mails ?? 0), 0)), peaks };
}
