import { createHash, randomBytes } from 'node:crypto';
import type { Db } from './db.js';

const signInForMs = 60 * 60_000;
const sessionForMs = 12 * 3_600_000;
const hash = (key: string) => createHash('sha256').update(key).digest('hex');

/** Makes a one-time key that opens the console for an hour; only its hash is kept. */
export async function issueSignIn(db: Db, { realNow }: { realNow: number }): Promise<string> {
  const key = randomBytes(24).toString('base64url');
  await db.query(`insert into console_key (hash, kind, expires_at) values ($1, 'sign-in', $2)`, [
    hash(key),
    new Date(realNow + signInForMs),
  ]);
  return key;
}

/** Spends a one-time key for a session of twelve hours; undefined if it is unknown, spent or too old. */
export async function signIn(db: Db, { key, realNow }: { key: string; realNow: number }): Promise<string | undefined> {
  const { rowCount } = await db.query(
    `update console_key set used_at = $2 where hash = $1 and kind = 'sign-in' and used_at is null and expires_at > $2`,
    [hash(key), new Date(realNow)],
  );
  if (rowCount !== 1) return undefined;
  const session = randomBytes(24).toString('base64url');
  await db.query(`insert into console_key (hash, kind, expires_at) values ($1, 'session', $2)`, [
    hash(session),
    new Date(realNow + sessionForMs),
  ]);
  return session;
}

/** Whether a session is open. */
export async function isSession(db: Db, { session, realNow }: { session: string; realNow: number }): Promise<boolean> {
  const { rowCount } = await db.query(`select 1 from console_key where hash = $1 and kind = 'session' and expires_at > $2`, [
    hash(session),
    new Date(realNow),
  ]);
  return rowCount === 1;
}

/** Ends a session: its cookie opens nothing any more, wherever it was copied. */
export async function endSession(db: Db, session: string): Promise<void> {
  await db.query(`delete from console_key where hash = $1 and kind = 'session'`, [hash(session)]);
}
