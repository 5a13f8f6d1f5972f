import { filledSeats } from '../../domain/asks/seats.js';
import type { CivilDate } from '../../domain/calendar.js';
import { kinds } from '../../domain/kinds/index.js';
import { grouped } from '../grouped.js';
import type { LivedAsk, LivedPlace } from '../record.js';
import { type Follows, followsOf } from './follows.js';

/** A seat that did not answer by itself in time. Days are working days. */
export interface LateSeat {
  ask: LivedAsk;
  /** Who was asked: several where one answer is enough for all. */
  people: string[];
  /** Who answered in their place, if somebody did. */
  by?: { person: string; as: 'substitute' | 'delegate' };
  how: 'late' | 'filled' | 'missed' | 'let-off' | 'open';
  /** The day of the answer, or of the end; null: still open. */
  on: CivilDate | null;
  /** Working days after the due date. */
  lateDays: number;
  /** Working days for which it was asked. */
  askedDays: number;
  /** What the slack of the project (of the edition, before there are projects) was when the answer was due, and just before it came; only where somebody waited. */
  slack?: { due: number; came: number };
  /** What opened when it was settled: the people of those asks waited meanwhile. */
  follows: Follows;
}

/** What is needed to tell who was late. */
export interface Lateness {
  asks: readonly LivedAsk[];
  dateOf(at: number): CivilDate;
  /** Working days in (a, b]. */
  count(a: CivilDate, b: CivilDate): number;
  /** The instant at which a day ends. */
  endOfDay(date: CivilDate): number;
  /** The last instant that was lived. */
  until: number;
  /** The slack at an instant; left out, what a wait cost is not told. */
  slackAt?(at: number, project: string | null): number | null;
}

/** A session is told on its evening, and nobody is reminded of it for two working days: until then nobody is late. */
const graceDays = (ask: LivedAsk): number => (ask.kind === 'session' ? 2 : 0);

/** Every seat that answered after its due date, never, or through somebody else, the costliest first. */
export function lateSeats({ asks, dateOf, count, endOfDay, until, slackAt }: Lateness): LateSeat[] {
  const late = asks
    .filter(({ openedAt, outcome }) => openedAt !== null && outcome !== 'cancelled')
    .flatMap((ask) => [...grouped(ask.people, ({ seat }) => seat).values()].map((seat) => lateSeat(ask, seat)))
    .filter((one) => one !== undefined);
  return late.sort(
    (a, b) =>
      Number(madeWait(b)) - Number(madeWait(a)) ||
      Number(isUnanswered(b)) - Number(isUnanswered(a)) ||
      ateSlack(b) - ateSlack(a) ||
      b.lateDays - a.lateDays ||
      (a.ask.openedAt ?? 0) - (b.ask.openedAt ?? 0),
  );

  function lateSeat(ask: LivedAsk, places: readonly LivedPlace[]): LateSeat | undefined {
    const [first] = places;
    if (first === undefined) return undefined;
    const asked = places.filter(({ joined }) => joined === 'asked').map(({ person }) => person);
    const filled = places.find(({ closed }) => closed === 'answered' || closed === 'declined');
    const at = filled === undefined ? ask.closedAt : filled.closedAt;
    const on = at === null ? null : filled === undefined ? (ask.closedOn ?? dateOf(at)) : dateOf(at);
    const lateDays = Math.max(0, count(ask.due, on ?? dateOf(until)));
    const askedDays = count(dateOf(ask.openedAt ?? ask.opensAt), on ?? dateOf(until));
    const by = filled !== undefined && filled.joined !== 'asked' ? { person: filled.person, as: filled.joined } : undefined;
    const how = howOf();
    if (how === undefined) return undefined;
    const seat = {
      ask,
      people: asked.length > 0 ? asked : [first.person],
      ...(by && { by }),
      how,
      on,
      lateDays,
      askedDays,
      follows: followsOf(ask, asks, dateOf),
    };
    const slack = madeWait(seat) && lateDays > 0 ? slackOf(ask, at ?? until) : undefined;
    return slack === undefined ? seat : { ...seat, slack };

    /** Just before the answer: what it said is not what the wait cost. */
    function slackOf({ due: day, project }: LivedAsk, came: number): LateSeat['slack'] {
      const due = slackAt?.(endOfDay(day) - 1, project) ?? null;
      const after = slackAt?.(came - 1, project) ?? null;
      return due === null || after === null ? undefined : { due, came: after };
    }

    function howOf(): LateSeat['how'] | undefined {
      if (filled !== undefined) return by !== undefined ? 'filled' : lateDays > graceDays(ask) ? 'late' : undefined;
      if (ask.closedAt === null) return lateDays > graceDays(ask) ? 'open' : undefined;
      if (places.some(({ closed }) => closed === 'missed')) return 'missed';
      return lateDays > 0 ? 'let-off' : undefined;
    }
  }
}

/** Whether somebody waited because of it: what is never answered is waited for until it ends, but for what ends on its day whoever answers. */
export const madeWait = ({ ask, how, follows, lateDays }: LateSeat): boolean =>
  how === 'open' || (follows.is === 'waited' && (lateDays > 0 || (how === 'missed' && !kinds[ask.kind].hard)));

/** How many working days of slack went while it was awaited. */
export const lostDays = ({ slack }: LateSeat): number => (slack === undefined ? 0 : Math.max(0, slack.due - slack.came));

const isUnanswered = ({ how }: LateSeat): boolean => how === 'open' || how === 'missed';

/** Below this slack, in working days, coordinators are alerted: what a wait takes then is what costs. */
const thinSlack = 5;
const ateSlack = (one: LateSeat): number => (one.slack !== undefined && one.slack.came < thinSlack ? lostDays(one) : 0);

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
