import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type EventView, eventEntry } from '../../domain/eventwords.js';
import { type IcsEntry, icsOf } from '../../domain/ics.js';
import { readIcs } from '../support/ics.js';

const entry: IcsEntry = {
  uid: 'e.field.p-01.1.session@troismains',
  summary: 'Séance 1 : Parcours périnatalité',
  description: 'Édition 2023',
  when: { first: '2023-03-26', last: '2023-03-26' },
  changedAt: Date.UTC(2023, 2, 1, 8),
  sequence: 2,
};
const calendar = (change: Partial<IcsEntry> = {}) => icsOf({ locale: 'fr', entries: [{ ...entry, ...change }] });

describe('a calendar', () => {
  test('has whole days as civil dates, whose end is exclusive, and blocks nobody: also on the day on which the hour changes', () => {
    const [event] = readIcs(calendar()).events;
    expect(event).toMatchObject({ start: '2023-03-26', end: '2023-03-27', status: 'CONFIRMED', sequence: 2, stamp: '20230301T080000Z' });
    expect(event?.properties).toContainEqual({ name: 'TRANSP', parameters: {}, value: 'TRANSPARENT' });
    const [long] = readIcs(calendar({ when: { first: '2023-10-27', last: '2023-10-31' } })).events;
    expect([long?.start, long?.end]).toEqual(['2023-10-27', '2023-11-01']);
  });

  test('has instants in UTC, on either side of a change of hour, so that no zone has to be described', () => {
    const at = (text: string) => readIcs(calendar({ when: { at: Date.parse(text) } })).events[0];
    expect(at('2023-10-28T19:00:00+02:00')?.start).toBe('20231028T170000Z');
    expect(at('2023-10-30T19:00:00+01:00')).toMatchObject({ start: '20231030T180000Z' });
    expect(at('2023-10-30T19:00:00+01:00')?.end).toBeUndefined();
    expect(calendar()).not.toContain('TZID');
  });

  test('names its zone and how often to read it again when it is a feed', () => {
    const { properties } = readIcs(icsOf({ locale: 'fr', name: 'Val, d;Oise', timezone: 'Europe/Paris', entries: [] }));
    const value = (name: string) => properties.find((p) => p.name === name)?.value;
    expect([value('X-WR-TIMEZONE'), value('X-WR-CALNAME'), value('X-PUBLISHED-TTL'), value('METHOD')]).toEqual([
      'Europe/Paris',
      'Val\\, d\\;Oise',
      'PT4H',
      undefined,
    ]);
  });

  test.each([{}, { timezone: 'America/Guadeloupe' }])('holds a component when it has no event: %j', (change) => {
    expect(readIcs(icsOf({ locale: 'fr', ...change, entries: [] })).events).toEqual([]);
    expect(icsOf({ locale: 'fr', ...change, entries: [] }).match(/^BEGIN:VTIMEZONE\r$/gm)).toHaveLength(1);
    expect(calendar(change as Partial<IcsEntry>)).not.toContain('VTIMEZONE');
  });

  test('invites its reader alone, and asks for no answer', () => {
    const organizer = { name: 'Édition "2023"; Val', email: 'ne-pas-repondre@troismains.example' };
    const [event] = readIcs(
      icsOf({
        ...{ locale: 'fr', entries: [entry] },
        invitation: { method: 'REQUEST', organizer, attendee: { name: 'Zoé, PMI', email: 'pmi@x.example' } },
      }),
    ).events;
    const people = event?.properties.filter(({ name }) => name === 'ATTENDEE' || name === 'ORGANIZER');
    expect(people?.map(({ name, parameters: { CN, RSVP }, value }) => [name, CN, RSVP, value.toLowerCase()])).toEqual([
      ['ORGANIZER', "Édition '2023'; Val", undefined, 'mailto:ne-pas-repondre@troismains.example'],
      ['ATTENDEE', 'Zoé, PMI', 'FALSE', 'mailto:pmi@x.example'],
    ]);
  });
});

describe('what people typed', () => {
  const nasty = [
    'Titre\r\nATTENDEE:mailto:tout-le-monde@example.org',
    'a;b,c\\d:e"f\nEND:VEVENT\nBEGIN:VEVENT',
    `${'é'.repeat(200)}${'👩‍👩‍👧'.repeat(40)}`,
    '\u0000\u0007\u001b[31m\u202egnp.exe\u2028x\ud800',
    '\\n\\,',
    '',
  ];
  const holds = (evil: string) => {
    const party = { name: evil, email: 'a@b.example' };
    const text = icsOf({
      ...{ locale: 'fr', name: evil, timezone: 'Europe/Paris', invitation: { method: 'REQUEST', organizer: party, attendee: party } },
      entries: [{ ...entry, summary: evil, description: `${evil}\n${evil}` }],
    });
    const { events, method } = readIcs(text);
    expect([method, events.length, events[0]?.uid]).toEqual(['REQUEST', 1, entry.uid]);
    expect(events[0]?.properties.filter(({ name }) => name === 'ATTENDEE')).toHaveLength(1);
    return events[0]?.summary;
  };

  test.each(nasty)('stays a text: %j', (evil) => {
    holds(evil);
  });

  test('stays a text, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 120 }), (evil) => void holds(evil)));
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(';', ',', '\\', '"', ':', '\n', '\r', 'n', 'é', '👧'), maxLength: 120 }),
        (evil) => void holds(evil),
      ),
    );
  });

  test('is read back as it was typed, on one line', () => {
    expect(holds('L\'été, "ensemble" ; \\o/ :\n fin')).toBe('L\'été, "ensemble" ; \\o/ : fin');
  });
});

describe('an event in words', () => {
  const event: EventView = {
    ...{ uid: 'u', sequence: 1, state: 'confirmed', changedAt: 0, kind: 'session', step: 'field', first: '2023-09-06', last: '2023-09-06' },
    ...{ project: 'Parler avant', number: '3' },
  };
  const titles = (locale: 'fr' | 'en', change: Partial<EventView>) =>
    eventEntry({ ...event, ...change }, { locale, edition: 'Édition 2023' }).summary;

  test.each([
    [{}, 'Séance 3 – Parler avant', 'Session 3 – Parler avant'],
    [{ state: 'cancelled' }, 'Annulé : Séance 3 – Parler avant', 'Cancelled: Session 3 – Parler avant'],
    [{ kind: 'pitch', step: 'pitch', project: undefined }, 'Présentation des projets au jury', 'The projects are presented to the jury'],
    [
      { kind: 'sitting', step: 'outcome-approval', body: 'Commission permanente' },
      'Commission permanente – Parler avant',
      'Commission permanente – Parler avant',
    ],
    [{ kind: 'introduction', step: 'introductions', other: 'Ana' }, 'Rencontre avec Ana – Parler avant', 'Meeting with Ana – Parler avant'],
    [{ kind: 'introduction', step: 'introductions' }, 'Rencontre – Parler avant', 'Meeting – Parler avant'],
  ] as const)('%j', (change, fr, en) => {
    expect([titles('fr', change as Partial<EventView>), titles('en', change as Partial<EventView>)]).toEqual([fr, en]);
  });
});
