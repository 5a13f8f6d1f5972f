import { describe, expect, test } from '@jest/globals';
import { oddsText, worstRun } from '../../cli/rehearse/odds.js';
import { type Lived as Summarised, summaryText } from '../../cli/rehearse/summary.js';
import { type CivilDate, calendarOf } from '../../domain/calendar.js';
import { computePlan } from '../../domain/plan.js';
import { isPerProject, type StepId } from '../../domain/steps.js';
import { LOCALES } from '../../domain/words.js';
import type { RehearsalDocument, RehearsedAsk } from '../../rehearsal/document.js';
import { figuresOf, type RunFigures, type StepFigures } from '../../rehearsal/figures.js';
import { type Odds, oddsOf } from '../../rehearsal/odds.js';
import type { LivedAsk } from '../../rehearsal/record.js';
import { busiestWeek, waitsOf } from '../../rehearsal/waits.js';
import { editionOf, textOf } from './editions.js';

const edition = editionOf(textOf('test/workflows/fixtures/small.yaml'));
const plan = computePlan(edition);
const calendar = calendarOf(edition.territory);
const target = edition.target;

/** A life of which only the dates are told. */
const run = (seed: number, restitution: CivilDate | null, more: Partial<RunFigures> = {}): RunFigures => ({
  seed,
  restitution,
  holds: restitution !== null && restitution <= target,
  lateWorkingDays: restitution === null ? null : 0,
  tightest: null,
  violations: 0,
  stopped: false,
  mails: 100,
  projects: [],
  steps: [],
  ...more,
});
const step = (id: StepId, slackLost: number | null, more: Partial<StepFigures> = {}): StepFigures => ({
  id,
  slackLost,
  sentBack: 0,
  slackLeft: 10,
  ...more,
});
const odds = (runs: RunFigures[]): Odds => oddsOf(runs, { edition: edition.id, target, wallSeconds: 1 });

describe('the odds of a target', () => {
  const late = calendar.add(target, 1);
  const later = calendar.add(target, 9);

  test('are the share of lives whose restitution took place by then', () => {
    expect(odds([run(1, target), run(2, late), run(3, null), run(4, target)]).holds).toBe(0.5);
  });

  test.each([
    ['the target itself when four of five hold it', [target, target, target, target, later], target],
    ['the date that completes the four fifths', [target, target, target, late, later], late],
    ['one date for lives that end on the same day', [target, late, late, late, later], late],
    ['a date though one of five never ends', [target, target, late, late, null], late],
    ['none when more than one of five never ends', [target, target, target, null, null], null],
    ['none when none ever ends', [null, null, null, null, null], null],
    ['the date of the only life there is', [late], late],
  ])('name for 80 %% of the lives: %s', (_what, dates, expected) => {
    expect(odds(dates.map((date, i) => run(i + 1, date))).dateMetIn80Percent).toBe(expected);
  });

  test('are the same in whatever order the lives ended', () => {
    const runs = [run(1, target, { steps: [step('roadmap', 3)] }), run(2, late), run(3, null, { steps: [step('roadmap', null)] })];
    expect(odds([...runs].reverse())).toEqual(odds(runs));
  });
});

describe('the steps that eat the slack', () => {
  test('come with what never ended first, then by what they ate on average', () => {
    const { steps } = odds([
      run(1, target, { steps: [step('diagnosis', 1), step('roadmap', 8), step('field', 2)] }),
      run(2, null, { steps: [step('diagnosis', 1), step('roadmap', 0), step('field', null)] }),
    ]);
    expect(steps.map(({ id, neverEnded, slackLost, late }) => [id, neverEnded, slackLost.mean, late])).toEqual([
      ['field', 1, 2, 1],
      ['roadmap', 0, 4, 0.5],
      ['diagnosis', 0, 1, 1],
    ]);
  });

  test('tell what four of five lives kept to, and the slack that four of five had left', () => {
    const lost = [0, 0, 1, 2, 30];
    const { steps } = odds(lost.map((n, i) => run(i + 1, target, { steps: [step('roadmap', n, { slackLeft: 20 - n })] })));
    expect(steps[0]).toMatchObject({ runs: 5, slackLost: { mean: 6.6, in80Percent: 2 }, slackLeft: { least: -10, in80Percent: 18 } });
  });

  test('leave out of the averages the lives that never came to them', () => {
    expect(odds([run(1, target, { steps: [step('field', 4)] }), run(2, null)]).steps[0]).toMatchObject({ runs: 1, slackLost: { mean: 4 } });
  });

  test('keep the wait for a sitting apart', () => {
    const sat = (waited: number | null, missed: boolean) => [
      step('outcome-approval', 0, { sitting: { waited, missed, without: waited === null } }),
    ];
    const { steps } = odds([run(1, target, { steps: sat(10, false) }), run(2, target, { steps: sat(null, true) })]);
    expect(steps[0]).toMatchObject({ slackLost: { mean: 0 }, sitting: { waited: 10, missed: 0.5, without: 0.5 } });
  });
});

/** What the small edition lives when each step takes what it is given, changed: working days added to steps, and what follows moved with them. */
function document({ finished = {}, asks = [], filed = '2026-03-20' }: Lived = {}): RehearsalDocument {
  const at = (date: CivilDate) => `${date}T10:00+01:00`;
  const project = (id: StepId) => (isPerProject(id) ? { project: 'p-01' } : {});
  const ask = (kind: RehearsedAsk['kind'], day: CivilDate, part?: string): RehearsedAsk => ({
    ...{ id: `${kind}.${part}`, kind, step: 'outcome-approval', project: 'p-01', version: 1, outcome: 'complete', people: [] },
    ...{ opened: at(day), due: day, end: null, closed: at(day), ...(part === undefined ? {} : { part }) },
  });
  const rows = plan.steps.map(({ id, earliest, latest }) => ({
    id,
    ...project(id),
    started: earliest.start ?? '',
    finished: finished[id] === undefined ? (id === 'restitution' ? target : earliest.finish) : finished[id],
    latestFinish: latest.finish,
    slackWorkingDays: null,
  }));
  const sat = rows.find(({ id }) => id === 'outcome-approval')?.finished ?? '';
  return {
    ...{ edition: edition.id, seed: 1, virtual: { from: at(edition.start), to: at(target) }, wallSeconds: 1 },
    steps: rows,
    asks: [ask('approve', filed, '1'), ask('sitting', sat, sat), ...asks],
    ...{ mails: [], projects: [{ id: 'p-01', outcome: 'agreement' }], guarantees: [], history: { workflows: 1, events: 1 } },
  };
}
interface Lived {
  finished?: Partial<Record<StepId, CivilDate | null>>;
  asks?: RehearsedAsk[];
  filed?: CivilDate;
}

const told = (lived?: Lived) => figuresOf({ edition, plan, document: document(lived) });
const stepIn = (figures: RunFigures, id: StepId) => figures.steps.find((one) => one.id === id);
const losing = ({ steps }: RunFigures) => steps.filter(({ slackLost }) => slackLost !== 0).map(({ id, slackLost }) => [id, slackLost]);

describe('one life against its plan', () => {
  test('eats no slack where each step takes what it is given', () => {
    const figures = told();
    expect(losing(figures)).toEqual([]);
    expect(figures).toMatchObject({ holds: true, lateWorkingDays: 0, tightest: { slackWorkingDays: 55 } });
    expect(stepIn(figures, 'restitution')).toMatchObject({ slackLost: 0, slackLeft: null });
  });

  test('counts a delay where it arose, and not again in what follows', () => {
    // three days more for the diagnosis; the three steps after it take what they are given, from there
    const figures = told({
      finished: { diagnosis: '2026-01-16', 'diagnosis-approval': '2026-01-20', 'call-writing': '2026-01-22', 'call-open': '2026-01-29' },
    });
    expect(losing(figures).slice(0, 1)).toEqual([['diagnosis', 3]]);
    expect([stepIn(figures, 'diagnosis-approval'), stepIn(figures, 'call-writing'), stepIn(figures, 'call-open')]).toMatchObject([
      { slackLost: 0 },
      { slackLost: 0 },
      { slackLost: 0 },
    ]);
  });

  test('gives no blame to a step that nothing waited for', () => {
    expect(losing(told({ finished: { jury: '2026-02-03' } }))).toEqual([]); // the preparation of the pitches lasts until the 4th anyway
    expect(losing(told({ finished: { jury: '2026-02-06', pitch: '2026-02-09' } }))[0]).toEqual(['jury', 2]);
  });

  test('tells how much of a delay went into a version that was sent back', () => {
    const of = (version: number, closed: string): RehearsedAsk => ({
      ...{ id: `roadmap.${version}`, kind: 'document', step: 'roadmap', project: 'p-01', version, outcome: 'complete', people: [] },
      ...{ opened: closed, due: '2026-02-20', end: null, closed },
    });
    const figures = told({
      finished: { roadmap: '2026-03-03' },
      asks: [of(1, '2026-02-23T10:00+01:00'), of(2, '2026-03-03T10:00+01:00')],
    });
    expect(stepIn(figures, 'roadmap')).toMatchObject({ slackLost: 7, sentBack: 6 });
  });

  test('measures a circuit until its file is in, and its sitting apart', () => {
    expect(stepIn(told(), 'outcome-approval')).toEqual({
      ...{ id: 'outcome-approval', slackLost: 0, sentBack: 0 },
      slackLeft: 55, // until the filing day of the last sitting that would do, 12 June
      sitting: { waited: 2, missed: false, without: false },
    });
    const late = told({ filed: '2026-03-23', finished: { 'outcome-approval': '2026-04-21' } });
    expect(stepIn(late, 'outcome-approval')).toMatchObject({ slackLost: 1, sitting: { waited: 20, missed: true } });
  });

  test('says when no sitting was left, whatever the date', () => {
    const { asks, ...rest } = document({ filed: '2026-06-18', finished: { 'outcome-approval': '2026-06-19' } });
    const figures = figuresOf({ edition, plan, document: { ...rest, asks: asks.filter(({ kind }) => kind !== 'sitting') } });
    expect(stepIn(figures, 'outcome-approval')).toMatchObject({ slackLeft: -4, sitting: { waited: null, missed: true, without: true } });
    expect(figures.holds).toBe(true);
  });

  test('tells by how much a restitution is late, and what never ended', () => {
    expect(told({ finished: { restitution: '2026-06-30' } })).toMatchObject({ holds: false, lateWorkingDays: 2 });
    const endless = told({ finished: { field: null } });
    expect(stepIn(endless, 'field')).toMatchObject({ slackLost: null, slackLeft: null });
  });
});

describe('who keeps others waiting', () => {
  const at = (date: CivilDate, time = '10:00') => calendar.instantAt(date, time);
  const ask = (more: Partial<LivedAsk>): LivedAsk => ({
    ...{ id: 'ask', kind: 'interview', step: 'interviews', project: null, part: null, version: 1, generation: 1, result: null },
    ...{ opensAt: 0, openedAt: at('2026-01-05'), due: '2026-01-09', endsAt: null, outcome: 'complete', closedAt: at('2026-01-15') },
    ...{ closedOn: null, people: [] },
    ...more,
  });
  const place = (person: string, closed: LivedAsk['people'][number]['closed'], on: CivilDate | null, more = {}) => ({
    ...{ person, seat: person, joined: 'asked' as const, closed, closedAt: on === null ? null : at(on) },
    ...more,
  });
  const waits = (...asks: LivedAsk[]) => waitsOf(asks, { calendar, until: at('2026-01-30') });

  test('is who answered after due, not who answered in time or was not needed', () => {
    const people = [place('a', 'answered', '2026-01-13'), place('b', 'answered', '2026-01-09'), place('c', 'not-needed', '2026-01-15')];
    expect(waits(ask({ people }))).toEqual([{ person: 'a', workingDays: 2, asks: 1 }]);
  });

  test('is who was asked, not the substitute who answered in the end; and whoever was named in time', () => {
    const late = [place('a', 'not-needed', '2026-01-13'), place('b', 'answered', '2026-01-13', { seat: 'a', joined: 'substitute' })];
    expect(waits(ask({ people: late }))).toEqual([{ person: 'a', workingDays: 2, asks: 1 }]);
    const named = [place('a', 'delegated', '2026-01-07'), place('b', 'answered', '2026-01-14', { seat: 'a', joined: 'delegate' })];
    expect(waits(ask({ people: named }))).toEqual([{ person: 'b', workingDays: 3, asks: 1 }]);
  });

  test('counts until the end of what nobody answered', () => {
    const people = [place('a', null, null)];
    expect(waits(ask({ people, outcome: null, closedAt: null }))).toEqual([{ person: 'a', workingDays: 15, asks: 1 }]);
  });

  test('says whose week was the busiest', () => {
    const mails = ['2026-01-05', '2026-01-09', '2026-01-12', '2026-01-14', '2026-01-16'].map((day) => ({ at: at(day), person: 'a' }));
    expect(busiestWeek(mails, calendar)).toEqual({ person: 'a', monday: '2026-01-12', mails: 3 });
    expect(busiestWeek([], calendar)).toBeUndefined();
  });
});

describe('the summary of one life', () => {
  const opened = calendar.instantAt('2026-01-05', '09:00');
  const person = (id: string, name: string) => ({
    id,
    name,
    role: 'executive',
    email: `${id}@parc.example`,
    substitute: null,
    locale: null,
    digest: true,
    ref: '',
    preferences_n: 1,
    calendar_n: 1,
    place: null,
    unreachable_at: null,
    left_at: null,
    successor: null,
  });
  const lived: Summarised = {
    edition,
    plan,
    document: document(),
    record: {
      asks: [],
      mails: [],
      incidents: [],
      people: new Map([['direction', person('direction', 'Direction du Parc')]]),
      projects: [
        {
          ...{ id: 'p-01', application: 'a-01', title: 'Covoiturage du matin', need: 'mobilite', applicant: 'applicant-01' },
          ...{ directorate: 'transports', status: 'ended', outcome: 'agreement', ended_on: '2026-03-24' },
        },
      ],
    },
  };
  const text = (locale: 'fr' | 'en', more: Partial<Summarised> = {}, width = 100) =>
    summaryText({ ...lived, ...more }, { personas: 'Réalistes', report: 'index.html' }, { locale, width, paint: (words) => words });

  test('says that the restitution took place as planned, and by how much it did not', () => {
    expect(text('fr')).toContain('✓ Restitution le vendredi 26 juin 2026, comme prévu.');
    const late = document({ finished: { restitution: '2026-06-30' } });
    expect(text('en', { document: late })).toContain('✗ Restitution on Tuesday 30 June 2026, 2 working days after its target');
  });

  test('says for whom, since when and for what an edition waited that never ended', () => {
    const waiting = {
      ask: 'x',
      kind: 'interview' as const,
      step: 'interviews' as const,
      version: 1,
      person: 'direction',
      opened: '2026-01-05T09:00+01:00',
    };
    const stopped = { ...document({ finished: { restitution: null } }), stopped: { at: '2029-01-05T08:30+01:00', waitingOn: [waiting] } };
    expect(text('fr', { document: stopped })).toContain('Direction du Parc, depuis le lundi 5 janvier 2026 (Entretiens croisés)');
    expect(text('en', { document: stopped })).not.toContain('✓');
    const forNobody = {
      ...document({ finished: { 'call-open': null, restitution: null } }),
      stopped: { ...stopped.stopped, waitingOn: [] },
    };
    expect(text('en', { document: forNobody })).toContain('Call for applications: nobody in particular');
  });

  test('says which guarantee was violated, and each time', () => {
    const broken = {
      ...document(),
      guarantees: [{ name: 'working-hours' as const, checked: 3, violations: ['2026-01-10T09:00+01:00 person=direction'] }],
    };
    expect(text('en', { document: broken })).toContain('✗ Never on a day off');
    expect(text('en', { document: broken })).toContain('2026-01-10T09:00+01:00');
  });

  test.each(LOCALES)('fits the width of a terminal, and speaks of people and projects by name: %s', (locale) => {
    const asks = ['direction', 'applicant-01'].map((id) => ({
      ...{
        id,
        kind: 'interview' as const,
        step: 'interviews' as const,
        project: null,
        part: null,
        version: 1,
        generation: 1,
        result: null,
      },
      ...{ opensAt: opened, openedAt: opened, due: '2026-01-09', endsAt: null, outcome: null, closedAt: null, closedOn: null },
      people: [{ person: id, seat: id, joined: 'asked' as const, closed: null, closedAt: null }],
    }));
    for (const width of [54, 80, 120]) {
      const said = text(locale, { record: { ...lived.record, asks } }, width);
      expect(Math.max(...said.split('\n').map((line) => line.length))).toBeLessThanOrEqual(width);
      expect(said).toMatch(/Direction du Parc/);
      expect(said).not.toMatch(/p-01|undefined|NaN|null/);
    }
  });
});

describe('the odds in words', () => {
  const later = calendar.add(target, 9);
  const steps = [
    step('roadmap', 8, { sentBack: 5 }),
    step('outcome-approval', 2, { sitting: { waited: 12, missed: true, without: true } }),
  ];
  const some = odds([
    run(1, target, { steps }),
    run(2, later, { steps, tightest: { step: 'roadmap', slackWorkingDays: -3 } }),
    run(3, null, { stopped: true, violations: 2, steps: [step('field', null)] }),
  ]);
  const text = (locale: 'fr' | 'en', width: number) =>
    oddsText(
      some,
      { title: edition.title, personas: 'Réalistes', again: (seed) => `troismains rehearse --seed ${seed}` },
      { locale, width, paint: (words) => words },
    );

  test.each(LOCALES)('fits the width of a terminal: %s', (locale) => {
    for (const width of [54, 80, 120])
      expect(
        Math.max(
          ...text(locale, width)
            .split('\n')
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(width);
  });

  test('names the seeds that broke a promise or never ended, and the one to look at', () => {
    expect(text('en', 100)).toContain('A guarantee was violated: seed 3.');
    expect(text('fr', 100)).toContain('sans être arrivée à sa fin : graine 3.');
    expect(text('fr', 100)).toContain('troismains rehearse --seed 3');
    expect(worstRun(some.runs.filter(({ seed }) => seed < 3))?.seed).toBe(2);
  });

  test('never says an id of the code', () => {
    for (const locale of LOCALES) expect(text(locale, 100)).not.toMatch(/roadmap\b|outcome-approval|undefined|NaN|null/);
  });
});
