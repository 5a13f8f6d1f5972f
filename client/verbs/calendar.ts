import { calendarPath, renewFeed } from '../../store/feeds.js';
import { peopleOf } from '../../store/people.js';
import type { Installation } from '../installation.js';

/** Whose calendar: an edition's, or that of a person in it, by their id. */
export interface WhoseCalendar {
  edition: string;
  person?: string;
}

/** A calendar's addresses, without a trailing slash: `page` to look at, `feed` to subscribe to. */
export interface CalendarAddress {
  page: string;
  feed: string;
}

/** The address of a calendar; with `renew`, a new one, the former ones dead from then on. Undefined when there is no such edition or person. */
export async function calendarAddress(
  { store, publicUrl, linkKey, realNow }: Installation,
  { edition, person, renew }: WhoseCalendar & { renew?: { reason: string; actor: string } },
): Promise<CalendarAddress | undefined> {
  const link = await linkTo({ store }, { edition, person });
  if (link === undefined) return undefined;
  if (renew !== undefined && !(await renewFeed(store, { ...link, ...renew, realNow: realNow() }))) return undefined;
  const path = await calendarPath(store.pool, { ...link, linkKey });
  return path === undefined ? undefined : { page: `${publicUrl}${path}`, feed: `${publicUrl}${path}.ics` };
}

async function linkTo(
  { store }: Pick<Installation, 'store'>,
  { edition, person }: WhoseCalendar,
): Promise<{ whose: 'person' | 'edition'; ref: string } | undefined> {
  if (person === undefined) return { whose: 'edition', ref: edition };
  const ref = (await peopleOf(store.pool, edition, [person])).get(person)?.ref;
  return ref === undefined ? undefined : { whose: 'person', ref };
}
