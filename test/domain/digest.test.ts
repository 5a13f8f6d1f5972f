import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CalendarSource, calendarOf, isoWeekOf } from '../../domain/calendar.js';
import {
  type Coming,
  digestKey,
  hasMoved,
  isComing,
  isToldLate,
  lastDigest,
  mayKnow,
  type News,
  nextDigest,
  type Part,
} from '../../domain/digest.js';
import { isPerProject, STEP_IDS } from '../../domain/steps.js';
import { render } from '../../mail/render.js';
import { digestOf, ids } from '../support/mail-views.js';
import { runs } from '../support/tier.js';

const source = (timezone: string, closures: CalendarSource['closures'] = []): CalendarSource => ({
  timezone,
  holidays: 'FR',
  closures,
  schoolHolidays: [],
});
const paris = calendarOf(source('Europe/Paris', [{ from: '2023-07-31', to: '2023-08-18' }]));
const at = (date: string, time = '09:00') => paris.instantAt(date, time);

describe('digests leave', () => {
  test.each([
    ['a Monday', '2023-06-08', '2023-06-12'],
    ['the day after a Monday off', '2023-04-06', '2023-04-11'],
    ['two days after, where Tuesday is off too', '2023-04-27', '2023-05-02'],
    ['once for a closure of three weeks, on the day after it', '2023-07-24', '2023-08-21'],
    ['at 9:00 of the new hour, the day after it changes', '2023-03-24', '2023-03-27'],
    ['at 9:00 of the old one', '2023-10-27', '2023-10-30'],
  ])('%s', (_, from, on) => {
    const next = nextDigest(at(from, '10:00'), paris);
    expect([paris.dateOf(next), paris.timeOf(next)]).toEqual([on, '09:00']);
    expect(lastDigest(next, paris)).toBe(next);
    expect(lastDigest(next - 1, paris)).toBeLessThan(next);
  });

  test('at instants that follow one another, whatever the place: never on a day off, at 9:00, and never twice a week', () => {
    const zones = ['Europe/Paris', 'Indian/Reunion', 'America/Guadeloupe', 'Pacific/Noumea'];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 4_000 }), (zone, hours) => {
        const calendar = calendarOf(source(zone));
        const now = Date.parse('2026-01-01T00:00Z') + hours * 5 * 3_600_000;
        const [last, next] = [lastDigest(now, calendar), nextDigest(now, calendar)];
        expect(last <= now && now < next).toBe(true);
        expect(nextDigest(last, calendar)).toBe(next);
        expect(lastDigest(next, calendar)).toBe(next);
        expect([calendar.isWorkingDay(calendar.dateOf(next)), calendar.timeOf(next)]).toEqual([true, '09:00']);
        expect(digestKey('x', calendar.dateOf(last))).not.toBe(digestKey('x', calendar.dateOf(next)));
      }),
      { numRuns: runs(300) },
    );
  });

  test('under a key of their ISO week', () => {
    expect(['2023-01-01', '2023-01-02', '2024-12-30', '2026-12-31', '2027-01-03'].map(isoWeekOf)).toEqual([
      '2022-W52',
      '2023-W01',
      '2025-W01',
      '2026-W53',
      '2026-W53',
    ]);
    expect(digestKey('dg', '2023-06-12')).toBe('digest.dg.2023-W24');
  });
});

const part = (role: string, more: Partial<Part> = {}): Part => ({
  person: role,
  role,
  asked: true,
  juror: false,
  applied: false,
  carries: new Set(),
  meets: new Set(),
  ...more,
});
const people = {
  coordinator: part('coordinator'),
  executive: part('executive'),
  substitute: part('executive', { asked: false }),
  carrier: part('directorate', { carries: new Set(['p-01']) }),
  directorate: part('directorate', { person: 'other' }),
  field: part('field'),
  host: part('field', { person: 'host', meets: new Set(['p-01']) }),
  relay: part('relay'),
  silentRelay: part('relay', { person: 'silent', asked: false }),
  evaluator: part('evaluator', { asked: false }),
  expert: part('expert', { asked: false }),
  official: part('official', { asked: false }),
  applicant: part('applicant', { person: 'waiting', applied: true }),
  retained: part('applicant', { person: 'retained', carries: new Set(['p-01']) }),
  notRetained: part('applicant', { person: 'not-retained' }),
} as const;
const told = (news: News) => Object.entries(people).flatMap(([name, who]) => (mayKnow(who, news) ? [name] : []));
const base = { on: '2023-06-07', known: [] };
const finished = (step: (typeof STEP_IDS)[number]): News => ({
  ...base,
  what: 'finished',
  step,
  ...(isPerProject(step) ? { project: 'p-01' } : {}),
  outcome: step.endsWith('-approval') ? 'approved' : 'complete',
});

describe('who is told what', () => {
  test('a step that is over', () => {
    expect(Object.fromEntries(STEP_IDS.map((step) => [step, told(finished(step)).join(' ')]))).toEqual({
      interviews: 'coordinator executive carrier directorate',
      diagnosis: 'coordinator executive carrier directorate',
      'diagnosis-approval': 'coordinator executive carrier directorate field host',
      'call-writing': 'coordinator executive carrier directorate field host',
      'call-open': 'coordinator executive carrier directorate relay applicant',
      eligibility: 'coordinator',
      shortlist: 'coordinator executive carrier directorate',
      jury: 'coordinator',
      'pitch-preparation': 'coordinator',
      pitch: 'coordinator executive',
      'selection-approval': '',
      introductions: 'coordinator carrier retained',
      roadmap: 'coordinator carrier retained',
      'roadmap-approval': 'coordinator executive carrier host evaluator expert retained',
      field: 'coordinator executive carrier host evaluator expert retained',
      'impact-analysis': 'coordinator executive carrier retained',
      evaluation: 'coordinator executive carrier evaluator retained',
      'outcome-approval': '',
      restitution: '',
    });
  });

  test('what happens to projects, once the letters have left', () => {
    const everyone = 'coordinator executive carrier directorate field host relay evaluator expert official retained';
    expect(told({ ...base, what: 'projects' }).join(' ')).toBe(everyone);
    expect(told({ ...base, what: 'session', project: 'p-01', day: '2023-09-06', held: true }).join(' ')).toBe(
      'coordinator carrier evaluator retained',
    );
    expect(told({ ...base, what: 'sent-back', step: 'roadmap-approval', project: 'p-01' }).join(' ')).toBe(
      'coordinator executive carrier retained',
    );
    expect(told({ ...base, what: 'adjourned', step: 'outcome-approval', project: 'p-01' }).join(' ')).toBe(
      'coordinator executive carrier official retained',
    );
    expect(told({ ...base, what: 'project-ended', project: 'p-01', outcome: 'agreement' }).join(' ')).toBe(
      'coordinator executive carrier directorate host evaluator expert official retained',
    );
  });

  test('that the selection came back is for coordinators alone', () => {
    expect(told({ ...base, what: 'sent-back', step: 'selection-approval' })).toEqual(['coordinator']);
  });

  test('an applicant learns that the call has closed and when all decisions leave, and nothing by which to guess theirs', () => {
    const known = STEP_IDS.filter((step) => mayKnow(people.applicant, finished(step)));
    expect(known).toEqual(['call-open']);
    const dates: Coming[] = STEP_IDS.map((step) => ({ what: 'step', step, on: '2023-06-22' }));
    expect(dates.filter((date) => isComing(people.applicant, date))).toEqual([{ what: 'step', step: 'call-open', on: '2023-06-22' }]);
    expect(isComing(people.applicant, { what: 'decisions', on: '2023-06-22' })).toBe(true);
    expect(isComing(people.applicant, { what: 'restitution', on: '2024-01-26' })).toBe(false);
  });

  test('who was not retained hears nothing more, and has no date to wait for', () => {
    const all: News[] = [
      ...STEP_IDS.map(finished),
      { ...base, what: 'projects' },
      { ...base, what: 'project-ended', project: 'p-01', outcome: 'end' },
    ];
    expect(all.filter((news) => mayKnow(people.notRetained, news))).toEqual([]);
    expect(isComing(people.notRetained, { what: 'restitution', on: '2024-01-26' })).toBe(false);
  });

  test('nobody whom it did not concern yet: a substitute nobody turned to, a relay before the call', () => {
    const all = STEP_IDS.map(finished);
    for (const who of [people.substitute, people.silentRelay]) expect(all.filter((news) => mayKnow(who, news))).toEqual([]);
  });

  test('nothing of a step that was left out, or that ended with nothing to show', () => {
    expect(told({ ...finished('impact-analysis'), outcome: 'skipped' } as News)).toEqual([]);
    expect(told({ ...finished('impact-analysis'), outcome: 'none' } as News)).toEqual([]);
    expect(told({ ...finished('field'), outcome: 'none' } as News)).not.toEqual([]);
  });

  test('who is late: the coordinators; of a coordinator, the executive; nobody of themselves', () => {
    const toldLate = (late: { person: string; role: string }) =>
      Object.entries(people).flatMap(([name, who]) => (isToldLate(who, late) ? [name] : []));
    expect(toldLate({ person: 'other', role: 'directorate' })).toEqual(['coordinator']);
    expect(toldLate({ person: 'executive', role: 'executive' })).toEqual(['coordinator']);
    expect(toldLate({ person: 'coordinator', role: 'coordinator' })).toEqual(['executive']);
  });
});

describe('a digest is worth sending', () => {
  const news = (known: string[]): News => ({ ...finished('roadmap-approval'), known });
  test('only when something moved that its reader did not do, and was not told', () => {
    expect(hasMoved(people.executive, [])).toBe(false);
    expect(hasMoved(people.executive, [news([])])).toBe(true);
    expect(hasMoved(people.executive, [news(['executive'])])).toBe(false);
    expect(hasMoved(people.executive, [news(['executive']), news([])])).toBe(true);
    expect(hasMoved(people.relay, [news([])])).toBe(false);
  });
});

describe('a digest as it is read', () => {
  test.each(['fr', 'en'] as const)('says edition and week in its subject, dates in words, and no id (%s)', (locale) => {
    const { subject, text, html } = render(digestOf({ locale }));
    expect(subject).toBe(
      locale === 'fr'
        ? 'Expérimentations sociales Val d’Oise 2023 : le point de la semaine du lundi 28 août'
        : "Expérimentations sociales Val d'Oise 2023: the week of Monday 28 August",
    );
    for (const one of [text, html]) {
      for (const id of ids) expect(one).not.toContain(id);
      expect(one).not.toMatch(/undefined|null|\d{4}-\d\d-\d\d/);
    }
    expect(text).toContain(locale === 'fr' ? 'Restitution le vendredi 26 janvier 2024' : 'Restitution on Friday 26 January 2024');
  });

  test('puts what happened to several projects on one day on one line', () => {
    const projects = { a: 'Un', b: 'Deux', c: 'Trois' };
    const session = (project: string, day: string): News => ({ what: 'session', project, day, on: day, held: true, known: [] });
    const news = [session('a', '2023-08-23'), session('b', '2023-08-23'), session('c', '2023-08-24')];
    const { text } = render(digestOf({ projects, news }));
    expect(text).toContain(
      '- Séance de terrain tenue le mercredi 23 août : « Un » et « Deux »\n- Séance de terrain tenue le jeudi 24 août : « Trois »\n',
    );
  });

  test('has no empty part', () => {
    const { text } = render(digestOf({ asked: [], late: [], coming: [] }));
    expect(text).not.toMatch(/vous est demandé|en retard|Ce qui vient|liens sont personnels/);
  });
});
