import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

test('the figures of the README are those of the rehearsal it names, as it was lived last', () => {
  const [, mails, people] = /an edition of a year is lived to its restitution: (\d+) mails to (\d+) people/.exec(read('README.md')) ?? [];
  const [, lived = ''] = read('test/workflows/fixtures/rehearsals/val-d-oise-2023.txt').split('\nMAILS\n');
  const sent = lived.trimEnd().split('\n'); // 2023-01-16 09:00 dg: opening interviews/interview
  expect({ mails, people }).toEqual({ mails: String(sent.length), people: String(new Set(sent.map((line) => line.split(' ')[2])).size) });
});
