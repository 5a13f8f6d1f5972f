/** The report is drawn with the web's frame, style and words: what is there already is not said a second time. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { declarationsOf } from '../support/css.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const report = declarationsOf(read('rehearsal/report/style.css'));
const web = declarationsOf(read('web/style.css'));

test('the sheets are read whole', () => {
  expect(declarationsOf('a, b:is(i, p) { c: d } /* e {} */ @media f { g { h: i; j: k } }')).toEqual([
    ' | a | c: d',
    ' | b:is(i, p) | c: d',
    '@media f | g | h: i',
    '@media f | g | j: k',
  ]);
  expect(report.length).toBeGreaterThan(100);
  expect(web.length).toBeGreaterThan(300);
});

test('the report’s sheet declares nothing that the web’s declares, and names no colour of its own for what has a name there', () => {
  const known = new Set(web);
  expect(report.filter((one) => known.has(one))).toEqual([]);
  const named = web.flatMap((one) => /^ \| :root \| --[\w-]+: (#\w{6})$/.exec(one)?.[1] ?? []);
  expect(named.length).toBeGreaterThan(10);
  expect(report.filter((one) => named.some((colour) => one.includes(colour)))).toEqual([]);
  expect(report.filter((one) => one.startsWith(' | :root | --'))).toEqual([]);
});

test('the report draws no frame and no scrolling region of its own', () => {
  const parts = readdirSync(new URL('../../rehearsal/report', import.meta.url)).filter((name) => name.endsWith('.tsx'));
  expect(parts.length).toBeGreaterThan(5);
  const drawn = /<(?:html|header|footer|main)\b|class="(?:scroll|mark|skip)"/;
  expect(parts.filter((name) => drawn.test(read(`rehearsal/report/${name}`)))).toEqual([]);
});
