import { describe, expect, test } from '@jest/globals';
import { onlySilent } from '../../domain/asks/extension.js';
import { leavesAt } from '../../domain/asks/reminders.js';
import { calendarOf } from '../../domain/calendar.js';
import { judgesApplications, mayHoldSeat } from '../../domain/judging.js';
import { isRecused, mayScore } from '../../domain/jury.js';
import { allIfFewer, isHeard } from '../../domain/selection.js';
import { reference } from './editions.js';

describe('a recused juror', () => {
  const interests = [{ application: 'a-01', person: 'dg' }];

  test('is kept from the application they, or whoever they stand in for, declared an interest in', () => {
    expect(isRecused(interests, 'a-01', 'dg', null)).toBe(true);
    expect(isRecused(interests, 'a-01', 'dg-1', 'dg')).toBe(true);
    expect(isRecused(interests, 'a-02', 'dg', null)).toBe(false);
    expect(isRecused(interests, 'a-01', 'pmi', null)).toBe(false);
  });

  test('does not score at all, where it was the only one that is heard', () => {
    expect(mayScore(interests, [{ id: 'a-01' }], 'dg')).toBe(false);
    expect(mayScore(interests, [{ id: 'a-01' }, { id: 'a-02' }], 'dg')).toBe(true);
    expect(mayScore(interests, [], 'pmi')).toBe(false);
  });
});

describe('an applicant', () => {
  test('may not judge: not sort, not sit, not score, not approve the selection', () => {
    for (const kind of ['eligibility', 'shortlist', 'seat', 'interests', 'score', 'deliberation'] as const)
      expect(mayHoldSeat({ kind, step: 'pitch' }, { hasSubmitted: true })).toBe(false);
    expect(mayHoldSeat({ kind: 'approve', step: 'selection-approval' }, { hasSubmitted: true })).toBe(false);
    expect(mayHoldSeat({ kind: 'score', step: 'pitch' }, { hasSubmitted: false })).toBe(true);
  });

  test('may answer what judges nobody', () => {
    for (const kind of ['interview', 'relay', 'prepare', 'introduction', 'report'] as const)
      expect(judgesApplications({ kind, step: 'interviews' })).toBe(false);
    expect(mayHoldSeat({ kind: 'approve', step: 'roadmap-approval' }, { hasSubmitted: true })).toBe(true);
  });
});

test('a list has between its minimum and maximum, and all of them if they are fewer', () => {
  expect(allIfFewer({ min: 6, max: 7 }, 9)).toEqual({ min: 6, max: 7 });
  expect(allIfFewer({ min: 6, max: 7 }, 6)).toEqual({ min: 6, max: 6 });
  expect(allIfFewer({ min: 6, max: 7 }, 2)).toEqual({ min: 2, max: 2 });
});

test('whoever left the selection is not heard', () => {
  expect(isHeard({ shortlisted: true, out: false })).toBe(true);
  expect(isHeard({ shortlisted: true, out: true })).toBe(false);
  expect(isHeard({ shortlisted: false, out: false })).toBe(false);
});

test('an extension asks only the silent, and whoever said no', () => {
  const seats = [{ seat: 'pmi' }, { seat: 'dg' }, { seat: 'enfance' }];
  const heard = [
    { seat: 'pmi', decision: 'yes' },
    { seat: 'dg', decision: 'no' },
  ];
  expect(onlySilent(seats, heard)).toEqual([{ seat: 'dg' }, { seat: 'enfance' }]);
  expect(onlySilent(seats, [{ seat: 'dg', decision: null }])).toEqual([{ seat: 'pmi' }, { seat: 'enfance' }]);
  expect(onlySilent(seats, [])).toEqual(seats);
});

describe('one reminder mail a person and day', () => {
  const calendar = calendarOf(reference().territory);
  const friday = calendar.instantAt('2023-09-15', '10:30');
  const leaves = (own: Partial<Parameters<typeof leavesAt>[0]>) =>
    leavesAt({ rung: 'due', at: friday, remindedToday: false, calendar, ...own });

  test('is what the next one waits for, until the next working day', () => {
    expect(leaves({})).toBe(friday);
    expect(leaves({ remindedToday: true })).toBe(calendar.instantAt('2023-09-18', '09:00'));
  });

  test('is not a first request, which waits for nothing but working hours', () => {
    expect(leaves({ rung: 'opening', remindedToday: true })).toBe(friday);
    const night = calendar.instantAt('2023-09-15', '20:00');
    expect(leaves({ rung: 'opening', at: night })).toBe(calendar.instantAt('2023-09-18', '09:00'));
  });
});
