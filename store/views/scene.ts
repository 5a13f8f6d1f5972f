import { kinds } from '../../domain/kinds/index.js';
import type { EditionView } from '../../domain/view.js';
import type { AskRow } from '../asks.js';
import type { EditionRow } from '../editions.js';
import type { Stage } from './stage.js';

/** What every part of a view is gathered from: the ask, its edition, and who is in it. */
export interface Scene extends Omit<Stage, 'places' | 'asks' | 'seats' | 'claimed'> {
  ask: AskRow;
  /** A person's name; empty when there is none. */
  name(person: string): string;
  /** Thousands may be asked: only what one mail needs is read. */
  large: boolean;
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
    territoryId: row.territory,
    shifted: row.clock_offset_ms !== 0,
  };
}
