import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freshBundle } from './theatre.js';

/** Where another release's workflows read otherwise than ours: in a compiled file of the bundle, `ours` stood as `theirs`. */
export interface Otherwise {
  file: string;
  ours: string;
  theirs: string;
}

/** The bundle of a release that differs from this one in a few words; `remove` takes it away. */
export function variantBundle(...differences: readonly Otherwise[]): { path: string; remove(): void } {
  const parts = readFileSync(freshBundle(), 'utf8').split(/^(?=\/\*\*\*\/ "\.\/)/m);
  for (const { file, ours, theirs } of differences) {
    const at = parts.findIndex((part) => part.startsWith(`/***/ "./dist/${file}"`));
    const words = parts[at]?.split(ours) ?? [];
    if (words.length !== 2) throw new Error(`${file} holds « ${ours} » ${words.length - 1} times in the bundle, not once`);
    parts[at] = words.join(theirs);
  }
  const folder = mkdtempSync(join(tmpdir(), 'troismains-variant-'));
  const path = join(folder, 'bundle.cjs');
  writeFileSync(path, parts.join(''));
  return { path, remove: () => rmSync(folder, { recursive: true }) };
}
