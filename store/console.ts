import { createHash, randomBytes } from 'node:crypto';
import { installationJournal } from '../domain/journal.js';
import type { Held } from '../domain/rights.js';
import { actorOf, note, rightsOf } from './accounts.js';
import { type Db, inTransaction, type Pool } from './db.js';
import { overLimit } from './limits.js';

const signInForMs = 60 * 60_000;
/** A session ends after so long, in milliseconds, and when nobody has used it for so long. */
const sessionForMs = 12 * 3_600_000;
const idleForMs = 2 * 3_600_000;
/** When it was used last is written down once in so long. */
const noteEveryMs = 60_000;
const hash = (key: string) => createHash('sha256').update(key).digest('hex');

/** Somebody who is in: their account, and what they may. */
export interface Viewer {
  account: string;
  name: string;
  email: string;
  held: readonly Held[];
}

/** Makes a one-time key that opens the console to an account for an hour; only its hash is kept. */
export async function issueSignIn(db: Db, { account, realNow }: { account: string; realNow: number }): Promise<string> {
  return made(db, 'sign-in', { account, realNow, forMs: signInForMs });
}

async function made(
  db: Db,
  kind: 'sign-in' | 'session',
  { account, realNow, forMs }: { account: string; realNow: number; forMs: number },
): Promise<string> {
  const key = randomBytes(24).toString('base64url');
  await db.query('insert into console_key (hash, kind, account, made_at, seen_at, expires_at) values ($1, $2, $3, $4, $4, $5)', [
    hash(key),
    kind,
    account,
    new Date(realNow),
    new Date(realNow + forMs),
  ]);
  return key;
}

/** Spends a one-time key for a session of twelve hours; undefined if it is unknown, spent or too old, or its account is blocked. */
export async function signIn(db: Pool, { key, realNow }: { key: string; realNow: number }): Promise<string | undefined> {
  const { rows } = await db.query<{ account: string }>(
    `update console_key k set used_at = $2 from account a
     where k.hash = $1 and k.kind = 'sign-in' and k.used_at is null and k.expires_at > $2 and a.id = k.account and a.blocked_at is null
     returning k.account`,
    [hash(key), new Date(realNow)],
  );
  const account = rows[0]?.account;
  if (account === undefined) return refused(db, realNow);
  await note(db, { verb: 'session.opened', actor: actorOf(account), subject: actorOf(account), realNow });
  return made(db, 'session', { account, realNow, forMs: sessionForMs });
}

/** A link that opened nothing is journalled; of many in an hour the first: nobody fills a journal from outside. */
async function refused(db: Pool, realNow: number): Promise<undefined> {
  await inTransaction(db, async (tx) => {
    const limit = { kind: 'sign-in.refused', who: installationJournal, most: 20, withinMs: signInForMs };
    if ((await overLimit(tx, [limit], realNow)) !== undefined) return;
    await note(tx, { verb: 'session.refused', actor: 'visitor', subject: installationJournal, realNow });
  });
}

/** Who is in by a session that is open; what they may is read anew each time. */
export async function viewerOf(db: Db, { session, realNow }: { session: string; realNow: number }): Promise<Viewer | undefined> {
  const { rows } = await db.query<{ id: string; name: string; email: string; seen_at: Date }>(
    `select a.id, a.name, a.email, k.seen_at from console_key k join account a on a.id = k.account
     where k.hash = $1 and k.kind = 'session' and k.expires_at > $2 and k.seen_at > $3 and a.blocked_at is null`,
    [hash(session), new Date(realNow), new Date(realNow - idleForMs)],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  if (realNow - row.seen_at.getTime() >= noteEveryMs)
    await db.query('update console_key set seen_at = greatest(seen_at, $2) where hash = $1', [hash(session), new Date(realNow)]);
  return { account: row.id, name: row.name, email: row.email, held: await rightsOf(db, row) };
}

/** Ends a session: its cookie opens nothing any more, wherever it was copied. */
export async function endSession(db: Db, session: string): Promise<void> {
  await db.query(`delete from console_key where hash = $1 and kind = 'session'`, [hash(session)]);
}
