// The browser that the browser ring drives: the system's. Only node: imports.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** The path of a Chromium: CHROMIUM_PATH, or one found on this system; undefined when there is none. */
export function findChromium() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...MAC];
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Installs Chromium where that is ours to do (root on Debian or Ubuntu), and otherwise says the command that does. Returns its path. */
export function installChromium(say) {
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('Chromium is missing: apt-get install chromium…');
    const apt = (...args) =>
      spawnSync('apt-get', args, { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    apt('update', '-qq');
    apt('install', '-y', '-qq', '--no-install-recommends', 'chromium');
    const path = findChromium();
    if (path) return path;
  }
  say(
    'The browser tests need Chromium, and will fail without it. Install it: sudo apt-get install chromium (Debian, Ubuntu), brew install chromium (macOS),',
  );
  say('or give the path of the one you have in CHROMIUM_PATH.');
  return undefined;
}
