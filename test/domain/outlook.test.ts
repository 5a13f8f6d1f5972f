import { expect, test } from '@jest/globals';
import { substituteFor } from '../../domain/asks/outlook.js';
import type { OpenAsk, Place } from '../../domain/asks/place.js';
import { calendarOf } from '../../domain/calendar.js';

const calendar = calendarOf({ timezone: 'Europe/Paris', holidays: 'FR', closures: [], schoolHolidays: [] });
const ask: OpenAsk = { kind: 'relay', openedAt: calendar.instantAt('2027-03-01', '09:00'), due: '2027-03-26' };
const placeOf = (n: number): Place => ({ person: `p-${n}`, seat: `p-${n}`, joined: 'asked', joinedAt: ask.openedAt, closed: null });

/** Who stands in for the first of so many, and how often the calendar was asked about ladders. */
function standsInFor(size: number, substituteOf: (n: number) => string | undefined) {
  let asked = 0;
  const counting = new Proxy(calendar, {
    get(target, name, receiver) {
      asked += 1;
      return Reflect.get(target, name, receiver);
    },
  });
  const places = Array.from({ length: size }, (_, n) => placeOf(n));
  const known = (person: string) => ({
    role: 'relay',
    substitute: person.startsWith('p-') ? substituteOf(Number(person.slice(2))) : undefined,
  });
  const around = { known, inOrder: [], calendar: counting, places };
  const substitute = substituteFor(ask, places[0] as Place, around);
  return { substitute, asked };
}

test('who stands in for somebody costs no look at the ladders of thousands who have another substitute, or none', () => {
  const few = standsInFor(2, (n) => `s-${n}`);
  const many = standsInFor(2_000, (n) => `s-${n}`);
  expect(many).toEqual(few);
  expect(few).toMatchObject({ substitute: 's-0' });
  expect(few.asked).toBeGreaterThan(0);
  expect(standsInFor(2_000, () => undefined)).toEqual({ substitute: undefined, asked: 0 });
});

test('a substitute of two people stands in for the first of them where both turns come at once', () => {
  expect(standsInFor(2, () => 's').substitute).toBe('s');
});
