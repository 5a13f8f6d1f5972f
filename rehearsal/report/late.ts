import { filledSeats } from '../../domain/asks.js';
import type { CivilDate } from '../../domain/calendar.js';
import type { LivedAsk, LivedPlace } from '../record.js';
import { type Follows, followsOf } from './follows.js';
import { grouped } from './grouped.js';

/** A seat that did not answer by itself in time. Days are working days. */
export interface LateSeat {
  ask: LivedAsk;
  /** Who was asked. */
  person: string;
  /** Who answered in their place, if somebody did. */
  by?: { person: string; as: 'substitute' | 'delegate' };
  how: 'late' | 'filled' | 'missed' | 'let-off' | 'open';
  /** The day of the answer, or of the end; null: still open. */
  on: CivilDate | null;
  /** Working days after the due date. */
  lateDays: number;
  /** What opened when it was settled: the people of those asks waited meanwhile. */
  follows: Follows;
}

/** What is needed to tell who was late. */
export interface Lateness {
  asks: readonly LivedAsk[];
  dateOf(at: number): CivilDate;
  /** Working days in (a, b]. */
  count(a: CivilDate, b: CivilDate): number;
  /** The last day that was lived. */
  lastDay: CivilDate;
}

/** A session is told on its evening, and nobody is reminded of it for two working days: until then nobody is late. */
const graceDays = (ask: LivedAsk): number => (ask.kind === 'session' ? 2 : 0);

/** Every seat that answered after its due date, never, or through somebody else, the costliest first. */
export function lateSeats({ asks, dateOf, count, lastDay }: Lateness): LateSeat[] {
  const late = asks
    .filter(({ openedAt, outcome }) => openedAt !== null && outcome !== 'cancelled')
    .flatMap((ask) => [...grouped(ask.people, ({ seat }) => seat).values()].map((seat) => lateSeat(ask, seat)))
    .filter((one) => one !== undefined);
  const cost = (one: LateSeat) => (one.follows.is === 'waited' || one.how === 'open' ? 1_000 : 0) + one.lateDays;
  return late.sort((a, b) => cost(b) - cost(a) || (a.ask.openedAt ?? 0) - (b.ask.openedAt ?? 0));

  function lateSeat(ask: LivedAsk, places: readonly LivedPlace[]): LateSeat | undefined {
    const [first] = places;
    if (first === undefined) return undefined;
    const asked = places.find(({ joined }) => joined === 'asked') ?? first;
    const filled = places.find(({ closed }) => closed === 'answered' || closed === 'declined');
    const at = filled === undefined ? ask.closedAt : filled.closedAt;
    const on = at === null ? null : filled === undefined ? (ask.closedOn ?? dateOf(at)) : dateOf(at);
    const lateDays = Math.max(0, count(ask.due, on ?? lastDay));
    const by = filled !== undefined && filled.joined !== 'asked' ? { person: filled.person, as: filled.joined } : undefined;
    const how = howOf();
    if (how === undefined) return undefined;
    return { ask, person: asked.person, ...(by && { by }), how, on, lateDays, follows: followsOf(ask, asks, dateOf) };

    function howOf(): LateSeat['how'] | undefined {
      if (filled !== undefined) return by !== undefined ? 'filled' : lateDays > graceDays(ask) ? 'late' : undefined;
      if (ask.closedAt === null) return lateDays > graceDays(ask) ? 'open' : undefined;
      if (places.some(({ closed }) => closed === 'missed')) return 'missed';
      return lateDays > 0 ? 'let-off' : undefined;
    }
  }
}

/** Asks that ended without all that was asked for: some of it, or nothing. */
export function lackingAsks(asks: readonly LivedAsk[]): { ask: LivedAsk; seats: number; filled: number }[] {
  return asks
    .filter(({ outcome }) => outcome === 'partial' || outcome === 'none')
    .map((ask) => ({ ask, seats: new Set(ask.people.map(({ seat }) => seat)).size, filled: filledSeats(ask.people).size }));
}

const sentBack = ['changes-requested', 'refused', 'adjourned', 'rejected'];

/** What was sent back, what was refused, and sessions that were not held, in the order in which it was said. */
export const setbacks = (asks: readonly LivedAsk[]): LivedAsk[] =>
  asks
    .filter(({ kind, result }) => sentBack.includes(result ?? '') || (kind === 'session' && result === 'no'))
    .sort((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0));

/** What coordinators decided because something was lacking. */
export const decisions = (asks: readonly LivedAsk[]): LivedAsk[] =>
  asks.filter(({ kind, openedAt }) => kind === 'decide' && openedAt !== null);
