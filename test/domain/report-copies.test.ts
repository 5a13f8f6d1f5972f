/** The report is drawn with the web's frame, style and words: what is there already is not said a second time. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { askKinds } from '../../domain/asks.js';
import { MAIL_WORDS } from '../../domain/mails.js';
import { DECISION_WORDS, PROJECT_OUTCOME_WORDS } from '../../domain/outcomewords.js';
import * as domain from '../../domain/words.js';
import { wordsOf as reportWords } from '../../rehearsal/report/words/index.js';
import { wordsOf as webWords } from '../../web/words/index.js';
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

/** Every text of two tables of one shape, as "French / English", whatever their case; functions are asked with marks for what they are given. */
function pairsOf(fr: unknown, en: unknown): string[] {
  const marks = ['‹1›', '‹2›', '‹3›', '‹4›'];
  if (typeof fr === 'string' && typeof en === 'string') return [`${fr} / ${en}`.toLowerCase()];
  if (typeof fr === 'function' && typeof en === 'function') return pairsOf(fr(...marks), en(...marks));
  if (fr === null || en === null || typeof fr !== 'object' || typeof en !== 'object') return [];
  const other = new Map<string, unknown>(Object.entries(en));
  return Object.entries(fr).flatMap(([key, one]) => pairsOf(one, other.get(key)));
}

test('the report’s tables hold no word that the programme’s or the web’s hold', () => {
  const { page, console, preferences, call, calendar, kinds, choices } = webWords('fr');
  const other = webWords('en');
  const known = new Set([
    ...pairsOf(
      [page, console, preferences, call, calendar, choices],
      [other.page, other.console, other.preferences, other.call, other.calendar, other.choices],
    ),
    ...askKinds.flatMap((kind) => pairsOf(kinds[kind].page.noun, other.kinds[kind].page.noun)),
    ...[
      domain.STEP_WORDS,
      domain.PHASE_WORDS,
      domain.ROLE_WORDS,
      domain.HAND_WORDS,
      domain.ASK_OUTCOME_WORDS,
      DECISION_WORDS,
      PROJECT_OUTCOME_WORDS,
    ]
      .flatMap((table): domain.Words[] => Object.values(table))
      .flatMap(({ fr, en }) => pairsOf(fr, en)),
    ...pairsOf(MAIL_WORDS.fr, MAIL_WORDS.en),
    ...pairsOf(domain.MAIL_STATE_WORDS.fr, domain.MAIL_STATE_WORDS.en),
  ]);
  const own = pairsOf(reportWords('fr'), reportWords('en'));
  expect(known.size).toBeGreaterThan(250);
  expect(own.length).toBeGreaterThan(100);
  expect(own.filter((pair) => known.has(pair))).toEqual([]);
});
