import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What a command of the command line said, and its exit code. */
export interface Said {
  code: number | null;
  out: string;
  err: string;
}

const program = join(import.meta.dirname, '../../bin/troismains.mjs');

/** Runs `troismains …` as people do, in a process of its own, with an installation's environment. */
export function troismains(environment: Record<string, string>, ...args: string[]): Promise<Said> {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const env = { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), LANG: 'fr_FR.UTF-8', ...environment };
  const child = spawn(process.execPath, [program, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Said = { code: null, out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    said.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said.err += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ ...said, code }));
  });
}
