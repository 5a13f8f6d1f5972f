import { type Calendar, calendarOf } from '../../domain/calendar.js';
import type { Edition } from '../../domain/edition.js';
import { kinds } from '../../domain/kinds/index.js';
import type { EditionView } from '../../domain/view.js';
import type { AskRow } from '../asks.js';
import type { Db } from '../db.js';
import type { EditionRow } from '../editions.js';
import { type PersonRow, peopleOf } from '../people.js';
import { type PlanInputs, planInputs } from '../plans.js';
import { type ProjectRow, projectsOf } from '../projects.js';
import { type ApplicationRow, applicationsOf } from '../selection.js';

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
  applications(): Promise<ApplicationRow[]>;
  projects(): Promise<ProjectRow[]>;
  /** What plans are made from. */
  plans(): Promise<PlanInputs>;
}

/** What views of one edition share: each part is read when first needed, and once, however many asks are shown. */
export type Stage = Pick<Scene, 'db' | 'row' | 'edition' | 'calendar' | 'at' | 'needTitle' | 'applications' | 'projects' | 'plans'> & {
  people(): Promise<Map<string, PersonRow>>;
};

/** The stage of an edition at a business instant. */
export function stageOf(db: Db, row: EditionRow, at: number): Stage {
  const edition = row.file;
  return {
    db,
    row,
    edition,
    calendar: calendarOf(edition.territory),
    at,
    needTitle: (id) => edition.needs.find((need) => need.id === id)?.title ?? '',
    people: once(() => peopleOf(db, row.id)),
    applications: once(() => applicationsOf(db, row.id)),
    projects: once(() => projectsOf(db, row.id)),
    plans: once(() => planInputs(db, row)),
  };
}

/** Reads at the first call, and answers the same to those after. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => {
    kept ??= read();
    return kept;
  };
}

/** The scene of an ask, as far as it concerns some of those it was put to: where there may be thousands, nobody else is read. */
export async function sceneOf(stage: Stage, ask: AskRow, persons: readonly string[]): Promise<Scene> {
  const large = kinds[ask.kind].many;
  const people = large ? await peopleOf(stage.db, ask.edition, await besides(stage.db, ask.id, persons)) : await stage.people();
  return { ...stage, ask, people, large, name: (id) => people.get(id)?.name ?? '' };
}

/** Those who hold a seat with one of these people, themselves included. */
async function besides(db: Db, ask: string, persons: readonly string[]): Promise<string[]> {
  const { rows } = await db.query<{ person: string }>(
    'select person from ask_person where ask = $1 and seat in (select seat from ask_person where ask = $1 and person = any($2))',
    [ask, persons],
  );
  return rows.map((row) => row.person);
}

/** What a page or a mail says of an edition. */
export function editionView(row: EditionRow): EditionView {
  const { territory } = row.file;
  return {
    id: row.id,
    title: row.title,
    territory: territory.name,
    timezone: territory.timezone,
    locale: territory.locale,
    contact: row.contact ?? { name: '', email: '' },
    status: row.status,
    shifted: row.clock_offset_ms !== 0,
  };
}
