import { type Calendar, calendarOf } from '../../domain/calendar.js';
import type { Edition } from '../../domain/edition.js';
import type { EditionView } from '../../domain/view.js';
import type { AskRow } from '../asks.js';
import type { Db } from '../db.js';
import { type EditionRow, findEdition } from '../editions.js';
import { type PersonRow, peopleOf } from '../work.js';

/** What every part of a view is gathered from: the ask, its edition, and who is in it. */
export interface Scene {
  db: Db;
  row: EditionRow;
  edition: Edition;
  calendar: Calendar;
  /** Business instant, epoch ms. */
  at: number;
  ask: AskRow;
  people: Map<string, PersonRow>;
  /** A person's name; empty when there is none. */
  name(person: string): string;
  /** A need's title; empty when there is none. */
  needTitle(need: string | null): string;
  /** Thousands may be asked: only what one mail needs is read. */
  large: boolean;
}

/** The scene of an ask; undefined when its edition is gone. */
export async function sceneOf(db: Db, ask: AskRow, businessNow: (clockOffsetMs: number) => number): Promise<Scene | undefined> {
  const row = await findEdition(db, ask.edition);
  if (row === undefined) return undefined;
  const edition = row.file;
  const large = ask.kind === 'relay';
  const people = await peopleOf(db, edition.id, large ? await peopleIn(db, ask.id) : undefined);
  return {
    db,
    row,
    edition,
    calendar: calendarOf(edition.territory),
    at: businessNow(row.clock_offset_ms),
    ask,
    people,
    large,
    name: (id) => people.get(id)?.name ?? '',
    needTitle: (id) => edition.needs.find((need) => need.id === id)?.title ?? '',
  };
}

async function peopleIn(db: Db, ask: string): Promise<string[]> {
  return (await db.query<{ person: string }>('select person from ask_person where ask = $1', [ask])).rows.map((row) => row.person);
}

/** What a page or a mail says of an edition. */
export function editionView(row: EditionRow): EditionView {
  const { territory, people } = row.file;
  const contact = people.find((p) => p.role === 'coordinator') ?? people[0];
  return {
    id: row.id,
    title: row.title,
    territory: territory.name,
    timezone: territory.timezone,
    locale: territory.locale,
    contact: { name: contact?.name ?? '', email: contact?.email ?? '' },
    status: row.status,
    shifted: row.clock_offset_ms !== 0,
  };
}
