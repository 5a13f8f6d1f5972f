import { createHash } from 'node:crypto';
import { nextSendingTime, rungTime } from '../../domain/asks/sending.js';
import { changesOf, type Entry } from '../../domain/events.js';
import { type EntryRow, hasten, toldOf, unreadCalendarMails, writeEntries } from '../../store/calendar.js';
import { inSavepoint } from '../../store/db.js';
import { remember } from '../../store/editions.js';
import { queueMails } from '../../store/queue.js';
import type { ReviewContext } from './context.js';
import { foreseenIn, isPreparing } from './events.js';

/** The scope of what fails here: nothing but calendars suffers, and the next review tries again. */
const scope = 'calendar';
/** What is to come within so many working days is told at once; the rest leaves with the next morning's changes, in one mail. */
const soonWorkingDays = 2;

/**
 * Brings calendars in line with what is now foreseen: writes what differs from what was told, and queues one mail a person. Where nothing
 * that events are made from has changed, nothing is read.
 * @param over the edition has ended: what is still to come is cancelled
 */
export async function tellCalendars(context: ReviewContext, { over }: { over: boolean }): Promise<void> {
  const { tx, row } = context;
  const seen = await whatCounts(context, over);
  if (seen === row.calendar_seen) return;
  const done = await inSavepoint(tx, async () => {
    const told = await toldOf(tx, row.id);
    const foreseen = over ? [] : await foreseenIn(context, told);
    const changes = changesOf(told.known, foreseen, { edition: row.id, today: context.today });
    if (changes.length > 0) await queueCalendar(context, told.known, changes);
  });
  if (done.ok) {
    await remember(tx, row.id, { calendarSeen: seen });
    await context.worked(scope);
  } else await context.failed(scope, done.error);
}

const eventKinds = ['prepare', 'interests', 'score', 'session', 'introduction', 'sitting'];
const eventFacts = ['projects', 'sessions', 'sitting', 'project-ended'];

/** All that events are made from, as one short text: from what a review has at hand. */
async function whatCounts(context: ReviewContext, over: boolean): Promise<string> {
  const asks = [...context.open.values()].filter((ask) => eventKinds.includes(ask.kind) || (ask.kind === 'decide' && ask.step === 'field'));
  const facts = (await context.facts()).filter((fact) => eventFacts.includes(fact.what));
  const counted = [
    over,
    isPreparing(context) ? context.today : '',
    context.edition.plan.pitch,
    asks.map(({ id, due }) => `${id} ${due}`).sort(),
    facts.map((fact) => fact.id).sort(),
  ];
  return createHash('sha256').update(JSON.stringify(counted)).digest('base64url').slice(0, 22);
}

/** Writes what changed and queues what has to be told: one mail a person, to which later changes are added until somebody may have it. */
async function queueCalendar(context: ReviewContext, known: readonly EntryRow[], changes: readonly Entry[]): Promise<void> {
  const { tx, edition, at, calendar, today } = context;
  const { waiting, ids: unread } = await unreadCalendarMails(tx, edition.id);
  const before = new Map(known.map((entry) => [`${entry.uid} ${entry.person}`, entry]));
  const written = changes.map((change) => {
    const entry = entryAfter(before.get(`${change.uid} ${change.person}`), change, unread);
    return { ...entry, changedAt: at };
  });

  const byPerson = new Map<string, typeof written>();
  for (const entry of written)
    if (entry.person !== null && entry.tells) byPerson.set(entry.person, [...(byPerson.get(entry.person) ?? []), entry]);
  const morning = calendar.instantAt(today, rungTime);
  const nextMorning = nextSendingTime(morning > at ? morning : calendar.instantAt(calendar.addDays(today, 1), rungTime), calendar);
  const soon = calendar.add(today, soonWorkingDays);
  const urgent = [...byPerson].filter(([, entries]) =>
    entries.some(({ first, was }) => first <= soon || (was !== null && was >= today && was <= soon)),
  );
  const hurried = new Set(urgent.map(([person]) => person));
  const mailIds = new Map(waiting);
  for (const [dueAt, people] of [
    [context.sendingTime(), [...byPerson.keys()].filter((person) => hurried.has(person))],
    [nextMorning, [...byPerson.keys()].filter((person) => !hurried.has(person))],
  ] as const) {
    const fresh = people.filter((person) => !waiting.has(person));
    const mails = fresh.map((person) => ({ key: keyOf(person, byPerson.get(person) ?? []), person, template: 'calendar' as const }));
    const ids = await queueMails(tx, { edition: edition.id, at, dueAt, mails });
    for (const { key, person } of mails) {
      const id = ids.get(key);
      if (id !== undefined) mailIds.set(person, id);
    }
    await hasten(
      tx,
      people.flatMap((person) => waiting.get(person) ?? []),
      dueAt,
    );
  }
  await writeEntries(
    tx,
    edition.id,
    written.map(({ tells, ...entry }) => ({ ...entry, mail: tells && entry.person !== null ? (mailIds.get(entry.person) ?? null) : null })),
  );
}

/** A mail is named by what it tells first: each state of an event is told once. */
const keyOf = (person: string, entries: readonly Entry[]): string =>
  `calendar.${person}.${entries.map(({ uid, sequence }) => `${uid}.${sequence}`).sort()[0]}`;

/** An entry after a change, and whether its reader has to be told: what they were told before decides. */
function entryAfter(
  before: EntryRow | undefined,
  change: Entry,
  unread: ReadonlySet<number>,
): Omit<EntryRow, 'changedAt' | 'mail'> & { tells: boolean } {
  const isUnread = before !== undefined && before.mail !== null && unread.has(before.mail);
  const told = before !== undefined && (before.told || (before.mail !== null && !isUnread));
  const was = !told || before === undefined ? null : isUnread ? (before.was ?? before.first) : before.first;
  const tells = change.state === 'cancelled' ? told : was === null || was !== change.first || before?.state === 'cancelled';
  return { ...change, told, was: change.state === 'confirmed' && before?.state === 'confirmed' ? was : null, tells };
}
