import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calendarOf } from '../../domain/calendar.js';
import { lookFor, spreadMs } from '../../domain/looks.js';
import { reference } from './editions.js';

const calendar = calendarOf(reference().territory);
const nine = calendar.instantAt('2027-06-07', '09:00');

describe('the looks of one morning', () => {
  test('are spread over five minutes, evenly, and always alike for one edition', () => {
    const minutes = [0, 0, 0, 0, 0];
    for (let n = 0; n < 1_000; n++) {
      const look = lookFor(nine, `essais-${n}-2027`, calendar);
      expect(look).toBe(lookFor(nine, `essais-${n}-2027`, calendar));
      const minute = Math.floor((look - nine) / 60_000);
      minutes[minute] = (minutes[minute] ?? Number.NaN) + 1;
    }
    for (const looks of minutes) expect(Math.abs(looks - 200)).toBeLessThan(50);
  });

  test('are never before their instant, nor five minutes after it, whatever the edition and the day', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 0, max: 700 }), (edition, days) => {
        const morning = calendar.instantAt(calendar.dateOf(nine + days * 86_400_000), '09:00');
        const look = lookFor(morning, edition, calendar);
        expect(look >= morning && look < morning + spreadMs).toBe(true);
      }),
    );
  });

  test('leave every other instant as it is', () => {
    for (const at of [
      nine - 1,
      nine + 1,
      nine + 30_000,
      calendar.instantAt('2027-06-07', '14:00'),
      calendar.instantAt('2027-06-08', '00:00'),
    ])
      expect(lookFor(at, 'essais-2027', calendar)).toBe(at);
  });
});
