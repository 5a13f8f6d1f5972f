import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { complaint, letter, oldExim, postfix, vacation } from '../support/bounces.js';

const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
afterAll(() => rmSync(folder, { recursive: true }));
const bench = (...args: string[]) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../../bench/run.mjs'), 'bounces', ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
  });

test('a folder of messages is one document: what each is read as; without --json, how many of each kind', () => {
  const to = 'bounces@example.org';
  const messages = {
    'a.eml': postfix({ to }),
    'b.eml': postfix({ to }, { status: '5.2.2', diagnostic: 'smtp; 552 5.2.2 Mailbox full' }),
    'c.eml': postfix({ to }, { action: 'delayed', status: '4.4.1', diagnostic: 'X-Postfix; timed out' }),
    'd.eml': vacation({ to }),
    'e.eml': postfix({ to }, { action: 'delivered', status: '2.0.0', diagnostic: 'smtp; 250 ok' }),
    'f.eml': complaint({ to }),
    'g.eml': letter({ to }),
    'h.eml': oldExim({ to }),
  };
  for (const [name, bytes] of Object.entries(messages)) writeFileSync(join(folder, name), bytes);
  mkdirSync(join(folder, 'sub'));
  expect(JSON.parse(bench(folder, '--json').stdout)).toEqual({
    'a.eml': { kind: 'hard', status: '5.1.1' },
    'b.eml': { kind: 'soft', status: '5.2.2' },
    'c.eml': { kind: 'delayed', status: '4.4.1' },
    'd.eml': { kind: 'absence' },
    'e.eml': { kind: 'receipt' },
    'f.eml': { kind: 'feedback' },
    'g.eml': { kind: 'not-understood' },
    'h.eml': { kind: 'hard' },
  });
  expect(bench(folder).stdout).toMatch(/^hard +2\nsoft +1\ndelayed +1\nabsence +1\nreceipt +1\nfeedback +1\nnot-understood +1\n$/);
});

test('a folder that is missing is said', () => {
  for (const args of [[], [join(folder, 'nulle-part')]])
    expect(bench(...args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('name a folder') });
});
