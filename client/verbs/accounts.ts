import { randomBytes } from 'node:crypto';
import { isAddress } from '../../domain/address.js';
import { shorten } from '../../domain/clean.js';
import type { ACTOR_WORDS } from '../../domain/journal.js';
import { everyTerritory, type Held } from '../../domain/rights.js';
import { maxLength, tidyLine } from '../../domain/text.js';
import {
  type Account,
  accountAt,
  actorOf,
  addAccount,
  blockAccount,
  coordinates,
  giveRight,
  listAccounts,
  lockAccounts,
  note,
  renameAccount,
  takeRight,
} from '../../store/accounts.js';
import { inTransaction, type Tx } from '../../store/db.js';
import { findEdition } from '../../store/editions.js';
import { removeFactor } from '../../store/factors.js';
import { endSessions } from '../../store/sessions.js';
import type { Installation } from '../installation.js';

/** An account, as the command line lists it: rights that were given, and the editions that it coordinates by its address. */
export interface ShownAccount extends Omit<Account, 'id'> {
  rights: Held[];
  coordinates: string[];
}

/** Every account, by address. */
export async function everyAccount({ store }: Installation): Promise<ShownAccount[]> {
  const accounts = await listAccounts(store.pool);
  return accounts.map(({ email, name, blocked, held, coordinates }) => ({ email, name, blocked, rights: held, coordinates }));
}

/** What was done to an account, or why nothing was. */
export type AccountDone =
  | { ok: true; email: string; id: string }
  | { ok: false; reason: 'address' | 'no-account' | 'no-edition' | 'no-territory' | 'no-right' | 'last-admin' };

/** Who acts where nobody says who they are: whoever is on the machine. */
export const machine = 'machine' satisfies keyof typeof ACTOR_WORDS;

/** A new account's id. */
export const newId = (): string => randomBytes(9).toString('base64url');

/** Changes accounts: all of it with its journal, or nothing; one after the other. */
export const changingAccounts = <T>({ store }: Installation, change: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransaction(store.pool, async (tx) => {
    await lockAccounts(tx);
    return change(tx);
  });

/** Makes an account, with a right if one is given; of one that is there, nothing changes but that right, and it is no longer blocked. */
export const addAccountTo = (installation: Installation, account: Given & { held?: Held }): Promise<AccountDone> =>
  changingAccounts(installation, (tx) => given(tx, installation, { ...account, reopens: true }));

/** Gives a right to an account, which is made where there is none; one that is blocked stays so. */
export const giveRightTo = (installation: Installation, account: Given & { held: Held }): Promise<AccountDone> =>
  changingAccounts(installation, (tx) => given(tx, installation, { ...account, reopens: false }));

interface Given {
  email: string;
  name?: string;
  by?: string;
}

async function given(
  tx: Tx,
  installation: Installation,
  { email, name, held, by = machine, reopens }: Given & { held?: Held; reopens: boolean },
): Promise<AccountDone> {
  const address = email.trim();
  if (!isAddress(address)) return { ok: false, reason: 'address' };
  const nowhere = await nowhereOf(tx, held);
  if (nowhere !== undefined) return { ok: false, reason: nowhere };
  const realNow = installation.realNow();
  const [first] = await coordinates(tx, address);
  const given = shorten(tidyLine(name ?? ''), maxLength.text);
  const account = await addAccount(tx, { id: newId(), email: address, name: given || (first?.name ?? address), by, realNow });
  if (given !== '') await renameAccount(tx, { id: account.id, name: given, by, realNow });
  if (account.blocked && reopens) await blockAccount(tx, { id: account.id, blocked: false, by, realNow });
  if (held !== undefined) await giveRight(tx, { account: account.id, held, by, realNow });
  return { ok: true, ...idOf(account) };
}

/** Takes a right from an account; the last admin keeps theirs. */
export const takeRightFrom = (
  installation: Installation,
  { email, held, by = machine }: { email: string; held: Held; by?: string },
): Promise<AccountDone> =>
  changingAccounts(installation, async (tx) => {
    const account = await accountAt(tx, email);
    if (account === undefined) return { ok: false, reason: 'no-account' };
    if (held.right === 'admin' && (await isLastAdmin(tx, account))) return { ok: false, reason: 'last-admin' };
    return (await takeRight(tx, { account: account.id, held, by, realNow: installation.realNow() }))
      ? { ok: true, ...idOf(account) }
      : { ok: false, reason: 'no-right' };
  });

/** Blocks an account: its sessions end at once, and it opens nothing whatever it may. The journal goes on naming it. */
export const removeAccount = (installation: Installation, email: string, by: string = machine): Promise<AccountDone> =>
  changingAccounts(installation, async (tx) => {
    const account = await accountAt(tx, email);
    if (account === undefined) return { ok: false, reason: 'no-account' };
    if (await isLastAdmin(tx, account)) return { ok: false, reason: 'last-admin' };
    await blockAccount(tx, { id: account.id, blocked: true, by, realNow: installation.realNow() });
    return { ok: true, ...idOf(account) };
  });

/** For whoever lost their telephone, or what they entered with: their sessions end, and their second factor goes. */
export const resetAccount = (installation: Installation, email: string, by: string = machine): Promise<AccountDone> =>
  changingAccounts(installation, async (tx) => {
    const account = await accountAt(tx, email);
    if (account === undefined) return { ok: false, reason: 'no-account' };
    const what = { account: account.id, by, realNow: installation.realNow() };
    await endSessions(tx, what);
    await removeFactor(tx, what);
    await note(tx, { verb: 'account.reset', actor: by, subject: actorOf(account.id), realNow: what.realNow });
    return { ok: true, ...idOf(account) };
  });

/** Why a right would be on nothing that one can be given on. Every territory at once is for trying things out alone (`trialLink`). */
async function nowhereOf(tx: Tx, held: Held | undefined): Promise<'no-edition' | 'no-territory' | undefined> {
  if (held?.territory === everyTerritory) return 'no-territory';
  return held?.edition !== undefined && (await findEdition(tx, held.edition)) === undefined ? 'no-edition' : undefined;
}

const idOf = ({ id, email }: Account) => ({ id, email });

async function isLastAdmin(tx: Tx, { id }: Account): Promise<boolean> {
  const admins = (await listAccounts(tx)).filter(({ held, blocked }) => !blocked && held.some(({ right }) => right === 'admin'));
  return admins.length === 1 && admins[0]?.id === id;
}
