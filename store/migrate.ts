import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';

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
 */
export async function migrate(url: string): Promise<void> {
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
