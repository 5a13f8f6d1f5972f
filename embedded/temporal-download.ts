import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { checksum, intoCache } from './cache.js';
import type { SourceOptions } from './temporal-config.js';

/** The pinned release of the official command line. */
export const CLI_VERSION = '1.9.0';

/** Its name in the cache. */
export const CLI_NAME = `temporal-cli-${CLI_VERSION}`;

const PLATFORMS: Record<string, string | undefined> = { linux: 'linux', darwin: 'darwin' };
const ARCHITECTURES: Record<string, string | undefined> = { x64: 'amd64', arm64: 'arm64' };

/**
 * Downloads the official command line into the cache and returns its path. The archive must have the checksum that the release
 * publishes beside it; anything else (no network, no such file, another sum) throws, and the caller goes on to the next way.
 */
export async function downloadCli({ cacheDir, say, progress, signal }: SourceOptions): Promise<string> {
  const platform = PLATFORMS[process.platform];
  const architecture = ARCHITECTURES[process.arch];
  if (!platform || !architecture) throw new Error(`no release for ${process.platform} ${process.arch}`);
  const name = `temporal_cli_${CLI_VERSION}_${platform}_${architecture}.tar.gz`;
  const base = `https://github.com/temporalio/cli/releases/download/v${CLI_VERSION}`;
  const sums = await (await get(`${base}/checksums.txt`, 10_000, signal)).text();
  const expected = new RegExp(`^([0-9a-f]{64})\\s+\\*?${name.replaceAll('.', '\\.')}$`, 'm').exec(sums)?.[1];
  if (!expected) throw new Error(`the release publishes no checksum for ${name}`);
  progress(say.downloading(name));
  await mkdir(cacheDir, { recursive: true });
  const folder = await mkdtemp(join(cacheDir, 'download-'));
  try {
    const archive = join(folder, name);
    const { body } = await get(`${base}/${name}`, 300_000, signal);
    if (!body) throw new Error(`${name} is empty`);
    await pipeline(Readable.fromWeb(body), createWriteStream(archive), { signal });
    const actual = await checksum(archive);
    if (actual !== expected) throw new Error(`${name} has the checksum ${actual}, not ${expected}`);
    await promisify(execFile)('tar', ['-xzf', archive, '-C', folder, 'temporal'], { signal });
    return await intoCache(cacheDir, CLI_NAME, 'temporal', join(folder, 'temporal'), { version: CLI_VERSION, from: `${base}/${name}` });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function get(url: string, timeoutMs: number, signal: AbortSignal | undefined) {
  const limit = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, { signal: signal ? AbortSignal.any([signal, limit]) : limit }).catch((error: unknown) => {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    throw new Error(`${new URL(url).host}: ${cause instanceof Error ? cause.message : String(cause)}`);
  });
  if (!response.ok) throw new Error(`${new URL(url).host} answers ${response.status}`);
  return response;
}
