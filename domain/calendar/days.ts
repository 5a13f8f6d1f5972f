/** Which days are working days, kept in blocks of 512 days so that counting over a year is a handful of additions. */
import { civilDate, dayNumber, weekdayIndex } from './civil.js';
import { type HolidayZone, holidayNumbers } from './holidays.js';

type Span = { from: string; to: string };
type Block = { working: Uint8Array; school: Uint8Array; total: number };

const SIZE = 512;

/** Day-number arithmetic of one territory. */
export type Days = {
  isWorking(day: number): boolean;
  isSchoolHoliday(day: number): boolean;
  /** Working days in [from, to): 0 when empty. */
  countBetween(from: number, to: number): number;
};

/** The working and school days that these holidays, closures and school holidays make. */
export function daysOf(zone: HolidayZone, closures: readonly Span[], schoolHolidays: readonly Span[]): Days {
  const blocks = new Map<number, Block>();
  const numbered = (spans: readonly Span[]) => spans.map(({ from, to }) => ({ from: dayNumber(from), to: dayNumber(to) }));
  const closed = numbered(closures);
  const school = numbered(schoolHolidays);
  const mark = (flags: Uint8Array, first: number, spans: readonly { from: number; to: number }[], value: number): void => {
    for (const { from, to } of spans) {
      const start = Math.max(from - first, 0);
      const end = Math.min(to - first + 1, SIZE);
      if (start < end) flags.fill(value, start, end);
    }
  };
  const build = (index: number): Block => {
    const first = index * SIZE;
    const working = new Uint8Array(SIZE);
    for (let i = 0; i < SIZE; i++) working[i] = weekdayIndex(first + i) < 5 ? 1 : 0;
    for (let year = Number(civilDate(first).slice(0, 4)); year <= Number(civilDate(first + SIZE - 1).slice(0, 4)); year++)
      for (const day of holidayNumbers(zone, year)) if (day >= first && day < first + SIZE) working[day - first] = 0;
    mark(working, first, closed, 0);
    const schoolDays = new Uint8Array(SIZE);
    mark(schoolDays, first, school, 1);
    return { working, school: schoolDays, total: working.reduce((sum, flag) => sum + flag, 0) };
  };
  const blockOf = (index: number): Block => {
    let block = blocks.get(index);
    if (!block) {
      block = build(index);
      blocks.set(index, block);
    }
    return block;
  };
  const at = (day: number) => blockOf(Math.floor(day / SIZE));
  return {
    isWorking: (day) => at(day).working[day - Math.floor(day / SIZE) * SIZE] === 1,
    isSchoolHoliday: (day) => at(day).school[day - Math.floor(day / SIZE) * SIZE] === 1,
    countBetween(from, to) {
      let sum = 0;
      for (let day = from; day < to; ) {
        const index = Math.floor(day / SIZE);
        const block = blockOf(index);
        const end = Math.min((index + 1) * SIZE, to);
        if (day === index * SIZE && end === (index + 1) * SIZE) sum += block.total;
        else for (let i = day - index * SIZE; i < end - index * SIZE; i++) sum += block.working[i] ?? 0;
        day = end;
      }
      return sum;
    },
  };
}
