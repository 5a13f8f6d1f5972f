/** The jury's day, hour by hour: the running order of those who are heard (intake.md, "The jury's day"). */
import type { Calendar, CivilDate } from './calendar.js';

/** The hours of the day, local time `HH:MM`; lengths in minutes. */
export interface JuryDay {
  from: string;
  to: string;
  place?: string;
  perPitch: number;
  breaks: readonly { at: string; minutes: number }[];
}

/** When somebody is heard. */
export interface Slot {
  from: string;
  to: string;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const timeOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** So many slots, one after the other; a pitch that would run into a break begins after it. */
export function slotsOf({ from, perPitch, breaks }: Pick<JuryDay, 'from' | 'perPitch' | 'breaks'>, count: number): Slot[] {
  const pauses = [...breaks]
    .map(({ at, minutes }) => ({ from: minutesOf(at), to: minutesOf(at) + minutes }))
    .sort((a, b) => a.from - b.from);
  const slots: Slot[] = [];
  let now = minutesOf(from);
  for (let n = 0; n < count; n++) {
    for (const pause of pauses) if (now < pause.to && now + perPitch > pause.from) now = pause.to;
    slots.push({ from: timeOf(now), to: timeOf(now + perPitch) });
    now += perPitch;
  }
  return slots;
}

/** Whether so many are heard before the day is over. */
export function fits(day: JuryDay, count: number): boolean {
  const last = slotsOf(day, count).at(-1);
  return last === undefined || minutesOf(last.to) <= minutesOf(day.to);
}

/** When the marks close: at 19:00, or two hours after the end of the day, if that is later. */
export function marksCloseAt(day: JuryDay | undefined): string {
  const twoHoursAfter = day === undefined ? 0 : Math.min(minutesOf(day.to) + 120, 23 * 60 + 59);
  return timeOf(Math.max(19 * 60, twoHoursAfter));
}

/** The instants of a day's hours, epoch ms. */
export const hoursOn = (day: JuryDay, date: CivilDate, calendar: Pick<Calendar, 'instantAt'>): { from: number; to: number } => ({
  from: calendar.instantAt(date, day.from),
  to: calendar.instantAt(date, day.to),
});
