import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const [security, asvs] = ['docs/security.md', 'docs/asvs.md'];

const standard = z
  .object({ source: z.string(), requirements: z.record(z.string(), z.array(z.number())) })
  .parse(JSON.parse(read('test/domain/fixtures/asvs-5.0.0-level-2.json')));
const ids = Object.entries(standard.requirements).flatMap(([section, numbers]) => numbers.map((n) => `${section}.${n}`));

/** The rows of a text's tables, without their heads; cells trimmed. */
function rowsOf(text: string): string[][] {
  const lines = text.split('\n');
  return lines
    .filter((line, i) => line.startsWith('|') && !/^\|[-|]+\|$/.test(line) && !/^\|[-|]+\|$/.test(lines[i + 1] ?? ''))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

/** The headings of a page, as links name them. */
const anchorsOf = (path: string): string[] =>
  [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );

/** Links of a page that lead nowhere: to no file, or to no heading of one. */
function brokenLinks(page: string): string[] {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)];
  return links.flatMap(([link, to = '', heading]) => {
    const path = to === '' ? page : join(dirname(page), to);
    const isThere = existsSync(join(root, path)) && (heading === undefined || anchorsOf(path).includes(heading));
    return isThere ? [] : [link];
  });
}

/** Tests as these pages name them, `web/reading`: those that are none. */
const missingTests = (cell: string): string[] =>
  cell
    .split(', ')
    .filter(
      (name) => !['', '.all'].some((tier) => ['ts', 'tsx'].some((type) => existsSync(join(root, 'test', `${name}${tier}.test.${type}`)))),
    );

describe('the table of ASVS', () => {
  const rows = rowsOf(read(asvs)).map(([asks = '', here = '', shown = '', ...more]) => ({ asks, here, shown, more }));

  test('has a row for each requirement of levels 1 and 2, in the order of the standard, and no other', () => {
    expect(ids.length).toBe(253);
    expect(rows.map(({ asks }) => asks.split(' ')[0])).toEqual(ids);
  });

  test('has no empty cell: what is asked, whether and where it holds, what shows it', () => {
    const holds = /^holds: .*\]\(/;
    const doesNot = /^(?:not applicable|\*\*does not hold\*\*): \S/;
    const wrong = rows.filter(
      ({ asks, here, shown, more }) =>
        more.length > 0 ||
        !/^V\S+ \S/.test(asks) ||
        !(holds.test(here) ? shown !== '' && shown !== '–' : doesNot.test(here) && shown === '–'),
    );
    expect(wrong).toEqual([]);
  });

  test('names tests that exist', () => {
    const named = rows.filter(({ shown }) => !['–', 'by reading'].includes(shown));
    expect(named.flatMap(({ asks, shown }) => missingTests(shown).map((name) => `${asks.split(' ')[0]}: ${name}`))).toEqual([]);
  });

  test('says at its head how many hold', () => {
    const count = (of: RegExp) => rows.filter(({ here }) => of.test(here)).length;
    const [hold, na, not] = [count(/^holds/), count(/^not applicable/), count(/^\*\*/)];
    expect(read(asvs)).toContain(`Of ${rows.length}, ${hold} hold, ${na} do not apply, and ${not} do **not hold**`);
  });
});

test.each([security, asvs])('every file and heading that %s links to exists', (page) => {
  expect(brokenLinks(page)).toEqual([]);
});

test('every row of security.md says of what it is and what holds, and the tests that its threats name exist', () => {
  const [threats = '', rest = ''] = read(security).split('\n## Links and cookies');
  expect(rowsOf(threats).length).toBeGreaterThan(8);
  for (const row of rowsOf(threats)) {
    expect(row.every((cell) => cell !== '')).toBe(true);
    expect(missingTests(row.at(-1) ?? '')).toEqual([]);
  }
  expect(rowsOf(rest).filter(([what = '', holds = '']) => what === '' || holds === '')).toEqual([]);
});
