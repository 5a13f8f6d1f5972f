import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import pg from 'pg';

/** The folder of the migrations, beside this file from source and from dist alike. */
export const MIGRATIONS_DIR = fileURLToPath(new URL('./migrations', import.meta.url));

/** Names of the migrations this build knows, in the order they are applied. */
export const knownMigrations = (): string[] =>
  readdirSync(MIGRATIONS_DIR)
    .filter((name) => name.endsWith('.sql'))
    .sort();

/**
 * Brings a database to the schema of this build: every migration not yet applied, in order, in one transaction. They only go forward. A second
 * process that migrates at the same moment waits its turn. Throws when one fails (nothing is changed) or when the order was tampered with.
 * Where nothing is left to apply it only looks: a role that does not own the tables may start too.
 */
export async function migrate(url: string): Promise<void> {
  if (await isMigrated(url)) return;
  await runner({
    databaseUrl: url,
    dir: MIGRATIONS_DIR,
    ignorePattern: '(?!.*\\.sql$).*',
    migrationsTable: 'migrations',
    direction: 'up',
    advisoryLockMode: 'wait',
    checkOrder: true,
    singleTransaction: true,
    log: () => undefined,
  });
}

/** Whether the schema is that of this build, or of a later one. */
async function isMigrated(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows: found } = await client.query<{ there: boolean }>("select to_regclass('migrations') is not null as there");
    if (found[0]?.there !== true) return false;
    const { rows } = await client.query<{ name: string }>('select name from migrations order by id');
    return knownMigrations().every((name, n) => name === `${rows[n]?.name}.sql`);
  } finally {
    await client.end();
  }
}
