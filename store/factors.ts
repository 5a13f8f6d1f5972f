/** The second factor of an account: a code of an app (TOTP, RFC 6238), and recovery codes for when the app is gone. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { actorOf, note } from './accounts.js';
import { type Db, inTransaction, type Pool, type Tx } from './db.js';
import { type Limit, overLimit } from './limits.js';
import { completeSession, hashOf, sessionAwaiting } from './sessions.js';

const minuteMs = 60_000;
const stepSeconds = 30;
/** Codes of one step before and after are taken: clocks differ, and people type slowly. */
const window = 1;
/** OWASP ASVS 5, 6.5.2 and 6.6.3: 112 bits and more for what is looked up, few tries for what is short. */
const recovery = { codes: 10, bytes: 15 } as const;

const limitsOf = (account: string): Limit[] => [
  { kind: 'factor', who: account, most: 5, withinMs: 15 * minuteMs },
  { kind: 'factor', who: account, most: 30, withinMs: 24 * 60 * minuteMs },
];

const keyOf = (linkKey: Buffer): Buffer => Buffer.from(hkdfSync('sha256', linkKey, '', 'troismains: second factors', 32));

function seal(linkKey: Buffer, text: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(linkKey), iv);
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** What was sealed; undefined under another key: a `LINK_KEY` that was replaced leaves recovery codes, and whoever administers. */
function unseal(linkKey: Buffer, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(linkKey), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(-16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

const totpOf = (secret: string, email: string) =>
  new TOTP({ issuer: 'Trois Mains', label: email, algorithm: 'SHA1', digits: 6, period: stepSeconds, secret: Secret.fromBase32(secret) });

/** A second factor that is being set up: its secret, and the address that apps read from a QR code. */
export interface NewFactor {
  secret: string;
  uri: string;
}

/** Begins to set up a second factor in a session; begun in two windows, it is one. */
export async function beginFactor(
  db: Db,
  { session, account, linkKey }: { session: string; account: string; linkKey: Buffer },
): Promise<void> {
  await db.query(
    `update console_key set new_factor = coalesce(new_factor, $3) where left(hash, 16) = $1 and account = $2 and kind = 'session'`,
    [session, account, seal(linkKey, new Secret({ size: 20 }).base32)],
  );
}

/** The second factor that a session is setting up; undefined where none was begun. */
export async function newFactor(
  db: Db,
  { session, account, email, linkKey }: { session: string; account: string; email: string; linkKey: Buffer },
): Promise<NewFactor | undefined> {
  const sealed = await newFactorOf(db, { session, account });
  if (sealed === undefined) return undefined;
  const secret = unseal(linkKey, sealed);
  return secret === undefined ? undefined : { secret, uri: totpOf(secret, email).toString() };
}

async function newFactorOf(db: Db, { session, account }: { session: string; account: string }): Promise<string | undefined> {
  const { rows } = await db.query<{ new_factor: string | null }>(
    `select new_factor from console_key where left(hash, 16) = $1 and account = $2 and kind = 'session' for update`,
    [session, account],
  );
  return rows[0]?.new_factor ?? undefined;
}

/** The step whose code was typed, as far as it is one of the last, the current or the next; undefined: it is none. */
function stepOf(secret: string | undefined, { code, realNow }: { code: string; realNow: number }): number | undefined {
  if (secret === undefined) return undefined;
  const delta = totpOf(secret, '').validate({ token: code.replace(/\s/g, ''), timestamp: realNow, window });
  return delta === null ? undefined : Math.floor(realNow / 1000 / stepSeconds) + delta;
}

/** Sets up the second factor of an account: whoever typed a code has it in their app. Answers its recovery codes, which nothing shows again. */
export async function confirmFactor(
  db: Pool,
  { session, account, code, linkKey, realNow }: { session: string; account: string; code: string; linkKey: Buffer; realNow: number },
): Promise<string[] | undefined> {
  return inTransaction(db, async (tx) => {
    const sealed = await newFactorOf(tx, { session, account });
    const step = sealed === undefined ? undefined : stepOf(unseal(linkKey, sealed), { code, realNow });
    if (step === undefined) return undefined;
    await tx.query('update account set factor = $2, factor_step = $3 where id = $1', [account, sealed, step]);
    await tx.query('update console_key set strong = strong or left(hash, 16) = $2, new_factor = null where account = $1', [
      account,
      session,
    ]);
    await note(tx, { verb: 'factor.set', actor: actorOf(account), subject: actorOf(account), realNow });
    return newRecoveryCodes(tx, account);
  });
}

async function newRecoveryCodes(tx: Tx, account: string): Promise<string[]> {
  const codes = Array.from({ length: recovery.codes }, () => new Secret({ size: recovery.bytes }).base32.toLowerCase());
  await tx.query('delete from recovery_code where account = $1', [account]);
  await tx.query('insert into recovery_code (account, hash) select $1, unnest($2::text[])', [account, codes.map(hashOf)]);
  return codes.map((code) => code.replace(/(.{6})(?=.)/g, '$1-'));
}

/** Whether an account has a second factor. */
export const hasFactor = async (db: Db, account: string): Promise<boolean> =>
  (await db.query('select 1 from account where id = $1 and factor is not null', [account])).rows.length > 0;

/** How many recovery codes an account has left. */
export async function recoveryCodesLeft(db: Db, account: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>('select count(*)::int as n from recovery_code where account = $1 and used_at is null', [
    account,
  ]);
  return rows[0]?.n ?? 0;
}

/** Makes new recovery codes: the former ones are dead. */
export const renewRecoveryCodes = (db: Pool, { account, realNow }: { account: string; realNow: number }): Promise<string[]> =>
  inTransaction(db, async (tx) => {
    await note(tx, { verb: 'factor.codes', actor: actorOf(account), subject: actorOf(account), realNow });
    return newRecoveryCodes(tx, account);
  });

/** Takes the second factor away; whether there was one. */
export async function removeFactor(tx: Tx, { account, by, realNow }: { account: string; by: string; realNow: number }): Promise<boolean> {
  const { rowCount } = await tx.query('update account set factor = null, factor_step = null where id = $1 and factor is not null', [
    account,
  ]);
  if (rowCount !== 1) return false;
  await tx.query('delete from recovery_code where account = $1', [account]);
  await tx.query(`update console_key set strong = false where account = $1 and way not like 'openid:%'`, [account]);
  await note(tx, { verb: 'factor.removed', actor: by, subject: actorOf(account), realNow });
  return true;
}

/** What became of a code that was typed. */
export type FactorShown = { ok: true; session: string; wanted: string } | { ok: false; reason: 'wrong' | 'too-often' | 'no-session' };

/** Shows the second factor: a code of the app, or a recovery code, each of which serves once. The session goes on under a new id. */
export async function showFactor(
  db: Pool,
  { session, code, linkKey, realNow }: { session: string; code: string; linkKey: Buffer; realNow: number },
): Promise<FactorShown> {
  return inTransaction(db, async (tx): Promise<FactorShown> => {
    const waiting = await sessionAwaiting(tx, { session, realNow });
    if (waiting === undefined) return { ok: false, reason: 'no-session' };
    const { account, wanted } = waiting;
    if ((await overLimit(tx, limitsOf(account), realNow)) !== undefined) return { ok: false, reason: 'too-often' };
    if (!(await takesCode(tx, { account, code, linkKey, realNow }))) {
      await note(tx, { verb: 'factor.refused', actor: actorOf(account), subject: actorOf(account), realNow });
      return { ok: false, reason: 'wrong' };
    }
    await tx.query(`delete from attempt where kind = 'factor' and who = $1`, [account]);
    return { ok: true, session: await completeSession(tx, { session, realNow }), wanted };
  });
}

async function takesCode(
  tx: Tx,
  { account, code, linkKey, realNow }: { account: string; code: string; linkKey: Buffer; realNow: number },
): Promise<boolean> {
  const { rows } = await tx.query<{ factor: string | null; factor_step: number | null }>(
    'select factor, factor_step from account where id = $1 for update',
    [account],
  );
  const { factor = null, factor_step: last = null } = rows[0] ?? {};
  if (factor === null) return false;
  const step = stepOf(unseal(linkKey, factor), { code, realNow });
  if (step !== undefined) {
    if (last !== null && step <= last) return false;
    await tx.query('update account set factor_step = $2 where id = $1', [account, step]);
    return true;
  }
  const typed = code.replace(/[\s-]/g, '').toLowerCase();
  const { rowCount } = await tx.query('update recovery_code set used_at = $3 where account = $1 and hash = $2 and used_at is null', [
    account,
    hashOf(typed),
    new Date(realNow),
  ]);
  return rowCount === 1;
}
