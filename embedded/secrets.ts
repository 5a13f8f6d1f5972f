import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A secret of this data folder, hexadecimal: made the first time, then found again in its file (mode 600). */
export async function keptSecret(dataDir: string, name: string, bytes: number): Promise<string> {
  const file = join(dataDir, name);
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (kept) return kept;
  const made = randomBytes(bytes).toString('hex');
  await writeFile(file, `${made}\n`, { mode: 0o600 });
  return made;
}

/** A folder that only our user opens: made so, or closed where an earlier release left it open. */
export async function privateFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  return folder;
}
