import { createHash } from 'node:crypto';
import { changesOf, type Entry, type EventDays, type Foreseen, pitchAhead, sessionsOf, uidOf } from '../../domain/events.js';
import { nextSendingTime, rungTime } from '../../domain/ladder.js';
import { finishOf } from '../../domain/lengths.js';
import {
  type EntryRow,
  type EventAskRow,
  entriesOf,
  eventAsks,
  hasten,
  introductionsOf,
  rememberSeen,
  unwrittenCalendarMails,
  writeEntries,
} from '../../store/calendar.js';
import { inSavepoint } from '../../store/db.js';
import type { FactRow } from '../../store/facts.js';
import { queueMails } from '../../store/outbox.js';
import { applicationsOf, type ProjectRow } from '../../store/work.js';
import type { ReviewContext } from './context.js';
import { seatedJurors } from './people.js';

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
    const known = await entriesOf(tx, row.id);
    const foreseen = over ? [] : await foreseenIn(context, known);
    const changes = changesOf(known, foreseen, { edition: row.id, today: context.today });
    if (changes.length > 0) await tell(context, known, changes);
    await rememberSeen(tx, row.id, seen);
  });
  if (done.ok) await context.worked(scope);
  else await context.failed(scope, done.error);
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
    asks.map(({ id, due }) => `${id} ${due}`).sort(),
    facts.map((fact) => fact.id).sort(),
  ];
  return createHash('sha256').update(JSON.stringify(counted)).digest('base64url').slice(0, 22);
}

const isPreparing = ({ open }: ReviewContext): boolean => [...open.values()].some((ask) => ask.step === 'pitch-preparation');

/** Every event of an edition as it now stands, and in whose calendars it belongs. */
async function foreseenIn(context: ReviewContext, known: readonly Entry[]): Promise<Foreseen[]> {
  const { tx, edition } = context;
  const asks = await eventAsks(tx, edition.id);
  const facts = await context.facts();
  const projects = await context.projects();
  const coordinators = edition.people.filter((person) => person.role === 'coordinator').map((person) => person.id);
  const people = await context.people();
  const foreseen = [
    ...(await pitch(context, { asks, known, coordinators })),
    ...projects.flatMap((project) => sessions(project, { asks, facts, coordinators })),
    ...sittings(facts, { projects, coordinators }),
    ...(await introductions(context, asks)),
  ];
  return foreseen
    .filter((event) => takesPlace(event, projects))
    .map((event) => ({ ...event, people: event.people.filter((person) => people.has(person)) }));
}

/** What was to come of a project that has ended does not take place any more. */
function takesPlace({ project: id, first }: Foreseen, projects: readonly ProjectRow[]): boolean {
  const project = projects.find((p) => p.id === id);
  if (project === undefined || project.ended_on === null) return true;
  return project.outcome === 'dropped' ? first < project.ended_on : first <= project.ended_on;
}

/** The jury's day, from the moment the shortlisted are asked to prepare: for them, for who sits on it, for the coordinators. */
async function pitch(
  context: ReviewContext,
  { asks, known, coordinators }: { asks: readonly EventAskRow[]; known: readonly Entry[]; coordinators: string[] },
): Promise<Foreseen[]> {
  const { tx, edition, calendar, today } = context;
  if (!asks.some((ask) => ask.kind === 'prepare')) return [];
  const event = { kind: 'pitch', step: 'pitch' } as const;
  const said = known.find((entry) => entry.uid === uidOf(edition.id, event) && entry.person === null && entry.state === 'confirmed');
  const score = asks.filter((ask) => ask.kind === 'score').sort((a, b) => a.generation - b.generation)[0];
  const days = score === undefined ? await ahead() : held(score);
  if (days === undefined) return [];
  if (days.last < today) return [{ ...event, ...days, people: [] }];
  const shortlisted = (await applicationsOf(tx, edition.id)).filter((a) => a.shortlisted && !a.out).map((a) => a.person);
  return [{ ...event, ...days, people: [...(await seatedJurors(context)), ...shortlisted, ...coordinators] }];

  function held({ day1, opens_at }: EventAskRow): EventDays {
    const length = edition.plan.pitch;
    if (length.kind === 'fixed') return { first: day1, last: finishOf(day1, length, calendar) };
    const day = calendar.dateOf(opens_at.getTime()); // a pinned one opens on its day
    return { first: day, last: day };
  }

  async function ahead(): Promise<EventDays | undefined> {
    const step = (await context.plan()).steps.find((planned) => planned.id === 'pitch');
    const daysOf = (span: { start: string | null; finish: string | null } | undefined) =>
      span === undefined || span.start === null || span.finish === null ? undefined : { first: span.start, last: span.finish };
    return pitchAhead({ planned: daysOf(step?.earliest), latest: daysOf(step?.latest), said, preparing: isPreparing(context), today });
  }
}

/** The sessions of a project, once its roadmap is approved: for its applicant, the directorate that carries it, the coordinators. */
function sessions(
  { id, applicant, directorate }: ProjectRow,
  { asks, facts, coordinators }: { asks: readonly EventAskRow[]; facts: readonly FactRow[]; coordinators: string[] },
): Foreseen[] {
  const fixed = facts.findLast((fact) => fact.what === 'sessions' && fact.project === id);
  const own = asks.filter((ask) => ask.project === id);
  return sessionsOf(fixed?.items ?? [], own).map(({ part, day }) => ({
    ...{ kind: 'session', step: 'field', project: id, part, first: day, last: day },
    people: [applicant, directorate, ...coordinators],
  }));
}

/** The sittings that circuits go to, once their file is in; one that is adjourned moves to the next. */
function sittings(
  facts: readonly FactRow[],
  { projects, coordinators }: { projects: readonly ProjectRow[]; coordinators: string[] },
): Foreseen[] {
  const last = new Map<string, FactRow>();
  for (const fact of facts) if (fact.what === 'sitting') last.set(`${fact.step} ${fact.project} ${fact.version}`, fact);
  return [...last.values()].flatMap(({ step, project, version, items }) => {
    const [day] = items ?? [];
    const carrier = projects.find((p) => p.id === project)?.directorate;
    if (day === undefined) return [];
    return [
      {
        ...{ kind: 'sitting' as const, step, first: day, last: day },
        ...(project === null ? {} : { project }),
        ...(version > 1 ? { part: `v${version}` } : {}),
        people: [...coordinators, ...(carrier === undefined ? [] : [carrier])],
      },
    ];
  });
}

/** Introductions, once both sides are asked: on the day by which they should have met, in the calendars of the two. */
async function introductions({ tx, edition }: ReviewContext, asks: readonly EventAskRow[]): Promise<Foreseen[]> {
  const asked = asks.filter((ask) => ask.kind === 'introduction').sort((a, b) => a.generation - b.generation);
  if (asked.length === 0) return [];
  return (await introductionsOf(tx, edition.id)).flatMap(({ project, id, person, applicant }) => {
    const ask = asked.findLast((one) => one.project === project && one.part === id);
    if (ask === undefined) return [];
    return [
      {
        ...{ kind: 'introduction' as const, step: 'introductions' as const, project, part: id, first: ask.due, last: ask.due },
        people: [person, applicant],
      },
    ];
  });
}

/** Writes what changed and queues what has to be told: one mail a person, to which later changes are added until it is written. */
async function tell(context: ReviewContext, known: readonly EntryRow[], changes: readonly Entry[]): Promise<void> {
  const { tx, edition, at, calendar, today } = context;
  const unwritten = await unwrittenCalendarMails(tx, edition.id);
  const pending = new Set(unwritten.values());
  const before = new Map(known.map((entry) => [`${entry.uid} ${entry.person}`, entry]));
  const written = changes.map((change) => {
    const entry = entryAfter(before.get(`${change.uid} ${change.person}`), change, pending);
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
  const mailIds = new Map(unwritten);
  for (const [dueAt, people] of [
    [context.sendingTime(), [...byPerson.keys()].filter((person) => hurried.has(person))],
    [nextMorning, [...byPerson.keys()].filter((person) => !hurried.has(person))],
  ] as const) {
    const fresh = people.filter((person) => !unwritten.has(person));
    const mails = fresh.map((person) => ({ key: keyOf(person, byPerson.get(person) ?? []), person, template: 'calendar' as const }));
    const ids = await queueMails(tx, { edition: edition.id, at, dueAt, mails });
    for (const { key, person } of mails) {
      const id = ids.get(key);
      if (id !== undefined) mailIds.set(person, id);
    }
    await hasten(
      tx,
      people.flatMap((person) => unwritten.get(person) ?? []),
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
  pending: ReadonlySet<number>,
): Omit<EntryRow, 'changedAt' | 'mail'> & { tells: boolean } {
  const isPending = before !== undefined && before.mail !== null && pending.has(before.mail);
  const told = before !== undefined && (before.told || (before.mail !== null && !isPending));
  const was = !told || before === undefined ? null : isPending ? (before.was ?? before.first) : before.first;
  const tells = change.state === 'cancelled' ? told : was === null || was !== change.first || before?.state === 'cancelled';
  return { ...change, told, was: change.state === 'confirmed' && before?.state === 'confirmed' ? was : null, tells };
}
