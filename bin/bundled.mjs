// What is asked most and needs no installation starts from a bundle: one file, beside it the code that V8 made of it when it was built.
// `node bin/bundled.mjs NAME ARGUMENTS…` runs a bundle and keeps that code.
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';

/** Where a bundle is. */
export const bundleFile = (name) => fileURLToPath(new URL(`../dist/bundles/${name}.cjs`, import.meta.url));

/** The bundle that `troismains WORD …` starts from; undefined when it has none. */
export function bundleFor(word) {
  if (word === 'plan') return bundleFile('plan');
  return [undefined, '--help', '-h'].includes(word) ? bundleFile('help') : undefined;
}

/** A bundle begins with a digest of itself, and so does its cache: V8 would hold them together by their length alone. */
const markLength = '// '.length + 64 + '\n'.length;

/** A bundle as a script, and whether V8 took the code that was kept. */
export function scriptOf(file) {
  // Optimising costs more than it gains where a process ends at once: it begins fifteen times later than usual.
  setFlagsFromString('--interrupt-budget=2000000');
  const source = readFileSync(file, 'utf8');
  const mark = source.slice(0, markLength);
  const cachedData = cacheOf(file, mark);
  const script = new Script(Module.wrap(source), { filename: file, cachedData });
  return { script, mark, isCached: script.cachedDataRejected === false };
}

function cacheOf(file, mark) {
  try {
    const kept = readFileSync(`${file}.cache`);
    return kept.subarray(0, markLength).equals(Buffer.from(mark)) ? kept.subarray(markLength) : undefined;
  } catch {
    return undefined; // it is being made
  }
}

/** Runs a bundle's script: what it exports. */
export function run(file, script) {
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  return module.exports;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [name, ...args] = process.argv.slice(2);
  const file = bundleFile(name);
  rmSync(`${file}.cache`, { force: true });
  const { script, mark } = scriptOf(file);
  process.exitCode = await run(file, script).main(args);
  writeFileSync(`${file}.cache.new`, Buffer.concat([Buffer.from(mark), script.createCachedData()]));
  renameSync(`${file}.cache.new`, `${file}.cache`);
}
