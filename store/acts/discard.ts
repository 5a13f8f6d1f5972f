import { type AskRow, lockCall } from '../asks.js';
import type { Store, Tx } from '../db.js';
import { findEdition } from '../editions.js';
import { type Planned, perform, type When } from './change.js';

/** Which drafts: by their numbers, or all that were begun before an instant (business, epoch ms). */
export type Drafts = { ids: readonly string[] } | { begunBefore: number };

/** Which drafts were discarded, or why none was; `unknown`: what is no draft of the edition. */
export type Discarded = { ok: true; edition: string; discarded: string[] } | NotDiscarded;

type NotDiscarded = { ok: false; reason: 'no-edition' } | { ok: false; reason: 'unknown'; unknown: string[] };
type Discard = { edition: string; drafts: Drafts; reason: string; actor?: string } & When;

/**
 * Erases drafts of applications that nobody means: the form, the place in the call and, where nothing else is theirs, the person. What was submitted is
 * never touched. Nobody is written to; the journal says which, and why.
 */
export const discardDrafts = (store: Store, act: Discard): Promise<Discarded> => perform(store, act, (tx) => planDiscard(tx, act));

async function planDiscard(
  tx: Tx,
  { edition, drafts, reason, actor = 'coordinator', realNow }: Discard,
): Promise<Planned<{ discarded: string[] }> | NotDiscarded> {
  const row = await findEdition(tx, edition);
  if (row === undefined) return { ok: false, reason: 'no-edition' };
  await lockCall(tx, edition); // nobody submits one meanwhile
  const found = await draftsOf(tx, edition, drafts);
  const known = new Set(found.map(({ id }) => id));
  const unknown = 'ids' in drafts ? drafts.ids.filter((id) => !known.has(id)) : [];
  if (unknown.length > 0) return { ok: false, reason: 'unknown', unknown };
  return {
    ok: true,
    actor,
    change: {
      edition,
      at: realNow + row.clock_offset_ms,
      write: (tx) =>
        eraseDrafts(
          tx,
          edition,
          found.map(({ person }) => person),
        ),
      entries: found.map(({ id }) => ({ verb: 'application.discarded' as const, subject: id, reason })),
    },
    done: { discarded: found.map(({ id }) => id) },
  };
}

async function draftsOf(tx: Tx, edition: string, drafts: Drafts): Promise<{ id: string; person: string }[]> {
  const { rows } = await tx.query<{ id: string; person: string }>(
    `select id, person from application where edition = $1 and state = 'draft' and ($2::text[] is null or id = any($2)) and ($3::timestamptz is null or started_at < $3)
     order by length(id), id`,
    [edition, 'ids' in drafts ? drafts.ids : null, 'begunBefore' in drafts ? new Date(drafts.begunBefore) : null],
  );
  return rows;
}

/** Erases the drafts of people, their places in calls that they have not filled, and those of them who are nobody else in the edition. */
export async function eraseDrafts(tx: Tx, edition: string, people: readonly string[]): Promise<void> {
  const kind: AskRow['kind'] = 'apply';
  await tx.query(`delete from application where edition = $1 and person = any($2) and state = 'draft'`, [edition, people]);
  await tx.query(
    `delete from ask_person p using ask a where p.edition = $1 and p.person = any($2) and p.closed is null and a.id = p.ask and a.kind = $3`,
    [edition, people, kind],
  );
  await tx.query(
    `delete from person p where p.edition = $1 and p.id = any($2) and p.place is null
       and not exists (select 1 from ask_person o where o.edition = p.edition and o.person = p.id)
       and not exists (select 1 from application o where o.edition = p.edition and o.person = p.id)`,
    [edition, people],
  );
}
