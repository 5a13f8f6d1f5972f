/** Asking to enter the console, and what becomes of it: by a mailed link and its code, or at an OpenID provider. All instants are real time, epoch ms. */
import type { Locale } from '../domain/words.js';
import { type Db, inTransaction, type Pool, type Tx } from './db.js';
import { type Limit, overLimit } from './limits.js';
import { hashOf } from './sessions.js';

/** Whoever asked has so long, in milliseconds. */
export const signInForMs = 15 * 60_000;
/** So many codes may be typed that are not the right one. */
const mostTries = 5;
/** Somebody who mails a link and is not heard of has so long; then another does. */
const mailingForMs = 60_000;
const keptMs = 24 * 60 * 60_000;

/** What an OpenID provider's answer is held against: kept here, not in the browser. */
export type Flow = Record<string, string>;

/** Somebody who asked to enter, from one browser. */
export interface Asked {
  id: string;
  /** The cookie of the browser that asked. */
  browser: string;
  /** Where the link goes; left out: nowhere, and nobody can tell. */
  email?: string;
  /** Where they were going. */
  wanted: string;
  locale: Locale;
  provider?: { id: string; flow: Flow };
}

/** Keeps that somebody asked, unless they are over a limit: then nothing is kept, and nothing leaves. */
export async function keepSignIn(
  db: Pool,
  { id, browser, email, wanted, locale, provider, limits, realNow }: Asked & { limits: readonly Limit[]; realNow: number },
): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const over = await overLimit(tx, limits, realNow);
    await tx.query(
      'insert into sign_in (id, email, browser, wanted, locale, provider, flow, asked_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [id, email ?? null, hashOf(browser), wanted, locale, provider?.id ?? null, provider?.flow ?? null, new Date(realNow)],
    );
    // written all the same: how long it takes says nothing of a limit that counts apart what leads nowhere
    if (over !== undefined) await tx.query('delete from sign_in where id = $1', [id]);
    return over === undefined;
  });
}

/** A sign-in that is still open. */
export interface OpenSignIn {
  id: string;
  email: string;
  wanted: string;
  /** Whether a browser is the one that asked. */
  here: boolean;
}

const open = 's.used_at is null and s.asked_at > $2';
const since = (realNow: number) => new Date(realNow - signInForMs);

/** The sign-in of a mailed link, as long as it is open. */
export async function findSignIn(
  db: Db,
  { id, browser, realNow }: { id: string; browser: string | undefined; realNow: number },
): Promise<OpenSignIn | undefined> {
  const { rows } = await db.query<OpenSignIn>(
    `select s.id, s.email, s.wanted, s.browser = $3 as here from sign_in s where s.id = $1 and s.email is not null and s.tries < $4 and ${open}`,
    [id, since(realNow), hashOf(browser ?? ''), mostTries],
  );
  return rows[0];
}

/** Spends a sign-in: the second of two at once finds nothing. */
export async function spendSignIn(tx: Tx, { id, realNow }: { id: string; realNow: number }): Promise<boolean> {
  const { rowCount } = await tx.query(`update sign_in s set used_at = $3 where s.id = $1 and ${open}`, [
    id,
    since(realNow),
    new Date(realNow),
  ]);
  return rowCount === 1;
}

/**
 * The open sign-in of a browser whose code was typed; what is not the code of any of them counts against them all, and against those that lead nowhere:
 * how often one may try says nothing of whether there is an account.
 * @param isCode whether what was typed is the code of a sign-in
 */
export async function findByCode(
  tx: Tx,
  { browser, isCode, realNow }: { browser: string; isCode(id: string): boolean; realNow: number },
): Promise<OpenSignIn | undefined> {
  const { rows } = await tx.query<{ id: string; email: string | null; wanted: string }>(
    `select s.id, s.email, s.wanted from sign_in s where s.browser = $1 and s.provider is null and s.tries < $3 and ${open} order by s.id for update`,
    [hashOf(browser), since(realNow), mostTries],
  );
  const found = rows.find(({ id }) => isCode(id));
  if (found?.email != null) return { ...found, email: found.email, here: true };
  await tx.query('update sign_in set tries = tries + 1 where id = any($1)', [rows.map(({ id }) => id)]);
  return undefined;
}

/** What a provider's answer is held against, once: it is this browser's, of this provider and with this state, or there is none. */
export async function takeFlow(
  tx: Tx,
  { browser, provider, state, realNow }: { browser: string; provider: string; state: string; realNow: number },
): Promise<{ flow: Flow; wanted: string } | undefined> {
  const { rows } = await tx.query<{ flow: Flow; wanted: string }>(
    `update sign_in s set used_at = $5 where s.browser = $1 and s.provider = $3 and s.flow->>'state' = $4 and ${open} returning s.flow, s.wanted`,
    [hashOf(browser), since(realNow), provider, state, new Date(realNow)],
  );
  return rows[0];
}

/** A link to mail. */
export interface OwedLink {
  id: string;
  email: string;
  locale: Locale;
  askedAt: number;
}

/** Takes a link to be mailed, if it is owed and nobody else is mailing it. */
export async function takeOwedLink(db: Db, { id, realNow }: { id: string; realNow: number }): Promise<OwedLink | undefined> {
  const { rows } = await db.query<{ id: string; email: string; locale: Locale; asked_at: Date }>(
    `update sign_in s set taken_at = $3 where s.id = $1 and s.email is not null and s.mailed_at is null and ${open}
       and (s.taken_at is null or s.taken_at <= $4)
       returning s.id, s.email, coalesce((select a.locale from account a where a.email = s.email), s.locale) as locale, s.asked_at`,
    [id, since(realNow), new Date(realNow), new Date(realNow - mailingForMs)],
  );
  return rows[0] && { id, email: rows[0].email, locale: rows[0].locale, askedAt: rows[0].asked_at.getTime() };
}

/** Records that a link left, or never will. */
export const markLinkMailed = async (db: Db, { id, realNow }: { id: string; realNow: number }): Promise<void> =>
  void (await db.query('update sign_in set mailed_at = $2 where id = $1', [id, new Date(realNow)]));

/** Gives back a link that did not leave. */
export const releaseLink = async (db: Db, id: string): Promise<void> =>
  void (await db.query('update sign_in set taken_at = null where id = $1', [id]));

/** The links that should have left before an instant, and did not. */
export async function owedLinks(db: Db, { before, realNow }: { before: number; realNow: number }): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(
    `select s.id from sign_in s where s.asked_at < $1 and s.email is not null and s.mailed_at is null and ${open} order by s.asked_at limit 100`,
    [new Date(before), since(realNow)],
  );
  return rows.map(({ id }) => id);
}

/** Forgets who asked, a day later. */
export async function forgetOldSignIns(db: Db, realNow: number): Promise<void> {
  await db.query('delete from sign_in where asked_at < $1', [new Date(realNow - keptMs)]);
}
