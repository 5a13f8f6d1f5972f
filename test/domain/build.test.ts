import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { bundleChanged, isStale } from '../../bin/build.mjs';

let checkout: string;
beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), 'troismains-'));
});
afterEach(() => rmSync(checkout, { recursive: true }));

const write = (file: string, text = ''): void => {
  mkdirSync(dirname(join(checkout, file)), { recursive: true });
  writeFileSync(join(checkout, file), text);
};

describe('a checkout is built again', () => {
  const dated = (file: string, seconds: number) => utimesSync(join(checkout, file), seconds, seconds);
  const built = 1_500_000_000;
  beforeEach(() => {
    for (const file of ['domain/plan/a.ts', 'web/style.css', 'config.ts', 'dist/.built']) write(file);
    for (const path of ['domain/plan/a.ts', 'domain/plan', 'domain', 'web/style.css', 'web', 'config.ts']) dated(path, built - 10);
    dated('dist/.built', built);
  });

  test('not while nothing has changed', () => {
    expect(isStale(checkout)).toBe(false);
  });

  test('when it never was', () => {
    rmSync(join(checkout, 'dist'), { recursive: true });
    expect(isStale(checkout)).toBe(true);
  });

  test.each<[string, () => void]>([
    ['a file changed', () => dated('web/style.css', built + 1)],
    ['a file beside the folders changed', () => dated('config.ts', built + 1)],
    [
      'a file came that is dated before',
      () => {
        write('domain/plan/b.ts');
        dated('domain/plan/b.ts', built - 20);
      },
    ],
    ['a file went', () => rmSync(join(checkout, 'domain/plan/a.ts'))],
    ['a file was renamed', () => renameSync(join(checkout, 'web/style.css'), join(checkout, 'web/page.css'))],
  ])('when %s', (_, change) => {
    change();
    expect(isStale(checkout)).toBe(true);
  });
});

describe('workflows are bundled', () => {
  const inputs = ['dist/workflows/cohort.js', 'dist/domain/asks.js', 'dist/worker/bundle.js', 'package-lock.json'];
  let bundled = 0;
  const bundle = () =>
    bundleChanged(checkout, async (file) => {
      bundled++;
      writeFileSync(file, 'bundle');
    });
  beforeEach(async () => {
    bundled = 0;
    write('dist/workflows/index.js', "export * from './cohort.js';\n");
    write('dist/workflows/cohort.js', "import { asks } from '../domain/asks.js';\n");
    write('dist/domain/asks.js', 'export const asks = 1;\n');
    for (const file of ['dist/domain/plan.js', 'dist/cli/main.js', 'dist/worker/bundle.js', 'package-lock.json']) write(file, file);
    await bundle();
  });

  test.each(['dist/cli/main.js', 'dist/domain/plan.js'])(
    'once, and not again when %s has changed, which they do not import',
    async (file) => {
      write(file, 'changed');
      await bundle();
      expect(bundled).toBe(1);
    },
  );

  test.each(inputs)('again when %s has changed', async (file) => {
    write(file, 'changed');
    expect(await bundle()).toBe(true);
    expect(await bundle()).toBe(false);
    expect(bundled).toBe(2);
  });

  test('again when the bundle is gone, or bundling failed', async () => {
    rmSync(join(checkout, 'dist/workflow-bundle.js'));
    await expect(bundleChanged(checkout, async () => Promise.reject(new Error('no room')))).rejects.toThrow('no room');
    writeFileSync(join(checkout, 'dist/workflow-bundle.js'), 'half of it');
    expect(await bundle()).toBe(true);
  });
});
