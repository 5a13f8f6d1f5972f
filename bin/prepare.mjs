// Makes a checkout able to run: Node, dependencies, build. Only node: imports: this is what runs first on a fresh clone.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, root } from './build.mjs';

const french = !/^en/i.test(process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '');
const words = {
  node: french
    ? `Trois Mains demande Node 20.12 ou plus récent ; celui-ci est ${process.version}. https://nodejs.org`
    : `Trois Mains needs Node 20.12 or later; this is ${process.version}. https://nodejs.org`,
  installing: french ? 'Installation des dépendances (npm ci), une minute environ…' : 'Installing dependencies (npm ci), about a minute…',
  notInstalled: french ? "npm ci n'a pas abouti : voir ci-dessus." : 'npm ci did not succeed: see above.',
  types: french
    ? 'Le compilateur signale des erreurs de types (ci-dessus) ; on continue avec ce qu’il a produit.'
    : 'The compiler reports type errors (above); going on with what it produced.',
};

/** Says a line to the person who waits. */
export const say = (line) => process.stderr.write(`${line}\n`);

const json = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Whether node_modules holds what package-lock.json asks for, package by package; not looked at again while neither has changed. */
function isInstalled() {
  const [installed, wanted] = [join(root, 'node_modules', '.package-lock.json'), join(root, 'package-lock.json')];
  if (!existsSync(installed)) return false;
  const known = join(root, 'node_modules', '.troismains');
  const state = [installed, wanted].map((file) => statSync(file).mtimeMs).join();
  if (existsSync(known) && readFileSync(known, 'utf8') === state) return true;
  const there = json(installed).packages;
  const is = Object.entries(json(wanted).packages).every(
    ([path, { optional, devOptional, peer, version }]) =>
      path === '' || optional || devOptional || peer || there[path]?.version === version,
  );
  if (is) note(known, state);
  return is;
}

function note(file, text) {
  try {
    writeFileSync(file, text);
  } catch {
    // node_modules is somebody else's: they are compared each time
  }
}

async function install() {
  const { spawnSync } = await import('node:child_process');
  say(words.installing);
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  // npm's own progress goes to stderr; stdout stays free for --json.
  const { status } = spawnSync(command, [...args, 'ci', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) {
    say(words.notInstalled);
    process.exit(1);
  }
}

/** Checks Node, installs what is missing, builds what is stale. An installed image, without sources, is left as it is. */
export async function prepare() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 12)) {
    say(words.node);
    process.exit(1);
  }
  if (!existsSync(join(root, 'tsconfig.build.json'))) return;
  if (!isInstalled()) await install();
  if (!(await build({ say }))) say(words.types);
}
