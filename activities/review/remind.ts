import { askRules, filledSeats } from '../../domain/asks.js';
import { addressees, climb, isSendingTime, ladder, nextSendingTime, type Rung, type RungAt, rungTime } from '../../domain/ladder.js';
import { type AskRow, type HolderRow, seatPeople } from '../../store/asks.js';
import { audit, type Written } from '../../store/audit.js';
import { queueMails, remindedSince } from '../../store/outbox.js';
import { type Claim, type ClaimedRung, claimedRungs, claimRungs } from '../../store/rungs.js';
import type { PersonRow } from '../../store/work.js';
import type { ReviewContext } from './context.js';

/** Who rungs go to; `about`: who is late, when it is somebody else; `substitutes`: whose place the addressee is given. */
interface Target {
  addressee: string;
  about?: string;
  substitutes?: HolderRow;
}

/**
 * Queues what the ladder owes now, and says when it owes something next. Everything that is due for one person at one time is one
 * mail; whoever already had a reminder today waits for the next working day.
 */
export async function remind(context: ReviewContext): Promise<number | null> {
  const { tx, edition, at, calendar, today } = context;
  const asks = [...context.open.values()];
  const ids = asks.map((ask) => ask.id);
  const holders = await context.holders();
  const claimed = groupByTarget(await claimedRungs(tx, ids));
  const people = await context.people();
  const reminded = await remindedSince(tx, edition.id, calendar.instantAt(today, '00:00'));
  const tomorrow = calendar.instantAt(calendar.add(today, 1), rungTime);
  const claims: Claim[] = [];
  const mails = new Map<string, Claim[]>();
  const wakes: number[] = [];
  const entries: Written[] = [];

  for (const ask of asks) {
    const places = holders.get(ask.id) ?? [];
    for (const { target, steps } of targetsOf(context, ask, places, people)) {
      const { addressee, about } = target;
      const past = claimed.get(targetKey(ask.id, addressee, about)) ?? [];
      const left = steps.filter((step) => !past.some((p) => p.rung === step.rung));
      for (const step of left) if (step.at > at) wakes.push(nextSendingTime(step.at, calendar));
      const due = left.filter((step) => step.at <= at).map((step) => step.rung);
      if (due.length === 0) continue;
      if (isUnreachable(people, addressee)) {
        // nobody would read it: a reminder is over, what they have never been told waits for an address that works
        if (about === undefined && target.substitutes === undefined)
          claims.push(...due.filter((rung) => rung !== 'opening').map((rung) => ({ ask: ask.id, person: addressee, rung })));
        continue;
      }
      const last = past.findLast((p) => p.sent)?.claimed_on;
      const { send, drop } = climb({ due, last, today, calendar });
      const mustWait = send !== undefined && (!isSendingTime(at, calendar) || (send !== 'opening' && reminded.has(addressee)));
      if (mustWait) {
        wakes.push(isSendingTime(at, calendar) ? tomorrow : nextSendingTime(at, calendar));
        continue;
      }
      const claim = (rung: Rung): Claim => ({ ask: ask.id, person: addressee, rung, about });
      claims.push(...drop.map(claim));
      if (send === undefined) continue;
      mails.set(addressee, [...(mails.get(addressee) ?? []), claim(send)]);
      if (target.substitutes !== undefined) {
        const substitute = {
          person: addressee,
          seat: target.substitutes.seat,
          onBehalfOf: target.substitutes.person,
          joined: 'substitute' as const,
        };
        await seatPeople(tx, { edition: edition.id, ask: ask.id, people: [substitute], at });
        entries.push({
          edition: edition.id,
          at,
          actor: 'programme',
          verb: 'ask.substituted',
          subject: ask.id,
          detail: { to: addressee, seat: substitute.seat, for: substitute.onBehalfOf },
        });
        context.seated();
      }
    }
  }

  await audit(tx, entries);
  const queued = [...mails].map(([person, items]) => ({
    key: `asks.${items.map(({ ask, rung, about }) => targetKey(ask, rung, about)).sort()[0]}.${person}`,
    person,
    template: 'asks' as const,
    asks: items.map(({ ask, rung, about }) => ({ ask, rung, ...(about === undefined ? {} : { about }) })),
    reminder: items.some((item) => item.rung !== 'opening'),
  }));
  const mailIds = await queueMails(tx, { edition: edition.id, at, dueAt: at, mails: queued });
  claims.push(...queued.flatMap(({ key, person }) => (mails.get(person) ?? []).map((item) => ({ ...item, mail: key }))));
  await claimRungs(tx, { edition: edition.id, at, on: today, claims, mailIds });
  return wakes.length === 0 ? null : wakes.reduce((a, b) => Math.min(a, b));
}

const targetKey = (ask: string, person: string, about = '') => `${ask} ${person} ${about}`;

/** What was claimed, by ask, addressee and `about`, oldest first. */
function groupByTarget(rungs: readonly ClaimedRung[]): Map<string, ClaimedRung[]> {
  const groups = new Map<string, ClaimedRung[]>();
  for (const rung of rungs) {
    const key = targetKey(rung.ask, rung.person, rung.about);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [rung]);
    else group.push(rung);
  }
  return groups;
}

/**
 * When each rung of one place in an ask is due, were it never to end: from the moment its holder joined, if they were named by somebody or
 * began a draft.
 */
function rungsOf(ask: AskRow, place: HolderRow, { calendar }: ReviewContext): RungAt[] {
  const opened = (ask.opened_at ?? ask.opens_at).getTime();
  const openedAt = place.joined === 'delegate' || ask.kind === 'apply' ? Math.max(opened, place.joined_at.getTime()) : opened;
  const announced = askRules[ask.kind].ladder === 'session' ? place.joined_at.getTime() : openedAt;
  const steps = ladder({ name: askRules[ask.kind].ladder, openedAt, due: ask.due, calendar });
  return steps.filter((step) => step.at >= Math.min(openedAt, announced));
}

/** Everyone an open ask still owes something to: who is silent, their substitute, those who must know who is late. */
function targetsOf(
  context: ReviewContext,
  ask: AskRow,
  places: readonly HolderRow[],
  people: ReadonlyMap<string, PersonRow>,
): { target: Target; steps: RungAt[] }[] {
  const targets = new Map<string, { target: Target; steps: RungAt[] }>();
  const add = (target: Target, step: RungAt) => {
    const key = targetKey(ask.id, target.addressee, target.about);
    const known = targets.get(key);
    if (known === undefined) targets.set(key, { target, steps: [step] });
    else known.steps.push(step);
  };
  const filled = filledSeats(places);
  const asked = new Set(places.filter((place) => place.joined !== 'substitute').map((place) => place.person));
  const endsAt = ask.ends_at?.getTime() ?? Number.POSITIVE_INFINITY;
  for (const place of places) {
    const person = people.get(place.person);
    // a substitute was given the ask by the ladder, and is not chased: the person asked stays the one who is late
    if (person === undefined || place.closed !== null || filled.has(place.seat) || place.joined === 'substitute') continue;
    for (const step of rungsOf(ask, place, context)) {
      const to = addressees(step.rung);
      const { substitute } = person;
      if (to.substitute && substitute !== null && people.has(substitute) && !asked.has(substitute)) {
        const turnedTo = sooner(step, ask, person); // in time, even where the ask ends before the rung
        if (turnedTo.at < endsAt) add({ addressee: substitute, substitutes: place }, turnedTo);
      }
      if (step.at >= endsAt) continue;
      if (to.late) add({ addressee: place.person }, step);
      if (to.escalation) for (const addressee of escalationOf(context, ask, place, people)) add({ addressee, about: place.person }, step);
    }
  }
  return [...targets.values()];
}

const isUnreachable = (people: ReadonlyMap<string, PersonRow>, id: string): boolean => (people.get(id)?.unreachable_at ?? null) !== null;

/** The substitute of somebody who cannot be reached is asked at once: waiting for the due date would be waiting for nothing. */
function sooner(step: RungAt, ask: AskRow, { unreachable_at: since }: PersonRow): RungAt {
  if (since === null) return step;
  return { ...step, at: Math.min(step.at, Math.max(since.getTime(), (ask.opened_at ?? ask.opens_at).getTime())) };
}

/** Who is told that somebody is late: the coordinators; about the coordinators themselves, the executive. */
function escalationOf({ edition }: ReviewContext, ask: AskRow, place: HolderRow, people: ReadonlyMap<string, PersonRow>): string[] {
  const executive = edition.people.find((p) => p.role === 'executive');
  if (place.seat === 'coordinators' || people.get(place.person)?.role === 'coordinator')
    return executive === undefined || executive.id === place.person ? [] : [executive.id];
  if (ask.kind === 'apply') return [];
  return edition.people.filter((p) => p.role === 'coordinator' && p.id !== place.person).map((p) => p.id);
}
