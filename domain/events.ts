/** Events that belong in calendars: the pitch, field sessions, sittings, introductions; and what has to be told when one is set, moves or falls away. */
import type { AskKind, Outcome } from './asks.js';
import type { CivilDate } from './calendar.js';
import type { EditionRules, Person } from './edition.js';
import type { Plan } from './plan.js';
import type { StepId } from './steps.js';

/**
 * The kinds of events. An introduction has no day of its own: its entry stands on the day by which the two should have met. The restitution is in
 * feeds only: nobody is invited by a calendar mail.
 */
export type EventKind = 'pitch' | 'session' | 'sitting' | 'introduction' | 'restitution';

/** The days of an event, both included. */
export interface EventDays {
  first: CivilDate;
  last: CivilDate;
}

/** What an event is, whatever its day. `part`: the number of a session in its series, the pair, the version of what a sitting is about. */
export interface EventKey {
  kind: EventKind;
  step: StepId;
  project?: string;
  part?: string;
}

/** An event as it is now foreseen, and in whose calendars it belongs. */
export interface Foreseen extends EventKey, EventDays {
  people: readonly string[];
}

/** What one reader's calendar is told of an event; without a person, the feed of the edition. */
export interface Entry extends EventKey, EventDays {
  uid: string;
  person: string | null;
  state: 'confirmed' | 'cancelled';
  /** Raised by each change (RFC 5546). */
  sequence: number;
}

/** The id of an event: the same for ever, derived from what it is and not from its day. */
export const uidOf = (edition: string, { kind, step, project, part }: EventKey): string =>
  `${[edition, step, project, part, kind].filter((word) => word !== undefined).join('.')}@troismains`;

/**
 * What is to be told: events that are new, that have other days, that no longer take place. What is past is left as it was told,
 * unless it moves to a day to come.
 */
export function changesOf(
  known: readonly Entry[],
  foreseen: readonly Foreseen[],
  { edition, today }: { edition: string; today: CivilDate },
): Entry[] {
  const key = (uid: string, person: string | null) => `${uid} ${person ?? ''}`;
  const before = new Map(known.map((entry) => [key(entry.uid, entry.person), entry]));
  const stands = new Set<string>();
  const changed: Entry[] = [];
  for (const { people, ...event } of foreseen) {
    const uid = uidOf(edition, event);
    for (const person of [null, ...new Set(people)]) {
      stands.add(key(uid, person));
      const said = before.get(key(uid, person));
      const same = said?.state === 'confirmed' && said.first === event.first && said.last === event.last;
      if (!same && event.last >= today)
        changed.push({ ...event, uid, person, state: 'confirmed', sequence: said === undefined ? 0 : said.sequence + 1 });
    }
  }
  for (const entry of known)
    if (entry.state === 'confirmed' && entry.last >= today && !stands.has(key(entry.uid, entry.person)))
      changed.push({ ...entry, state: 'cancelled', sequence: entry.sequence + 1 });
  return changed;
}

/**
 * What an edition has fixed from its first day, before anybody is told of it, as it now stands: the jury's pinned day, the sittings that its circuits
 * go to, the restitution; and whom it concerns.
 * @param people those of the edition's file who are asked about: each, or one
 */
export function fixedAhead(
  { steps, target }: Plan,
  { plan, selection }: EditionRules,
  people: readonly Pick<Person, 'id' | 'role'>[],
): Foreseen[] {
  const coordinators = people.filter(({ role }) => role === 'coordinator').map(({ id }) => id);
  const results = people.filter(({ role }) => role !== 'relay').map(({ id }) => id);
  return steps.flatMap(({ id, earliest, session }): Foreseen[] => {
    const on = (day: CivilDate, kind: EventKind, concerned: string[]) => [{ kind, step: id, first: day, last: day, people: concerned }];
    const sitting = session?.earliest?.date;
    if (id === 'restitution') return on(target, 'restitution', results);
    if (id === 'pitch' && plan.pitch.kind === 'pin' && earliest.start !== null)
      return on(earliest.start, 'pitch', [...selection.jury, ...coordinators]);
    return sitting !== undefined && sitting === earliest.finish ? on(sitting, 'sitting', coordinators) : []; // not of what is over already
  });
}

/** An ask, as far as the days of events depend on it. */
export interface EventAsk {
  id: string;
  kind: AskKind;
  project: string | null;
  part: string | null;
  generation: number;
  about: string | null;
  due: CivilDate;
  outcome: Outcome | null;
  closed_on: CivilDate | null;
  result: string | null;
  items: string[] | null;
}

/**
 * The days of a project's sessions: a session that was moved, once or more, is the same session on another day; one that was
 * dropped, closed before its day, or cancelled with it (a closure, a pause), takes place no more.
 * @param days as they were fixed when the roadmap was approved
 * @param asks the project's `session` asks, and the `decide` asks of its field step
 */
export function sessionsOf(days: readonly CivilDate[], asks: readonly EventAsk[]): { part: string; day: CivilDate }[] {
  const decisions = new Map(asks.filter((ask) => ask.kind === 'decide' && ask.about !== null).map((ask) => [ask.about, ask]));
  const sessions = asks.filter((ask) => ask.kind === 'session').sort((a, b) => a.generation - b.generation);
  const dayOf = (first: CivilDate): CivilDate | undefined => {
    let day = first;
    let ask = sessions.find((one) => one.part === day);
    while (ask !== undefined) {
      if (ask.outcome === 'closed' && ask.closed_on !== null && ask.closed_on < day) return undefined;
      const decision = decisions.get(ask.id);
      if (decision?.result === 'drop') return undefined;
      const [moved] = decision?.result === 'move' ? (decision.items ?? []) : [];
      if (moved === undefined) return ask.outcome === 'cancelled' ? undefined : day;
      day = moved;
      const next = ask.generation + 1;
      ask = sessions.find((one) => one.part === day && one.generation === next);
    }
    return day;
  };
  return days.flatMap((first, index) => {
    const day = dayOf(first);
    return day === undefined ? [] : [{ part: String(index + 1), day }];
  });
}

/**
 * The days of a pitch before it begins: as planned when it was first announced, and no other, however the forecast moves, until that day has
 * come and it is still prepared; then the latest day it can be.
 */
export function pitchAhead({
  planned,
  latest,
  announced,
  preparing,
  today,
}: {
  planned: EventDays | undefined;
  latest: EventDays | undefined;
  announced: EventDays | undefined;
  preparing: boolean;
  today: CivilDate;
}): EventDays | undefined {
  if (announced === undefined) return planned;
  if (!preparing || announced.first > today) return announced;
  return [latest, planned].find((days) => days !== undefined && days.first > today) ?? announced;
}
