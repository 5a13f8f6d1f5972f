import { type CivilDate, calendarOf } from '../domain/calendar.js';
import { circuitOf } from '../domain/circuits.js';
import type { Entry, EventAsk } from '../domain/events.js';
import type { EventView } from '../domain/eventwords.js';
import { hoursOn } from '../domain/juryday.js';
import { bodyOf } from '../domain/sittings.js';
import { isCircuitStep } from '../domain/steps.js';
import type { Db, Tx } from './db.js';
import type { EditionRow } from './editions.js';
import { isCurrent } from './generations.js';
import { type InJson, listOf, withInstants } from './json.js';
import { projectsOf } from './projects.js';
import { queueMails } from './queue.js';
import { sinceItLeft } from './undelivered.js';

/** What a reader's calendar was told of an event, and by which mail. */
export interface EntryRow extends Entry {
  /** Business instant of the last change, epoch ms. */
  changedAt: number;
  /** The mail that tells this state; null: nobody has to be told. */
  mail: number | null;
  /** Whether a mail before that one told of the event. */
  told: boolean;
  /** The first day that was told before, where the mail moves it. */
  was: CivilDate | null;
}

type Raw = Omit<EntryRow, 'first' | 'last' | 'changedAt' | 'project' | 'part'> & {
  first_day: CivilDate;
  last_day: CivilDate;
  changed_at: Date;
  project: string | null;
  part: string | null;
};

const columns = 'uid, person, kind, step, project, part, first_day, last_day, state, sequence, changed_at, mail, told, was';

const entryOf = ({ first_day: first, last_day: last, changed_at, project, part, ...row }: Raw): EntryRow => ({
  ...row,
  first,
  last,
  changedAt: changed_at.getTime(),
  ...(project === null ? {} : { project }),
  ...(part === null ? {} : { part }),
});

/** Every entry of an edition. */
export async function entriesOf(db: Db, edition: string): Promise<EntryRow[]> {
  const { rows } = await db.query<Raw>(everyEntry, [edition]);
  return rows.map(entryOf);
}

/** The entries that mails tell of, by mail. */
export async function entriesOfMails(db: Db, mails: readonly number[]): Promise<Map<number, EntryRow[]>> {
  const { rows } = await db.query<Raw>(`select ${columns} from calendar_entry where mail = any($1) order by first_day, uid`, [mails]);
  const byMail = new Map<number, EntryRow[]>();
  for (const row of rows.map(entryOf)) if (row.mail !== null) byMail.set(row.mail, [...(byMail.get(row.mail) ?? []), row]);
  return byMail;
}

/** The entries of one reader, or of the edition's own feed, in the order of their days; the oldest left out past `limit`. */
export async function entriesFor(
  db: Db,
  edition: string,
  { person, limit }: { person: string | null; limit: number },
): Promise<EntryRow[]> {
  const { rows } = await db.query<Raw>(
    `select ${columns} from calendar_entry where edition = $1 and person is not distinct from $2 order by first_day desc, uid limit $3`,
    [edition, person, limit],
  );
  return rows.reverse().map(entryOf);
}

/** Writes entries as they now are. */
export async function writeEntries(db: Db, edition: string, entries: readonly EntryRow[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map(({ first, last, changedAt, ...entry }) => ({
    ...entry,
    first_day: first,
    last_day: last,
    changed_at: new Date(changedAt).toISOString(),
  }));
  await db.query(
    `insert into calendar_entry (edition, ${columns})
     select $1, ${columns} from jsonb_to_recordset($2::jsonb) as e(uid text, person text, kind text, step text, project text, part text,
       first_day date, last_day date, state text, sequence integer, changed_at timestamptz, mail bigint, told boolean, was date)
     on conflict (edition, uid, person) do update set first_day = excluded.first_day, last_day = excluded.last_day, state = excluded.state,
       sequence = excluded.sequence, changed_at = excluded.changed_at, mail = excluded.mail, told = excluded.told, was = excluded.was`,
    [edition, JSON.stringify(rows)],
  );
}

/** An ask that events are made from. */
export type EventAskRow = EventAsk & { day1: CivilDate; opens_at: Date };

/** Both sides of an introduction: the project's applicant, and who they are to meet. */
export interface Introduction {
  project: string;
  id: string;
  person: string;
  applicant: string;
}

/** What calendars were told, and what is to be told of: the asks that the days of events depend on, and the introductions. */
export interface Told {
  known: EntryRow[];
  asks: EventAskRow[];
  introductions: Introduction[];
}

const everyEntry = `select ${columns} from calendar_entry where edition = $1 order by uid, person`;
const everyEventAsk = `select id, kind, project, part, generation, about, day1, opens_at, due, outcome, closed_on, result, items from ask
     where edition = $1 and (kind in ('prepare', 'score', 'session', 'introduction') or kind = 'decide' and step = 'field')
     and ${isCurrent('ask')} order by id`;
const everyIntroduction = `select p.project, p.id, p.person, j.applicant from current_pair p join project j on j.edition = p.edition and j.id = p.project
     where p.edition = $1 order by p.project, p.id`;

/** Reads it, in one statement. */
export async function toldOf(db: Db, edition: string): Promise<Told> {
  const { rows } = await db.query<{
    known: InJson<Raw, 'changed_at'>[];
    asks: InJson<EventAskRow, 'opens_at'>[];
    introductions: Introduction[];
  }>(`select ${listOf(everyEntry)} as known, ${listOf(everyEventAsk)} as asks, ${listOf(everyIntroduction)} as introductions`, [edition]);
  const [found] = rows;
  if (found === undefined) throw new Error('a statement without a condition answers one row');
  return {
    known: found.known.map((entry) => entryOf(withInstants<Raw, 'changed_at'>(entry, ['changed_at']))),
    asks: found.asks.map((ask) => withInstants<EventAskRow, 'opens_at'>(ask, ['opens_at'])),
    introductions: found.introductions,
  };
}

/** The calendar mails that nobody can have read. */
export interface UnreadCalendarMails {
  /** Those still to be sent, by person: what they say may be added to. */
  waiting: Map<string, number>;
  /** Those, and the ones that were given up: what they say, nobody was told. */
  ids: Set<number>;
}

/**
 * The calendar mails that certainly nobody has: still to be sent, or refused for good. What was written of the first is forgotten, since they are
 * about to say something else. Locked against delivery; what delivery has taken already is left to it, since it may wait for asks that a review
 * holds.
 */
export async function unreadCalendarMails(tx: Tx, edition: string): Promise<UnreadCalendarMails> {
  const { rows } = await tx.query<{ id: number; person: string; waits: boolean }>(
    `with waiting as (
       update outbox set bytes = null where id in (
         select id from outbox where edition = $1 and template = 'calendar' and state = 'queued' and uncertain = 0 for update skip locked)
       returning id, person)
     select id, person, true as waits from waiting
     union all select id, person, false from outbox where edition = $1 and template = 'calendar' and state = 'failed' and uncertain = 0
     order by id`,
    [edition],
  );
  return {
    waiting: new Map(rows.filter((row) => row.waits).map(({ id, person }) => [person, id])),
    ids: new Set(rows.map(({ id }) => id)),
  };
}

/** The events still to come of which the mail did not arrive are told once more, all in one mail; `on`: the civil date. */
export async function tellAgain(
  tx: Tx,
  { edition, person, at, on, dueAt }: { edition: string; person: string; at: number; on: CivilDate; dueAt: number },
): Promise<void> {
  const { rows } = await tx.query<{ mail: number }>(
    `select distinct e.mail from calendar_entry e join outbox o on o.id = e.mail where e.edition = $1 and e.person = $2 and e.last_day >= $3
       and (o.state = 'failed' or exists (select 1 from bounce b where b.outbox = o.id and b.kind = 'hard' and ${sinceItLeft}))`,
    [edition, person, on],
  );
  if (rows.length === 0) return;
  const key = `calendar.${person}.again.${at}`;
  const ids = await queueMails(tx, { edition, at, dueAt, mails: [{ key, person, template: 'calendar' }] });
  await tx.query('update calendar_entry set mail = $4 where edition = $1 and person = $2 and mail = any($3)', [
    edition,
    person,
    rows.map((row) => row.mail),
    ids.get(key) ?? null,
  ]);
}

/** Has a queued mail leave sooner. */
export async function hasten(db: Db, mails: readonly number[], dueAt: number): Promise<void> {
  if (mails.length > 0) await db.query('update outbox set due_at = least(due_at, $2) where id = any($1)', [mails, new Date(dueAt)]);
}

/** Entries as their readers are told of them: titles, bodies, and whom an introduction is with. */
export async function eventViews(db: Db, { id, file }: EditionRow, entries: readonly EntryRow[]): Promise<EventView[]> {
  const projects = new Map((entries.some((e) => e.project !== undefined) ? await projectsOf(db, id) : []).map((p) => [p.id, p]));
  const meetings = entries.some((e) => e.kind === 'introduction' && e.person !== null) ? await meetingsOf(db, id) : [];
  const calendar = calendarOf(file.territory);
  return entries.map(({ uid, sequence, state, changedAt, kind, step, first, last, ...entry }) => {
    const project = projects.get(entry.project ?? '')?.title;
    const session = isCircuitStep(step) ? circuitOf(file, step).session : undefined;
    const meeting = kind === 'introduction' ? meetings.find((m) => m.project === entry.project && m.id === entry.part) : undefined;
    const other = meeting === undefined ? undefined : entry.person === meeting.person ? meeting.applicant : meeting.other;
    return {
      ...{ uid, sequence, state, changedAt, kind, step, first, last },
      ...(project === undefined ? {} : { project }),
      ...(kind === 'session' && entry.part !== undefined ? { number: entry.part } : {}),
      ...(kind === 'pitch' && file.juryDay !== undefined
        ? { hours: hoursOn(file.juryDay, first, calendar), ...(file.juryDay.place === undefined ? {} : { place: file.juryDay.place }) }
        : {}),
      ...(kind === 'sitting' && session !== undefined ? { body: bodyOf(file, session).name } : {}),
      ...(other === undefined || entry.person === null ? {} : { other }),
      ...(entry.was === null ? {} : { was: entry.was }),
    };
  });
}

/** Who is to meet whom, by name. */
async function meetingsOf(
  db: Db,
  edition: string,
): Promise<{ project: string; id: string; person: string; other: string; applicant: string }[]> {
  const { rows } = await db.query<{ project: string; id: string; person: string; other: string; applicant: string }>(
    `select p.project, p.id, p.person, o.name as other, a.name as applicant from current_pair p
     join project j on j.edition = p.edition and j.id = p.project
     join person o on o.edition = p.edition and o.id = p.person join person a on a.edition = p.edition and a.id = j.applicant
     where p.edition = $1`,
    [edition],
  );
  return rows;
}
