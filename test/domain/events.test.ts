import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changesOf, type Entry, type EventAsk, type Foreseen, pitchAhead, sessionsOf, uidOf } from '../../domain/events.js';

const today = '2023-09-04';
const when = { edition: 'e', today };
const session = (part: string, first: string, people = ['ana']): Foreseen => ({
  ...{ kind: 'session', step: 'field', project: 'p-01', part, first, last: first, people },
});
/** What calendars hold once changes were told. */
const toldAll = (known: readonly Entry[], changes: readonly Entry[]): Entry[] => {
  const all = new Map([...known, ...changes].map((entry) => [`${entry.uid} ${entry.person}`, entry]));
  return [...all.values()];
};
const brief = (entries: readonly Entry[]) =>
  entries.map(({ uid, person, first, state, sequence }) => `${uid.split('@')[0]} ${person ?? '–'} ${first} ${state} ${sequence}`).sort();

describe('what calendars are told', () => {
  test('a new event, once: in the calendars of its people and in the feed of the edition', () => {
    const foreseen = [session('1', '2023-09-06', ['ana', 'bo', 'ana'])];
    const changes = changesOf([], foreseen, when);
    expect(brief(changes)).toEqual([
      'e.field.p-01.1.session ana 2023-09-06 confirmed 0',
      'e.field.p-01.1.session bo 2023-09-06 confirmed 0',
      'e.field.p-01.1.session – 2023-09-06 confirmed 0',
    ]);
    expect(changesOf(changes, foreseen, when)).toEqual([]);
  });

  test('another day under the same id, its sequence raised; then that it does not take place', () => {
    const set = changesOf([], [session('1', '2023-09-06')], when);
    const moved = changesOf(set, [session('1', '2023-09-13')], when);
    expect(brief(moved)).toContain('e.field.p-01.1.session ana 2023-09-13 confirmed 1');
    const dropped = changesOf(toldAll(set, moved), [], when);
    expect(brief(dropped)).toContain('e.field.p-01.1.session ana 2023-09-13 cancelled 2');
    const back = changesOf(toldAll(set, dropped), [session('1', '2023-09-13')], when);
    expect(brief(back)).toContain('e.field.p-01.1.session ana 2023-09-13 confirmed 3');
  });

  test('nobody of what is past: neither that it is gone, nor that it was', () => {
    const past = changesOf([], [session('1', '2023-08-30')], { ...when, today: '2023-08-28' });
    expect(changesOf(past, [], when)).toEqual([]);
    expect(changesOf([], [session('2', '2023-08-30')], when)).toEqual([]);
    expect(brief(changesOf(past, [session('1', '2023-09-19')], when))).toContain('e.field.p-01.1.session ana 2023-09-19 confirmed 1');
  });

  test('whoever is no longer concerned, and nobody else', () => {
    const set = changesOf([], [session('1', '2023-09-06', ['ana', 'bo'])], when);
    expect(brief(changesOf(set, [session('1', '2023-09-06', ['ana'])], when))).toEqual([
      'e.field.p-01.1.session bo 2023-09-06 cancelled 1',
    ]);
  });

  test('whatever happens in whatever order: what was told adds up to what is foreseen, and sequences only rise', () => {
    const day = fc.integer({ min: 4, max: 28 }).map((n) => `2023-09-${String(n).padStart(2, '0')}`);
    const world = fc.uniqueArray(fc.tuple(fc.constantFrom('1', '2', '3'), day, fc.subarray(['ana', 'bo', 'cy'])), {
      selector: ([part]) => part,
    });
    fc.assert(
      fc.property(fc.array(world, { maxLength: 8 }), (worlds) => {
        let told: Entry[] = [];
        for (const events of worlds) {
          const foreseen = events.map(([part, first, people]) => session(part, first, people));
          const changes = changesOf(told, foreseen, when);
          for (const change of changes) {
            const before = told.find(({ uid, person }) => uid === change.uid && person === change.person);
            expect(change.sequence).toBe((before?.sequence ?? -1) + 1);
          }
          told = toldAll(told, changes);
          const stands = told.filter(({ state }) => state === 'confirmed').map(({ uid, person, first }) => `${uid} ${person} ${first}`);
          const truth = foreseen.flatMap((event) =>
            [null, ...event.people].map((person) => `${uidOf('e', event)} ${person} ${event.first}`),
          );
          expect(stands.sort()).toEqual(truth.sort());
        }
      }),
    );
  });
});

test('an event keeps its id whatever its day, and no two events have the same', () => {
  const ids = [
    uidOf('e', { kind: 'pitch', step: 'pitch' }),
    uidOf('e', { kind: 'session', step: 'field', project: 'p-01', part: '1' }),
    uidOf('e', { kind: 'session', step: 'field', project: 'p-01', part: '11' }),
    uidOf('e', { kind: 'sitting', step: 'outcome-approval', project: 'p-01' }),
    uidOf('e', { kind: 'sitting', step: 'outcome-approval', project: 'p-01', part: 'v2' }),
    uidOf('e', { kind: 'introduction', step: 'introductions', project: 'p-01', part: 'm-01' }),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids[1]).toBe('e.field.p-01.1.session@troismains');
});

describe('the days of sessions', () => {
  const ask = (id: string, more: Partial<EventAsk>): EventAsk => ({
    ...{
      id,
      kind: 'session',
      project: 'p-01',
      part: null,
      generation: 1,
      about: null,
      due: today,
      outcome: null,
      closed_on: null,
      result: null,
      items: null,
    },
    ...more,
  });
  const days = ['2023-09-06', '2023-09-13', '2023-09-20'];

  test('are those that were fixed, before anything is asked', () => {
    expect(sessionsOf(days, [])).toEqual(days.map((day, index) => ({ part: String(index + 1), day })));
  });

  test('move with the session that was moved, twice if need be, also past the next one', () => {
    const asks = [
      ask('s1', { part: '2023-09-06', outcome: 'complete', result: 'no' }),
      ask('d1', { kind: 'decide', about: 's1', result: 'move', items: ['2023-09-20'] }),
      ask('s3', { part: '2023-09-20' }),
      ask('s1b', { part: '2023-09-20', generation: 2, outcome: 'none' }),
      ask('d2', { kind: 'decide', about: 's1b', generation: 2, result: 'move', items: ['2023-09-28'] }),
    ];
    expect(sessionsOf(days, asks.slice(0, 2)).map(({ day }) => day)).toEqual(['2023-09-20', '2023-09-13', '2023-09-20']);
    expect(sessionsOf(days, asks).map(({ day }) => day)).toEqual(['2023-09-28', '2023-09-13', '2023-09-20']);
  });

  test('fall away with one that is dropped, or closed before its day; not with one closed after it', () => {
    const dropped = [ask('s1', { part: '2023-09-06', outcome: 'none' }), ask('d1', { kind: 'decide', about: 's1', result: 'drop' })];
    expect(sessionsOf(days, dropped).map(({ part }) => part)).toEqual(['2', '3']);
    const closed = (on: string) => [ask('s2', { part: '2023-09-13', outcome: 'closed', closed_on: on })];
    expect(sessionsOf(days, closed('2023-09-11')).map(({ part }) => part)).toEqual(['1', '3']);
    expect(sessionsOf(days, closed('2023-09-14')).map(({ part }) => part)).toEqual(['1', '2', '3']);
  });
});

test('a pitch that is still prepared keeps the day it was given until that day has come', () => {
  const on = (day: string) => ({ first: day, last: day });
  const ahead = { planned: on('2023-09-18'), latest: on('2023-09-29'), preparing: true, today };
  expect(pitchAhead({ ...ahead, announced: undefined })).toEqual(on('2023-09-18'));
  expect(pitchAhead({ ...ahead, announced: on('2023-09-14') })).toEqual(on('2023-09-14'));
  expect(pitchAhead({ ...ahead, announced: on(today) })).toEqual(on('2023-09-29'));
  expect(pitchAhead({ ...ahead, latest: on('2023-09-01'), announced: on(today) })).toEqual(on('2023-09-18'));
  expect(pitchAhead({ ...ahead, announced: on(today), preparing: false })).toEqual(on(today));
  expect(pitchAhead({ ...ahead, planned: undefined, latest: undefined, announced: on(today) })).toEqual(on(today));
});
