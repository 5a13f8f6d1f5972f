import { describe, expect, test } from '@jest/globals';
import * as address from '../../domain/address.js';
import * as clean from '../../domain/clean.js';
import * as csv from '../../domain/csv.js';
import * as ics from '../../domain/ics.js';
import { readAnswer } from '../../domain/kinds/index.js';
import * as phrases from '../../domain/phrases.js';
import * as text from '../../domain/text.js';
import * as typography from '../../domain/typography.js';
import * as judge from '../../mail/bounces/judge.js';
import * as notices from '../../mail/bounces/notices.js';
import * as oldstyle from '../../mail/bounces/oldstyle.js';
import * as report from '../../mail/bounces/report.js';
import * as html from '../../mail/html.js';
import { lay } from '../../mail/layout.js';
import { toBytes } from '../../mail/mime.js';
import { restitution } from '../../mail/templates/restitution.js';
import { growth } from '../support/growth.js';
import { mailOf, viewOf } from '../support/mail-views.js';

/** What a pattern may look at again and again: each of them many times, and then something else. */
const hostile = [
  ...[' ', '\t', '\n', '\r', '\n ', ' \n', '\u00a0', '\u2028', '\u0001', '\u0002', '\u0007', '\u200b', '\u202e', '\ud800', '😀', 'e\u0301'],
  ...[
    '.',
    ',',
    ';',
    ':',
    '-',
    '–',
    '!',
    '?',
    "'",
    '"',
    '\\',
    '<',
    '>',
    '@',
    '=',
    '&',
    '/',
    '«',
    '(',
    '[',
    '+41',
    'disposition:\n',
    '"notificationType" ',
  ],
  ...[
    'a',
    'é',
    '漢',
    'a.',
    'a-',
    '-a',
    'a@',
    '@a.',
    '<a',
    '<a@b>',
    "l'",
    ' ;',
    '« ',
    'http://',
    'http://.',
    '//a:',
    '5.1.1 ',
    'user ',
    'a: b\n',
  ],
];
/** Different letters of other scripts, which take longest to write in ASCII. */
const scripts = (n: number) => Array.from({ length: n }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7_919) % 20_000))).join('');

const headersOf = (value: string) =>
  new Map(['auto-submitted', 'precedence', 'from', 'content-type', 'return-path'].map((name) => [name, [value]] as const));

type Feed = (typed: string) => unknown;
const view = viewOf('approve');
const entry = { uid: 'u', when: { first: '2023-09-04', last: '2023-09-04' }, changedAt: 0 } as const;
const written = (typed: string) => {
  const { template: _, items: __, ...mail } = mailOf([]);
  return restitution({ ...mail, template: 'restitution', title: typed, body: typed });
};

/** Every function of a file that takes what somebody typed, or a server wrote; null for those that take no such thing. */
const files: Record<string, { file: object; feeds: Record<string, Feed | null> }> = {
  'domain/text': {
    file: text,
    feeds: {
      isBlank: text.isBlank,
      isReason: text.isReason,
      tidy: text.tidy,
      tidyLine: text.tidyLine,
      wordsIn: text.wordsIn,
      problemOfText: (typed) => [text.problemOfText(typed, 'text'), text.problemOfText(typed, 'long')],
    },
  },
  'domain/clean': {
    file: clean,
    feeds: {
      clean: clean.clean,
      oneLine: clean.oneLine,
      shorten: (typed) => [clean.shorten(typed, 90), clean.shorten(`${typed}xx${typed}`, typed.length + 2)],
      visibly: clean.visibly,
      withoutEnd: (typed) => clean.withoutEnd(`${typed}x`, /\s/),
      subjectOf: clean.subjectOf,
      strong: clean.strong,
      plain: clean.plain,
      runs: clean.runs,
    },
  },
  'domain/phrases': {
    file: phrases,
    feeds: {
      inline: phrases.inline,
      quoted: (typed) => phrases.quoted(typed, 'fr'),
      project: (typed) => phrases.project({ ...view, project: { id: 'p', title: typed, need: 'n', directorate: 'd' } }, 'fr'),
      application: (typed) =>
        phrases.application({ ...view, application: { id: 'a', title: typed, need: 'n', body: typed } as never }, 'fr'),
      list: (typed) => phrases.list([...typed], 'fr'),
      capital: phrases.capital,
      small: phrases.small,
      spaced: phrases.spaced,
      partInWords: (typed) => phrases.partInWords(typed, view, 'fr'),
      awaited: (typed) => phrases.awaited(typed),
      ...{ deadline: null, momentOf: null, isEarlierDay: null, between: null, dayOf: null, isAgain: null, circuitIn: null },
      ...{ isLastStage: null, isSilence: null, lackingView: null },
    },
  },
  'domain/typography': {
    file: typography,
    feeds: {
      curveApostrophes: typography.curveApostrophes,
      setFrench: typography.setFrench,
      labelled: (typed) => typography.labelled(typed, typed, 'fr'),
      french: (typed) => typography.french({ typed }),
    },
  },
  'domain/address': {
    file: address,
    feeds: {
      isAddress: (typed) => [address.isAddress(typed), address.isAddress(`a@${typed}`), address.isAddress(`${typed}@a.fr`)],
      onTheWire: (typed) => [address.onTheWire(typed), address.onTheWire(`a@${typed}`)],
      domainOf: (typed) => address.domainOf(`a@${typed}`),
      addressKey: (typed) => address.addressKey(`a@${typed}.fr`),
      untaggedKey: (typed) => [address.untaggedKey(`${typed}@a.fr`), address.untaggedKey(`a+${typed}`)],
      isSameAddress: (typed) => address.isSameAddress(typed, `a@${typed}`),
      mailboxOf: (typed) => [address.mailboxOf(typed), address.mailboxOf(`"${typed}" <a@b.fr>`), address.mailboxOf(`<a@b.fr>${typed}`)],
      needsUtf8: address.needsUtf8,
    },
  },
  'domain/csv': { file: csv, feeds: { csvText: (typed) => csv.csvText([[typed]], 'french') } },
  'domain/ics': {
    file: ics,
    feeds: {
      // an eighth: the library looks long at each character
      icsOf: (typed) => {
        const some = typed.slice(-typed.length / 8);
        return ics.icsOf({ locale: 'fr', name: some, entries: [{ ...entry, summary: some, description: some }] });
      },
    },
  },
  'mail/html': { file: html, feeds: { escapeHtml: html.escapeHtml, html: (typed) => html.html`${typed}`, webAddress: null } },
  'mail/bounces/judge': {
    file: judge,
    feeds: { statusIn: judge.statusIn, judge: (typed) => judge.judge({ status: '', diagnostic: typed }) },
  },
  'mail/bounces/notices': {
    file: notices,
    feeds: {
      readReceipt: (typed) =>
        notices.readReceipt(new Map([['content-type', ['x; report-type=disposition-notification']]]), `disposition:${typed.repeat(8)}`),
      isFeedback: (typed) => notices.isFeedback(new Map(), typed, typed),
      isAutomatic: (typed) => notices.isAutomatic(headersOf(typed)),
      isServers: (typed) => notices.isServers(headersOf(typed)),
      isPostmaster: (typed) => notices.isPostmaster(headersOf(typed)),
      isUnnamed: (typed) => notices.isUnnamed(headersOf(typed)),
    },
  },
  'mail/bounces/oldstyle': {
    file: oldstyle,
    feeds: { split: oldstyle.split, reasonIn: oldstyle.reasonIn, readOldStyle: null },
  },
  'mail/bounces/report': { file: report, feeds: { readReport: report.readReport, fieldsOf: report.fieldsOf } },
  'the whole of a mail and of a form': {
    file: {},
    feeds: {
      'a mail': (typed) => {
        const rendered = lay(written(typed));
        return toBytes({ rendered, from: { name: typed.slice(0, 200), address: 'a@b.fr' }, to: 'a@b.fr', messageId: '<1@b.fr>', date: 0 });
      },
      'a form': (typed) => readAnswer({ ...view.form, kind: 'document' }, { title: typed, body: typed }),
    },
  },
};

describe('what somebody typed, however it was made, costs as much as it is long', () => {
  test.each(
    Object.entries(files).flatMap(([name, { feeds }]) => Object.entries(feeds).map(([feed, fed]) => ({ name: `${name}, ${feed}`, fed }))),
  )('$name', async ({ fed }) => {
    if (fed === null) return;
    const all = (n: number) => {
      for (const piece of hostile) for (const end of ['', 'x']) fed(`${piece.repeat(n / piece.length)}${end}`);
      fed(scripts(n));
    };
    expect(await growth((times) => all(times * 2_500))).toBeLessThan(24);
  });

  test.each(Object.entries(files))('and no function of %s is left out', (_, { file, feeds }) => {
    const functions = Object.entries(file).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
    expect(functions.filter((name) => !(name in feeds))).toEqual([]);
  });
});
