import { owed, targetKey } from '../../domain/asks/outlook.js';
import { isTooSoon, minGapWorkingDays } from '../../domain/asks/reminders.js';
import { filledSeats } from '../../domain/asks/seats.js';
import { nextSendingTime } from '../../domain/asks/sending.js';
import { calendarOf } from '../../domain/calendar.js';
import { holdersOf } from '../asks.js';
import type { Store, Tx } from '../db.js';
import { remindedSince } from '../outbox.js';
import { peopleOf } from '../people.js';
import { claimedRungs } from '../rungs.js';
import { type Planned, perform } from './change.js';
import { type Intervention, lockOpenAsk, type NotDone, type OnAsk } from './on-ask.js';

type Nudged = { people: string[]; at: number };

/** Reminds by hand those who have not answered. It counts as a rung: whoever had a mail about it less than two working days ago is left in peace. */
export const nudge = (store: Store, act: OnAsk): Promise<Intervention<Nudged>> => perform(store, act, (tx) => planNudge(tx, act));

/** What it changes, or why it is refused. */
export async function planNudge(tx: Tx, act: OnAsk & { person?: string }): Promise<Planned<Nudged> | NotDone> {
  const found = await lockOpenAsk(tx, act);
  if (!found.ok) return found;
  const { ask, row, at } = found;
  const { ask: id, person: only, reason, actor = 'coordinator' } = act;
  const calendar = calendarOf(row.file.territory);
  const dueAt = nextSendingTime(at, calendar);
  const day = calendar.dateOf(dueAt);
  const places = (await holdersOf(tx, [id])).get(id) ?? [];
  const filled = filledSeats(places);
  const asked = places.filter((place) => place.closed === null && !filled.has(place.seat) && (only === undefined || place.person === only));
  const people = await peopleOf(
    tx,
    row.id,
    asked.map((place) => place.person),
  );
  const silent = asked.filter((place) => people.get(place.person)?.unreachable_at === null);
  if (asked.length > 0 && silent.length === 0) return { ok: false, reason: 'unreachable' };
  const claimed = (await claimedRungs(tx, [id])).get(id);
  const last = (addressee: string) => owed([], claimed?.get(targetKey({ addressee })) ?? []).last;
  const reminded = await remindedSince(tx, row.id, calendar.instantAt(day, '00:00'));
  const ready = silent.filter(({ person }) => !reminded.has(person) && !isTooSoon(last(person), day, calendar));
  if (silent.length === 0 || ask.opened_at === null) return { ok: false, reason: 'nobody' };
  if (ready.length === 0) {
    const earliest = silent.map((place) => calendar.add(last(place.person) ?? day, minGapWorkingDays)).sort()[0] ?? day;
    return { ok: false, reason: 'too-soon', until: earliest > day ? earliest : calendar.add(day, 1) };
  }
  const nudges = [...(claimed?.values() ?? [])].flat().filter(({ rung }) => rung.startsWith('nudge-'));
  const n = nudges.reduce((most, { rung }) => Math.max(most, Number(rung.slice(6))), 0) + 1;
  const rung = `nudge-${n}`;
  const mails = ready.map(({ person }) => ({
    key: `nudge.${id}.${person}.${n}`,
    person,
    template: 'asks' as const,
    asks: [{ ask: id, rung }],
    reminder: true,
  }));
  const nudged = ready.map(({ person }) => person);
  return {
    ok: true,
    actor,
    change: {
      edition: row.id,
      at,
      entries: [{ verb: 'ask.nudged', subject: id, detail: { people: nudged }, reason }],
      mail: { dueAt, mails, claims: { on: day, rungs: mails.map(({ key, person }) => ({ ask: id, person, rung, mail: key })) } },
      wake: true,
    },
    done: { people: nudged, at: dueAt },
  };
}
