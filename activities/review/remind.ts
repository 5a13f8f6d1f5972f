import type { Rung } from '../../domain/asks/ladder.js';
import { allTargetsOf, owed, targetKey } from '../../domain/asks/outlook.js';
import { climb, leavesAt } from '../../domain/asks/reminders.js';
import { nextSendingTime } from '../../domain/asks/sending.js';
import { kinds } from '../../domain/kinds/index.js';
import { placeOf, quieten, seatPeople, timesOf } from '../../store/asks.js';
import { audit, type Written } from '../../store/audit.js';
import { remindedSince } from '../../store/outbox.js';
import { inOrder, knownOf, type PersonRow } from '../../store/people.js';
import { type Claim, queue } from '../../store/queue.js';
import { withPlace } from '../../store/snapshot.js';
import type { ReviewContext } from './context.js';

/**
 * Queues what the ladder owes now, and says when it owes something next. Everything that is due for one person at one time is one
 * mail; whoever already had a reminder today waits for the next working day.
 */
export async function remind(context: ReviewContext): Promise<number | null> {
  const { tx, edition, at, calendar, today } = context;
  const { holders, claimed, people, quiet } = await context.now();
  const calm = new Map<string, number>();
  const known = knownOf(people);
  let reminded: Set<string> | undefined;
  const claims: Claim[] = [];
  const mails = new Map<string, Claim[]>();
  const wakes = [...quiet.values()].map(({ until }) => until);
  const entries: Written[] = [];

  for (const ask of context.open.values()) {
    if (quiet.has(ask.id)) continue;
    const before = wakes.length;
    let joins = false;
    const places = (holders.get(ask.id) ?? []).map(placeOf);
    for (const { target, steps } of allTargetsOf(timesOf(ask), places, { known, inOrder: inOrder(people), calendar })) {
      const { addressee, about } = target;
      const { left, last } = owed(steps, claimed.get(ask.id)?.get(targetKey(target)) ?? []);
      for (const step of left) if (step.at > at) wakes.push(nextSendingTime(step.at, calendar));
      const due = left.filter((step) => step.at <= at).map((step) => step.rung);
      if (due.length === 0) continue;
      if (isUnreachable(people, addressee)) {
        // nobody would read it: a reminder is over, what they have never been told waits for an address that works
        if (about === undefined && target.substitutes === undefined)
          claims.push(...due.filter((rung) => rung !== 'opening').map((rung) => ({ ask: ask.id, person: addressee, rung })));
        continue;
      }
      const { send, drop } = climb({ due, last, today, calendar });
      if (send !== undefined && send !== 'opening') reminded ??= await remindedSince(tx, edition.id, calendar.instantAt(today, '00:00'));
      const leaves = send === undefined ? at : leavesAt({ rung: send, at, remindedToday: reminded?.has(addressee) ?? false, calendar });
      if (leaves > at) {
        wakes.push(leaves);
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
        joins = true;
        await seatPeople(tx, { row: context.row, ask: ask.id, people: [substitute], at });
        const { onBehalfOf: on_behalf_of, ...seated } = substitute;
        const place = { ...seated, ask: ask.id, joined_at: new Date(at), on_behalf_of, closed: null, closed_at: null, decision: null };
        await context.becomes((before) => withPlace(before, place));
        entries.push({
          edition: edition.id,
          at,
          actor: 'programme',
          verb: 'ask.substituted',
          subject: ask.id,
          detail: { to: addressee, seat: substitute.seat, for: substitute.onBehalfOf },
        });
      }
    }
    const until = [...wakes.slice(before), ...(ask.ends_at === null ? [] : [ask.ends_at.getTime()])].reduce(
      (first, other) => Math.min(first, other),
      Number.POSITIVE_INFINITY,
    );
    if (kinds[ask.kind].many && ask.opened_at !== null && !joins && Number.isFinite(until)) calm.set(ask.id, until);
  }

  await audit(tx, entries);
  const queued = [...mails].map(([person, items]) => ({
    key: `asks.${items.map(({ ask, rung, about = '' }) => `${ask} ${rung} ${about}`).sort()[0]}.${person}`,
    person,
    template: 'asks' as const,
    asks: items.map(({ ask, rung, about }) => ({ ask, rung, ...(about === undefined ? {} : { about }) })),
    reminder: items.some((item) => item.rung !== 'opening'),
  }));
  claims.push(...queued.flatMap(({ key, person }) => (mails.get(person) ?? []).map((item) => ({ ...item, mail: key }))));
  await quieten(tx, calm);
  await queue(tx, { edition: edition.id, at, dueAt: at, mails: queued, claims: { on: today, rungs: claims } });
  return wakes.length === 0 ? null : wakes.reduce((a, b) => Math.min(a, b));
}

const isUnreachable = (people: ReadonlyMap<string, PersonRow>, id: string): boolean => (people.get(id)?.unreachable_at ?? null) !== null;
