import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { lookAtPostgres } from '../../client/checks/postgres.js';
import { addAccount, blockAccount } from '../../store/accounts.js';
import { inTransaction, type Store } from '../../store/db.js';
import { isSeal, linkOf, sealOf } from '../../store/links.js';
import { blankLinks } from '../../store/mailview.js';
import { knownMigrations, migrate } from '../../store/migrate.js';
import { enterByKey, issueKey, viewerOf } from '../../store/sessions.js';
import { type BenchDatabase, benchDatabase, linkKey } from '../support/edition.js';
import { loadedBy } from '../support/loading.js';
import { until } from '../support/waiting.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
  await inTransaction(database.store.pool, (tx) =>
    addAccount(tx, { id: account, email: 'labo@plateau.example', name: 'Labo', by: 'machine', realNow: 0 }),
  );
});
afterAll(() => database.drop());

const hour = 3_600_000;
const account = 'acc-1';
const signIn = async (pool: Store['pool'], input: { key: string; realNow: number }) =>
  (await enterByKey(pool, { ...input, device: '' }))?.session;
const isSession = async (pool: Store['pool'], input: { session: string; realNow: number }) => (await viewerOf(pool, input)) !== undefined;
const now = Date.UTC(2027, 5, 7, 8);

describe('a key to the console', () => {
  test('opens it once', async () => {
    const { pool } = database.store;
    const key = await issueKey(pool, { account, realNow: now });
    const session = await signIn(pool, { key, realNow: now + 1 });
    expect(session).toBeDefined();
    expect(await signIn(pool, { key, realNow: now + 2 })).toBeUndefined();
    expect(await isSession(pool, { session: session ?? '', realNow: now + 2 })).toBe(true);
  });

  test('opens it once, when two browsers spend it at one moment', async () => {
    const { pool } = database.store;
    const key = await issueKey(pool, { account, realNow: now });
    const sessions = await Promise.all(Array.from({ length: 8 }, () => signIn(pool, { key, realNow: now + 1 })));
    expect(sessions.filter((session) => session !== undefined)).toHaveLength(1);
  });

  test('is good for an hour, and the session for twelve', async () => {
    const { pool } = database.store;
    const [first, second] = [await issueKey(pool, { account, realNow: now }), await issueKey(pool, { account, realNow: now })];
    expect(await signIn(pool, { key: first, realNow: now + hour })).toBeUndefined();
    const session = (await signIn(pool, { key: second, realNow: now + hour - 1 })) ?? '';
    for (let at = now + hour; at < now + 13 * hour - 2; at += hour) expect(await isSession(pool, { session, realNow: at })).toBe(true);
    expect(await isSession(pool, { session, realNow: now + 13 * hour })).toBe(false);
  });

  test('is nobody’s any more once two hours have passed unused, or its account is blocked', async () => {
    const { pool } = database.store;
    const begun = async () => (await signIn(pool, { key: await issueKey(pool, { account, realNow: now }), realNow: now })) ?? '';
    const idle = await begun();
    expect(await isSession(pool, { session: idle, realNow: now + 2 * hour - 1 })).toBe(true);
    expect(await isSession(pool, { session: idle, realNow: now + 4 * hour - 1 })).toBe(false);
    const [session, key] = [await begun(), await issueKey(pool, { account, realNow: now })];
    await inTransaction(pool, (tx) => blockAccount(tx, { id: account, blocked: true, by: 'machine', realNow: now }));
    expect(await isSession(pool, { session, realNow: now })).toBe(false);
    await inTransaction(pool, (tx) => blockAccount(tx, { id: account, blocked: false, by: 'machine', realNow: now }));
    expect(await isSession(pool, { session, realNow: now })).toBe(false);
    expect(await signIn(pool, { key, realNow: now })).toBeUndefined();
  });

  test('is not a session, nor a session a key; neither can be made up or read in the database', async () => {
    const { pool } = database.store;
    const key = await issueKey(pool, { account, realNow: now });
    expect(await isSession(pool, { session: key, realNow: now })).toBe(false);
    const session = (await signIn(pool, { key, realNow: now })) ?? '';
    expect(await signIn(pool, { key: session, realNow: now })).toBeUndefined();
    for (const made of ['', 'x', "' or true --"]) {
      expect(await signIn(pool, { key: made, realNow: now })).toBeUndefined();
      expect(await isSession(pool, { session: made, realNow: now })).toBe(false);
    }
    const { rows } = await pool.query<{ row: string }>('select console_key::text as row from console_key');
    expect(rows.map(({ row }) => row).join()).not.toContain(key);
    expect(rows.map(({ row }) => row).join()).not.toContain(session);
  });
});

describe('the seal of a link', () => {
  test('is that of one request, one number and one key', () => {
    const seal = sealOf(linkKey, 'request-1', 1);
    expect(isSeal(linkKey, 'request-1', 1, seal)).toBe(true);
    expect(isSeal(linkKey, 'request-2', 1, seal)).toBe(false);
    expect(isSeal(linkKey, 'request-1', 2, seal)).toBe(false); // raised: revoked
    expect(isSeal(linkKey, 'request-1\n1', 1, seal)).toBe(false);
    expect(isSeal(Buffer.from('another key'), 'request-1', 1, seal)).toBe(false);
  });

  test('is refused when it is cut, longer, empty or not of this world', () => {
    const seal = sealOf(linkKey, 'request-1', 1);
    for (const other of ['', seal.slice(1), `${seal}A`, seal.toUpperCase(), 'é'.repeat(seal.length), '\u0000'])
      expect(isSeal(linkKey, 'request-1', 1, other)).toBe(false);
  });

  test('is in the address, and blanked wherever a mail is shown', () => {
    const link = linkOf('https://essais.example/', linkKey, 'request-1', 1);
    expect(link).toBe(`https://essais.example/a/request-1/${sealOf(linkKey, 'request-1', 1)}`);
    expect(blankLinks(`Répondre : ${link}\n`)).toBe('Répondre : https://essais.example/a/request-1/…\n');
  });
});

describe('the migrations', () => {
  /** An empty database beside ours. */
  async function empty<T>(work: (url: string, query: (sql: string) => Promise<{ rows: { name: string }[] }>) => Promise<T>): Promise<T> {
    const url = new URL(database.url);
    const name = `${url.pathname.slice(1)}_empty`;
    await database.store.pool.query(`create database ${name}`);
    url.pathname = `/${name}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      return await work(url.href, (sql) => client.query(sql));
    } finally {
      await client.end();
      // a migration's own connection may still be saying goodbye: cutting it off would be an error nobody waits for
      const nobody = async () =>
        (await database.store.pool.query('select 1 from pg_stat_activity where datname = $1', [name])).rowCount === 0;
      await until(`somebody is still connected to ${name}`, nobody);
      await database.store.pool.query(`drop database ${name}`);
    }
  }
  const tables = `select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' order by 1`;

  test('apply to an empty database, and a second time change nothing', async () => {
    await empty(async (url, query) => {
      await migrate(url);
      const { rows: first } = await query(tables);
      expect(first.map(({ name }) => name)).toEqual(expect.arrayContaining(['ask.due', 'outbox.message_id', 'edition.epoch']));
      await migrate(url);
      expect((await query(tables)).rows).toEqual(first);
      expect((await query('select name from migrations order by id')).rows.map(({ name }) => `${name}.sql`)).toEqual(knownMigrations());
    });
  });

  test('are applied once by two processes that start at one moment', async () => {
    await empty(async (url, query) => {
      await Promise.all([migrate(url), migrate(url), migrate(url)]);
      expect((await query('select name from migrations')).rows).toHaveLength(knownMigrations().length);
    });
  });

  test('leave a role that owns nothing alone when nothing is left to apply, and refuse it otherwise', async () => {
    await empty(async (url, query) => {
      const role = `runs_${process.pid}`;
      const as = new URL(url);
      [as.username, as.password] = [role, 'secret'];
      await query(`create role ${role} login password 'secret'`);
      try {
        await expect(migrate(as.href)).rejects.toThrow('permission denied');
        await migrate(url);
        await query(`grant select on migrations to ${role}`);
        await migrate(as.href);
        await query(`delete from migrations where name = '${knownMigrations().at(-1)?.replace('.sql', '')}'`);
        await expect(migrate(as.href)).rejects.toThrow('must be owner');
      } finally {
        await query(`drop owned by ${role}; drop role ${role}`);
      }
    });
  });
});

describe('what doctor says of the journal', () => {
  const journal = async (url: string) => (await lookAtPostgres(url)).find(({ id }) => id === 'postgres-journal');

  test('names triggers that are switched off', async () => {
    const { pool } = database.store;
    expect(await journal(database.url)).toMatchObject({
      state: 'ok',
      detail: { en: expect.stringMatching(/^append-only by trigger; this role could/) },
    });
    await pool.query('alter table audit disable trigger audit_chained');
    expect(await journal(database.url)).toMatchObject({ state: 'fail', detail: { en: expect.stringContaining('switched off') } });
    await pool.query('alter table audit enable trigger audit_chained');
    expect(await journal(database.url)).toMatchObject({ state: 'ok' });
  });

  test('knows a role that may only add', async () => {
    const { pool } = database.store;
    const role = `adds_${process.pid}`;
    const as = new URL(database.url);
    [as.username, as.password] = [role, 'secret'];
    await pool.query(
      `create role ${role} login password 'secret'; grant select, insert on audit to ${role}; grant select on audit_chain, migrations to ${role}`,
    );
    try {
      expect(await journal(as.href)).toMatchObject({ state: 'ok', detail: { en: 'append-only by trigger and by right' } });
    } finally {
      await pool.query(`drop owned by ${role}; drop role ${role}`);
    }
  });
});

test('doctor says whether the server has as many connections as a worker and a web may ask for', async () => {
  const room = async (connections: number) =>
    (await lookAtPostgres(database.url, { connections })).find(({ id }) => id === 'postgres-connections');
  expect(await room(16)).toMatchObject({
    state: 'ok',
    detail: { en: expect.stringMatching(/^the server gives \d+; this worker takes 16 at most, a web 10$/) },
  });
  expect(await room(1_000)).toMatchObject({ state: 'warn', todo: { en: expect.stringContaining('max_connections') } });
});

test('a command that reads the database alone loads nothing of what speaks with the engine', async () => {
  const { packages } = await loadedBy(
    { DATABASE_URL: database.url, PUBLIC_URL: 'https://troismains.example', LINK_KEY: 'ab'.repeat(32) },
    ...['cohort', 'list', '--json'],
  );
  for (const name of ['@temporalio/client', '@grpc/grpc-js', 'protobufjs']) expect(packages).not.toContain(name);
});
