import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { calendarOf } from '../../domain/calendar.js';
import { LOCALES } from '../../domain/words.js';
import {
  GUARANTEE_WORDS,
  type GuaranteedAsk,
  type GuaranteedMail,
  guaranteeNames,
  guarantees,
  type Sent,
} from '../../rehearsal/guarantees.js';
import { requestId } from '../../store/asks.js';

const calendar = calendarOf({ timezone: 'Europe/Paris', holidays: 'FR', closures: [], schoolHolidays: [] });
const publicUrl = 'https://troismains.example';
const at = (date: string, time = '09:00') => calendar.instantAt(date, time);

const interview = { kind: 'interview', step: 'interviews', project: null, part: null, version: 1 } as const;
const ask: GuaranteedAsk = {
  ...interview,
  id: 'vexin.ask',
  openedAt: at('2026-01-05'),
  closedAt: at('2026-01-16', '15:00'),
  people: [
    { person: 'pmi', seat: 'pmi', closed: 'answered', closedAt: at('2026-01-14', '10:00') },
    { person: 'dg', seat: 'dg', closed: 'not-needed', closedAt: at('2026-01-16', '15:00') },
    { person: 'dga', seat: 'dg', closed: 'answered', closedAt: at('2026-01-15', '11:00') },
    { person: 'enfance', seat: 'enfance', closed: 'delegated', closedAt: at('2026-01-07', '12:00') },
    { person: 'adjointe', seat: 'enfance', closed: 'answered', closedAt: at('2026-01-16', '15:00') },
    { person: 'muet', seat: 'muet', closed: 'missed', closedAt: at('2026-01-16', '15:00') },
  ],
};
const request =
  'De votre place, quels sont les problèmes les plus aigus ? Dites aussi ce qui existe déjà, ce qui manque et les pistes que vous voyez : quelques lignes suffisent.';
const own = (person: string, id = ask.id) => `${publicUrl}/a/${requestId(id, person)}/seal`;
const console = `${publicUrl}/editions/vexin`;
const says = (...texts: string[]) => ({ plain: texts.join('\n'), html: texts.join('\n') });
const mail = (person: string, when: number, rung: string, about?: string): GuaranteedMail => ({
  at: when,
  person,
  asks: [{ ask: ask.id, rung, ...(about === undefined ? {} : { about }) }],
  text: says(request, 'Répondre', about === undefined ? own(person) : console),
  messageId: `${person}.${rung}@troismains`,
});
const check = (mails: readonly GuaranteedMail[], more: Partial<Sent> = {}) =>
  guarantees({ asks: [ask], mails, calendar, publicUrl, ...more });
const broken = (mails: readonly GuaranteedMail[], more: Partial<Sent> = {}) =>
  check(mails, more).flatMap(({ name, violations }) => violations.map((violation) => `${name}: ${violation}`));

const opening = mail('pmi', at('2026-01-05'), 'opening');
const kept = [opening, mail('pmi', at('2026-01-07'), 'before-2'), mail('labo', at('2026-01-13'), 'late-2', 'pmi')];

describe('the guarantees', () => {
  test('hold for a ladder that keeps them, and say how often they were put to the test', () => {
    expect(check(kept)).toEqual([
      { name: 'nothing-after-answer', checked: 3, violations: [] },
      { name: 'each-rung-once', checked: 3, violations: [] },
      { name: 'two-working-days-apart', checked: 1, violations: [] },
      { name: 'working-hours', checked: 3, violations: [] },
      { name: 'one-reminder-a-day', checked: 2, violations: [] },
      { name: 'link-and-request', checked: 3, violations: [] },
    ]);
  });

  test('have a sentence each, in each language', () => {
    const sentences = guaranteeNames.flatMap((name) => LOCALES.map((locale) => GUARANTEE_WORDS[name][locale]));
    expect(new Set(sentences).size).toBe(guaranteeNames.length * LOCALES.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}.*[^.]\.$/u);
  });

  test.each<[string, GuaranteedMail[], string]>([
    [
      'a mail after the answer',
      [mail('pmi', at('2026-01-15'), 'late-2')],
      'nothing-after-answer: 2026-01-15T09:00+01:00 person=pmi mail=pmi.late-2@troismains ask=vexin.ask rung=late-2 over=2026-01-14T10:00+01:00',
    ],
    [
      'an escalation after the answer',
      [mail('labo', at('2026-01-15'), 'late-2', 'pmi')],
      'nothing-after-answer: 2026-01-15T09:00+01:00 person=labo mail=labo.late-2@troismains ask=vexin.ask rung=late-2 about=pmi over=2026-01-14T10:00+01:00',
    ],
    [
      "a mail after a substitute's answer",
      [mail('dg', at('2026-01-16'), 'late-5')],
      'nothing-after-answer: 2026-01-16T09:00+01:00 person=dg mail=dg.late-5@troismains ask=vexin.ask rung=late-5 over=2026-01-15T11:00+01:00',
    ],
    [
      'a mail to somebody who named a delegate',
      [mail('enfance', at('2026-01-08'), 'due')],
      'nothing-after-answer: 2026-01-08T09:00+01:00 person=enfance mail=enfance.due@troismains ask=vexin.ask rung=due over=2026-01-07T12:00+01:00',
    ],
    [
      'a mail after the end',
      [mail('muet', at('2026-01-19'), 'late-5')],
      'nothing-after-answer: 2026-01-19T09:00+01:00 person=muet mail=muet.late-5@troismains ask=vexin.ask rung=late-5 over=2026-01-16T15:00+01:00',
    ],
    [
      'a mail before the opening',
      [mail('pmi', at('2026-01-02'), 'opening')],
      'nothing-after-answer: 2026-01-02T09:00+01:00 person=pmi mail=pmi.opening@troismains ask=vexin.ask rung=opening opens=2026-01-05T09:00+01:00',
    ],
    [
      'a mail about no ask',
      [{ ...opening, asks: [{ ask: 'vexin.other', rung: 'due' }], text: says(own('pmi', 'vexin.other')) }],
      'nothing-after-answer: 2026-01-05T09:00+01:00 person=pmi mail=pmi.opening@troismains ask=vexin.other rung=due unknown',
    ],
    [
      'a rung sent twice',
      [opening, { ...mail('pmi', at('2026-01-08'), 'opening'), messageId: 'again@troismains' }],
      'each-rung-once: 2026-01-05T09:00+01:00 person=pmi mail=pmi.opening@troismains ask=vexin.ask rung=opening; 2026-01-08T09:00+01:00 person=pmi mail=again@troismains ask=vexin.ask rung=opening',
    ],
    [
      'two mails a day apart',
      [mail('pmi', at('2026-01-06'), 'before-2'), opening],
      'two-working-days-apart: 2026-01-05T09:00+01:00 person=pmi mail=pmi.opening@troismains ask=vexin.ask rung=opening; 2026-01-06T09:00+01:00 person=pmi mail=pmi.before-2@troismains ask=vexin.ask rung=before-2',
    ],
    [
      'two mails over a week-end',
      [mail('pmi', at('2026-01-09'), 'before-2'), mail('pmi', at('2026-01-12'), 'due')],
      'two-working-days-apart: 2026-01-09T09:00+01:00 person=pmi mail=pmi.before-2@troismains ask=vexin.ask rung=before-2; 2026-01-12T09:00+01:00 person=pmi mail=pmi.due@troismains ask=vexin.ask rung=due',
    ],
    [
      'a mail on a Sunday',
      [mail('pmi', at('2026-01-11'), 'due')],
      'working-hours: 2026-01-11T09:00+01:00 person=pmi mail=pmi.due@troismains ask=vexin.ask rung=due',
    ],
    [
      'a mail at seven in the evening',
      [mail('pmi', at('2026-01-06', '19:00') + 40_000, 'due')],
      'working-hours: 2026-01-06T19:00+01:00 person=pmi mail=pmi.due@troismains ask=vexin.ask rung=due',
    ],
    [
      "a mail with somebody else's link",
      [{ ...opening, text: says(request, own('dg')) }],
      'link-and-request: 2026-01-05T09:00+01:00 person=pmi mail=pmi.opening@troismains ask=vexin.ask rung=opening lacks=link:plain,link:html',
    ],
    [
      'a mail whose link is lost in one of its parts',
      [{ ...opening, text: { plain: `${request} ${own('pmi')}`, html: request } }],
      'link-and-request: 2026-01-05T09:00+01:00 person=pmi mail=pmi.opening@troismains ask=vexin.ask rung=opening lacks=link:html',
    ],
    [
      'a mail that does not say what is asked',
      [{ ...opening, text: says('Répondez vite.', own('pmi')) }],
      'link-and-request: 2026-01-05T09:00+01:00 person=pmi mail=pmi.opening@troismains ask=vexin.ask rung=opening lacks=request:plain,request:html',
    ],
    [
      'an escalation that does not say what is late',
      [{ ...mail('labo', at('2026-01-13'), 'late-2', 'pmi'), text: says('Une réponse manque.', console) }],
      'link-and-request: 2026-01-13T09:00+01:00 person=labo mail=labo.late-2@troismains ask=vexin.ask rung=late-2 about=pmi lacks=request:plain,request:html',
    ],
  ])('see %s', (_, mails, violation) => {
    expect(broken(mails)).toEqual([violation]);
  });

  test('see two mails of reminders on one day, but not an opening beside one', () => {
    const other: GuaranteedAsk = { ...ask, id: 'vexin.other' };
    const second = (rung: string): GuaranteedMail => ({
      ...mail('pmi', at('2026-01-07', '14:00'), rung),
      asks: [{ ask: other.id, rung }],
      text: says(request, own('pmi', other.id)),
      messageId: 'second@troismains',
    });
    const seen = (rung: string) => broken([mail('pmi', at('2026-01-07'), 'before-2'), second(rung)], { asks: [ask, other] });
    expect(seen('before-2')).toEqual([
      'one-reminder-a-day: 2026-01-07T09:00+01:00 person=pmi mail=pmi.before-2@troismains ask=vexin.ask rung=before-2; 2026-01-07T14:00+01:00 person=pmi mail=second@troismains ask=vexin.other rung=before-2',
    ]);
    expect(seen('opening')).toEqual([]);
  });

  test('believe who answered rather than a database that forgot it', () => {
    const late = mail('muet', at('2026-01-13'), 'late-2');
    const escalation = mail('labo', at('2026-01-13'), 'late-2', 'muet');
    expect(broken([late, escalation])).toEqual([]);
    const deeds = [{ ask: ask.id, person: 'muet', at: at('2026-01-12', '11:00'), did: 'answered' as const }];
    expect(broken([late, escalation], { deeds }).map((line) => line.split(' ')[2])).toEqual(['person=labo', 'person=muet']);
    // who names a delegate is left in peace, the delegate is not
    const named = [{ ask: ask.id, person: 'enfance', at: at('2026-01-06', '11:00'), did: 'delegated' as const }];
    expect(broken([mail('adjointe', at('2026-01-13'), 'late-2')], { deeds: named })).toEqual([]);
  });

  test('want each ask of a mail said before its own link', () => {
    const score: GuaranteedAsk = { ...ask, id: 'vexin.score', kind: 'score', step: 'pitch' };
    const asked =
      'Notez chaque candidature que vous avez entendue sur les critères du jury. Personne ne voit vos notes avant que chaque juré ait noté, ou que les notes soient closes.';
    const both = (...texts: string[]): GuaranteedMail => ({
      ...opening,
      asks: [...opening.asks, { ask: score.id, rung: 'opening' }],
      text: says(...texts),
    });
    const asks = [ask, score];
    expect(broken([both(request, own('pmi'), asked, own('pmi', score.id))], { asks })).toEqual([]);
    expect(broken([both(asked, own('pmi', score.id), request, own('pmi'))], { asks })).toEqual([]);
    const lacks = (one: GuaranteedMail) => broken([one], { asks }).map((line) => line.split(' ').slice(-3).join(' '));
    expect(lacks(both(asked, own('pmi'), request, own('pmi', score.id)))).toEqual([
      'ask=vexin.ask rung=opening lacks=request:plain,request:html',
      'ask=vexin.score rung=opening lacks=request:plain,request:html',
    ]);
    expect(lacks(both(request, asked, own('pmi', score.id)))).toEqual(['ask=vexin.ask rung=opening lacks=link:plain,link:html']);
    // two people who are late are told of one by one
    const escalation = mail('labo', at('2026-01-13'), 'late-2', 'pmi');
    const two = { ...escalation, asks: [...escalation.asks, { ask: ask.id, rung: 'late-2', about: 'dg' }] };
    expect(lacks({ ...two, text: says(request, console, request, console) })).toEqual([]);
    expect(lacks({ ...two, text: says(request, console, console) })).toEqual(['rung=late-2 about=dg lacks=request:plain,request:html']);
  });

  test('tell the same of the same mails in any order', () => {
    const bad = [...kept, mail('pmi', at('2026-01-08'), 'due'), mail('pmi', at('2026-01-18', '21:00'), 'late-2'), opening];
    const told = check(bad);
    fc.assert(fc.property(fc.shuffledSubarray(bad, { minLength: bad.length }), (order) => expect(check(order)).toEqual(told)));
  });
});
