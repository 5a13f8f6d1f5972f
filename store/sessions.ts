/** Sessions of the console, and the one-time links that open one. All instants are real time, epoch ms. */
import { createHash, randomBytes } from 'node:crypto';
import { installationJournal } from '../domain/journal.js';
import type { Held } from '../domain/rights.js';
import type { Locale } from '../domain/words.js';
import { actorOf, lockAccounts, note, rightsOf } from './accounts.js';
import { type Db, inTransaction, type Pool, type Tx } from './db.js';
import { overLimit } from './limits.js';

const hourMs = 60 * 60_000;
/** A one-time link holds for so long, in milliseconds. */
const keyForMs = hourMs;
/** A session ends after so long, in milliseconds, and when nobody has used it for so long. */
const sessionForMs = 12 * hourMs;
const idleForMs = 2 * hourMs;
/** Whoever has shown one of two factors has so long for the other. */
const pendingForMs = hourMs / 6;
/** When it was used last is written down once in so long. */
const noteEveryMs = 60_000;

/** What stands for a secret in the database. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
/** A secret that nobody guesses. */
export const newSecret = (): string => randomBytes(24).toString('base64url');

/** Somebody who is in: their account, what they may, and when they last showed that it is theirs. */
export interface Viewer {
  account: string;
  name: string;
  email: string;
  /** Their own choice; left out: the browser's. */
  locale?: Locale;
  held: readonly Held[];
  /** Which of their sessions this is. */
  session: string;
  provedAt: number;
  /** Whether their account has a second factor of ours. */
  factor: boolean;
  /** Whether two factors were shown for this session, here or to a provider. */
  strong: boolean;
}

/** How somebody came in: by a one-time link, by mail, or by the OpenID provider of that id. */
export type Way = 'key' | 'mail' | `openid:${string}`;

/** What a session that is made keeps of how it came to be. */
export interface Entry {
  account: string;
  way: Way;
  /** The browser and system, in words. */
  device: string;
  /** Where they were going. */
  wanted: string;
  /** Two factors were shown: none of ours is asked. */
  strong?: boolean;
  /** The OpenID token by which the provider knows what to end. */
  proof?: string;
}

/** A session that was made; `pending`: the second factor is asked first. */
export interface Entered {
  session: string;
  wanted: string;
  pending: boolean;
}

/** Makes a one-time key that opens the console to an account for an hour; only its hash is kept. */
export async function issueKey(db: Db, { account, realNow }: { account: string; realNow: number }): Promise<string> {
  const key = newSecret();
  await db.query(`insert into console_key (hash, kind, account, made_at, seen_at, expires_at) values ($1, 'sign-in', $2, $3, $3, $4)`, [
    hashOf(key),
    account,
    new Date(realNow),
    new Date(realNow + keyForMs),
  ]);
  return key;
}

/** Spends a one-time key for a session; undefined if it is unknown, spent or too old, or its account is blocked. */
export async function enterByKey(
  db: Pool,
  { key, device, realNow }: { key: string; device: string; realNow: number },
): Promise<Entered | undefined> {
  return inTransaction(db, async (tx) => {
    await lockAccounts(tx); // one that is being blocked or reset has no session that begins meanwhile
    const { rows } = await tx.query<{ account: string }>(
      `update console_key k set used_at = $2 from account a
       where k.hash = $1 and k.kind = 'sign-in' and k.used_at is null and k.expires_at > $2 and a.id = k.account and a.blocked_at is null
       returning k.account`,
      [hashOf(key), new Date(realNow)],
    );
    const account = rows[0]?.account;
    if (account === undefined) return noteRefused(tx, realNow);
    return openSession(tx, { account, way: 'key', device, wanted: '/', realNow });
  });
}

/** What opened nothing is journalled; of many in an hour the first: nobody fills a journal from outside. */
export async function noteRefused(tx: Tx, realNow: number): Promise<undefined> {
  const limit = { kind: 'sign-in.refused', who: installationJournal, most: 20, withinMs: hourMs };
  if ((await overLimit(tx, [limit], realNow)) !== undefined) return;
  await note(tx, { verb: 'session.refused', actor: 'visitor', subject: installationJournal, realNow });
}

/** Journals that an account asked for what is not theirs to do; of many in an hour the first. */
export const noteRefusedRight = (
  db: Pool,
  { account, deed, edition, realNow }: { account: string; deed: string; edition?: string; realNow: number },
): Promise<void> =>
  inTransaction(db, async (tx) => {
    if ((await overLimit(tx, [{ kind: 'right.refused', who: account, most: 20, withinMs: hourMs }], realNow)) !== undefined) return;
    const detail = { deed, ...(edition === undefined ? {} : { edition }) };
    await note(tx, { verb: 'right.refused', actor: actorOf(account), subject: actorOf(account), detail, realNow });
  });

/** Makes a session of twelve hours, or of ten minutes while the second factor is asked. */
export async function openSession(tx: Tx, entry: Entry & { realNow: number }): Promise<Entered> {
  const { account, way, device, wanted, strong = false, proof, realNow } = entry;
  const { rows } = await tx.query<{ factor: boolean }>('select factor is not null as factor from account where id = $1', [account]);
  const pending = !strong && rows[0]?.factor === true;
  const session = newSecret();
  const now = new Date(realNow);
  await tx.query(
    `insert into console_key (hash, kind, account, made_at, seen_at, proved_at, expires_at, pending, wanted, way, device, proof, strong)
     values ($1, 'session', $2, $3, $3, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      hashOf(session),
      account,
      now,
      new Date(realNow + (pending ? pendingForMs : sessionForMs)),
      pending,
      wanted,
      way,
      device,
      proof ?? null,
      strong,
    ],
  );
  if (!pending) await noteOpened(tx, { account, way, realNow });
  return { session, wanted, pending };
}

const noteOpened = (tx: Tx, { account, way, realNow }: { account: string; way: string; realNow: number }) =>
  note(tx, { verb: 'session.opened', actor: actorOf(account), subject: actorOf(account), detail: { way }, realNow });

const isOpen = `k.kind = 'session' and k.expires_at > $2 and k.seen_at > $3 and a.blocked_at is null`;
const opened = (session: string, realNow: number) => [hashOf(session), new Date(realNow), new Date(realNow - idleForMs)];

/** Who is in by a session that is open; what they may is read anew each time. */
export async function viewerOf(
  db: Db,
  { session, realNow, byItself = false }: { session: string; realNow: number; byItself?: boolean },
): Promise<Viewer | undefined> {
  const { rows } = await db.query<{
    id: string;
    name: string;
    email: string;
    locale: Locale | null;
    seen_at: Date;
    proved_at: Date;
    factor: boolean;
    strong: boolean;
    which: string;
  }>(
    `select a.id, a.name, a.email, a.locale, k.seen_at, k.proved_at, a.factor is not null as factor, k.strong, left(k.hash, 16) as which
     from console_key k join account a on a.id = k.account where k.hash = $1 and not k.pending and ${isOpen}`,
    opened(session, realNow),
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  if (!byItself && realNow - row.seen_at.getTime() >= noteEveryMs)
    await db.query('update console_key set seen_at = greatest(seen_at, $2) where hash = $1', [hashOf(session), new Date(realNow)]);
  const { id, name, email, locale, factor, strong, which, proved_at } = row;
  const held = await rightsOf(db, row);
  return {
    account: id,
    name,
    email,
    held,
    session: which,
    provedAt: proved_at.getTime(),
    factor,
    strong,
    ...(locale === null ? {} : { locale }),
  };
}

/** Whose second factor a session waits for, or would prove again. */
export async function sessionAwaiting(
  db: Db,
  { session, realNow }: { session: string; realNow: number },
): Promise<{ account: string; pending: boolean; wanted: string } | undefined> {
  const { rows } = await db.query<{ account: string; pending: boolean; wanted: string }>(
    `select k.account, k.pending, k.wanted from console_key k join account a on a.id = k.account
     where k.hash = $1 and a.factor is not null and ${isOpen} for update of k`,
    opened(session, realNow),
  );
  return rows[0];
}

/** Opens what waited for a second factor, under a new id: whoever knew the former one has nothing of it. One that was open is proven again. */
export async function completeSession(tx: Tx, { session, realNow }: { session: string; realNow: number }): Promise<string> {
  const next = newSecret();
  const { rows } = await tx.query<{ account: string; way: Way; was: boolean }>(
    `update console_key k set hash = $2, pending = false, strong = true, proved_at = $3, seen_at = $3, expires_at = case when o.pending then $4 else k.expires_at end
     from (select pending from console_key where hash = $1) o where k.hash = $1 returning k.account, k.way, o.pending as was`,
    [hashOf(session), hashOf(next), new Date(realNow), new Date(realNow + sessionForMs)],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('a session that was found is completed');
  if (row.was) await noteOpened(tx, { ...row, realNow });
  return next;
}

/** An open session, as its owner sees it; `id` names it and opens nothing. */
export interface OpenSession {
  id: string;
  way: Way | null;
  device: string;
  madeAt: number;
  seenAt: number;
}

/** The open sessions of an account, the last used first. */
export async function sessionsOf(db: Db, { account, realNow }: { account: string; realNow: number }): Promise<OpenSession[]> {
  const { rows } = await db.query<{ id: string; way: Way | null; device: string | null; made_at: Date; seen_at: Date }>(
    `select left(k.hash, 16) as id, k.way, k.device, k.made_at, k.seen_at from console_key k join account a on a.id = k.account
     where k.account = $1 and not k.pending and ${isOpen} order by k.seen_at desc, k.hash limit 50`,
    [account, new Date(realNow), new Date(realNow - idleForMs)],
  );
  return rows.map(({ id, way, device, made_at, seen_at }) => ({
    ...{ id, way, device: device ?? '' },
    ...{ madeAt: made_at.getTime(), seenAt: seen_at.getTime() },
  }));
}

/** Ends a session: its cookie opens nothing any more, wherever it was copied. Answers how it came in and what its provider is told. */
export const endSession = (
  db: Pool,
  { session, realNow }: { session: string; realNow: number },
): Promise<{ way: Way | null; proof: string | null } | undefined> =>
  inTransaction(db, async (tx) => {
    const { rows } = await tx.query<{ account: string; way: Way | null; proof: string | null }>(
      `delete from console_key where hash = $1 and kind = 'session' returning account, way, proof`,
      [hashOf(session)],
    );
    const [row] = rows;
    if (row !== undefined) await note(tx, { verb: 'session.ended', actor: actorOf(row.account), subject: actorOf(row.account), realNow });
    return row;
  });

/** Ends sessions of an account: the one that is named, all but one, or all, and with them the one-time links that are out. */
export async function endSessions(
  tx: Tx,
  { account, session, but, by, realNow }: { account: string; session?: string; but?: string; by: string; realNow: number },
): Promise<void> {
  if (session !== undefined && !/^[0-9a-f]{16}$/.test(session)) return; // names none
  const { rowCount } = await tx.query(
    `delete from console_key where account = $1 and (kind = 'session' or coalesce($2, $3) is null)
       and ($2::text is null or left(hash, 16) = $2) and ($3::text is null or left(hash, 16) <> $3)`,
    [account, session ?? null, but ?? null],
  );
  if ((rowCount ?? 0) > 0) await note(tx, { verb: 'session.ended', actor: by, subject: actorOf(account), realNow });
}

/** Forgets keys and sessions that open nothing any more. */
export async function forgetOldKeys(db: Db, realNow: number): Promise<void> {
  await db.query('delete from console_key where expires_at < $1', [new Date(realNow - hourMs)]);
}
