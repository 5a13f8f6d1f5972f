import { type CivilDate, calendarOf } from '../../domain/calendar.js';
import { type Discarded, discardDrafts } from '../../store/acts/discard.js';
import { findEdition } from '../../store/editions.js';
import { peopleOf } from '../../store/people.js';
import { applicationsOf } from '../../store/selection.js';
import type { Installation } from '../installation.js';

/** An application, as the command line lists it. Of a draft, its title and what it says are nobody's to read. */
export interface ListedApplication {
  id: string;
  state: 'draft' | 'submitted';
  begun: CivilDate;
  /** Who sent it; of a draft, nobody. */
  by?: string;
  title?: string;
}

/** The applications of an edition, in the order of their numbers. */
export async function listApplications({ store }: Installation, edition: string): Promise<ListedApplication[]> {
  const row = await findEdition(store.pool, edition);
  if (row === undefined) return [];
  const { dateOf } = calendarOf(row.file.territory);
  const people = await peopleOf(store.pool, edition);
  return (await applicationsOf(store.pool, edition)).map(({ id, state, started_at: begun, person, title }) => ({
    id,
    state,
    begun: dateOf(begun.getTime()),
    ...(state === 'draft' ? {} : { by: people.get(person)?.name ?? person, title }),
  }));
}

/** Erases drafts by their numbers, or all that were begun before a day. */
export async function discardApplications(
  installation: Installation,
  { edition, ids, before, reason, actor }: { edition: string; ids: readonly string[]; before?: CivilDate; reason: string; actor: string },
): Promise<Discarded> {
  const { store } = installation;
  const row = await findEdition(store.pool, edition);
  if (row === undefined) return { ok: false, reason: 'no-edition' };
  const drafts = before === undefined ? { ids } : { begunBefore: calendarOf(row.file.territory).instantAt(before, '00:00') };
  return discardDrafts(store, { edition, drafts, reason, actor, realNow: installation.realNow() });
}
