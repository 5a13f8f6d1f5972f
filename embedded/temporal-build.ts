import { execFile, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { fromCache, intoCache } from './cache.js';
import { startOf } from './processes.js';
import { atLeast, type Program, SERVER_MODULE_SUM, SERVER_VERSION, type SourceOptions } from './temporal-config.js';

const MODULE = 'go.temporal.io/server';

/** The path of a program of the server's module in the cache; undefined when it was not built here. */
export const builtProgram = ({ cacheDir }: Pick<SourceOptions, 'cacheDir'>, { name, binary }: Program): Promise<string | undefined> =>
  fromCache(cacheDir, name, binary);

/**
 * Builds a program of the server's module with Go into the cache and returns its path: minutes, once. Go checks the source against its public
 * checksum database; we check that the binary says it was made of that very module. Everything else Go needs is in a folder of its own,
 * removed afterwards, also when interrupted.
 */
export async function buildProgram(
  { cacheDir, environment, say, progress, signal }: SourceOptions,
  { package: source, binary: made, name }: Program,
): Promise<string> {
  const run = promisify(execFile);
  const { stdout } = await run('go', ['env', 'GOVERSION'], { env: environment }).catch(() => {
    throw new Error('Go is not installed');
  });
  const version = /go(\d+)\.(\d+)/.exec(stdout)?.slice(1, 3).map(Number);
  // From 1.21 on, Go fetches the later version that the module asks for by itself.
  if (!version || !atLeast(version, [1, 21])) throw new Error(`${stdout.trim()} is too old, 1.26.8 is needed`);
  const startedMs = Date.now();
  progress(say.building(SERVER_VERSION));
  await mkdir(cacheDir, { recursive: true });
  await removeAbandoned(cacheDir);
  const folder = await mkdtemp(join(cacheDir, `build-${process.pid}-`));
  try {
    const env = {
      ...environment,
      GOPATH: join(folder, 'path'),
      GOCACHE: join(folder, 'cache'),
      GOBIN: join(folder, 'bin'),
      GOTMPDIR: folder,
      GOFLAGS: '-modcacherw',
      CGO_ENABLED: '0',
      GOOS: '',
      GOARCH: '',
    };
    const args = ['install', '-v', '-ldflags', '-s -w', `${MODULE}/${source}@v${SERVER_VERSION}`];
    await install(args, { env, cwd: folder, signal, tell: (what) => progress(say.buildStep(Date.now() - startedMs, what)) });
    const binary = join(folder, 'bin', made);
    const proof = await run('go', ['version', '-m', binary], { env });
    if (
      !proof.stdout
        .split('\n')
        .some((line) => line.trim().split(/\s+/).join(' ') === `mod ${MODULE} v${SERVER_VERSION} ${SERVER_MODULE_SUM}`)
    ) {
      throw new Error(`the built ${name} does not say it is ${MODULE} v${SERVER_VERSION} ${SERVER_MODULE_SUM}`);
    }
    const path = await intoCache(cacheDir, name, made, binary, { version: SERVER_VERSION, from: `go install ${MODULE}` });
    progress(say.built(Date.now() - startedMs, path));
    return path;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A build that was killed left its folder: gone once its process is. */
async function removeAbandoned(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    const pid = /^build-(\d+)-/.exec(name)?.[1];
    if (pid && (await startOf(Number(pid))) === undefined) await rm(join(cacheDir, name), { recursive: true, force: true });
  }
}

type Install = { env: NodeJS.ProcessEnv; cwd: string; signal?: AbortSignal; tell(what: string): void };

/** Runs Go and tells every ten seconds what it is at. */
async function install(args: string[], { env, cwd, signal, tell }: Install): Promise<void> {
  // A group of its own, so that an interruption ends the compilers too and the folder can be removed.
  const child = spawn('go', args, { env, cwd, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  const recent: string[] = [];
  let compiled = 0;
  createInterface({ input: child.stderr }).on('line', (line) => {
    if (!line.startsWith('go: ')) compiled++;
    recent.push(line);
    if (recent.length > 12) recent.shift();
  });
  const pulse = setInterval(() => {
    const last = recent.at(-1) ?? 'go install';
    tell(last.startsWith('go: ') ? last.slice(4) : `${compiled} packages, ${last}`);
  }, 10_000);
  const interrupt = () => {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    signal?.throwIfAborted();
    if (code !== 0) throw new Error(`it ended with ${code}:\n${recent.join('\n')}`);
  } finally {
    clearInterval(pulse);
    signal?.removeEventListener('abort', interrupt);
  }
}
