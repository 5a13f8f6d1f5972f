import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { fromCache } from './cache.js';
import { buildProgram, builtProgram } from './temporal-build.js';
import { atLeast, SERVER, type SourceOptions } from './temporal-config.js';
import { CLI_NAME, downloadCli } from './temporal-download.js';

/** An executable that can serve: the official command line (with its web page), or the server alone. */
export type TemporalBinary = { kind: 'cli' | 'server'; path: string; from: string };

/** First that fits: TEMPORAL_CLI, a `temporal` on PATH, the cache, the official download, a build with Go. Throws saying what would help. */
export async function findTemporal(options: SourceOptions): Promise<TemporalBinary> {
  const { cacheDir, temporalCli, environment, say, progress } = options;
  const reasons: string[] = [];
  for (const path of temporalCli ? [temporalCli] : await onPath('temporal', environment)) {
    const version = await cliVersion(path);
    if (version && atLeast(version, [1, 9])) return { kind: 'cli', path, from: `${path} ${version.join('.')}` };
    reasons.push(`- ${path}: ${version ? `version ${version.join('.')}, 1.9 or later is needed` : 'does not say its version'}`);
    if (temporalCli) throw new Error(`TEMPORAL_CLI: ${reasons[0]?.slice(2)}`);
  }
  const keptCli = await fromCache(cacheDir, CLI_NAME, 'temporal');
  if (keptCli) return { kind: 'cli', path: keptCli, from: keptCli };
  const keptServer = await builtProgram(options, SERVER);
  if (keptServer) return { kind: 'server', path: keptServer, from: keptServer };
  try {
    const path = await downloadCli(options);
    return { kind: 'cli', path, from: path };
  } catch (error) {
    options.signal?.throwIfAborted();
    const why = error instanceof Error ? error.message : String(error);
    reasons.push(`- download: ${why}`);
    progress(say.downloadFailed(why));
  }
  try {
    const path = await buildProgram(options, SERVER);
    return { kind: 'server', path, from: path };
  } catch (error) {
    options.signal?.throwIfAborted();
    reasons.push(`- go install: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new Error(say.noTemporal(reasons.join('\n'), options.alone ?? false));
}

/** Every executable of that name on PATH, in its order. */
export async function onPath(name: string, environment: NodeJS.ProcessEnv): Promise<string[]> {
  const found: string[] = [];
  for (const folder of (environment.PATH ?? '').split(delimiter).filter(Boolean)) {
    const path = join(folder, name);
    if (
      await access(path, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      found.push(path);
  }
  return found;
}

async function cliVersion(path: string): Promise<number[] | undefined> {
  const answer = await promisify(execFile)(path, ['--version'], { timeout: 10_000 }).catch(() => undefined);
  const match = /version v?(\d+)\.(\d+)\.(\d+)/.exec(answer?.stdout ?? '');
  return match?.slice(1, 4).map(Number);
}
