import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

const record = z.object({ sha256: z.string(), version: z.string(), from: z.string() });

/** What is noted beside a kept binary: its checksum when it was put there, its version, and where it came from. */
export type CacheRecord = z.infer<typeof record>;

/** Folder of one kept binary: `name` carries its version, the platform is added. */
export const cacheFolder = (cacheDir: string, name: string) => join(cacheDir, `${name}-${process.platform}-${process.arch}`);

/** SHA-256 of a file, hexadecimal. */
export async function checksum(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 18 }), hash);
  return hash.digest('hex');
}

/** The path of a kept binary if it is there and still is what was put there; undefined otherwise. */
export async function fromCache(cacheDir: string, name: string, binary: string): Promise<string | undefined> {
  const folder = cacheFolder(cacheDir, name);
  const file = join(folder, binary);
  const text = await readFile(join(folder, `${binary}.json`), 'utf8').catch(() => undefined);
  const noted = text === undefined ? undefined : record.safeParse(JSON.parse(text)).data;
  if (!noted) return undefined;
  const sum = await checksum(file).catch(() => undefined);
  return sum === noted.sha256 ? file : undefined;
}

/** Keeps a binary (moved from `file`, on the same file system) with its checksum beside it, and returns its path. */
export async function intoCache(
  cacheDir: string,
  name: string,
  binary: string,
  file: string,
  about: Omit<CacheRecord, 'sha256'>,
): Promise<string> {
  const folder = cacheFolder(cacheDir, name);
  await mkdir(folder, { recursive: true });
  await chmod(file, 0o755);
  const kept = { sha256: await checksum(file), ...about };
  await rename(file, join(folder, binary));
  await writeFile(join(folder, `${binary}.json`), `${JSON.stringify(kept)}\n`);
  return join(folder, binary);
}
