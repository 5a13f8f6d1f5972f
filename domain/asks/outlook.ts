import type { Calendar, CivilDate } from '../calendar.js';
import { kinds } from '../kinds/index.js';
import { addressees, ladder, type Rung, type RungAt, toldOf } from './ladder.js';
import type { Around, OpenAsk, Place } from './place.js';
import { climb } from './reminders.js';
import { filledSeats } from './seats.js';
import { nextSendingTime } from './sending.js';

/** Who rungs go to; `about`: who is late, when it is somebody else; `substitutes`: whose place the addressee is given. */
export interface Target {
  addressee: string;
  about?: string;
  substitutes?: Place;
}

/** When each rung of one place in an ask is due, were it never to end: from the moment its holder joined, if they were named by somebody or began a draft. */
function rungsOf(ask: OpenAsk, { joined, joinedAt }: Place, calendar: Calendar): RungAt[] {
  const name = kinds[ask.kind].ladder;
  const openedAt = joined === 'delegate' || name === 'drafts' ? Math.max(ask.openedAt, joinedAt) : ask.openedAt;
  const announced = name === 'session' ? joinedAt : openedAt;
  return ladder({ name, openedAt, due: ask.due, calendar }).filter((step) => step.at >= Math.min(openedAt, announced));
}

/** To whom the silence of one place brings mail, and when each rung is due: its holder, their substitute, those who must know who is late. */
export function targetsOf(ask: OpenAsk, place: Place, { known, inOrder, asked, calendar }: Around): { target: Target; steps: RungAt[] }[] {
  const person = known(place.person);
  // a substitute was given the ask by the ladder, and is not chased: the person asked stays the one who is late
  if (person === undefined || place.closed !== null || place.joined === 'substitute') return [];
  const { substitute, unreachableAt } = person;
  const steps = rungsOf(ask, place, calendar);
  const theirs = (to: keyof ReturnType<typeof addressees>) => steps.filter(({ rung }) => addressees(rung)[to]);
  // the substitute of somebody who cannot be reached is asked at once, even where the ask ends before the rung
  const turnedTo =
    unreachableAt === undefined
      ? theirs('substitute')
      : theirs('substitute').map(({ rung, at }) => ({ rung, at: Math.min(at, Math.max(unreachableAt, ask.openedAt)) }));
  const targets: { target: Target; steps: RungAt[] }[] = [{ target: { addressee: place.person }, steps: theirs('late') }];
  if (substitute !== undefined && known(substitute) !== undefined && !asked.has(substitute))
    targets.push({ target: { addressee: substitute, substitutes: place }, steps: turnedTo });
  for (const addressee of toldOf(kinds[ask.kind].ladder, place, { known, inOrder }))
    targets.push({ target: { addressee, about: place.person }, steps: theirs('escalation') });
  const endsAt = ask.endsAt ?? Number.POSITIVE_INFINITY;
  return targets.map(({ target, steps }) => ({ target, steps: steps.filter((step) => step.at < endsAt) }));
}

/** Everyone an open ask still owes something to; a substitute of two people is turned to once. */
export function allTargetsOf(ask: OpenAsk, places: readonly Place[], around: Omit<Around, 'asked'>): { target: Target; steps: RungAt[] }[] {
  const filled = filledSeats(places);
  const asked = askedOf(places);
  const targets = new Map<string, { target: Target; steps: RungAt[] }>();
  for (const place of places) {
    if (filled.has(place.seat)) continue;
    for (const { target, steps } of targetsOf(ask, place, { ...around, asked })) {
      const before = targets.get(targetKey(target));
      // whose turn comes first is stood in for
      const sooner = before === undefined || (target.substitutes !== undefined && firstOf(steps) < firstOf(before.steps));
      targets.set(targetKey(target), { target: sooner ? target : before.target, steps: [...(before?.steps ?? []), ...steps] });
    }
  }
  return [...targets.values()];
}

const firstOf = (steps: readonly RungAt[]): number => steps.reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY);

/**
 * Who stands in for the holder of a place, or will: the substitute who was asked in it, or the one whom the ladder will turn to for it. Nobody
 * is asked in two places, so that a substitute of two people stands in for the one whose turn comes first.
 */
export function substituteFor(
  ask: OpenAsk,
  place: Place,
  { places, ...around }: Omit<Around, 'asked'> & { places: readonly Place[] },
): string | undefined {
  const seated = places.find(({ joined, onBehalfOf, closed }) => joined === 'substitute' && onBehalfOf === place.person && closed === null);
  if (seated !== undefined) return seated.person;
  const { known } = around;
  const substitute = known(place.person)?.substitute;
  if (substitute === undefined || known(substitute)?.unreachableAt !== undefined) return undefined;
  if (places.some(({ person }) => person === substitute)) return undefined;
  // only those who have the same one matter: an ask may have ten thousand places
  const filled = filledSeats(places);
  const rivals = places.filter(({ person, seat }) => known(person)?.substitute === substitute && !filled.has(seat));
  const theirs = (target: Target) => target.addressee === substitute && target.substitutes?.person === place.person;
  return allTargetsOf(ask, rivals, around).some(({ target, steps }) => theirs(target) && steps.length > 0) ? substitute : undefined;
}

/** Who was asked from the start or named by somebody. */
export const askedOf = (places: readonly Pick<Place, 'person' | 'joined'>[]): Set<string> =>
  new Set(places.filter((place) => place.joined !== 'substitute').map((place) => place.person));

/** What tells the addressees of one ask apart. */
export const targetKey = ({ addressee, about = '' }: Target): string => `${addressee} ${about}`;

/** A rung that was claimed for one ask, addressee and `about`: on which day, and whether a mail left; otherwise it was dropped for ever. */
export interface Claimed {
  rung: string;
  on: CivilDate;
  sent: boolean;
}

/** Which of its rungs are still owed, and when the last mail was. */
export function owed(steps: readonly RungAt[], claimed: readonly Claimed[]): { left: RungAt[]; last: CivilDate | undefined } {
  return {
    left: steps.filter((step) => !claimed.some(({ rung }) => rung === step.rung)),
    last: claimed.findLast(({ sent }) => sent)?.on,
  };
}

/**
 * The mails that are still to leave to one addressee about one ask, if nobody acts, each with the instant at which it leaves: what page, mail
 * and board promise, and no rung that the ladder will drop (experience.md: what was sent before, the gap of two working days, working hours).
 */
export function outlook({
  steps,
  claimed,
  at,
  endsAt = Number.POSITIVE_INFINITY,
  calendar,
}: {
  steps: readonly RungAt[];
  claimed: readonly Claimed[];
  at: number;
  endsAt?: number | undefined;
  calendar: Calendar;
}): RungAt[] {
  const { left, last: before } = owed(steps, claimed);
  const leaving = new Map<number, Rung[]>();
  for (const step of left.toSorted((a, b) => a.at - b.at)) {
    const leaves = nextSendingTime(Math.max(step.at, at), calendar);
    leaving.set(leaves, [...(leaving.get(leaves) ?? []), step.rung]);
  }
  const coming: RungAt[] = [];
  let last = before;
  for (const [leaves, due] of leaving) {
    if (leaves >= endsAt) break;
    const today = calendar.dateOf(leaves);
    const { send } = climb({ due, last, today, calendar });
    if (send === undefined) continue;
    coming.push({ rung: send, at: leaves });
    last = today;
  }
  return coming;
}
