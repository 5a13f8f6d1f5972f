import { everyTerritory } from '../../domain/rights.js';
import { type Account, accountAt, addAccount, coordinates, giveRight } from '../../store/accounts.js';
import type { Tx } from '../../store/db.js';
import { issueKey } from '../../store/sessions.js';
import type { Installation } from '../installation.js';
import { changingAccounts, newId } from './accounts.js';

/** A link that opens the console once, within an hour, to the account of an address; undefined when nobody may enter with it. */
export const signInLink = (installation: Installation, as: string): Promise<string | undefined> =>
  changingAccounts(installation, async (tx) => {
    const account = await accountOf(tx, installation, as);
    return account === undefined || account.blocked ? undefined : linkFor(tx, installation, account);
  });

async function linkFor(tx: Tx, { publicUrl, realNow }: Installation, { id }: Account): Promise<string> {
  return `${publicUrl}/sign-in/${await issueKey(tx, { account: id, realNow: realNow() })}`;
}

/** The account of an address: a coordinator's is made when it is first asked for, at the address that their edition has of them. */
export async function accountOf(
  tx: Tx,
  { realNow }: Installation,
  address: string,
  by: 'machine' | 'programme' = 'machine',
): Promise<Account | undefined> {
  const known = await accountAt(tx, address);
  if (known !== undefined) return known;
  const [first] = await coordinates(tx, address);
  return first && addAccount(tx, { id: newId(), email: first.email, name: first.name, by, realNow: realNow() });
}

/** Nobody's mailbox: who tries things out on their own machine. */
const trialAddress = 'essai@troismains.invalid';

/**
 * A link for whoever tries things out on their own machine, where `troismains up` runs: they keep the installation in order, and coordinate whatever
 * there is.
 */
export const trialLink = (installation: Installation): Promise<string> =>
  changingAccounts(installation, async (tx) => {
    const realNow = installation.realNow();
    const account = await addAccount(tx, {
      id: newId(),
      email: trialAddress,
      name: 'Essai sur cette machine',
      by: 'machine',
      realNow,
    });
    for (const held of [{ right: 'admin' }, { right: 'coordinator', territory: everyTerritory }] as const)
      await giveRight(tx, { account: account.id, held, by: 'machine', realNow });
    return linkFor(tx, installation, account);
  });
