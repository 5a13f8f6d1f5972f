import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CalendarSource, calendarOf } from '../../domain/calendar.js';
import { alertWords } from '../../domain/watch/words.js';
import { ALERT_KINDS, type EditionFacts, standstills, type WatchFacts, workingMsBetween } from '../../domain/watch.js';
import { alert } from '../../mail/templates/alert.js';

const territory: CalendarSource = {
  timezone: 'Europe/Paris',
  holidays: 'FR',
  closures: [{ from: '2027-08-02', to: '2027-08-06' }],
  schoolHolidays: [],
};
const calendar = calendarOf(territory);
const on = (date: string, time: string) => calendar.instantAt(date, time);
const minute = 60_000;
const hour = 60 * minute;
const day = 11 * hour;

describe('working time', () => {
  test.each([
    ['within a day', ['2027-06-07', '09:00'], ['2027-06-07', '10:30'], 1.5],
    ['before and after the working hours', ['2027-06-07', '05:00'], ['2027-06-07', '23:00'], 11],
    ['over a night', ['2027-06-07', '18:30'], ['2027-06-08', '08:30'], 1],
    ['over a week-end', ['2027-06-11', '18:30'], ['2027-06-14', '08:15'], 0.75],
    ['over 14 July, a Wednesday', ['2027-07-13', '18:00'], ['2027-07-15', '09:00'], 2],
    ['over a closure of the house', ['2027-07-30', '18:00'], ['2027-08-09', '09:00'], 2],
    ['over the change to summer time', ['2026-03-27', '18:00'], ['2026-03-30', '09:00'], 2],
    ['over the change to winter time', ['2027-10-29', '18:00'], ['2027-11-02', '08:30'], 1.5], // 1 November is a holiday
    ['between two Sundays', ['2027-06-06', '10:00'], ['2027-06-13', '22:00'], 55],
    ['backwards', ['2027-06-08', '10:00'], ['2027-06-07', '10:00'], 0],
  ] as const)('%s', (_, [from, at], [to, until], hours) => {
    expect(workingMsBetween(on(from, at), on(to, until), calendar)).toBe(hours * hour);
  });

  test('adds up, wherever it is cut', () => {
    const start = on('2027-03-20', '00:00');
    const instant = fc.integer({ min: 0, max: 20 * 24 * 60 }).map((minutes) => start + minutes * minute);
    fc.assert(
      fc.property(instant, instant, instant, (...instants) => {
        const [a = 0, b = 0, c = 0] = instants.sort((x, y) => x - y);
        expect(workingMsBetween(a, b, calendar) + workingMsBetween(b, c, calendar)).toBe(workingMsBetween(a, c, calendar));
      }),
    );
  });
});

const monday = on('2027-06-07', '11:00');
const quiet: EditionFacts['mail'] = { due: 0, dueSince: null, leftAt: null, lost: 0, recent: 0, lostSince: null };
const well: EditionFacts = {
  edition: 'e',
  calendar,
  at: monday,
  offsetMs: 0,
  status: 'running',
  closedAt: null,
  mail: quiet,
  incidents: [],
  owedSince: null,
  run: { running: true, attempts: 0, taskSince: null },
};
const look = (change: Partial<EditionFacts> = {}, more: Partial<WatchFacts> = {}) =>
  standstills({ realNow: monday, sweptAt: monday, runs: ['e'], ...more, editions: [{ ...well, ...change }] });
const kinds = (...given: Parameters<typeof look>) => look(...given).map(({ kind }) => kind);

describe('mail stands still', () => {
  const due = (dueSince: number, leftAt: number | null = null) => ({ mail: { ...quiet, due: 3, dueSince, leftAt } });

  test('once it was due for an hour of working time and none left meanwhile', () => {
    expect(look(due(monday - hour))).toEqual([{ kind: 'mail-still', scope: 'e', since: monday - hour, count: 3 }]);
    expect(kinds(due(monday - hour + 1))).toEqual([]);
    expect(kinds(due(monday - 5 * hour, monday - hour + 1))).toEqual([]);
    expect(look(due(monday - 2 * hour, monday - hour))).toMatchObject([{ since: monday - hour }]);
  });

  test('not because a week-end went by', () => {
    const friday = on('2027-06-04', '18:30');
    expect(kinds({ ...due(friday), at: on('2027-06-07', '08:29') })).toEqual([]);
    expect(kinds({ ...due(friday), at: on('2027-06-07', '08:30') })).toEqual(['mail-still']);
  });

  test('since an instant of real time, on whatever clock the edition is', () => {
    const offsetMs = -40 * 365 * day;
    expect(look({ ...due(monday - hour), offsetMs })).toMatchObject([{ since: monday - hour - offsetMs }]);
  });
});

test('a few wrong addresses are nobody’s breakdown; many are', () => {
  const lost = (n: number, recent: number) => kinds({ mail: { ...quiet, lost: n, recent, lostSince: monday - day } });
  expect(lost(4, 5)).toEqual([]);
  expect(lost(1, 1)).toEqual([]);
  expect(lost(2, 2)).toEqual(['mail-lost']); // everybody: it is not their addresses
  expect(lost(5, 101)).toEqual([]);
  expect(lost(5, 100)).toEqual(['mail-lost']);
});

test('a whole edition that fails is told after an hour, one part of it after a working day', () => {
  const since = (scope: string, ms: number) => kinds({ incidents: [{ scope, since: monday - ms }], at: monday });
  for (const scope of ['review', 'delivery', 'start', 'edition']) {
    expect(since(scope, hour - 1)).toEqual([]);
    expect(since(scope, hour)).toEqual(['stuck']);
  }
  const friday = on('2027-06-04', '11:00');
  const part = { scope: 'project:p-01', since: friday };
  expect(kinds({ incidents: [part], at: on('2027-06-07', '10:59') })).toEqual([]);
  expect(look({ incidents: [part, { ...part, scope: 'mail:3' }] })).toMatchObject([{ kind: 'part-stuck', count: 2, since: friday }]);
});

test('an edition that is over has nothing left that can stand still but its mail', () => {
  const since = monday - 10 * day;
  const incidents = ['edition', 'project:p-01', 'e.roadmap.document.p-01.v1.-.g1', 'mail:3'].map((scope) => ({ scope, since }));
  expect(kinds({ incidents, status: 'paused' })).toEqual(['stuck', 'part-stuck']);
  for (const status of ['closed', 'cancelled'] as const) {
    expect(kinds({ incidents, status })).toEqual([]);
    expect(kinds({ incidents: [...incidents, { scope: 'delivery', since }], status })).toEqual(['stuck']);
  }
});

test('a wake that is owed for a quarter of an hour is late, while the edition runs', () => {
  expect(kinds({ owedSince: monday - 15 * minute })).toEqual([]);
  expect(kinds({ owedSince: monday - 15 * minute - 1 })).toEqual(['wake-owed']);
  expect(kinds({ owedSince: monday - hour, status: 'cancelled' })).toEqual([]);
});

test('links that were asked for in numbers and not sent are told from twenty on', () => {
  expect(kinds({ refused: { links: 19, since: monday } })).toEqual([]);
  expect(look({ refused: { links: 20, since: monday } })).toMatchObject([{ kind: 'links-refused', scope: 'e', count: 20, since: monday }]);
});

test('a journal that no longer verifies is told, whatever its edition does', () => {
  expect(look({ status: 'closed' }, { broken: [{ scope: 'e', since: monday - day }] })).toMatchObject([
    { kind: 'journal-broken', scope: 'e', since: monday - day },
  ]);
});

describe('the database and the engine disagree', () => {
  test('when an edition runs and nothing runs it', () => {
    const { run: _, ...lost } = well;
    expect(standstills({ realNow: monday, sweptAt: monday, runs: [], editions: [lost] })).toMatchObject([
      { kind: 'run-missing', since: monday },
    ]);
    expect(kinds({ run: { running: false, attempts: 0, taskSince: null } }, { runs: [] })).toEqual(['run-missing']);
  });

  test('when a run is left of an edition that ended more than a working day ago, or of none we know', () => {
    const closed = (closedAt: number) => kinds({ status: 'closed', closedAt });
    expect(closed(on('2027-06-04', '10:59'))).toEqual(['run-astray']);
    expect(closed(on('2027-06-04', '11:01'))).toEqual([]);
    expect(look({}, { runs: ['e', 'gone'] })).toEqual([{ kind: 'run-astray', scope: 'gone', since: monday, count: 1 }]);
  });

  test('not when the engine could not be asked', () => {
    const { run: _, ...unasked } = well;
    expect(standstills({ realNow: monday, sweptAt: monday, runs: undefined, editions: [unasked] })).toEqual([]);
  });
});

test('a workflow task that was tried twice fails', () => {
  const tried = (attempts: number) => look({ run: { running: true, attempts, taskSince: monday - hour } });
  expect(tried(1)).toEqual([]);
  expect(tried(2)).toEqual([{ kind: 'task-failing', scope: 'e', since: monday - hour, count: 2 }]);
});

test('a sweep that has not come by for ten minutes is late', () => {
  expect(kinds({}, { sweptAt: monday - 10 * minute })).toEqual([]);
  expect(look({}, { sweptAt: monday - 10 * minute - 1 })).toMatchObject([{ kind: 'sweep-late', scope: '' }]);
});

describe('an alert in words', () => {
  test.each(['fr', 'en'] as const)('says what, what people miss and what to type, in %s', (locale) => {
    for (const kind of ALERT_KINDS)
      for (const count of [1, 7]) {
        const { what, means, todo, commands } = alertWords({ kind, scope: 'essai-1', count }, locale);
        for (const text of [what, means, todo, ...commands]) expect(text).toMatch(/\S/);
        for (const text of [means, todo]) expect(text).toMatch(/[.]$/);
        if (locale === 'en') expect(`${what} ${means} ${todo}`).not.toMatch(/[éèàç]/);
      }
  });

  const told = { kind: 'mail-still', scope: 'e', count: 12, since: monday, title: 'Essai du Plateau', timezone: 'Europe/Paris' } as const;

  test('is one mail, however much stands still', () => {
    const { subject, text, html } = alert({
      open: [told, { kind: 'sweep-late', scope: '', count: 1, since: monday, timezone: 'Europe/Paris' }],
      over: [],
      at: monday + hour,
      locale: 'fr',
      url: 'https://essais.example/',
    });
    expect(subject).toBe('Trois Mains – Essai du Plateau : 12 messages ne partent pas, et une autre panne');
    expect(text).toContain('Depuis lundi 7 juin à 11 h.');
    expect(text).toContain('    troismains doctor\n    troismains mail list');
    expect(text).toContain('La ronde ne passe plus');
    expect(html).toContain('href="https://essais.example/"');
  });

  test('says that it is over, and how long it lasted', () => {
    const { subject, text } = alert({
      open: [],
      over: [{ ...told, overAt: monday + hour }],
      at: monday + hour,
      locale: 'en',
      url: 'https://essais.example/',
    });
    expect(subject).toBe('Trois Mains – over (Essai du Plateau: 12 mails do not leave)');
    expect(text).toContain('It lasted from Monday 7 June at 11:00 to Monday 7 June at 12:00.');
  });
});
