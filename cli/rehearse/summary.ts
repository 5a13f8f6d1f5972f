/** What one rehearsal tells, in some twenty lines. */
import { type CivilDate, calendarOf } from '../../domain/calendar.js';
import { circuitOf } from '../../domain/circuits.js';
import { PROJECT_OUTCOME_WORDS, wordIn } from '../../domain/outcomewords.js';
import { inline, list } from '../../domain/phrases.js';
import { isCircuitStep } from '../../domain/steps.js';
import { inWords, STEP_WORDS, workingDays } from '../../domain/words.js';
import { dayOf, figuresOf, noSitting } from '../../rehearsal/figures.js';
import { GUARANTEE_WORDS } from '../../rehearsal/guarantees.js';
import type { Rehearsal } from '../../rehearsal/rehearse.js';
import { busiestWeek, waitsOf } from '../../rehearsal/waits.js';
import { columnsOf, labelled, type Setting, took, wrap } from './layout.js';
import { SUMMARY_WORDS } from './words.js';

/** How a rehearsal was asked for: the personas' title, where its report is, or the words for how to have one and the command for it. */
export type Asked = { personas: string; report: string; command?: string };

/** What a summary is made from: a `Rehearsal` is one. */
export type Lived = Pick<Rehearsal, 'document' | 'edition' | 'plan'> & {
  record: Pick<Rehearsal['record'], 'asks' | 'mails' | 'people' | 'projects' | 'incidents'>;
};

/** How many people, tasks or violations are named before the rest is only counted. */
const named = 3;
const violationsShown = 5;

/** The summary of a rehearsal; every line fits the width. */
export function summaryText(rehearsal: Lived, { personas, report, command }: Asked, setting: Setting): string {
  const { document, edition, record } = rehearsal;
  const { locale, paint } = setting;
  const words = SUMMARY_WORDS[locale];
  const day = (date: CivilDate) => inWords(date, locale, { year: true });
  const people = new Set(document.mails.map(({ person }) => person)).size;
  const opening = words.lived({
    personas,
    seed: document.seed,
    mails: document.mails.length,
    people,
    from: day(dayOf(document.virtual.from)),
    to: day(dayOf(document.virtual.to)),
    took: took(document.wallSeconds),
  });
  const incidents = record.incidents.map(({ message }) => inline(message, 160));
  return [
    paint(inline(edition.title, columnsOf(setting)), 'bold'),
    ...wrap(opening, columnsOf(setting)),
    '',
    ...verdict(rehearsal, setting),
    '',
    ...labelled(words.sittings, sittings(rehearsal, setting), setting),
    ...labelled(words.projects, projects(rehearsal, setting), setting),
    ...labelled(words.tightest, tightest(rehearsal, setting), setting),
    ...labelled(words.waits, waits(rehearsal, setting), setting),
    ...labelled(words.busiest, busiest(rehearsal, setting), setting),
    ...labelled(words.guarantees, guarantees(rehearsal, setting), setting),
    ...labelled(words.incidents, incidents, setting),
    ...labelled(words.report, [report], setting),
    ...(command === undefined ? [] : [`  ${command}`]),
    '',
  ].join('\n');
}

function verdict(rehearsal: Lived, setting: Setting): string[] {
  const { document, edition, plan } = rehearsal;
  const { locale, paint } = setting;
  const words = SUMMARY_WORDS[locale];
  const day = (date: CivilDate) => inWords(date, locale, { year: true });
  const { restitution, lateWorkingDays } = figuresOf(rehearsal);
  const told = (text: string, good: boolean) =>
    wrap(`${good ? '✓' : '✗'} ${text}`, columnsOf(setting)).map((line) => paint(line, good ? 'bold' : 'critical'));
  if (document.stopped) return [...told(words.stopped(day(dayOf(document.stopped.at))), false), ...waitedFor(rehearsal, setting)];
  if (restitution === null) return told(words.noRestitution, false);
  const without = withoutSitting(rehearsal);
  const but = without > 0 ? words.butWithout(without) : '';
  if (lateWorkingDays === 0 || lateWorkingDays === null) return told(`${words.asPlanned(day(restitution))}${but}`, without === 0);
  const count = calendarOf(edition.territory).count(plan.target, restitution);
  return told(`${words.late(day(restitution), workingDays(count, locale), day(plan.target))}${but}`, false);
}

/** Whom an edition that never ended waits for: since when, for what. */
function waitedFor({ document, record }: Lived, { locale, ...setting }: Setting): string[] {
  const words = SUMMARY_WORDS[locale];
  const waiting = document.stopped?.waitingOn ?? [];
  const lines = waiting.slice(0, violationsShown).map(({ person, opened, step, version }) =>
    words.waitingFor(knownAs(person, record, locale), inWords(dayOf(opened), locale, { year: true }), {
      step: STEP_WORDS[step][locale],
      version,
    }),
  );
  // nobody in particular is waited for when a call finds no applicant
  const running = document.steps
    .filter(({ finished }) => finished === null)
    .map(({ id }) => words.waitingForNobody(STEP_WORDS[id][locale]));
  return [...(lines.length > 0 ? lines : [...new Set(running)]), ...more(waiting.length - lines.length, locale)].flatMap((line) =>
    wrap(line, columnsOf({ locale, ...setting }) - 2).map((part) => `  ${part}`),
  );
}

const more = (n: number, locale: Setting['locale']): string[] => (n > 0 ? [SUMMARY_WORDS[locale].more(n)] : []);

const nameOf = (person: string, { people }: Pick<Lived['record'], 'people'>): string => inline(people.get(person)?.name ?? person, 60);

/** A name; an applicant's with the project, by which they are known better. */
function knownAs(person: string, record: Lived['record'], locale: Setting['locale']): string {
  const project = record.projects.find(({ applicant }) => applicant === person);
  return project === undefined ? nameOf(person, record) : SUMMARY_WORDS[locale].of(nameOf(person, record), inline(project.title, 60));
}

/** How many files found no sitting that was left. */
const withoutSitting = ({ record }: Pick<Lived, 'record'>): number =>
  record.asks.filter(({ kind, part }) => kind === 'decide' && part === noSitting).length;

/** The sittings at which something was decided, per body and day. */
function sittings({ record, edition }: Lived, { locale }: Setting): string[] {
  const words = SUMMARY_WORDS[locale];
  const held = record.asks.filter(({ kind, part, openedAt }) => kind === 'sitting' && part !== null && openedAt !== null);
  const bodies = new Map<string, Map<CivilDate, number>>();
  for (const { step, part } of held) {
    const body = isCircuitStep(step) ? circuitOf(edition, step).session : undefined;
    if (body === undefined || part === null) continue;
    const days = bodies.get(body) ?? new Map<CivilDate, number>();
    bodies.set(body, days.set(part, (days.get(part) ?? 0) + 1));
  }
  const without = withoutSitting({ record });
  const lines = [...bodies].map(([body, days]) => {
    const dates = [...days].sort(([a], [b]) => (a < b ? -1 : 1));
    const name = edition.territory.sessions[body]?.name ?? body;
    return words.sitting(
      inline(name, 60),
      list(
        dates.map(([date, files]) => words.sittingDay(inWords(date, locale, { year: true }), files)),
        locale,
      ),
    );
  });
  return [...lines, ...(without > 0 ? [words.withoutSitting(without)] : [])];
}

function projects({ document, record }: Lived, { locale }: Setting): string[] {
  const words = SUMMARY_WORDS[locale];
  if (document.projects.length === 0) return [words.noProject];
  return document.projects.map(({ id, outcome }) =>
    words.project(
      inline(record.projects.find((project) => project.id === id)?.title ?? id, 60),
      outcome === null ? words.running : (wordIn(PROJECT_OUTCOME_WORDS, outcome, locale) ?? outcome),
    ),
  );
}

function tightest(rehearsal: Lived, { locale }: Setting): string[] {
  const { tightest: found, holds } = figuresOf(rehearsal);
  if (found === null) return [];
  const title = rehearsal.record.projects.find(({ id }) => id === found.project)?.title;
  const step = STEP_WORDS[found.step][locale];
  const where = title === undefined ? step : `${step} (${inline(title, 60)})`;
  return [SUMMARY_WORDS[locale].slackLeft(where, found.slackWorkingDays, holds)];
}

function waits({ document, edition, record }: Lived, { locale }: Setting): string[] {
  const words = SUMMARY_WORDS[locale];
  const found = waitsOf(record.asks, { calendar: calendarOf(edition.territory), until: Date.parse(document.virtual.to) });
  if (found.length === 0) return [words.nobodyLate];
  return found
    .slice(0, named)
    .map(({ person, workingDays: n, asks }) => words.wait(knownAs(person, record, locale), workingDays(n, locale), asks));
}

function busiest({ edition, record }: Lived, { locale }: Setting): string[] {
  const week = busiestWeek(record.mails, calendarOf(edition.territory));
  return week === undefined
    ? []
    : [SUMMARY_WORDS[locale].week(knownAs(week.person, record, locale), week.mails, inWords(week.monday, locale, { year: true }))];
}

function guarantees({ document }: Lived, { locale }: Setting): string[] {
  const words = SUMMARY_WORDS[locale];
  const broken = document.guarantees.filter(({ violations }) => violations.length > 0);
  const checked = document.guarantees.reduce((sum, one) => sum + one.checked, 0);
  if (broken.length === 0) return [words.allHeld(document.guarantees.length, checked)];
  return broken.flatMap(({ name, violations }) => [
    `✗ ${GUARANTEE_WORDS[name][locale]}`,
    ...violations.slice(0, violationsShown).map((violation) => `  ${violation}`),
    ...more(violations.length - violationsShown, locale),
  ]);
}
