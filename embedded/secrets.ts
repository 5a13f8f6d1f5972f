import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
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
