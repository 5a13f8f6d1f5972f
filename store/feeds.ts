import { type CivilDate, calendarOf } from '../domain/calendar.js';
import { fixedAhead, uidOf } from '../domain/events.js';
import { type DueView, dueEntry, type EventView, eventEntry } from '../domain/eventwords.js';
import type { IcsEntry } from '../domain/ics.js';
import type { Role } from '../domain/roles.js';
import type { StepId } from '../domain/steps.js';
import type { EditionView } from '../domain/view.js';
import type { Locale } from '../domain/words.js';
import { audit } from './audit.js';
import { type EntryRow, entriesFor, eventViews } from './calendar.js';
import { type Db, inTransaction, type Store } from './db.js';
import { type EditionRow, findEdition } from './editions.js';
import { type CalendarLink, calendarSealOf, isCalendarSeal } from './links.js';
import { planNow } from './plans.js';
import { editionView } from './views/index.js';

/** A feed: a person's, or an edition's. */
export interface CalendarFeed {
  edition: EditionView;
  locale: Locale;
  whose: 'person' | 'edition';
  /** Business instant of the view, epoch ms. */
  at: number;
  today: CivilDate;
  /** In the order of their days. */
  entries: IcsEntry[];
}

interface Opened {
  row: EditionRow;
  /** `role`: theirs in the edition's file; null for whoever joined since. */
  person?: { id: string; role: Role | null; locale: Locale | null };
}

/** What an id and its seal open; undefined when the seal is wrong, or was revoked. */
async function openFeed(db: Db, { ref, mac, linkKey }: { ref: string; mac: string; linkKey: Buffer }): Promise<Opened | undefined> {
  const { rows } = await db.query<{ edition: string; id: string | null; role: Role | null; locale: Locale | null; n: number }>(
    `select edition, id, case when place is not null then role end as role, locale, calendar_n as n from person where ref = $1
     union all select id, null, null, null, calendar_n from edition where id = $1`,
    [ref],
  );
  const found = rows.find(({ id, n }) => isCalendarSeal(linkKey, { whose: id === null ? 'edition' : 'person', ref, n }, mac));
  const row = found === undefined ? undefined : await findEdition(db, found.edition);
  if (found === undefined || row === undefined) return undefined;
  return { row, ...(found.id === null ? {} : { person: { id: found.id, role: found.role, locale: found.locale } }) };
}

/** More entries than this are not shown, the oldest left out: an edition has a hundred or so. */
const mostEntries = 2_000;

/** The feed behind a link; undefined when the link is none of ours, or was revoked. */
export async function findFeed(
  { pool: db }: Store,
  { ref, mac, linkKey, realNow }: { ref: string; mac: string; linkKey: Buffer; realNow: number },
): Promise<CalendarFeed | undefined> {
  const opened = await openFeed(db, { ref, mac, linkKey });
  if (opened === undefined) return undefined;
  const { row, person } = opened;
  const locale = person?.locale ?? row.file.territory.locale;
  const at = realNow + row.clock_offset_ms;
  const told = await entriesFor(db, row.id, { person: person?.id ?? null, limit: mostEntries });
  const events = await eventViews(db, row, told);
  const planned = await plannedOf(db, row, { at, told, person });
  const due = person === undefined ? [] : await dueOf(db, row, person.id);
  const said = { locale, edition: row.title };
  return {
    edition: editionView(row),
    locale,
    whose: person === undefined ? 'edition' : 'person',
    at,
    today: calendarOf(row.file.territory).dateOf(at),
    entries: [...[...events, ...planned].sort(byDay).map((event) => eventEntry(event, said)), ...due.map((one) => dueEntry(one, said))],
  };
}

const byDay = (a: EventView, b: EventView): number => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0);

/** What is fixed and still to come of an edition that is not over, and that nobody was told of yet; of a person's, or all of it. */
async function plannedOf(
  db: Db,
  row: EditionRow,
  { at, told, person }: { at: number; told: readonly EntryRow[]; person: Opened['person'] },
): Promise<EventView[]> {
  if (row.status !== 'running' && row.status !== 'paused') return [];
  const today = calendarOf(row.file.territory).dateOf(at);
  const events = fixedAhead(await planNow(db, row, { at }), row.file, person?.role ? [{ id: person.id, role: person.role }] : []).filter(
    ({ kind, step, last, people }) =>
      last >= today &&
      (person === undefined || people.includes(person.id)) &&
      !told.some((entry) => entry.kind === kind && entry.step === step),
  );
  const entry = {
    person: person?.id ?? null,
    state: 'confirmed',
    sequence: 0,
    changedAt: row.started_at.getTime(),
    mail: null,
    told: false,
    was: null,
  } as const;
  const views = await eventViews(
    db,
    row,
    events.map(({ people, ...event }) => ({ ...event, ...entry, uid: uidOf(row.id, event) })),
  );
  return views.map((view) => ({ ...view, planned: true }));
}

/** What is asked of a person now, and is not an event itself. */
async function dueOf(db: Db, row: EditionRow, person: string): Promise<DueView[]> {
  const calendar = calendarOf(row.file.territory);
  const { rows } = await db.query<{ request: string; step: StepId; project: string | null; due: CivilDate; due_at: Date; opened_at: Date }>(
    `select p.request, a.step, j.title as project, a.due, a.due_at, a.opened_at from ask_person p join ask a on a.id = p.ask
     left join project j on j.edition = a.edition and j.id = a.project
     where p.edition = $1 and p.person = $2 and p.closed is null and a.outcome is null and a.opened_at is not null
       and a.kind not in ('session', 'introduction', 'sitting')
       and not exists (select 1 from ask_person o where o.ask = p.ask and o.seat = p.seat and o.closed in ('answered', 'declined'))
     order by a.due, p.request limit $3`,
    [row.id, person, mostEntries],
  );
  return rows.map(({ request, step, project, due, due_at, opened_at }) => ({
    request,
    step,
    due,
    changedAt: opened_at.getTime(),
    ...(project === null ? {} : { project }),
    ...(calendar.timeOf(due_at.getTime()) === '00:00' ? {} : { at: due_at.getTime() }),
  }));
}

/**
 * Gives a feed a new address, so that every link to it given so far is dead. Not for whoever only has a link to it: those are shared.
 * Answers false when there is no such feed. `reason`: a coordinator's; without one, the person did it themselves.
 */
export async function renewFeed(
  store: Store,
  {
    whose,
    ref,
    reason,
    actor = 'coordinator',
    realNow,
  }: Pick<CalendarLink, 'whose' | 'ref'> & { reason?: string; actor?: string; realNow: number },
): Promise<boolean> {
  return inTransaction(store.pool, async (tx) => {
    const { rows } = await tx.query<{ edition: string; id: string }>(
      whose === 'person'
        ? 'update person set calendar_n = calendar_n + 1 where ref = $1 returning edition, id'
        : 'update edition set calendar_n = calendar_n + 1 where id = $1 returning id as edition, id',
      [ref],
    );
    const [renewed] = rows;
    const row = renewed === undefined ? undefined : await findEdition(tx, renewed.edition);
    if (renewed === undefined || row === undefined) return false;
    await audit(tx, [
      {
        ...{ edition: row.id, at: realNow + row.clock_offset_ms, verb: 'calendar.renewed', subject: renewed.id },
        actor: reason === undefined ? renewed.id : actor,
        ...(reason === undefined ? {} : { reason }),
      },
    ]);
    return true;
  });
}

/** The path of the page of a feed, as it is now valid; undefined when there is nobody. */
export async function calendarPath(
  db: Db,
  { ref, whose, linkKey }: { ref: string; whose: CalendarFeed['whose']; linkKey: Buffer },
): Promise<string | undefined> {
  const { rows } = await db.query<{ n: number }>(
    whose === 'person' ? 'select calendar_n as n from person where ref = $1' : 'select calendar_n as n from edition where id = $1',
    [ref],
  );
  const n = rows[0]?.n;
  return n === undefined ? undefined : calendarPathOf({ whose, ref, n }, linkKey);
}

/** The path of a feed, of a number of links. */
export const calendarPathOf = (link: CalendarLink, linkKey: Buffer): string => `/c/${link.ref}/${calendarSealOf(linkKey, link)}`;
