/** Who may enter the console, and what they may do there. All instants are real time, epoch ms. */
import { addressKey, isSameAddress } from '../domain/address.js';
import { installationJournal, type Verb } from '../domain/journal.js';
import type { Held, Right } from '../domain/rights.js';
import type { Locale } from '../domain/words.js';
import { audit } from './audit.js';
import type { Db, Tx } from './db.js';

/** An account. */
export interface Account {
  id: string;
  email: string;
  name: string;
  blocked: boolean;
}

interface Row {
  id: string;
  email: string;
  name: string;
  blocked_at: Date | null;
}

const accountOf = ({ id, email, name, blocked_at }: Row): Account => ({ id, email, name, blocked: blocked_at !== null });
const columns = 'id, email, name, blocked_at';

/** The account of an address, however that is written; undefined when there is none. */
export async function accountAt(db: Db, address: string): Promise<Account | undefined> {
  const { rows } = await db.query<Row>(`select ${columns} from account where mailbox = $1`, [addressKey(address)]);
  return rows[0] && accountOf(rows[0]);
}

/** Whoever changes accounts or rights does it in turn: what is true of them all – who the last admin is – stays true until the change is made. */
export const lockAccounts = async (tx: Tx): Promise<void> =>
  void (await tx.query('select pg_advisory_xact_lock(hashtext($1))', ['accounts']));

/** Makes the account of an address, or finds it: then its name stays. */
export async function addAccount(
  tx: Tx,
  { id, email, name, by, realNow }: { id: string; email: string; name: string; by: string; realNow: number },
): Promise<Account> {
  const { rows } = await tx.query<Row>(
    `insert into account (id, email, mailbox, name, created_at) values ($1, $2, $3, $4, $5)
     on conflict (mailbox) do update set email = account.email returning ${columns}`,
    [id, email, addressKey(email), name, new Date(realNow)],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('what is inserted or found is returned');
  if (row.id === id) await note(tx, { verb: 'account.opened', actor: by, subject: actorOf(id), realNow });
  return accountOf(row);
}

/** Gives an account another name. */
export async function renameAccount(
  tx: Tx,
  { id, name, by, realNow }: { id: string; name: string; by: string; realNow: number },
): Promise<void> {
  const { rowCount } = await tx.query('update account set name = $2 where id = $1 and name <> $2', [id, name]);
  if (rowCount === 1) await note(tx, { verb: 'account.renamed', actor: by, subject: actorOf(id), realNow });
}

/** The account of an id; undefined when there is none. */
export async function findAccount(db: Db, id: string): Promise<Account | undefined> {
  const { rows } = await db.query<Row>(`select ${columns} from account where id = $1`, [id]);
  return rows[0] && accountOf(rows[0]);
}

/** An account with the rights that were given to it, and the editions whose coordinator has its address. */
export interface ListedAccount extends Account {
  held: Held[];
  coordinates: string[];
}

/** Accounts by address, from one on; `limit`: so many of them, left out: all. */
export async function listAccounts(db: Db, { from = 0, limit }: { from?: number; limit?: number } = {}): Promise<ListedAccount[]> {
  const { rows } = await db.query<Row>(`select ${columns} from account order by mailbox offset $1 limit $2`, [from, limit ?? null]);
  return listed(db, rows.map(accountOf));
}

/** Accounts, each with what it may: two statements, however many they are. */
export async function listed(db: Db, accounts: readonly Account[]): Promise<ListedAccount[]> {
  const given = await givenRights(
    db,
    accounts.map(({ id }) => id),
  );
  const editions = await coordinated(
    db,
    accounts.map(({ email }) => email),
  );
  return accounts.map((one) => ({
    ...one,
    held: given.get(one.id) ?? [],
    coordinates: editions.filter(({ email }) => isSameAddress(email, one.email)).map(({ edition }) => edition),
  }));
}

interface GivenRight {
  account: string;
  right: Right;
  territory: string | null;
  edition: string | null;
}

const heldIn = ({ right, territory, edition }: GivenRight): Held => ({
  right,
  ...(territory === null ? {} : { territory }),
  ...(edition === null ? {} : { edition }),
});

async function givenRights(db: Db, accounts: readonly string[]): Promise<Map<string, Held[]>> {
  const { rows } = await db.query<GivenRight>(
    'select account, "right", territory, edition from account_right where account = any($1) order by "right", territory, edition',
    [accounts],
  );
  const held = new Map<string, Held[]>();
  for (const row of rows) held.set(row.account, [...(held.get(row.account) ?? []), heldIn(row)]);
  return held;
}

/** All that an account may: the rights that were given to it, and those of the editions whose coordinator has its address. */
export async function rightsOf(db: Db, { id, email }: Pick<Account, 'id' | 'email'>): Promise<Held[]> {
  const { rows } = await db.query<GivenRight & { email: string | null }>(
    `select * from (
       select account, "right", territory, edition, null as email from account_right where account = $1
       union all select $1, 'coordinator', null, c.edition, c.email from (${coordinating('array[$2]')}) c) r
     order by email is not null, "right", territory, edition`,
    [id, email],
  );
  return rows.filter((one) => one.email === null || isSameAddress(one.email, email)).map(heldIn);
}

/** The editions that whoever has an address coordinates, and their name there. */
export async function coordinates(db: Db, address: string): Promise<Coordinating[]> {
  return (await coordinated(db, [address])).filter(({ email }) => isSameAddress(email, address));
}

/** Somebody who coordinates an edition, by their address and name there. */
export interface Coordinating {
  edition: string;
  name: string;
  email: string;
}

/** In SQL: coordinators whose addresses have before the @ what one of some has. */
const coordinating = (
  addresses: string,
): string => `select edition, name, email from person where role = 'coordinator' and place is not null
  and lower(normalize(split_part(email, '@', 1), NFC)) = any(select lower(normalize(split_part(a, '@', 1), NFC)) from unnest(${addresses}::text[]) as a)`;

/** Coordinators whose addresses have one of these before the @: few of them are other mailboxes. */
async function coordinated(db: Db, addresses: readonly string[]): Promise<Coordinating[]> {
  const { rows } = await db.query<Coordinating>(`${coordinating('$1')} order by edition`, [addresses]);
  return rows;
}

/** Gives a right, once. */
export async function giveRight(
  tx: Tx,
  { account, held, by, realNow }: { account: string; held: Held; by: string; realNow: number },
): Promise<void> {
  const { rowCount } = await tx.query(
    'insert into account_right (account, "right", territory, edition, given_at, given_by) values ($1, $2, $3, $4, $5, $6) on conflict do nothing',
    [account, held.right, held.territory ?? null, held.edition ?? null, new Date(realNow), by],
  );
  if (rowCount === 1) await note(tx, { verb: 'right.given', actor: by, subject: actorOf(account), detail: { ...held }, realNow });
}

/** Takes a right away; whether there was such a one. */
export async function takeRight(
  tx: Tx,
  { account, held, by, realNow }: { account: string; held: Held; by: string; realNow: number },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    'delete from account_right where account = $1 and "right" = $2 and territory is not distinct from $3 and edition is not distinct from $4',
    [account, held.right, held.territory ?? null, held.edition ?? null],
  );
  if (rowCount !== 1) return false;
  await note(tx, { verb: 'right.taken', actor: by, subject: actorOf(account), detail: { ...held }, realNow });
  return true;
}

/** Blocks an account, or opens it again: one that is blocked has no session, whatever it may. */
export async function blockAccount(
  tx: Tx,
  { id, blocked, by, realNow }: { id: string; blocked: boolean; by: string; realNow: number },
): Promise<void> {
  await tx.query('update account set blocked_at = $2 where id = $1', [id, blocked ? new Date(realNow) : null]);
  if (blocked) await tx.query('delete from console_key where account = $1', [id]);
  await note(tx, { verb: blocked ? 'account.blocked' : 'account.opened', actor: by, subject: actorOf(id), realNow });
}

/** Keeps the language in which somebody wants the console and its mail. */
export const chooseLocale = async (db: Db, { id, locale }: { id: string; locale: Locale }): Promise<void> =>
  void (await db.query('update account set locale = $2 where id = $1', [id, locale]));

/** The names of accounts, by the actor that the journal writes (`account:ID`). */
export async function accountNames(db: Db, actors: readonly string[]): Promise<Map<string, string>> {
  const ids = [...new Set(actors.filter((actor) => actor.startsWith(accountPrefix)))].map((actor) => actor.slice(accountPrefix.length));
  if (ids.length === 0) return new Map();
  const { rows } = await db.query<{ id: string; name: string }>('select id, name from account where id = any($1)', [ids]);
  return new Map(rows.map(({ id, name }) => [actorOf(id), name]));
}

/** How the journal names an account. */
export const actorOf = (account: string): string => `${accountPrefix}${account}`;
const accountPrefix = 'account:';

/** Writes to the installation's own journal. Real time. */
export const note = (
  db: Db,
  {
    verb,
    actor,
    subject,
    detail,
    realNow,
  }: { verb: Verb; actor: string; subject: string; detail?: Record<string, string>; realNow: number },
): Promise<void> =>
  audit(db, [{ edition: installationJournal, at: realNow, actor, verb, subject, ...(detail === undefined ? {} : { detail }) }]);
