import type { Calendar, CivilDate } from '../calendar.js';

/** The rungs of the ladder, in order (experience.md). A nudge by hand is a rung of its own: `nudge-1`, `nudge-2` … */
export const rungs = ['before-5', 'before-2', 'opening', 'due', 'late-2', 'late-5'] as const;
export type Rung = (typeof rungs)[number];
export type LadderName = 'standard' | 'session' | 'drafts';

/** Mail leaves between these local hours of a working day; rungs leave at `rungTime`. */
export const sendingHours = { from: 8, to: 19 } as const;
export const rungTime = '09:00';
/** A session asks its questions at this hour of its own day. */
export const sessionTime = '18:00';
/** Two mails with the same ask, addressee and `about` are at least this many working days apart. */
export const minGapWorkingDays = 2;

/** One step of a ladder: which rung, and the instant (epoch ms) from which it is due. */
export interface RungAt {
  rung: Rung;
  at: number;
}

const offsets = { 'before-5': -5, 'before-2': -2, due: 0, 'late-2': 2, 'late-5': 5 } as const;

const climbs: Record<LadderName, readonly Rung[]> = {
  standard: ['opening', 'before-5', 'before-2', 'due', 'late-2', 'late-5'],
  session: ['before-2', 'opening', 'late-2', 'late-5'],
  drafts: ['before-5', 'before-2', 'due'],
};

/** Whether a ladder turns to the substitute of who is late, ever. */
export const turnsToSubstitute = (name: LadderName): boolean => climbs[name].some((rung) => addressees(rung).substitute);

/**
 * When each rung of an ask is due.
 * @param openedAt epoch ms at which the ask opened (a session: 18:00 of its day)
 * @param due the civil date by which it is asked; rungs count working days from it
 */
export function ladder({
  name,
  openedAt,
  due,
  calendar,
}: {
  name: LadderName;
  openedAt: number;
  due: CivilDate;
  calendar: Calendar;
}): RungAt[] {
  return climbs[name].map((rung) => ({
    rung,
    at: rung === 'opening' ? openedAt : calendar.instantAt(offsets[rung] === 0 ? due : calendar.add(due, offsets[rung]), rungTime),
  }));
}

/** Who a rung is for: the person asked; their substitute, with a link of their own; those who must know who is late. */
export function addressees(rung: Rung): { late: boolean; substitute: boolean; escalation: boolean } {
  switch (rung) {
    case 'late-2':
      return { late: true, substitute: true, escalation: true };
    case 'late-5':
      return { late: false, substitute: false, escalation: true };
    default:
      return { late: true, substitute: false, escalation: false };
  }
}

/** Whether mail may leave at this instant: a working day, between 8 and 19 h. */
export function isSendingTime(at: number, calendar: Calendar): boolean {
  const hour = Number(calendar.timeOf(at).slice(0, 2));
  return calendar.isWorkingDay(calendar.dateOf(at)) && hour >= sendingHours.from && hour < sendingHours.to;
}

/** Until when mail that leaves now may go on leaving: 19:00 of a working day, or the instant itself outside working hours. */
export function sendingCloses(at: number, calendar: Calendar): number {
  return isSendingTime(at, calendar) ? calendar.instantAt(calendar.dateOf(at), `${sendingHours.to}:00`) : at;
}

/** The next instant at which mail may leave: now, if it may; otherwise the next 09:00 of a working day. */
export function nextSendingTime(at: number, calendar: Calendar): number {
  if (isSendingTime(at, calendar)) return at;
  const today = calendar.dateOf(at);
  const nine = calendar.instantAt(calendar.onOrAfter(today), rungTime);
  return nine > at ? nine : calendar.instantAt(calendar.add(today, 1), rungTime);
}

/** What was mailed before about the same ask, to the same addressee, about the same late person: its civil date, if any. */
export type LastMail = CivilDate | undefined;

/** Whether a mail today would follow the last one about the same too closely. */
export const isTooSoon = (last: LastMail, today: CivilDate, calendar: Calendar): boolean =>
  last !== undefined && calendar.count(last, today) < minGapWorkingDays;

/**
 * Of the rungs that are due now for one ask, addressee and `about`, which one leaves and which are dropped for ever.
 * After an outage only the last one leaves; one that would come fewer than two working days after the last mail never does.
 */
export function climb({ due, last, today, calendar }: { due: readonly Rung[]; last: LastMail; today: CivilDate; calendar: Calendar }): {
  send?: Rung;
  drop: Rung[];
} {
  const top = due.includes('opening') ? 'opening' : due.at(-1);
  if (top === undefined) return { drop: [] };
  return isTooSoon(last, today, calendar) ? { drop: [...due] } : { send: top, drop: due.filter((rung) => rung !== top) };
}
