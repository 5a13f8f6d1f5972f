import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { dueInstant } from '../../domain/asks/timing.js';
import { calendarOf } from '../../domain/calendar.js';
import { readEdition } from '../../domain/edition.js';
import { fits, marksCloseAt, slotsOf } from '../../domain/juryday.js';
import { REFERENCE, textOf } from './editions.js';

const shown = /```yaml\nplan:\n {2}(pitch: .*)\n```/.exec(readFileSync('docs/forms.md', 'utf8'))?.[1] ?? '';
const withDay = (pitch: string) => readEdition(textOf(REFERENCE).replace('pitch: { date: 2023-06-15 }', pitch));
const paths = (pitch: string) => {
  const read = withDay(pitch);
  return read.ok ? [] : read.problems.map(({ path }) => path);
};
const day = { from: '09:00', to: '13:00', perPitch: 25, breaks: [{ at: '10:30', minutes: 15 }] };

test('pitches follow one another; one that would run into a break begins after it', () => {
  expect(slotsOf(day, 6).map(({ from, to }) => `${from}-${to}`)).toEqual([
    ...['09:00-09:25', '09:25-09:50', '09:50-10:15', '10:45-11:10', '11:10-11:35', '11:35-12:00'],
  ]);
  expect(slotsOf({ ...day, breaks: [] }, 2)[1]).toEqual({ from: '09:25', to: '09:50' });
  expect([fits(day, 8), fits(day, 9), fits(day, 0)]).toEqual([true, false, true]);
});

test('marks close at 19:00, or two hours after the end of the day', () => {
  expect([undefined, day, { ...day, to: '18:00' }, { ...day, to: '23:00' }].map((one) => marksCloseAt(one))).toEqual([
    '19:00',
    '19:00',
    '20:00',
    '23:59',
  ]);
  const calendar = calendarOf({ timezone: 'Europe/Paris', holidays: 'FR', closures: [], schoolHolidays: [] });
  expect(new Date(dueInstant('score', '2023-06-15', calendar, { juryDay: { ...day, to: '18:00' } })).toISOString()).toBe(
    '2023-06-15T18:00:00.000Z',
  );
  expect(new Date(dueInstant('score', '2023-06-15', calendar, {})).toISOString()).toBe('2023-06-15T17:00:00.000Z');
});

describe('in an edition file', () => {
  test('it is as docs/forms.md shows it', () => {
    const read = withDay(shown);
    expect(read).toMatchObject({
      ok: true,
      edition: { juryDay: { ...day, place: 'Hôtel du Département' }, plan: { pitch: { kind: 'pin', date: '2023-06-15' } } },
    });
  });

  test.each([
    ['that ends before it begins', shown.replace('"13:00"', '"08:00"'), ['plan.pitch.to']],
    ['too short for all who may be heard', shown.replace('"13:00"', '"11:00"'), ['plan.pitch.to']],
    ['with an hour that there is not', shown.replace('"09:00"', '"24:00"'), ['plan.pitch.from']],
    ['without its end', shown.replace(', to: "13:00"', ''), ['plan.pitch.to']],
    ['with a length in words', shown.replace('25min', 'vite'), ['plan.pitch.perPitch']],
    [
      'of another step',
      `${shown}\n  roadmap: ${shown.slice('pitch: '.length)}`,
      ['from', 'to', 'perPitch', 'place', 'breaks'].map((key) => `plan.roadmap.${key}`),
    ],
  ])('it is refused %s', (_, pitch, found) => {
    expect(paths(pitch)).toEqual(found);
  });
});
