/** What many rehearsals tell: how often the target holds, which steps eat the slack, which seed to look at. */

import { inline } from '../../domain/phrases.js';
import { inWords, STEP_WORDS } from '../../domain/words.js';
import type { Odds, StepOdds } from '../../rehearsal/odds.js';
import { columnsOf, number, percent, type Setting, took, wrap } from './layout.js';
import { ODDS_WORDS, seedsInWords } from './words.js';

/** How the rehearsals were asked for: the edition's and the personas' titles, and the command that lives one seed again. */
export type Asked = { title: string; personas: string; again(seed: number): string };

const columnWidths = [8, 11, 9, 7, 9];
/** With fewer columns, the last one is left out. */
const wide = 72;
/** Steps that eat less, in working days on average, are not worth a line. */
const worthALine = 0.1;

/** The odds in words, a table and a key; every line fits the width. */
export function oddsText(odds: Odds, { title, personas, again }: Asked, setting: Setting): string {
  const { locale, paint } = setting;
  const words = ODDS_WORDS[locale];
  const width = columnsOf(setting);
  const n = odds.runs.length;
  const day = (date: string) => inWords(date, locale, { year: true });
  const held = odds.runs.filter(({ holds }) => holds).length;
  const look = worstRun(odds.runs);
  return [
    paint(inline(title, width), 'bold'),
    ...wrap(words.lived({ n, personas, took: took(odds.wallSeconds) }), width),
    '',
    ...wrap(words.holds(day(odds.target), held, n, percent(odds.holds, locale)), width).map((line) => paint(line, 'bold')),
    ...wrap(odds.dateMetIn80Percent === null ? words.never80 : words.in80(day(odds.dateMetIn80Percent)), width),
    ...withoutSitting(odds, setting),
    ...tightest(odds, setting),
    ...broken(odds, setting),
    '',
    ...table(odds.steps, setting),
    ...(look === undefined
      ? []
      : ['', ...wrap(words.look(look.seed, look.restitution && day(look.restitution)), width), `  ${again(look.seed)}`]),
    '',
  ].join('\n');
}

/** The run that deserves a look: one that broke a promise, never ended, ended last, or had least slack, in this order. */
export function worstRun(runs: Odds['runs']): Odds['runs'][number] | undefined {
  const never = '9999-12-31';
  const by = (a: number, b: number) => b - a;
  return [...runs].sort(
    (a, b) =>
      by(a.violations, b.violations) ||
      by(Number(a.stopped), Number(b.stopped)) ||
      ((a.restitution ?? never) === (b.restitution ?? never) ? 0 : (a.restitution ?? never) < (b.restitution ?? never) ? 1 : -1) ||
      by(-(a.tightest?.slackWorkingDays ?? 0), -(b.tightest?.slackWorkingDays ?? 0)),
  )[0];
}

function tightest({ runs }: Odds, setting: Setting): string[] {
  const [least] = runs
    .flatMap(({ seed, tightest: found }) => (found === null ? [] : { seed, ...found }))
    .sort((a, b) => a.slackWorkingDays - b.slackWorkingDays);
  if (least === undefined) return [];
  const { locale } = setting;
  return wrap(ODDS_WORDS[locale].tightest(least.slackWorkingDays, STEP_WORDS[least.step][locale], least.seed), columnsOf(setting));
}

/** A date that is held at this price is not held as planned. */
function withoutSitting({ steps }: Odds, setting: Setting): string[] {
  const { locale } = setting;
  return steps.flatMap(({ sitting }) =>
    sitting === undefined || sitting.without === 0
      ? []
      : wrap(ODDS_WORDS[locale].withoutSitting(percent(sitting.without, locale)), columnsOf(setting)),
  );
}

function broken({ runs, steps }: Odds, setting: Setting): string[] {
  const { locale, paint } = setting;
  const words = ODDS_WORDS[locale];
  const violating = runs.filter(({ violations }) => violations > 0).map(({ seed }) => seed);
  const endless = runs.filter(({ stopped }) => stopped).map(({ seed }) => seed);
  return [
    ...(violating.length > 0 ? [words.broken(seedsInWords(violating, locale))] : []),
    ...(endless.length > 0 ? [words.stopped(seedsInWords(endless, locale))] : []),
    ...steps.filter(({ neverEnded }) => neverEnded > 0).map(({ id, neverEnded }) => words.neverEnded(STEP_WORDS[id][locale], neverEnded)),
  ].flatMap((line) => wrap(line, columnsOf(setting)).map((part) => paint(part, 'critical')));
}

function table(steps: readonly StepOdds[], setting: Setting): string[] {
  const { locale, paint } = setting;
  const words = ODDS_WORDS[locale];
  const width = columnsOf(setting);
  const eating = steps.filter(({ slackLost }) => slackLost.mean >= worthALine);
  const names = eating.map(({ id }) => STEP_WORDS[id][locale]);
  const [head, ...heads] = words.heads;
  const widths = columnWidths.slice(0, width < wide ? -1 : undefined);
  const room = width - widths.reduce((sum, n) => sum + n, 0);
  const nameWidth = Math.min(room, Math.max(head.length, ...names.map((name) => name.length)));
  const named = (name: string) => (name.length > nameWidth ? `${name.slice(0, nameWidth - 1)}…` : name.padEnd(nameWidth));
  const line = (name: string, cells: readonly string[]) => named(name) + widths.map((cell, i) => (cells[i] ?? '').padStart(cell)).join('');
  const waits = steps.flatMap(({ id, sitting }) => {
    if (sitting === undefined) return [];
    const missed = sitting.missed > 0 ? ` ${words.sittingMissed(percent(sitting.missed, locale))}` : '';
    return words.sitting(STEP_WORDS[id][locale], number(sitting.waited, locale)) + missed;
  });
  if (eating.length === 0) return [...wrap(words.nothingLost, width), ...waits.flatMap((text) => wrap(text, width))];
  return [
    paint(line(head, heads), 'soft'),
    ...eating.map(({ id, slackLost, late, sentBack, slackLeft }) =>
      line(STEP_WORDS[id][locale], [
        number(slackLost.mean, locale, 1),
        String(slackLost.in80Percent),
        percent(late, locale),
        slackLeft === null ? '–' : String(slackLeft.in80Percent),
        sentBack.mean === 0 ? '–' : number(sentBack.mean, locale, 1),
      ]),
    ),
    '',
    ...wrap(width < wide ? words.key : `${words.key} ${words.keyWide}`, width).map((text) => paint(text, 'soft')),
    ...waits.flatMap((text) => wrap(text, width)),
  ];
}
