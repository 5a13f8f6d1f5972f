import { isAddress } from '../../domain/address.js';
import type { Held } from '../../domain/rights.js';
import {
  type Account,
  accountAt,
  addAccount,
  blockAccount,
  coordinates,
  giveRight,
  listAccounts,
  takeRight,
} from '../../store/accounts.js';
import { findEdition } from '../../store/editions.js';
import type { Installation } from '../installation.js';
import { newId } from './console.js';

/** An account, as the command line lists it: rights that were given, and the editions that it coordinates by its address. */
export interface ListedAccount extends Omit<Account, 'id'> {
  rights: Held[];
  coordinates: string[];
}

/** Every account, by address. */
export async function everyAccount({ store }: Installation): Promise<ListedAccount[]> {
  const accounts = await listAccounts(store.pool);
  return Promise.all(
    accounts.map(async ({ email, name, blocked, held }) => ({
      email,
      name,
      blocked,
      rights: held,
      coordinates: (await coordinates(store.pool, email)).map(({ edition }) => edition),
    })),
  );
}

/** What was done to an account, or why nothing was. */
export type AccountDone =
  | { ok: true; email: string }
  | { ok: false; reason: 'address' | 'no-account' | 'no-edition' | 'no-right' | 'last-admin' };

/** Who gives rights on the command line: whoever is on the machine. */
const machine = 'machine';

/** Makes an account, with a right if one is given; of one that is there, nothing changes but that right, and it is no longer blocked. */
export async function addAccountTo(
  { store, realNow }: Installation,
  { email, name, held }: { email: string; name?: string; held?: Held },
): Promise<AccountDone> {
  const address = email.trim();
  if (!isAddress(address)) return { ok: false, reason: 'address' };
  if (held?.edition !== undefined && (await findEdition(store.pool, held.edition)) === undefined)
    return { ok: false, reason: 'no-edition' };
  const [first] = await coordinates(store.pool, address);
  const called = name ?? first?.name ?? address;
  const account = await addAccount(store.pool, { id: newId(), email: address, name: called, by: machine, realNow: realNow() });
  if (account.blocked) await blockAccount(store.pool, { id: account.id, blocked: false, by: machine, realNow: realNow() });
  if (held !== undefined) await giveRight(store.pool, { account: account.id, held, by: machine, realNow: realNow() });
  return { ok: true, email: account.email };
}

/** Takes a right from an account; the last admin keeps theirs. */
export async function takeRightFrom(
  { store, realNow }: Installation,
  { email, held }: { email: string; held: Held },
): Promise<AccountDone> {
  const account = await accountAt(store.pool, email);
  if (account === undefined) return { ok: false, reason: 'no-account' };
  if (held.right === 'admin' && (await isLastAdmin(store.pool, account))) return { ok: false, reason: 'last-admin' };
  return (await takeRight(store.pool, { account: account.id, held, by: machine, realNow: realNow() }))
    ? { ok: true, email: account.email }
    : { ok: false, reason: 'no-right' };
}

/** Blocks an account: its sessions end at once, and it opens nothing whatever it may. The journal goes on naming it. */
export async function removeAccount({ store, realNow }: Installation, email: string): Promise<AccountDone> {
  const account = await accountAt(store.pool, email);
  if (account === undefined) return { ok: false, reason: 'no-account' };
  if (await isLastAdmin(store.pool, account)) return { ok: false, reason: 'last-admin' };
  await blockAccount(store.pool, { id: account.id, blocked: true, by: machine, realNow: realNow() });
  return { ok: true, email: account.email };
}

async function isLastAdmin(db: Installation['store']['pool'], { id }: Account): Promise<boolean> {
  const admins = (await listAccounts(db)).filter(({ held, blocked }) => !blocked && held.some(({ right }) => right === 'admin'));
  return admins.length === 1 && admins[0]?.id === id;
}
