import { byCommand } from '../../domain/journal.js';
import { type Deed, isVisible, may, type Where } from '../../domain/rights.js';
import { accountAt, actorOf, rightsOf } from '../../store/accounts.js';
import { findAsks } from '../../store/asks.js';
import { findEdition } from '../../store/editions.js';
import { findMail } from '../../store/outbox.js';
import type { Installation } from '../installation.js';
import { changingAccounts, machine } from './accounts.js';
import { accountOf } from './console.js';

/** What something is done to: an edition, named itself or by an ask or a mail of it; a territory; or the installation. */
export type Target = { edition: string } | { ask: string } | { mail: number } | { territory: string } | 'installation';

/** In whose name something is done, as the journal says it, or why it is not. `unknown`: there is no such thing, or not for them. */
export type Acting = { ok: true; actor: string } | { ok: false; reason: 'unknown' | 'refused' | 'blocked' | 'no-account' };

/** Who acts where no session says it: the account of an address, if it may; without one, whoever is on the machine, who may do all. */
export async function actorFor(
  installation: Installation,
  { as, deed, target }: { as: string | undefined; deed: Deed; target: Target },
): Promise<Acting> {
  const db = installation.store.pool;
  const where = await whereIs(installation, target);
  if (as === undefined) return where === null ? { ok: false, reason: 'unknown' } : { ok: true, actor: machine };
  const known = await accountAt(db, as);
  if (known?.blocked) return { ok: false, reason: 'blocked' };
  const held = await rightsOf(db, known ?? { id: '', email: as });
  if (known === undefined && held.length === 0) return { ok: false, reason: 'no-account' };
  if (where === null || (where?.edition !== undefined && !isVisible(held, where))) return { ok: false, reason: 'unknown' };
  if (!may(held, deed, where)) return { ok: false, reason: 'refused' };
  const account = known ?? (await changingAccounts(installation, (tx) => accountOf(tx, installation, as)));
  return account === undefined ? { ok: false, reason: 'no-account' } : { ok: true, actor: byCommand(actorOf(account.id)) };
}

/** Where a deed is done; undefined: in no edition; null: there is no such thing. */
async function whereIs({ store: { pool } }: Installation, target: Target): Promise<Where | undefined | null> {
  if (target === 'installation') return undefined;
  if ('territory' in target) return target;
  const id =
    'edition' in target
      ? target.edition
      : 'ask' in target
        ? (await findAsks(pool, [target.ask]))[0]?.edition
        : (await findMail(pool, target.mail))?.edition;
  const row = id === undefined ? undefined : await findEdition(pool, id);
  return row === undefined ? null : { edition: row.id, territory: row.territory };
}
