import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

const record = z.object({
  sha256: z.string(),
  version: z.string(),
  from: z.string(),
  bytes: z.number().optional(),
  changedMs: z.number().optional(),
});

/** What is noted beside a kept binary: its checksum when it was put there, its version, where it came from, and how the system knew it when the checksum was right. */
export type CacheRecord = z.infer<typeof record>;

/** Folder of one kept binary: `name` carries its version, the platform is added. */
export const cacheFolder = (cacheDir: string, name: string) => join(cacheDir, `${name}-${process.platform}-${process.arch}`);

/** SHA-256 of a file, hexadecimal. */
export async function checksum(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 18 }), hash);
  return hash.digest('hex');
}

/** How the system knows a file that nobody has touched since: whatever writes, moves or replaces it raises the time of its change, which nothing sets back. */
async function untouched(file: string): Promise<{ bytes: number; changedMs: number }> {
  const { size, ctimeMs } = await stat(file);
  return { bytes: size, changedMs: ctimeMs };
}

/** The path of a kept binary if it is there and still is what was put there; undefined otherwise. Its bytes are read only when the file was touched since they last were. */
export async function fromCache(cacheDir: string, name: string, binary: string): Promise<string | undefined> {
  const folder = cacheFolder(cacheDir, name);
  const file = join(folder, binary);
  const text = await readFile(join(folder, `${binary}.json`), 'utf8').catch(() => undefined);
  const noted = text === undefined ? undefined : record.safeParse(JSON.parse(text)).data;
  if (!noted) return undefined;
  const now = await untouched(file).catch(() => undefined);
  if (!now) return undefined;
  if (noted.bytes === now.bytes && noted.changedMs === now.changedMs) return file;
  if ((await checksum(file).catch(() => undefined)) !== noted.sha256) return undefined;
  await note(file, { ...noted, ...now }).catch(() => undefined); // a cache that is not ours is read each time
  return file;
}

/** Keeps a binary (moved from `file`, on the same file system) with its checksum beside it, and returns its path. */
export async function intoCache(
  cacheDir: string,
  name: string,
  binary: string,
  file: string,
  about: Pick<CacheRecord, 'version' | 'from'>,
): Promise<string> {
  const folder = cacheFolder(cacheDir, name);
  await mkdir(folder, { recursive: true });
  await chmod(file, 0o755);
  const sha256 = await checksum(file);
  const kept = join(folder, binary);
  await rename(file, kept);
  await note(kept, { sha256, ...about, ...(await untouched(kept)) });
  return kept;
}

const note = (file: string, about: CacheRecord): Promise<void> => writeFile(`${file}.json`, `${JSON.stringify(about)}\n`);
