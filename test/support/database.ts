import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { knownMigrations, MIGRATIONS_DIR, migrate } from '../../store/migrate.js';

/** A database of one test file's own: empty tables, its own connection URL. After `drop` nobody has or gets a connection to it. */
export type TestDatabase = { url: string; name: string; drop(): Promise<void> };

/** The stack's server, whose address jest's global setup (or a developer's `bin/test-stack.mjs`) gives. */
function serverUrl(database: string): string {
  const given = process.env.TEST_DATABASE_URL;
  if (!given) throw new Error('TEST_DATABASE_URL is not set: is this ring one that starts the stack (jest.config.mjs)?');
  const url = new URL(given);
  url.pathname = `/${database}`;
  return url.href;
}

async function withServer<T>(act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: serverUrl('postgres') });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}

/** One template per content of the migrations: a stack kept while they change never serves an old schema. */
function templateName(): string {
  const hash = createHash('sha256');
  for (const name of knownMigrations()) hash.update(name).update(readFileSync(join(MIGRATIONS_DIR, name)));
  return `template_${hash.digest('hex').slice(0, 16)}`;
}

/** Makes a throw-away database by cloning a template that has every migration; the first to need the template makes it. */
export async function createDatabase(): Promise<TestDatabase> {
  const template = templateName();
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withServer(async (client) => {
    // Test files run side by side: one makes the template, the others wait for it.
    await client.query('SELECT pg_advisory_lock(7301)');
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 0) {
      await client.query(`DROP DATABASE IF EXISTS ${template}_draft WITH (FORCE)`);
      await client.query(`CREATE DATABASE ${template}_draft`);
      await migrate(serverUrl(`${template}_draft`));
      // Only a template that is whole carries the name.
      await client.query(`ALTER DATABASE ${template}_draft RENAME TO ${template}`);
    }
    await client.query('SELECT pg_advisory_unlock(7301)');
    // FILE_COPY is faster than the log for a small template, and nobody recovers a test's database.
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  });
  return named(name);
}

/** Makes a throw-away database without anything in it, for what migrations do. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await withServer((client) => client.query(`CREATE DATABASE ${name}`));
  return named(name);
}

function named(name: string): TestDatabase {
  const drop = () =>
    withServer(async (client) => {
      // Some file systems make new files slowly where many were just deleted: what goes with its stack is left until then.
      if (!process.env.TEST_STACK_IS_OURS) await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      else {
        await client.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
        await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
      }
    });
  return { url: serverUrl(name), name, drop };
}
