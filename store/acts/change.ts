/** An act is planned, then applied: the change, its journal entries, the mail it causes and the wake it owes, in one transaction. */
import { audit, type Written } from '../audit.js';
import { inTransaction, type Store, type Tx } from '../db.js';
import { type Queueing, queue } from '../queue.js';
import { oweWake } from '../wakes.js';

/** When an act happens: the real instant, from which an edition's business clock may be shifted (epoch ms). */
export interface When {
  realNow: number;
}

/** What an act changes: planned, nothing of it is written yet. */
export interface Change {
  edition: string;
  /** Business instant, epoch ms. */
  at: number;
  /** What it writes besides its journal, its mail and its wake. */
  write?: (tx: Tx) => Promise<unknown>;
  /** What the journal says of it; who acted is said when it is applied. */
  entries?: readonly Omit<Written, 'edition' | 'at' | 'actor'>[];
  /** The mail it causes, and when that is due (business instant, epoch ms); `claims`: the rungs that leave with it, on their day. */
  mail?: Pick<Queueing, 'dueAt' | 'mails' | 'claims'>;
  /** Whether the edition's workflow is owed a wake. */
  wake?: boolean;
}

/** A planned act: who acts (a person's id, or `coordinator`), what changes, and what the act answers. */
export interface Planned<Done extends object> {
  ok: true;
  actor: string;
  change: Change;
  done: Done;
}

/** Writes a planned change, in the transaction in which it was planned. */
export async function apply(
  tx: Tx,
  { edition, at, write, entries = [], mail, wake = false }: Change,
  by: { actor: string } & When,
): Promise<void> {
  await audit(
    tx,
    entries.map((entry) => ({ edition, at, actor: by.actor, ...entry })),
  );
  await write?.(tx);
  if (mail !== undefined) await queue(tx, { edition, at, ...mail });
  if (wake) await oweWake(tx, edition, by.realNow);
}

/** Plans an act and applies it: all of it, or, where it is refused or fails, nothing. */
export async function perform<Done extends object, Refused extends { ok: false }>(
  store: Store,
  { realNow }: When,
  plan: (tx: Tx) => Promise<Planned<Done> | Refused>,
): Promise<({ ok: true; edition: string; wake: boolean } & Done) | Refused> {
  return inTransaction(store.pool, async (tx) => {
    const planned = await plan(tx);
    if (!planned.ok) return planned;
    const { change, actor, done } = planned;
    await apply(tx, change, { actor, realNow });
    return { ok: true, edition: change.edition, wake: change.wake ?? false, ...done };
  });
}
