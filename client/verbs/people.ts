import { type CivilDate, calendarOf } from '../../domain/calendar.js';
import { type AddressGiven, giveAddress } from '../../store/acts/address.js';
import { findEdition } from '../../store/editions.js';
import { peopleOf } from '../../store/people.js';
import type { Installation } from '../installation.js';

/** Somebody who takes part; `unreachable`: since when mail to their address comes back. */
export interface ListedPerson {
  id: string;
  role: string;
  name: string;
  email: string;
  substitute?: string;
  unreachable?: CivilDate;
}

/** Everybody in an edition, by id. */
export async function listPeople({ store }: Installation, edition: string): Promise<ListedPerson[]> {
  const row = await findEdition(store.pool, edition);
  if (row === undefined) return [];
  const calendar = calendarOf(row.file.territory);
  return [...(await peopleOf(store.pool, edition)).values()].map(({ id, role, name, email, substitute, unreachable_at: since }) => ({
    id,
    role,
    name,
    email,
    ...(substitute === null ? {} : { substitute }),
    ...(since === null ? {} : { unreachable: calendar.dateOf(since.getTime()) }),
  }));
}

/** Gives somebody another address, or says that the one they have is right; one to which mail arrives is changed by who may only. */
export async function correctAddress(
  installation: Installation,
  input: { edition: string; person: string; email: string; reason: string; actor?: string; mayReplaceWorking?: boolean },
): Promise<AddressGiven> {
  const done = await giveAddress(installation.store, { ...input, realNow: installation.realNow() });
  if (done.ok) await installation.wake(done.edition);
  return done;
}
