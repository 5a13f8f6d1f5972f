import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { beginsOn } from '../../domain/asks/timing.js';
import { addDays, calendarOf } from '../../domain/calendar.js';
import { computePlan, type Plan, type PlannedStep, replan, type StepFacts } from '../../domain/plan.js';
import { STEP_IDS, type StepId } from '../../domain/steps.js';
import { isAll, runs } from '../support/tier.js';
import { editions, reference } from './editions.js';

const stepOf = (plan: Plan, id: StepId): PlannedStep => {
  const step = plan.steps.find((one) => one.id === id);
  if (!step) throw new Error(`no ${id}`);
  return step;
};
/** What has happened when all went as foreseen up to a step, without it. */
const asForeseen = (until: StepId): Partial<Record<StepId, StepFacts>> =>
  Object.fromEntries(
    computePlan(reference())
      .steps.slice(0, STEP_IDS.indexOf(until))
      .map(({ id, earliest, occurrences }) => [
        id,
        { start: earliest.start, finish: earliest.finish, ...(occurrences ? { occurrences: occurrences.earliest } : {}) },
      ]),
  );

describe('a running edition', () => {
  test('to which nothing has happened yet has the plan of its file', () => {
    expect(replan(reference(), { today: '2023-01-01', steps: {} })).toEqual(computePlan(reference()));
    fc.assert(
      fc.property(editions, (edition) => {
        expect(replan(edition, { today: edition.start, steps: {} })).toEqual(computePlan(edition));
      }),
      { numRuns: runs(30) },
    );
  });

  test('in which all goes as foreseen keeps its plan on every day', () => {
    const plan = computePlan(reference());
    const lived = (today: string): Partial<Record<StepId, StepFacts>> =>
      Object.fromEntries(
        plan.steps.flatMap(({ id, earliest: { start, finish }, session, occurrences }) => {
          if (start === null || finish === null || start > today) return [];
          const held = occurrences ? { occurrences: occurrences.earliest?.filter((date) => date < today) } : {};
          const sitting = session?.earliest && session.earliest.fileBy < today ? { sitting: session.earliest.date } : {};
          return [[id, { start, ...held, ...sitting, ...(finish < today ? { finish } : {}) }]];
        }),
      );
    const everyDays = isAll ? 1 : 5; // all weekdays in turn
    for (let today = '2023-01-01'; today < '2024-01-24'; today = addDays(today, everyDays)) {
      const now = replan(reference(), { today, steps: lived(today) });
      expect(now.steps.map((step) => [today, step.earliest])).toEqual(plan.steps.map((step) => [today, step.earliest]));
      expect([today, now.target, now.feasible]).toEqual([today, plan.target, true]);
    }
  });

  test('keeps the real dates of what is over, and moves what follows a late finish', () => {
    const steps = { ...asForeseen('diagnosis'), interviews: { start: '2023-01-16', finish: '2023-02-15' } };
    const plan = replan(reference(), { today: '2023-02-16', steps });
    expect(stepOf(plan, 'interviews')).toMatchObject({ earliest: { start: '2023-01-16', finish: '2023-02-15' }, critical: false });
    expect(stepOf(plan, 'diagnosis').earliest.start).toBe('2023-02-16');
    expect(stepOf(plan, 'diagnosis').slackWorkingDays).toBe(8);
    expect(plan).toMatchObject({ target: '2024-01-26', slackWorkingDays: 3, feasible: true });
  });

  test('gives a step that overruns today as its finish, and measures its slack by that', () => {
    const plan = replan(reference(), { today: '2023-02-25', steps: { interviews: { start: '2023-01-16' } } });
    expect(stepOf(plan, 'interviews').earliest).toEqual({ start: '2023-01-16', finish: '2023-02-27' });
    expect(stepOf(plan, 'interviews').slackWorkingDays).toBe(0);
    expect(stepOf(plan, 'diagnosis').earliest.start).toBe('2023-02-28');
  });

  test('starts nothing before today', () => {
    const plan = replan(reference(), { today: '2023-03-01', steps: asForeseen('diagnosis') });
    expect(stepOf(plan, 'diagnosis').earliest.start).toBe('2023-03-01');
  });

  test('holds a pitch whose day cannot be met on the first day that can, and says so', () => {
    const plan = replan(reference(), { today: '2023-06-12', steps: asForeseen('pitch-preparation') });
    expect(stepOf(plan, 'pitch').earliest).toEqual({ start: '2023-06-26', finish: '2023-06-26' });
    expect(plan.problems).toMatchObject([{ step: 'pitch', kind: 'pin-missed' }]);
    expect(plan).toMatchObject({ target: '2024-01-26', slackWorkingDays: 0 });
  });

  test('whose slack is gone takes the restitution’s earliest date for target, and counts latest dates from it', () => {
    const plan = replan(reference(), { today: '2023-12-01', steps: asForeseen('evaluation') });
    const restitution = stepOf(plan, 'restitution');
    expect(plan.feasible).toBe(false);
    // The file would be ready after 22 December: no sitting is left, so no new target can be known.
    expect(restitution.earliest.finish).toBeNull();
    expect(plan.problems).toMatchObject([{ step: 'outcome-approval', kind: 'sitting-missed' }]);

    const edition = reference();
    const body = edition.territory.sessions['commission-permanente'];
    if (!body) throw new Error('the reference has a body');
    const dates = [...body.dates, '2024-02-19'];
    const more = { ...edition, territory: { ...edition.territory, sessions: { 'commission-permanente': { ...body, dates } } } };
    const later = replan(more, { today: '2023-12-01', steps: asForeseen('evaluation') });
    expect(later).toMatchObject({ target: '2024-02-20', feasible: false });
    expect(later.slackWorkingDays).toBeLessThan(0);
    expect(stepOf(later, 'restitution')).toMatchObject({ latest: { finish: '2024-02-20' }, slackWorkingDays: 0 });
    for (const { id, latest, earliest } of later.steps.slice(STEP_IDS.indexOf('evaluation')))
      expect([id, (latest.finish ?? '') >= (earliest.finish ?? '')]).toEqual([id, true]);
  });

  test('keeps the sessions that are settled and plans the others', () => {
    const steps = { ...asForeseen('field'), field: { start: '2023-09-11', occurrences: ['2023-09-13', '2023-09-20'] } };
    const plan = replan(reference(), { today: '2023-10-05', steps });
    expect(stepOf(plan, 'field').occurrences?.earliest).toEqual([
      '2023-09-13',
      '2023-09-20',
      '2023-10-11',
      '2023-10-18',
      '2023-10-25',
      '2023-11-08',
    ]);
    expect(stepOf(plan, 'field').slackWorkingDays).toBe(-5);
  });

  test('has no step that starts after its end, also where sessions were held later than any plan allows', () => {
    const held = ['2024-02-07', '2024-02-14', '2024-02-21', '2024-02-28', '2024-03-06', '2024-03-13'];
    const steps = { ...asForeseen('field'), field: { start: '2024-02-07', finish: '2024-03-13', occurrences: held } };
    const plan = replan(reference(), { today: '2024-03-14', steps });
    expect(stepOf(plan, 'outcome-approval').earliest.finish).toBeNull(); // no sitting is left, so the target does not move
    for (const { id, earliest, latest } of plan.steps)
      for (const { start, finish } of [earliest, latest])
        expect([id, start === null || finish === null || start <= finish, start, finish]).toEqual([id, true, start, finish]);
  });

  test('waits for the sitting for which its file is in, and for its own when that has passed', () => {
    const waiting = { ...asForeseen('outcome-approval'), 'outcome-approval': { start: '2023-11-24', sitting: '2024-01-22' } };
    const plan = replan(reference(), { today: '2024-01-10', steps: waiting });
    expect(stepOf(plan, 'outcome-approval')).toMatchObject({ earliest: { finish: '2024-01-22' }, slackWorkingDays: 3 });
    const unheld = replan(reference(), { today: '2024-01-24', steps: waiting });
    expect(stepOf(unheld, 'outcome-approval').earliest.finish).toBe('2024-01-24');
    expect(stepOf(unheld, 'restitution').earliest.finish).toBe('2024-01-25');
  });

  test('that is over has no slack left to measure, and no problem', () => {
    const steps = { ...asForeseen('restitution'), restitution: { start: '2024-01-26', finish: '2024-01-26' } };
    expect(replan(reference(), { today: '2024-02-01', steps })).toMatchObject({ slackWorkingDays: null, feasible: true, problems: [] });
  });

  test('once its target has moved, has room for everything that is left', () =>
    fc.assert(
      fc.property(editions, fc.nat({ max: 400 }), (edition, days) => {
        const today = calendarOf(edition.territory).addDays(edition.start, days);
        const plan = replan(edition, { today, steps: {} });
        for (const { latest, earliest } of plan.steps) expect((latest.start ?? '') >= (earliest.start ?? '')).toBe(true);
        expect(plan.target >= edition.target).toBe(true);
      }),
      { numRuns: runs(60) },
    ));
});

test('an edition that is to come begins on its first working day, and no longer on that day', () => {
  const edition = { start: '2026-01-03' }; // a Saturday
  const calendar = calendarOf(reference().territory);
  const seen = (date: string, time: string) => beginsOn(edition, { calendar, at: calendar.instantAt(date, time) });
  expect(seen('2025-11-30', '10:00')).toBe('2026-01-05');
  expect(seen('2026-01-04', '23:59')).toBe('2026-01-05');
  expect(seen('2026-01-05', '00:00')).toBeUndefined();
  expect(seen('2026-02-01', '10:00')).toBeUndefined();
});
