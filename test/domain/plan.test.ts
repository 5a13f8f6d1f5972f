import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addDays, calendarOf } from '../../domain/calendar.js';
import type { Edition } from '../../domain/edition.js';
import { computePlan, type Plan, type PlannedStep, planJson, replan } from '../../domain/plan.js';
import type { StepId } from '../../domain/steps.js';
import { runs } from '../support/tier.js';
import { EDITIONS, editionOf, editions, reference, textOf } from './editions.js';

const stepOf = (plan: Plan, id: StepId): PlannedStep => {
  const step = plan.steps.find((one) => one.id === id);
  if (!step) throw new Error(`no ${id}`);
  return step;
};
const datesOf = (step: PlannedStep) =>
  [step.earliest.start, step.earliest.finish, step.latest.start, step.latest.finish].filter((date) => date !== null);
const changed = (change: Partial<Edition>): Plan => computePlan({ ...reference(), ...change });
const pin = (date: string) => ({ kind: 'pin' as const, date });

describe('the reference edition', () => {
  test('has the plan that another hand worked out', () => {
    const expected: unknown = JSON.parse(readFileSync('test/domain/fixtures/val-d-oise-2023.plan.json', 'utf8'));
    expect(planJson(computePlan(reference()), 'fr')).toEqual(expected);
  });
});

describe('any plan', () => {
  test.each(EDITIONS)('%s is feasible', (path) => {
    expect(computePlan(editionOf(textOf(path)))).toMatchObject({ feasible: true, problems: [] });
  });

  test('that is feasible has no latest day before the earliest', () =>
    fc.assert(
      fc.property(editions, (edition) => {
        const plan = computePlan(edition);
        expect(plan.feasible).toBe(true);
        for (const { earliest, latest } of plan.steps)
          expect([(earliest.start ?? '') <= (latest.start ?? ''), (earliest.finish ?? '') <= (latest.finish ?? '')]).toEqual([true, true]);
      }),
      { numRuns: runs(100) },
    ));

  test('starts and ends no step on a day off', () =>
    fc.assert(
      fc.property(editions, (edition) => {
        const cal = calendarOf(edition.territory);
        for (const step of computePlan(edition).steps) for (const date of datesOf(step)) expect(cal.isWorkingDay(date)).toBe(true);
      }),
      { numRuns: runs(100) },
    ));

  test('is never later for having one closure less', () =>
    fc.assert(
      fc.property(editions, (edition) => {
        const before = computePlan(edition);
        const open: Edition = { ...edition, territory: { ...edition.territory, closures: edition.territory.closures.slice(1) } };
        computePlan(open).steps.forEach((step, i) => {
          expect((step.earliest.finish ?? '') <= (before.steps[i]?.earliest.finish ?? '')).toBe(true);
        });
      }),
      { numRuns: runs(100) },
    ));

  test('never ends sooner for starting later', () =>
    fc.assert(
      fc.property(editions, fc.nat({ max: 60 }), (edition, days) => {
        const later = computePlan({ ...edition, start: addDays(edition.start, days) });
        computePlan(edition).steps.forEach((step, i) => {
          const finish = later.steps[i]?.earliest.finish ?? '9999';
          expect((step.earliest.finish ?? '') <= finish).toBe(true);
        });
      }),
      { numRuns: runs(100) },
    ));

  test('has for each step the slack that one can use up, and not a day more', () =>
    fc.assert(
      fc.property(editions, (edition) => {
        const cal = calendarOf(edition.territory);
        const slipped = (id: StepId, start: string) => replan(edition, { today: edition.start, steps: { [id]: { start } } });
        for (const { id, earliest, slackWorkingDays } of computePlan(edition).steps) {
          if (earliest.start === null || slackWorkingDays === null) throw new Error(`${id} should be known`);
          const used = slipped(id, cal.add(earliest.start, slackWorkingDays));
          expect((stepOf(used, 'restitution').earliest.finish ?? '9999') <= edition.target).toBe(true);
          const over = slipped(id, cal.add(earliest.start, slackWorkingDays + 1));
          expect((stepOf(over, 'restitution').earliest.finish ?? '9999') > edition.target).toBe(true);
        }
      }),
      { numRuns: runs(60) },
    ));
});

describe('an infeasible plan', () => {
  test('says by how much the target is missed, and what would mend it', () => {
    const plan = changed({ target: '2024-01-19' });
    expect(plan).toMatchObject({ feasible: false });
    const late = plan.problems.map(({ step, kind }) => [step, kind]);
    expect(late).toEqual([
      ['outcome-approval', 'sitting-missed'],
      ['restitution', 'target-missed'],
    ]);
  });

  test('names the sitting that is missed, how late the file is, and what the next one costs', () => {
    const plan = changed({ target: '2023-12-22' });
    const [problem] = plan.problems;
    expect(problem).toMatchObject({ step: 'outcome-approval', kind: 'sitting-missed' });
    expect(problem?.message.fr).toContain('manque la séance du lundi 18 décembre 2023');
    expect(problem?.message.fr).toContain('dossier à déposer le lundi 27 novembre 2023, prêt 8 jours ouvrés plus tard');
    expect(problem?.message.fr).toContain('la suivante, le lundi 22 janvier 2024, qui coûte 19 jours ouvrés');
    // The pitch is pinned: starting sooner would change nothing behind it.
    expect(problem?.message.fr).toContain('avancer « Jury »');
  });

  test('proposes the smallest move that mends it: one day less does not', () => {
    const edition = { ...reference(), target: '2023-12-22' };
    const cal = calendarOf(edition.territory);
    const text = computePlan(edition).problems[0]?.message.en ?? '';
    const n = Number(/bring "Jury" (\d+) working days forward/.exec(text)?.[1]);
    const sitting = (days: number) => {
      const plan = computePlan({ ...edition, plan: { ...edition.plan, pitch: pin(cal.add('2023-06-15', -days)) } });
      return stepOf(plan, 'outcome-approval').session?.earliest?.date;
    };
    expect([sitting(n), sitting(n - 1)]).toEqual(['2023-12-18', '2024-01-22']);
  });

  test('brings a pin forward together with the start when what comes before has no slack for it', () => {
    const edition = { ...reference(), target: '2023-12-01' };
    const text = computePlan(edition).problems[0]?.message.en ?? '';
    const [, pitch, start] = /forward, to \w+ (\d+ \w+ \d+), and start \d+ working days? sooner, on \w+ (\d+ \w+ \d+)/.exec(text) ?? [];
    const iso = (words = '') => new Date(`${words} UTC`).toISOString().slice(0, 10);
    const mended = computePlan({ ...edition, start: iso(start), plan: { ...edition.plan, pitch: pin(iso(pitch)) } });
    expect(mended.problems.filter(({ kind }) => kind !== 'target-missed')).toEqual([]);
  });

  test('asks to start sooner, or to move the pin, when a pin cannot be met', () => {
    const edition = reference();
    const plan = computePlan({ ...edition, plan: { ...edition.plan, pitch: pin('2023-06-01') } });
    expect(plan).toMatchObject({ feasible: false, slackWorkingDays: -2 });
    expect(plan.problems).toHaveLength(1);
    expect(plan.problems[0]).toMatchObject({ step: 'pitch', kind: 'pin-missed' });
    expect(plan.problems[0]?.message.en).toContain(
      'start 1 working day sooner, on Friday 13 January 2023, or move that date to Monday 5 June 2023',
    );
    expect(stepOf(plan, 'pitch')).toMatchObject({ earliest: { start: '2023-06-01' }, slackWorkingDays: 0, critical: false });
  });

  test('prints null where nothing can be known, and still what can be', () => {
    const edition = reference();
    const body = edition.territory.sessions['commission-permanente'];
    if (!body) throw new Error('the reference has a body');
    const sessions = { 'commission-permanente': { ...body, dates: ['2023-06-19'] } };
    const plan = computePlan({ ...edition, territory: { ...edition.territory, sessions } });
    expect(plan).toMatchObject({ feasible: false });
    expect(stepOf(plan, 'outcome-approval')).toMatchObject({
      earliest: { start: '2023-11-24', finish: null },
      latest: { finish: '2023-06-19' },
      session: { earliest: null, latest: { date: '2023-06-19' } },
    });
    expect(stepOf(plan, 'restitution')).toMatchObject({
      earliest: { start: null, finish: null },
      latest: { start: '2024-01-26' },
      slackWorkingDays: null,
      critical: false,
    });
    expect(plan.problems[0]?.message.fr).toContain('ajouter une séance le vendredi 29 décembre 2023 ou après'.slice(0, 20));
  });

  test('counts a series that finds no valid day within two years as missed', () => {
    const edition = reference();
    const field = { kind: 'series' as const, every: ['sunday' as const], times: 2, during: 'any' as const };
    const plan = computePlan({ ...edition, plan: { ...edition.plan, field } });
    expect(plan).toMatchObject({ feasible: false, problems: [{ step: 'field', kind: 'series-missed' }] });
    expect(stepOf(plan, 'field')).toMatchObject({
      earliest: { start: null, finish: null },
      occurrences: { earliest: null, latest: null },
      slackWorkingDays: null,
    });
  });
});
