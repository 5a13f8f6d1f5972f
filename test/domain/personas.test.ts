import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type CivilDate, calendarOf } from '../../domain/calendar.js';
import { type Edition, readEdition } from '../../domain/edition.js';
import type { OpenPlace } from '../../rehearsal/people.js';
import { afterAbsence, behaviourOf, dice } from '../../rehearsal/personas/behaviour.js';
import { choose } from '../../rehearsal/personas/choices.js';
import { PERSONA_SETS, type Personas, personaSet, personaSetText, readPersonas } from '../../rehearsal/personas/read.js';
import { personaScript } from '../../rehearsal/personas/script.js';
import { viewOf } from '../support/mail-views.js';

const reading = readEdition(readFileSync(join(import.meta.dirname, '../../editions/val-d-oise-2023.yaml'), 'utf8'));
if (!reading.ok) throw new Error('the reference edition cannot be read');
const edition: Edition = reading.edition;
const calendar = calendarOf(edition.territory);

function read(yaml: string): Personas {
  const personas = readPersonas(yaml, edition);
  if (!personas.ok) throw new Error(JSON.stringify(personas.problems));
  return personas.personas;
}

function problemsOf(yaml: string): string[] {
  const personas = readPersonas(yaml, edition);
  return personas.ok ? [] : personas.problems.map(({ path, message }) => `${path}: ${message.en}`);
}

const place = (more: Partial<OpenPlace> = {}): OpenPlace => ({
  ask: 'val-d-oise-2023.interviews.interview.-.v1.-.g1',
  kind: 'interview',
  step: 'interviews',
  project: null,
  part: null,
  version: 1,
  generation: 1,
  person: 'dg',
  role: 'executive',
  seat: 'dg',
  joined: 'asked',
  due: '2023-02-10',
  asked: '2023-01-16',
  reminded: [],
  ...more,
});

const only = (rules: string) => read(`{ schema: 1, extends: none, rules: [${rules}] }`);
const actsOn = (personas: Personas, more?: Partial<OpenPlace>, seed = 1): CivilDate | undefined => {
  const moment = personaScript(personas, { edition, seed }).when(place(more));
  return moment !== undefined && 'on' in moment ? moment.on : undefined;
};

describe('a personas file', () => {
  test.each(PERSONA_SETS)('that comes with Trois Mains reads as anybody’s: %s', (name) => {
    expect(read(personaSetText(name)).rules).toEqual(personaSet(name).rules);
  });

  test('changes realistic people unless it says otherwise', () => {
    const added = read('{ schema: 1, rules: [{ person: dg, answersAfter: 9 }] }');
    expect(added.rules.slice(0, -1)).toEqual(personaSet('realistic').rules);
    expect(added.drafts).toBe(1);
    expect(read('{ schema: 1, extends: none }').rules).toEqual([]);
  });

  test('is refused with every problem and its path', () => {
    const yaml = `
schema: 1
extends: nobody
rules:
  - { person: dgg, answersAfter: 3 }
  - { person: [dg, applicant-03, nemo] }`;
    expect(problemsOf(yaml)).toEqual([
      expect.stringMatching(/^rules\[0\]\.person\[0\]: `dgg` is not in this edition; it should be applicant-01/),
      expect.stringMatching(/^rules\[1\]\.person\[2\]: `nemo` is not in this edition/),
      'extends: `nobody` is not known; it should be one of: punctual, realistic, summer-late, none.',
    ]);
    const shape = `
schema: 1
rules:
  - { step: interview, answersafter: 3 }
  - { answersAfter: [5, 2], at: ["9h", "18:00"], neverAnswers: 2, away: [{ from: 02-30, to: 03-01 }] }`;
    expect(problemsOf(shape).map((problem) => problem.split(': ')[0])).toEqual([
      'rules[0].step[0]',
      'rules[0].answersafter',
      'rules[1].answersAfter',
      'rules[1].at[0]',
      'rules[1].neverAnswers',
      'rules[1].away[0].from',
    ]);
    expect(problemsOf('[1, 2')).toHaveLength(1);
    expect(problemsOf('just words')[0]).toMatch(/^: The file does not describe personas/);
  });
});

describe('rules', () => {
  test('the last that fits counts, key by key', () => {
    const { rules } = only(
      '{ answersAfter: 1, at: ["09:00", "09:00"] }, { role: executive, answersAfter: 2 }, { person: dg, step: interviews, answersAfter: 3 }, { step: pitch, answersAfter: 4 }',
    );
    const asked = { person: 'dg', role: 'executive', step: 'interviews', kind: 'interview', since: '2023-01-16' } as const;
    expect(behaviourOf(rules, asked)).toEqual({ answersAfter: 3, at: ['09:00', '09:00'] });
    expect(behaviourOf(rules, { ...asked, person: 'dga' })).toEqual({ answersAfter: 2, at: ['09:00', '09:00'] });
    expect(behaviourOf(rules, { ...asked, person: 'pmi', role: 'directorate' })).toEqual({ answersAfter: 1, at: ['09:00', '09:00'] });
  });

  test('a season holds every year, over New Year too', () => {
    const { rules } = only('{ between: { from: 12-20, to: 01-05 }, answersAfter: 8 }');
    const on = (since: CivilDate) =>
      behaviourOf(rules, { person: 'dg', role: 'executive', step: 'interviews', kind: 'interview', since }).answersAfter;
    expect(['2022-12-19', '2022-12-20', '2023-01-05', '2023-01-06', '2024-12-31'].map(on)).toEqual([undefined, 8, 8, undefined, 8]);
  });

  test('nobody acts on a day of an absence, but on the first working day after', () => {
    const away = [{ from: '07-14', to: '08-22' }];
    expect(afterAbsence('2023-07-13', { away }, calendar)).toBe('2023-07-13');
    expect(afterAbsence('2023-07-17', { away }, calendar)).toBe('2023-08-23');
    expect(afterAbsence('2020-08-01', { away: [{ from: '01-01', to: '12-31' }] }, calendar) > '2020-08-01').toBe(true); // away for ever: it ends all the same
  });
});

describe('people', () => {
  test('answer so many working days after they were asked', () => {
    expect(actsOn(only('{ answersAfter: 5 }'))).toBe('2023-01-23');
    expect(actsOn(only('{ answersAfter: 0 }'))).toBe('2023-01-16');
  });

  test('who need two reminders answer on the day of the second, or the next working day, and not before', () => {
    const chased = only('{ needsReminders: 2, answersAfter: 1 }');
    expect(actsOn(chased)).toBeUndefined();
    expect(actsOn(chased, { reminded: ['2023-02-03'] })).toBeUndefined();
    expect(['2023-02-08', '2023-02-09']).toContain(actsOn(chased, { reminded: ['2023-02-03', '2023-02-08'] }));
  });

  test('who never answer never do', () => {
    expect(actsOn(only('{ neverAnswers: true }'), { reminded: ['2023-02-03', '2023-02-08', '2023-02-10'] })).toBeUndefined();
    expect(actsOn(only('{ neverAnswers: false }'))).toBeDefined();
  });

  test('as many apply as the edition expects, and some more begin without an end', () => {
    const { applicants } = personaScript(personaSet('realistic'), { edition, seed: 3 });
    expect(applicants.filter(({ submits }) => submits !== undefined)).toHaveLength(edition.selection.expectedApplications);
    expect(applicants).toHaveLength(edition.selection.expectedApplications + 1);
    expect(new Set(applicants.map(({ email }) => email)).size).toBe(applicants.length);
  });
});

test('a coordinator moves a session by a week, or to the next working day on which its project has none', () => {
  const view = viewOf('decide', { at: Date.parse('2023-07-05T10:00:00Z') });
  const movedTo = (taken: CivilDate[]) =>
    choose({ ...view, form: { ...view.form, choices: view.choices, taken } }, dice(1, 'ask', 'x'), calendar).date;
  expect(movedTo([])).toBe('2023-07-12');
  expect(movedTo(['2023-07-12', '2023-07-13'])).toBe('2023-07-17'); // the 14th is a holiday, then a weekend
});

describe('chance', () => {
  test('depends on seed, ask, person and question, and on nothing else', () => {
    const on = (seed: number, more?: Partial<OpenPlace>) => actsOn(personaSet('realistic'), more, seed);
    expect(on(7)).toBe(on(7));
    const lives = Array.from({ length: 40 }, (_, seed) => on(seed + 1, { person: 'pmi', role: 'directorate' }));
    expect(new Set(lives).size).toBeGreaterThan(3);
    const before = actsOn(personaSet('realistic'), { person: 'labo', role: 'coordinator' });
    const changed = read('{ schema: 1, rules: [{ person: dg, answersAfter: 20 }] }');
    expect(actsOn(changed, { person: 'labo', role: 'coordinator' })).toBe(before);
  });

  test('stays in its range, and happens about as often as it says', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.string(), fc.nat(30), fc.nat(30), (seed, ask, a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const drawn = dice(seed, ask, 'x').within('n', [from, to], 0);
        expect(drawn >= from && drawn <= to && Number.isInteger(drawn)).toBe(true);
      }),
    );
    const times = Array.from({ length: 2_000 }, (_, seed) => dice(seed, 'ask', 'x').happens('it', 0.3)).filter(Boolean).length;
    expect(times).toBeGreaterThan(500);
    expect(times).toBeLessThan(700);
  });
});
