import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Progress, Words } from './messages.js';
import { databaseFolder, type PostgresUser, postgresBinaries, postgresUser } from './postgres-files.js';
import { DATABASE, giveDatabase } from './postgres-role.js';
import { type Part, startPart, tail, until } from './processes.js';
import { keptSecret } from './secrets.js';
import { stopSignalOf } from './supervise.js';

/**
 * A running Postgres: `url` is that of the application on the database `troismains`, which it owns; `adminUrl` the superuser's, for whoever makes
 * databases. `folder` may lie outside the data folder.
 */
export type Postgres = { part: Part; url: string; adminUrl: string; folder: string };

/** Settings that give up safety for speed: a database that nobody will look for after a crash. */
const CARELESS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off', 'shared_buffers=64MB'];

/** Starts Postgres on loopback with its data under `dataDir`, creating it the first time, and waits until it answers. */
export async function startPostgres(options: {
  dataDir: string;
  cacheDir: string;
  port: number;
  ephemeral: boolean;
  say: Words;
  progress: Progress;
  /** Hears of the folder used outside the data folder, if any. */
  movedTo(folder: string): void;
  /** Takes charge of the process as soon as there is one. */
  adopt(part: Part): Promise<void>;
}): Promise<Postgres> {
  const { dataDir, cacheDir, port, ephemeral, say, progress, movedTo, adopt } = options;
  const user = postgresUser();
  const native = await postgresBinaries(user, cacheDir, say, progress);
  const folder = await databaseFolder(user, dataDir, say, progress);
  if (dirname(folder) !== dataDir) movedTo(dirname(folder));
  const password = await keptSecret(dataDir, 'postgres-password', 24);
  const own = await keptSecret(dataDir, 'database-password', 24);
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    if (!ephemeral) progress(say.preparingPostgres());
    await createCluster({ native, folder, password, user, ephemeral });
  }
  await checkVersion(native, folder);
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    'log_timezone=UTC',
    ...(ephemeral ? CARELESS : []),
  ];
  const part = await startPart({
    name: 'Postgres',
    command: join(native, 'bin', 'postgres'),
    args: ['-D', folder, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    cwd: '/',
    logFile: join(dataDir, 'logs', 'postgres.log'),
    env: { LC_ALL: 'C' },
    identity: user,
    stopSignal: stopSignalOf('Postgres', ephemeral),
    graceMs: 20_000,
  });
  await adopt(part);
  const adminUrl = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  await prepareDatabase(part, adminUrl, own);
  return { part, url: `postgres://${DATABASE}:${own}@127.0.0.1:${port}/${DATABASE}`, adminUrl: adminUrl(DATABASE), folder };
}

// Made beside its place and moved there when whole: an interrupted first start leaves nothing that looks like a database.
async function createCluster(cluster: {
  native: string;
  folder: string;
  password: string;
  user: PostgresUser;
  ephemeral: boolean;
}): Promise<void> {
  const { native, folder, password, user, ephemeral } = cluster;
  const draft = `${folder}.new`;
  const passwordFile = `${folder}.password`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) await Promise.all([draft, passwordFile].map((path) => chown(path, user.uid, user.gid)));
  try {
    const args = ['-D', draft, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
    args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
    if (ephemeral) args.push('--no-sync');
    await promisify(execFile)(join(native, 'bin', 'initdb'), args, { ...user, cwd: '/', env: { LC_ALL: 'C' } });
    await rename(draft, folder);
  } catch (cause) {
    await rm(draft, { recursive: true, force: true });
    throw new Error(`Postgres could not create its database in ${folder}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function checkVersion(native: string, folder: string): Promise<void> {
  const made = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  const { stdout } = await promisify(execFile)(join(native, 'bin', 'postgres'), ['--version'], { env: { LC_ALL: 'C' } });
  const ours = /(\d+)/.exec(stdout)?.[1];
  if (made !== ours) {
    throw new Error(
      `${folder} was made by Postgres ${made}, this is ${ours}: dump it with the former release, then restore (docs/operations.md)`,
    );
  }
}

async function prepareDatabase(part: Part, adminUrl: (database: string) => string, password: string): Promise<void> {
  let ended = false;
  void part.exited.then(() => {
    ended = true;
  });
  const late = () => new Error(`Postgres does not answer:\n${tail(part.logFile)}`);
  const client = await until(60_000, () => (ended ? Promise.reject(late()) : connected(adminUrl('postgres'))), late);
  try {
    await giveDatabase(client, adminUrl, password);
  } finally {
    await client.end();
  }
}

async function connected(connectionString: string): Promise<pg.Client | undefined> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    // A wrong password will not become right by waiting.
    if (error instanceof pg.DatabaseError && error.code === '28P01') throw error;
    await client.end().catch(() => undefined);
    return undefined;
  }
}
