import { randomBytes } from 'node:crypto';
import { everyTerritory } from '../../domain/rights.js';
import { type Account, accountAt, addAccount, coordinates, giveRight } from '../../store/accounts.js';
import { issueKey } from '../../store/sessions.js';
import type { Installation } from '../installation.js';

/** A link that opens the console once, within an hour, to the account of an address; undefined when nobody may enter with it. */
export async function signInLink(installation: Installation, as: string): Promise<string | undefined> {
  const account = await accountOf(installation, as);
  return account === undefined || account.blocked ? undefined : linkFor(installation, account);
}

async function linkFor({ store, publicUrl, realNow }: Installation, { id }: Account): Promise<string> {
  return `${publicUrl}/sign-in/${await issueKey(store.pool, { account: id, realNow: realNow() })}`;
}

/** The account of an address: a coordinator's is made when it is first asked for. */
export async function accountOf(installation: Installation, address: string): Promise<Account | undefined> {
  const { store, realNow } = installation;
  const known = await accountAt(store.pool, address);
  if (known !== undefined) return known;
  const [first] = await coordinates(store.pool, address);
  return first && addAccount(store.pool, { id: newId(), email: address, name: first.name, by: 'machine', realNow: realNow() });
}

/** Nobody's mailbox: who tries things out on their own machine. */
const trialAddress = 'essai@troismains.invalid';

/**
 * A link for whoever tries things out on their own machine, where `troismains up` runs: they keep the installation in order, and coordinate whatever
 * there is.
 */
export async function trialLink(installation: Installation): Promise<string> {
  const { store, realNow } = installation;
  const account = await addAccount(store.pool, {
    id: newId(),
    email: trialAddress,
    name: 'Essai sur cette machine',
    by: 'machine',
    realNow: realNow(),
  });
  for (const held of [{ right: 'admin' }, { right: 'coordinator', territory: everyTerritory }] as const)
    await giveRight(store.pool, { account: account.id, held, by: 'machine', realNow: realNow() });
  return linkFor(installation, account);
}

/** A new account's id. */
export const newId = (): string => randomBytes(9).toString('base64url');
