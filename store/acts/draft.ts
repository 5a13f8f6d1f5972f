/** A draft is no act: nothing of it is told to the journal, to the mail or to the engine, and it waits for nobody. */
import type { Raw } from '../../domain/asks/forms.js';
import { inTransaction, type Store, type Tx } from '../db.js';
import type { When } from './change.js';
import { type Act, holdPlace, refusalOf } from './place.js';

/** A draft that was kept, with its number; or one that was written from an older text than the one that is kept. */
export type Kept = { ok: true; version: number } | { ok: false; reason: 'newer' };

/** What the database can keep of what was typed: all but U+0000, which nobody types. */
const keepable = (raw: Raw): Raw => {
  const clean = (text: string) => text.replaceAll('\u0000', '');
  return Object.fromEntries(
    Object.entries(raw).map(([name, value]) => [clean(name), typeof value === 'string' ? clean(value) : value.map(clean)]),
  );
};

/**
 * Keeps what a place's form holds, whole. `from`: the number of the draft its page was drawn from; when a newer one was kept since, from
 * another tab, that one stays and this one is kept beside it. Left out: whatever is there is replaced.
 */
export async function writeDraft(
  tx: Tx,
  { request, raw, at, from }: { request: string; raw: Raw; at: number; from?: number | undefined },
): Promise<Kept> {
  const body = JSON.stringify(keepable(raw));
  const { rows } = await tx.query<{ version: number }>(
    `insert into draft (request, body, saved_at) values ($1, $2, $3)
     on conflict (request) do update set body = excluded.body, saved_at = excluded.saved_at, version = draft.version + 1
     where $4::integer is null or draft.version <= $4 or draft.body = excluded.body
     returning version`,
    [request, body, new Date(at), from ?? null],
  );
  if (rows[0] !== undefined) return { ok: true, version: rows[0].version };
  await tx.query('update draft set other = $2 where request = $1', [request, body]);
  return { ok: false, reason: 'newer' };
}

/** Keeps what was typed, until it is sent. */
export async function saveDraft(
  store: Store,
  { request, raw, from, ...when }: { request: string; raw: Raw; from?: number } & When,
): Promise<Act & { version?: number }> {
  return inTransaction(store.pool, async (tx) => {
    const place = await holdPlace(tx, request, when);
    if (place === undefined) return { ok: false, reason: 'unknown' };
    const refusal = refusalOf(place);
    if (refusal !== undefined) return refusal;
    const kept = await writeDraft(tx, { request, raw, at: place.at, from });
    return kept.ok ? { ...kept, edition: place.row.id, wake: false } : kept;
  });
}

/** Takes the other of two texts that were kept from two tabs; the one it takes the place of is kept beside it. */
export async function swapDraft(store: Store, { request, ...when }: { request: string } & When): Promise<Act> {
  return inTransaction(store.pool, async (tx) => {
    const place = await holdPlace(tx, request, when);
    if (place === undefined) return { ok: false, reason: 'unknown' };
    const refusal = refusalOf(place);
    if (refusal !== undefined) return refusal;
    await tx.query(
      'update draft set body = other, other = body, version = version + 1, saved_at = $2 where request = $1 and other is not null',
      [request, new Date(place.at)],
    );
    return { ok: true, edition: place.row.id, wake: false };
  });
}
