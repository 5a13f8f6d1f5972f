import type { Calendar, CivilDate } from '../domain/calendar.js';
import { mondayOf } from '../domain/calendar.js';
import type { LivedAsk, LivedMail, LivedPlace } from './record.js';

/** How long somebody kept others waiting beyond what was asked: working days after due, over so many asks. */
export interface Wait {
  person: string;
  workingDays: number;
  asks: number;
}

/**
 * Who kept others waiting beyond the dates they were given, the longest first. A seat waits for whoever was asked first, or for whom they
 * named in time, whoever answers in the end; `until` (epoch ms) is when life was stopped, for what nobody has answered.
 */
export function waitsOf(asks: readonly LivedAsk[], { calendar, until }: { calendar: Calendar; until: number }): Wait[] {
  const waits = new Map<string, Wait>();
  for (const ask of asks) {
    if (ask.openedAt === null || ask.outcome === 'cancelled' || isFollowed(ask, asks)) continue;
    for (const seat of new Set(ask.people.map((place) => place.seat))) {
      const places = ask.people.filter((place) => place.seat === seat);
      if (places.every(({ closed }) => closed === 'not-needed')) continue;
      const filled = places.flatMap(({ closed, closedAt }) => (closed === 'answered' || closed === 'declined' ? (closedAt ?? []) : []));
      const end = filled.length > 0 ? Math.min(...filled) : (ask.closedAt ?? until);
      const workingDays = calendar.count(ask.due, calendar.dateOf(end - 1));
      if (workingDays <= 0) continue;
      for (const { person } of heldBy(places, ask.due, calendar)) {
        const before = waits.get(person) ?? { person, workingDays: 0, asks: 0 };
        waits.set(person, { person, workingDays: before.workingDays + workingDays, asks: before.asks + 1 });
      }
    }
  }
  return [...waits.values()].sort((a, b) => b.workingDays - a.workingDays || (a.person < b.person ? -1 : 1));
}

/** A session that others follow: nothing waits for its report. */
const isFollowed = ({ kind, project, part }: LivedAsk, asks: readonly LivedAsk[]): boolean =>
  kind === 'session' && asks.some((other) => other.kind === 'session' && other.project === project && (other.part ?? '') > (part ?? ''));

function heldBy(places: readonly LivedPlace[], due: CivilDate, calendar: Calendar): LivedPlace[] {
  const handedOn = ({ closed, closedAt }: LivedPlace) => closed === 'delegated' && closedAt !== null && calendar.dateOf(closedAt) <= due;
  const delegates = places.filter(({ joined, closed }) => joined === 'delegate' && closed !== 'delegated');
  const asked = places.filter((place) => place.joined === 'asked' && !handedOn(place));
  return asked.length > 0 ? asked : delegates;
}

/** The week in which one person got most mails, the first such: the Monday it begins on. Undefined when there are no mails. */
export function busiestWeek(
  mails: readonly Pick<LivedMail, 'at' | 'person'>[],
  calendar: Calendar,
): { person: string; monday: CivilDate; mails: number } | undefined {
  const weeks = new Map<string, { person: string; monday: CivilDate; mails: number }>();
  for (const { at, person } of mails) {
    const date = calendar.dateOf(at);
    const monday = mondayOf(date);
    const key = `${monday} ${person}`;
    weeks.set(key, { person, monday, mails: (weeks.get(key)?.mails ?? 0) + 1 });
  }
  return [...weeks].sort(([a, x], [b, y]) => y.mails - x.mails || (a < b ? -1 : 1))[0]?.[1];
}
