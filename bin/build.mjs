#!/usr/bin/env node
// Compiles to dist/: tsc, then what is not TypeScript (SQL, CSS, plain modules), then the bundles of the workflows and of the command line.
// Only node: imports, and at the top only what finding out takes that nothing is to be built: this runs before each command.
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
const stamp = join(dist, '.built');
const folders = ['domain', 'workflows', 'activities', 'store', 'mail', 'worker', 'client', 'web', 'rehearsal', 'embedded', 'cli'];
const loose = ['config.ts', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];

function* filesUnder(folder) {
  for (const entry of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path);
    else if (entry.isFile()) yield path;
  }
}

const isCode = (file) => ['.ts', '.tsx'].includes(extname(file));
const changedAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** When a folder last changed, with all that is in it: what comes, goes or is renamed changes the folder that holds it. */
function changedIn(folder) {
  let last = changedAt(folder);
  for (const entry of last === 0 ? [] : readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    last = Math.max(last, entry.isDirectory() ? changedIn(path) : changedAt(path));
  }
  return last;
}

/** Whether something changed, came or went away in a checkout since its last complete build. */
export function isStale(checkout = root) {
  const built = changedAt(join(checkout, 'dist', '.built'));
  if (built === 0) return true;
  return (
    loose.some((file) => changedAt(join(checkout, file)) > built) || folders.some((folder) => changedIn(join(checkout, folder)) > built)
  );
}

/** The files that a compiled module is made of: itself, what it imports of ours, and so on. */
function modulesFrom(file, found = new Set()) {
  if (found.has(file) || !existsSync(file)) return found;
  found.add(file);
  for (const [, from] of readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*["'](\.[^"']+)["']/g))
    modulesFrom(join(dirname(file), from), found);
  return found;
}

/** Bundles the workflows of a built checkout, unless nothing that they are made of has changed since: whether it did. */
export async function bundleChanged(checkout, bundle) {
  const made = join(checkout, 'dist', 'workflow-bundle.js');
  const known = join(checkout, 'dist', '.bundled');
  const { createHash } = await import('node:crypto');
  const digest = createHash('sha256');
  const inputs = modulesFrom(join(checkout, 'dist', 'workflows', 'index.js'));
  const bundler = join(checkout, 'dist', 'worker', 'bundle.js');
  for (const file of [...inputs, bundler, join(checkout, 'package-lock.json')].sort())
    digest.update(`${file}\n`).update(readFileSync(file));
  const wanted = digest.digest('hex');
  if (existsSync(made) && existsSync(known) && readFileSync(known, 'utf8') === wanted) return false;
  rmSync(known, { force: true });
  await bundle(made);
  writeFileSync(known, wanted);
  return true;
}

/** Bundles what starts in one file (bundled.mjs), and runs each once for its code. */
async function bundleCommands() {
  const { spawnSync } = await import('node:child_process');
  const { createHash } = await import('node:crypto');
  const { build } = await import('esbuild');
  const { bundleFile } = await import('./bundled.mjs');
  const { COMMANDS } = await import(pathToFileURL(join(dist, 'cli', 'main.js')).href);
  const runs = { help: ['--help'], plan: ['plan', join(root, 'editions', 'val-d-oise-2023.yaml')] };
  for (const [name, args] of Object.entries(runs)) {
    const { outputFiles } = await build({
      entryPoints: [join(dist, 'cli', 'main.js')],
      outfile: bundleFile(name),
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node20',
      external: Object.keys(COMMANDS).flatMap((command) => (command === name ? [] : [join(dist, 'cli', `${command}.js`)])),
      write: false,
    });
    const code = outputFiles[0].text;
    const bundle = `// ${createHash('sha256').update(code).digest('hex')}\n${code}`;
    const file = bundleFile(name);
    if (existsSync(`${file}.cache`) && existsSync(file) && readFileSync(file, 'utf8') === bundle) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, bundle);
    renameSync(`${file}.new`, file);
    spawnSync(process.execPath, [join(root, 'bin', 'bundled.mjs'), name, ...args], { stdio: ['ignore', 'ignore', 2] });
  }
}

/** Files in dist/ whose source is gone. */
function orphans() {
  const found = [];
  for (const folder of folders) {
    for (const file of filesUnder(join(dist, folder))) {
      const source = join(root, file.slice(dist.length + 1));
      const stem = source.replace(/\.js(\.map)?$/, '');
      if (!existsSync(source) && !existsSync(`${stem}.ts`) && !existsSync(`${stem}.tsx`)) found.push(file);
    }
  }
  return found;
}

// Two builds in one checkout take turns.
function takeTurn() {
  const turn = join(root, 'dist', '.turn');
  mkdirSync(dist, { recursive: true });
  for (;;) {
    try {
      mkdirSync(turn);
      return () => rmdirSync(turn);
    } catch {
      if (existsSync(turn) && Date.now() - statSync(turn).mtimeMs > 120_000) rmSync(turn, { recursive: true, force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

/** Builds if needed. Returns false when the types do not check (what was emitted is there all the same); throws when nothing could be built. */
export async function build({ say = () => undefined, force = false } = {}) {
  if (!force && !isStale()) return true;
  const done = takeTurn();
  try {
    if (!force && !isStale()) return true;
    const started = new Date();
    say('build…');
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { spawnSync } = await import('node:child_process');
    const { status, error } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
      stdio: ['ignore', 2, 2],
      cwd: root,
    });
    if (error) throw error;
    for (const file of orphans()) rmSync(file);
    for (const folder of folders) {
      for (const file of filesUnder(join(root, folder))) {
        if (isCode(file)) continue;
        const copy = join(dist, file.slice(root.length + 1));
        mkdirSync(dirname(copy), { recursive: true });
        copyFileSync(file, copy);
      }
    }
    const bundler = join(dist, 'worker', 'bundle.js');
    if (existsSync(bundler)) {
      await bundleChanged(root, async (file) => (await import(pathToFileURL(bundler).href)).bundle(file));
    }
    await bundleCommands();
    // Dated when the build began: what was saved meanwhile is newer.
    writeFileSync(stamp, `${started.toISOString()}\n`);
    const { utimesSync } = await import('node:fs');
    utimesSync(stamp, started, started);
    say(`build: ${((Date.now() - started.getTime()) / 1000).toFixed(1)} s`);
    return status === 0;
  } finally {
    done();
  }
}

if (process.argv[1] && fileURLToPath(import.meta.url) === process.argv[1]) {
  const say = (line) => process.stderr.write(`${line}\n`);
  process.exitCode = (await build({ say, force: true })) ? 0 : 1;
}
