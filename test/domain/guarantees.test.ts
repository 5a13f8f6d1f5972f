import { describe, expect, test } from '@jest/globals';
import { calendarOf } from '../../domain/calendar.js';
import { type GuaranteedAsk, type GuaranteedMail, guarantees } from '../../rehearsal/guarantees.js';

const calendar = calendarOf({ timezone: 'Europe/Paris', holidays: 'FR', closures: [], schoolHolidays: [] });
const publicUrl = 'https://troismains.example';
const at = (date: string, time = '09:00') => calendar.instantAt(date, time);

const ask: GuaranteedAsk = {
  id: 'ask',
  openedAt: at('2026-01-05'),
  closedAt: at('2026-01-16', '15:00'),
  people: [
    { person: 'pmi', seat: 'pmi', closed: 'answered', closedAt: at('2026-01-14', '10:00') },
    { person: 'dg', seat: 'dg', closed: 'not-needed', closedAt: at('2026-01-16', '15:00') },
    { person: 'dga', seat: 'dg', closed: 'answered', closedAt: at('2026-01-15', '11:00') },
    { person: 'enfance', seat: 'enfance', closed: 'delegated', closedAt: at('2026-01-07', '12:00') },
    { person: 'adjointe', seat: 'enfance', closed: 'answered', closedAt: at('2026-01-16', '15:00') },
  ],
};
const mail = (person: string, when: number, rung: string, about?: string): GuaranteedMail => ({
  at: when,
  person,
  asks: [{ ask: 'ask', rung, ...(about === undefined ? {} : { about }) }],
  text: `Répondre : ${publicUrl}/a/abc/def`,
});
const broken = (...mails: GuaranteedMail[]) =>
  guarantees({ asks: [ask], mails, calendar, publicUrl }).flatMap(({ name, violations }) => (violations.length > 0 ? [name] : []));

const opening = mail('pmi', at('2026-01-05'), 'opening');

describe('the guarantees', () => {
  test('hold for a ladder that keeps them, and say how often they were put to the test', () => {
    const mails = [opening, mail('pmi', at('2026-01-07'), 'before-2'), mail('labo', at('2026-01-13'), 'late-2', 'pmi')];
    const checked = guarantees({ asks: [ask], mails, calendar, publicUrl });
    expect(checked.map(({ checked: times, violations }) => [times, violations])).toEqual([
      [3, []],
      [3, []],
      [1, []],
      [3, []],
      [2, []],
      [3, []],
    ]);
  });

  test.each<[string, string, GuaranteedMail[]]>([
    [
      'a mail after the answer',
      'nothing about an ask before it opens, after its answer or after its end',
      [mail('pmi', at('2026-01-15'), 'late-2')],
    ],
    [
      'an escalation after the answer',
      'nothing about an ask before it opens, after its answer or after its end',
      [mail('labo', at('2026-01-15'), 'late-2', 'pmi')],
    ],
    [
      "a mail after a substitute's answer",
      'nothing about an ask before it opens, after its answer or after its end',
      [mail('dg', at('2026-01-16'), 'late-5')],
    ],
    [
      'a mail to somebody who named a delegate',
      'nothing about an ask before it opens, after its answer or after its end',
      [mail('enfance', at('2026-01-08'), 'due')],
    ],
    [
      'a mail after the end',
      'nothing about an ask before it opens, after its answer or after its end',
      [mail('dg', at('2026-01-19'), 'late-5')],
    ],
    [
      'a mail before the opening',
      'nothing about an ask before it opens, after its answer or after its end',
      [mail('pmi', at('2026-01-02'), 'opening')],
    ],
    [
      'a mail about no ask',
      'nothing about an ask before it opens, after its answer or after its end',
      [{ ...opening, asks: [{ ask: 'other', rung: 'due' }] }],
    ],
    ['a rung sent twice', 'each rung once per addressee and person it is about', [opening, mail('pmi', at('2026-01-08'), 'opening')]],
    ['two mails a day apart', 'mails about one ask are two working days apart', [mail('pmi', at('2026-01-06'), 'before-2'), opening]],
    [
      'two mails over a week-end',
      'mails about one ask are two working days apart',
      [mail('pmi', at('2026-01-09'), 'before-2'), mail('pmi', at('2026-01-12'), 'due')],
    ],
    ['a mail on a Sunday', 'never on a day off, never outside 8 to 19 h', [mail('pmi', at('2026-01-11'), 'due')]],
    ['a mail at seven in the evening', 'never on a day off, never outside 8 to 19 h', [mail('pmi', at('2026-01-06', '19:00'), 'due')]],
    ['a mail without its link', 'each carries the link', [{ ...opening, text: 'Répondez vite.' }]],
  ])('see %s', (_, name, mails) => {
    expect(broken(...mails)).toEqual([name]);
  });

  test('see two mails of reminders on one day, but not an opening beside one', () => {
    const other: GuaranteedAsk = { ...ask, id: 'other' };
    const reminder = { ...mail('pmi', at('2026-01-07', '14:00'), 'before-2'), asks: [{ ask: 'other', rung: 'before-2' }] };
    const seen = (second: GuaranteedMail) =>
      guarantees({ asks: [ask, other], mails: [mail('pmi', at('2026-01-07'), 'before-2'), second], calendar, publicUrl }).filter(
        ({ violations }) => violations.length > 0,
      );
    expect(seen(reminder).map(({ name }) => name)).toEqual(['at most one mail of reminders per person and day']);
    expect(seen({ ...reminder, asks: [{ ask: 'other', rung: 'opening' }] })).toEqual([]);
  });
});
