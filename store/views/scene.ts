import type { Calendar } from '../../domain/calendar.js';
import type { Edition } from '../../domain/edition.js';
import { kinds } from '../../domain/kinds/index.js';
import type { EditionView } from '../../domain/view.js';
import type { AskRow } from '../asks.js';
import type { Db } from '../db.js';
import type { DocumentRow } from '../documents.js';
import type { EditionRow } from '../editions.js';
import type { PersonRow } from '../people.js';
import type { PlanInputs } from '../plans.js';
import type { ProjectRow } from '../projects.js';
import type { ApplicationRow } from '../selection.js';
import type { Stage } from './stage.js';

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
  /** The frozen documents that these asks are about, newest first. */
  documents: readonly DocumentRow[];
  projects: readonly ProjectRow[];
  /** What plans are made from. */
  plans: PlanInputs;
}

/** The scene of one of a stage's asks. */
export function sceneOf(stage: Stage, ask: AskRow): Scene {
  const { people } = stage;
  return { ...stage, ask, large: kinds[ask.kind].many, name: (id) => people.get(id)?.name ?? '' };
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
