/** An application is asked for by whoever comes; it is begun by whoever opens the link that was mailed to the address, and by nobody else. */
import { isAddress } from '../../domain/address.js';
import type { FieldProblem } from '../../domain/asks/forms.js';
import { isPastHardEnd } from '../../domain/asks/hard-end.js';
import type { ACTOR_WORDS } from '../../domain/journal.js';
import { problemOfText, tidy } from '../../domain/text.js';
import { findOpenCall } from '../asks.js';
import { type Db, inTransaction, type Store } from '../db.js';
import { endsAsOf, findEdition, takesAnswers } from '../editions.js';
import { countRefused, type Limit, overLimit } from '../limits.js';
import { startApplication } from './application.js';
import { apply, type When } from './change.js';
import { eraseDrafts } from './discard.js';
import type { Act, Refusal } from './place.js';

/** Who has not shown who they are. */
const visitor = 'visitor' satisfies keyof typeof ACTOR_WORDS;

/** What a visitor typed; `relay`: whose tracked link brought them. */
export interface Typed {
  edition: string;
  name: string;
  email: string;
  title: string;
  relay?: string;
}

/** What was typed, as the page behind its link shows it; `request`: what it became, once it is begun. */
export interface ApplicationStart extends Omit<Typed, 'relay'> {
  relay: string | null;
  request: string | null;
}

/** Links to begin an application hold for so long, in milliseconds; then what was typed is forgotten. */
export const startForMs = 7 * 24 * 60 * 60_000;

/**
 * Keeps what was typed and mails a link to the address. The answer never says whether the address is known, nor whether a limit was reached: then
 * nothing is kept and nothing leaves.
 * @param id random: the link's own
 */
export async function askToApply(
  store: Store,
  { id, limits, realNow, ...typed }: Typed & { id: string; limits: readonly Limit[] } & When,
): Promise<Act> {
  const { edition, relay } = typed;
  const [name, email, title] = [tidy(typed.name), tidy(typed.email), tidy(typed.title)];
  return inTransaction(store.pool, async (tx) => {
    const row = await findEdition(tx, edition);
    const refusal = await refusalOf(tx, { row, email, name, title, realNow });
    if (refusal !== undefined || row === undefined) return refusal ?? { ok: false, reason: 'closed' };
    if ((await overLimit(tx, limits, realNow)) !== undefined) {
      await countRefused(tx, edition, realNow);
      return { ok: true, edition, wake: false };
    }
    const at = realNow + row.clock_offset_ms;
    await tx.query('insert into application_start (id, edition, name, email, title, relay, asked_at) values ($1, $2, $3, $4, $5, $6, $7)', [
      id,
      edition,
      name,
      email,
      title,
      relay ?? null,
      new Date(at),
    ]);
    const mail = { key: `begin.${id}`, person: visitor, template: 'begin' as const, context: { start: id } };
    await apply(tx, { edition, at, mail: { dueAt: at, mails: [mail] }, wake: true }, { actor: visitor, realNow });
    return { ok: true, edition, wake: true };
  });
}

type Row = Awaited<ReturnType<typeof findEdition>>;

/** Why nothing can be begun, if nothing can: the call, what was typed. */
async function refusalOf(
  db: Db,
  { row, name, email, title, realNow }: { row: Row; name: string; email: string; title: string } & When,
): Promise<Refusal | undefined> {
  const call = row === undefined ? undefined : await findOpenCall(db, row.id);
  if (row === undefined || call === undefined || !takesAnswers(row)) return { ok: false, reason: 'closed' };
  const end = { kind: call.kind, endsAt: call.ends_at?.getTime() ?? null, dueAt: call.due_at.getTime() };
  if (isPastHardEnd(end, endsAsOf(row, realNow + row.clock_offset_ms))) return { ok: false, reason: 'late' };
  if (!isAddress(email)) return { ok: false, reason: 'address' };
  const problems = Object.entries({ name, title }).flatMap(([field, text]): FieldProblem[] => {
    const problem = problemOfText(text, 'text');
    return problem === undefined ? [] : [{ field, problem }];
  });
  return problems.length > 0 ? { ok: false, reason: 'invalid', problems } : undefined;
}

/** What was typed for a link; undefined where there is none, it is too old, or it was erased. */
export async function findStart(db: Db, id: string): Promise<ApplicationStart | undefined> {
  const { rows } = await db.query<ApplicationStart>(
    'select edition, name, email, title, relay, request from application_start where id = $1',
    [id],
  );
  return rows[0];
}

/** Begins what was asked for: whoever opened its link reads that address. Begun again, it answers the same place. */
export async function beginApplication(
  store: Store,
  { id, realNow }: { id: string } & When,
): Promise<Act & { request?: string; linkN?: number }> {
  const start = await findStart(store.pool, id);
  if (start === undefined) return { ok: false, reason: 'unknown' };
  const { edition, name, email, title, relay } = start;
  const begun = await startApplication(store, { edition, name, email, title, ...(relay === null ? {} : { relay }), realNow });
  if (begun.ok) await store.pool.query('update application_start set request = $2 where id = $1', [id, begun.request]);
  return begun;
}

/**
 * "It was not me": what was typed is erased. What was begun by this link goes too, as long as it was not submitted: the draft, the application and, where
 * nothing else is theirs, the person. The journal keeps that something was begun, without a name.
 */
export async function forgetStart(store: Store, { id }: { id: string }): Promise<void> {
  await inTransaction(store.pool, async (tx) => {
    const { rows } = await tx.query<{ edition: string; request: string | null }>(
      'delete from application_start where id = $1 returning edition, request',
      [id],
    );
    const [{ edition, request } = { edition: '', request: null }] = rows;
    if (request === null) return;
    const { rows: drafts } = await tx.query<{ person: string }>(
      `select p.person from ask_person p join application a on a.edition = p.edition and a.person = p.person and a.state = 'draft'
       where p.request = $1 and p.closed is null for update of p`,
      [request],
    );
    await eraseDrafts(
      tx,
      edition,
      drafts.map(({ person }) => person),
    );
  });
}

/** Forgets what was typed for links that are too old. Business time runs as the real one does, shifted. */
export async function forgetOldStarts(db: Db, realNow: number): Promise<void> {
  await db.query(
    `delete from application_start s using edition e
     where e.id = s.edition and s.asked_at < to_timestamp(($1::bigint + e.clock_offset_ms - $2::bigint) / 1000.0)`,
    [realNow, startForMs],
  );
}
