import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../worker/bundle.js';
import { freshBundle } from './theatre.js';

const root = join(import.meta.dirname, '../..');

/** Where another release's workflows read otherwise than ours: in a compiled file, `ours` stood as `theirs`. */
export interface Otherwise {
  file: string;
  ours: string;
  theirs: string;
}

/** The bundle of a release that differs from this one in a few words; `remove` takes it away. */
export async function variantBundle(...differences: readonly Otherwise[]): Promise<{ path: string; remove(): void }> {
  freshBundle();
  const folder = mkdtempSync(join(tmpdir(), 'troismains-variant-'));
  for (const part of ['workflows', 'domain']) cpSync(join(root, 'dist', part), join(folder, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const { file, ours, theirs } of differences) {
    const path = join(folder, file);
    const parts = readFileSync(path, 'utf8').split(ours);
    if (parts.length !== 2) throw new Error(`${file} holds « ${ours} » ${parts.length - 1} times, not once`);
    writeFileSync(path, parts.join(theirs));
  }
  const path = join(folder, 'bundle.cjs');
  await bundle(path, join(folder, 'workflows/index.js'));
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}
