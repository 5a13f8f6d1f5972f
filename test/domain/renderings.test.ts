import { describe, expect, test } from '@jest/globals';
import ical from 'ical-generator';
import { planIcs } from '../../cli/ics.js';
import { planCsv } from '../../domain/plan/csv.js';
import { movedSvg } from '../../domain/plan/moved.js';
import { planSvg } from '../../domain/plan/svg.js';
import { planText } from '../../domain/plan/table.js';
import { computePlan } from '../../domain/plan.js';
import { readIcs } from '../support/ics.js';
import { EDITIONS, editionOf, reference, textOf } from './editions.js';

const edition = reference();
const plan = computePlan(edition);
const { closures } = edition.territory;

describe('the table', () => {
  test.each([40, 60, 80, 110, 200])('fits a terminal of %i columns, in both languages', (width) => {
    for (const path of EDITIONS)
      for (const locale of ['fr', 'en'] as const) {
        const one = editionOf(textOf(path));
        const lines = planText(computePlan({ ...one, target: '2027-06-01' }), one.title, {
          locale,
          width,
          closures: one.territory.closures,
        }).split('\n');
        for (const line of lines) expect(line.length).toBeLessThanOrEqual(Math.max(width, 54));
      }
  });

  test('has every step, its dates and its slack', () => {
    const text = planText(plan, edition.title, { locale: 'fr', width: 110, closures });
    expect(text).toContain('Validation des suites             24/11/2023 → 22/01/2024  11/12/2023 → 22/01/2024      11');
    expect(text).toMatch(/Restitution .* 3 \*/);
    expect(text).toContain('Faisable, marge : 3 jours ouvrés.');
  });
});

describe('the spreadsheet', () => {
  const parse = (text: string): string[][] =>
    text
      .trimEnd()
      .split('\r\n')
      .map((line) =>
        [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? ''),
      );

  test('reads back as the plan', () => {
    const [heads, ...rows] = parse(planCsv(plan, 'fr', 'rfc4180'));
    expect(rows).toHaveLength(19);
    for (const row of rows) expect(row).toHaveLength(heads?.length ?? 0);
    expect(rows.map(([id, , , , start, , , finish, slack]) => [id, start, finish, slack])).toEqual(
      plan.steps.map(({ id, earliest, latest, slackWorkingDays }) => [id, earliest.start, latest.finish, String(slackWorkingDays)]),
    );
  });
});

describe('the calendar', () => {
  const unfold = (text: string) => text.replaceAll('\r\n ', '').split('\r\n');

  test('is iCalendar, with whole days and ends that are exclusive', () => {
    const lines = unfold(planIcs(plan, edition, 'fr'));
    expect([lines[0], lines.filter((line) => line !== '').at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR']);
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(18 + 6 + 2);
    expect(lines).toEqual(
      expect.arrayContaining([
        'DTSTART;VALUE=DATE:20230116',
        'DTEND;VALUE=DATE:20230211',
        'SUMMARY:Terrain 1',
        'SUMMARY:Commission permanente',
      ]),
    );
    expect(lines.filter((line) => /^DT(START|END)/.test(line) && !/;VALUE=DATE:\d{8}$/.test(line))).toEqual([]);
    expect(ical().toString().startsWith('BEGIN:VCALENDAR')).toBe(true);
    expect(readIcs(planIcs(plan, edition, 'fr'))).not.toHaveProperty('method'); // nobody is invited
  });

  test('has one id for each entry, and the same ones the next time', () => {
    const ids = (text: string) => unfold(text).filter((line) => line.startsWith('UID:'));
    const once = ids(planIcs(plan, edition, 'fr'));
    expect(new Set(once).size).toBe(once.length);
    expect(ids(planIcs(computePlan({ ...edition, target: '2024-02-26' }), edition, 'en', new Date()))).toEqual(once);
  });
});

describe('the drawing', () => {
  const svg = planSvg(plan, {
    locale: 'fr',
    closures,
    today: '2023-09-04',
    lived: { interviews: { start: '2023-01-16', finish: '2023-02-15' }, roadmap: { start: '2023-07-07', finish: null } },
    idPrefix: 'a"<',
  });

  test('has a title and a description that its ids point to, escaped', () => {
    expect(svg).toMatch(/role="img" lang="fr" aria-labelledby="a&quot;&lt;-title a&quot;&lt;-desc"/);
    expect(svg).toContain('<title id="a&quot;&lt;-title">Rétroplanning de l’édition</title>');
    expect(svg).toContain('restitution du vendredi 26 janvier 2024');
    expect(svg).toContain('aujourd’hui, lundi 4 septembre');
  });

  test('shows sessions, the sitting, its filing day and the closures', () => {
    const count = (what: RegExp) => svg.match(what)?.length ?? 0;
    expect([count(/<circle /g), count(/<path /g), count(/stroke-dasharray/g), count(/fill="#ececea"/g)]).toEqual([6, 1, 1, 2]);
  });

  test('is well formed: what opens closes, and no number is missing', () => {
    expect(svg).not.toMatch(/NaN|undefined|null/);
    expect(svg.match(/<(svg|text|title|desc)[ >]/g)?.length).toBe(svg.match(/<\/(svg|text|title|desc)>/g)?.length);
    const open = planSvg(computePlan({ ...edition, start: '2023-09-04' }), { locale: 'en', closures });
    expect(open).not.toMatch(/NaN|undefined|width="-/);
  });
});

describe('the drawing of what moves', () => {
  const drawing = movedSvg(
    [
      {
        name: 'Jury',
        hand: 'authority',
        before: { start: '2023-06-15', finish: '2023-06-15' },
        after: { start: '2023-06-22', finish: '2023-06-22' },
      },
      {
        name: 'Terrain',
        project: 'projet « a<b »',
        hand: 'entrepreneur',
        before: { start: '2023-09-13', finish: '2023-10-18' },
        after: { start: '2023-09-20', finish: '2023-10-25' },
      },
      {
        name: 'Évaluation',
        project: 'projet « a<b »',
        hand: 'incubator',
        before: null,
        after: { start: '2023-11-10', finish: '2023-11-30' },
      },
    ],
    { locale: 'fr', closures, idPrefix: 'moved' },
  );
  const places = (what: RegExp) => [...drawing.matchAll(what)].map(([, x, y]) => [Number(x), Number(y)]);

  test('has the old bar above the new, one day as a point, each project named once', () => {
    const days = places(/<circle cx="([\d.]+)" cy="([\d.]+)"/g);
    expect(days.length).toBe(2);
    expect((days[0]?.[0] ?? 0) < (days[1]?.[0] ?? 0) && (days[0]?.[1] ?? 0) < (days[1]?.[1] ?? 0)).toBe(true);
    const bars = places(/<rect x="([\d.]+)" y="([\d.]+)" width="[\d.]+" height="[58]"/g);
    expect(bars.length).toBe(3); // what had no date has one bar
    expect((bars[0]?.[0] ?? 0) < (bars[1]?.[0] ?? 0) && (bars[0]?.[1] ?? 0) < (bars[1]?.[1] ?? 0)).toBe(true);
    expect(drawing.split('projet « a&lt;b »').length).toBe(2);
    expect(drawing.match(/fill="#ececea"/g)?.length).toBe(1);
    expect(drawing).not.toMatch(/NaN|undefined|null|width="-/);
  });

  test('is none where no step has a date', () => {
    expect(movedSvg([], { locale: 'fr', idPrefix: 'moved' })).toBe('');
    expect(movedSvg([{ name: 'Jury', hand: 'authority', before: null, after: null }], { locale: 'fr', idPrefix: 'moved' })).toBe('');
  });
});
