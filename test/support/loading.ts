import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { troismains } from './command.js';

/** Every file that a command loads, and of which packages, when it runs as people run it. Throws when it fails. */
export async function loadedBy(environment: Record<string, string>, ...args: string[]): Promise<{ files: number; packages: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'troismains-loaded-'));
  const notes = join(folder, 'notes');
  try {
    const counting = `${pathToFileURL(join(import.meta.dirname, 'loaded.mjs')).href}?notes=${encodeURIComponent(notes)}`;
    const { code, err } = await troismains({ ...environment, NODE_OPTIONS: `--import ${counting}` }, ...args);
    if (code !== 0) throw new Error(`troismains ${args.join(' ')} ended with ${code}: ${err}`);
    const files = [...new Set(readFileSync(notes, 'utf8').trimEnd().split('\n'))];
    const packages = files.flatMap((file) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
    return { files: files.length, packages: [...new Set(packages)].sort() };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
