import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { editionJsonSchema, readEdition } from '../../domain/edition.js';
import { growth } from '../support/growth.js';
import { isAll } from '../support/tier.js';
import { EDITIONS, editionOf, REFERENCE, textOf } from './editions.js';

const text = textOf(REFERENCE);
const problemsIn = (changed: string) => {
  const reading = readEdition(changed);
  return reading.ok ? [] : reading.problems;
};
const pathsIn = (changed: string) => problemsIn(changed).map(({ path }) => path);
const put = (what: string, by: string): string => {
  if (!text.includes(what)) throw new Error(`the reference has no ${what}`);
  return text.replace(what, by);
};

/** What is wrong, the file, and the paths where it is said. */
const REFUSED: [string, string, string[]][] = [
  ['unreadable YAML', 'id: [', ['']],
  ['a file that is a list', '- a\n- b', ['']],
  ['an empty file', '', ['']],
  ['a duplicated key', put('schema: 1', 'schema: 1\nid: twice'), ['']],
  ['another schema', put('schema: 1', 'schema: 2'), ['schema']],
  ['a missing key', put('title: Expérimentations', '# title: Expérimentations'), ['title']],
  ['an unknown key', put('schema: 1', 'schema: 1\nbudget: 3'), ['budget']],
  ['an unknown key of a person', put('role: official,', 'role: official, phone: 1,'), ['people[13].phone']],
  ['a key named __proto__', put('schema: 1', 'schema: 1\n__proto__: { id: x }'), ['__proto__']],
  ['an unknown role', put('role: official,', 'role: mayor,'), ['people[13].role']],
  ['an id that is not a slug', put('{ id: elus,', '{ id: élus.75,'), ['people[13].id']],
  ['an unknown person interviewed', put('interviews: [dg,', 'interviews: [nobody,'), ['interviews[0]']],
  ['an unknown juror', put('jury: [dg, pmi', 'jury: [dg, nobody'), ['selection.jury[1]']],
  ['a juror named twice', put('jury: [dg, pmi', 'jury: [dg, dg'), ['selection.jury[1]']],
  ['an unknown approver', put('{ by: impact, within: 5wd }', '{ by: nobody, within: 5wd }'), ['circuits.outcome-approval[0].all[1].by']],
  ['an unknown substitute', put('substitute: dga }', 'substitute: nobody }'), ['people[0].substitute']],
  ['one’s own substitute', put('substitute: dga }', 'substitute: dg }'), ['people[0].substitute']],
  ['an unknown directorate', put('directorate: pmi', 'directorate: nobody'), ['needs[0].directorate']],
  ['a need carried by someone who is no directorate', put('directorate: pmi', 'directorate: labo'), ['needs[0].directorate']],
  ['a duplicate id', put('{ id: elus,', '{ id: economiste,'), ['people[13].id']],
  ['a relay with the id of a person', put('{ id: relais-10,', '{ id: elus,'), ['relays[10].id']],
  ['a duplicate need', put('- id: mineurs', '- id: perinatalite'), ['needs[1].id']],
  ['a duplicate criterion', put('{ id: team,', '{ id: need,'), ['selection.criteria[2].id']],
  ['a bad address', put('email: elus@valdoise.example', 'email: elus@valdoise'), ['people[13].email']],
  ['an address that no server takes', put('email: elus@valdoise.example', 'email: elus@valdoise-.example'), ['people[13].email']],
  ['an address with a header in it', put('email: elus@valdoise.example', 'email: "a@b.example\\nBcc: c@d.example"'), ['people[13].email']],
  [
    'two people with one address',
    put('email: elus@valdoise.example', 'email: Designer@expert.example').replace('design@', 'designer@'),
    ['people[13].email'],
  ],
  ['control characters', put("title: Expérimentations sociales Val d'Oise 2023", 'title: "Val\\r\\nBcc: a@b.example"'), ['title']],
  ['text that turns its direction', put('label: Noël', 'label: "\\u202eNoël"'), ['territory.schoolHolidays[4].label']],
  ['an unknown time zone', put('timezone: Europe/Paris', 'timezone: Europe/Pontoise'), ['territory.timezone']],
  ['an offset for a time zone', put('timezone: Europe/Paris', "timezone: '+01:00'"), ['territory.timezone']],
  ['an unknown zone of holidays', put('holidays: FR', 'holidays: FR-95'), ['territory.holidays']],
  ['an unknown step', put('call-open: 6w', 'call: 6w'), ['plan.call']],
  ['a circuit under plan', put('call-open: 6w', 'roadmap-approval: 6w'), ['plan.roadmap-approval']],
  ['a step under circuits', put('  roadmap-approval:', '  roadmap:'), ['circuits.roadmap']],
  ['an empty jury', put('jury: [dg, pmi, enfance, labo]', 'jury: []'), ['selection.jury']],
  ['a minimum over its maximum', put('shortlist: { min: 6', 'shortlist: { min: 8'), ['selection.shortlist.min']],
  ['weights that sum to zero', text.replaceAll(/weight: \d/g, 'weight: 0'), ['selection.criteria']],
  ['a negative weight', put('weight: 3', 'weight: -3'), ['selection.criteria[0].weight']],
  ['a body that the territory lacks', put('session: commission-permanente', 'session: conseil'), ['circuits.outcome-approval[2].session']],
  [
    'a sitting that is not the last stage',
    put('- { session: commission-permanente }', '- { session: commission-permanente }\n    - { by: dg, within: 1wd }'),
    ['circuits.outcome-approval[2].session'],
  ],
  ['an alias inside what it names', `${text}relais: &r [*r]\n`, ['']],
  ['a person who would pass for the programme in the journal', put('- { id: elus,', '- { id: programme,'), ['people[13].id']],
  ['a target on a Saturday', put('target: 2024-01-26', 'target: 2024-01-27'), ['target']],
  ['a pin on Ascension Day', put('pitch: { date: 2023-06-15 }', 'pitch: { date: 2023-05-18 }'), ['plan.pitch.date']],
  ['a sitting inside a closure', put('2023-09-18', '2023-08-07'), ['territory.sessions.commission-permanente.dates[3]']],
  ['a date that does not exist', put('start: 2023-01-16', 'start: 2023-02-30'), ['start']],
  ['a period that ends before it begins', put('to: 2023-08-18', 'to: 2023-07-18'), ['territory.closures[0].to']],
  ['a length in words', put('interviews: 20wd', 'interviews: twenty days'), ['plan.interviews']],
  ['a length of nothing', put('interviews: 20wd', 'interviews: 0wd'), ['plan.interviews']],
  ['a filing day in calendar days', put('fileBy: 15wd', 'fileBy: 15d'), ['territory.sessions.commission-permanente.fileBy']],
  ['a series on no day of the week', put('every: wednesday', 'every: mercredi'), ['plan.field.every']],
  ['no coordinator', text.replaceAll('role: coordinator', 'role: expert'), ['people']],
  [
    'no executive, though the circuits need one',
    text.replaceAll('role: executive', 'role: official').replace('- { by: dg, within: 10wd }', '- { by: executive, within: 10wd }'),
    ['circuits.roadmap-approval[1].by'],
  ],
];

describe('an edition file is refused for', () => {
  test.each(REFUSED)('%s', (_what, changed, paths) => {
    expect(pathsIn(changed)).toEqual(paths);
    for (const { message } of problemsIn(changed))
      expect(message.fr.length > 10 && message.en.length > 10 && message.fr !== message.en).toBe(true);
  });

  test('everything that is wrong in it, at once', () => {
    const changed = put('jury: [dg, pmi', 'jury: [dg, nobody')
      .replace('target: 2024-01-26', 'target: 2024-01-27')
      .replace('email: elus@valdoise.example', 'email: elus');
    expect(pathsIn(changed).sort()).toEqual(['people[13].email', 'selection.jury[1]', 'target']);
  });

  test('its size, its aliases or its depth, quickly', async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: &d [${'*c,'.repeat(9)}]\ne: [${'*d,'.repeat(9)}]\n`;
    for (const changed of [text + '#'.repeat(5_000_000), bomb + text]) expect(readEdition(changed).ok).toBe(false);
    expect(await growth((eighths) => expect(readEdition(`x: ${'['.repeat(eighths * 6_250)}`).ok).toBe(false))).toBeLessThan(32);
  });

  const many = (n: number, line: (i: number) => string) => Array.from({ length: n }, (_, i) => line(i)).join('');
  const crowds: Record<string, (n: number) => string> = {
    'unknown ids': (n) => text.replace(/^interviews: .*$/m, `interviews: [${many(n, (i) => `x${i},`)}]`),
    'the same id': (n) => text.replace(/^interviews: .*$/m, `interviews: [${many(n, () => 'dg,')}]`),
    'people with unknown substitutes': (n) =>
      text.replace(
        /^people:\n/m,
        (p) => `${p}${many(n, (i) => `  - { id: p${i}, role: field, name: x, email: p${i}@x.fr, substitute: q${i} }\n`)}`,
      ),
    'needs of unknown people': (n) =>
      text.replace(/^needs:\n/m, (p) => `${p}${many(n, (i) => `  - { id: n${i}, title: x, directorate: y${i} }\n`)}`),
    'needs of people without the role': (n) =>
      text
        .replace(/^people:\n/m, (p) => `${p}${many(n, (i) => `  - { id: p${i}, role: field, name: x, email: p${i}@x.fr }\n`)}`)
        .replace(/^needs:\n/m, (p) => `${p}${many(n, (i) => `  - { id: n${i}, title: x, directorate: p${i} }\n`)}`),
    'unknown keys': (n) => `${text}${many(n, (i) => `k${i}: 1\n`)}`,
    'unknown steps': (n) => text.replace(/^plan:\n/m, (p) => `${p}${many(n, (i) => `  k${i}: [x]\n`)}`),
    'bodies and stages': (n) =>
      text
        .replace(/^ {2}sessions:\n/m, (p) => `${p}${many(n, (i) => `    k${i}: { name: x, fileBy: 15wd, dates: [2023-05-01] }\n`)}`)
        .replace(/^ {2}diagnosis-approval:\n/m, (p) => `${p}${many(n, (i) => `    - { session: z${i} }\n`)}`),
  };
  test.each(Object.keys(crowds))('thousands of problems as soon as it is read, and tells the first hundred: %s', async (name) => {
    const eighth = isAll ? 1_000 : 500;
    const reads = new Map<number, ReturnType<typeof readEdition>>();
    const growing = await growth((eighths) => reads.set(eighths, readEdition(crowds[name]?.(eighths * eighth) ?? '')));
    expect(growing).toBeLessThan(24);
    const read = reads.get(8);
    if (read === undefined || read.ok) throw new Error('it was taken');
    expect(read.total).toBeGreaterThanOrEqual(8 * eighth - 1);
    expect(read.problems.length).toBe(100);
    expect(JSON.stringify(read.problems).length).toBeLessThan(200_000);
  });

  test('more problems than can be counted, without an exception', () => {
    const changed = text.replace(/dates: \[.*\]/, `dates: [${'3,'.repeat(250_000)}]`);
    expect(pathsIn(changed)).toEqual(['']);
  });

  test('a key that is written twice, with its line', () => {
    const read = readEdition(`a: 1\nb: { c: 1, "c": 2 }\na: 2\n`);
    if (read.ok) throw new Error('it was taken');
    expect(read.problems.map(({ message }) => message.en)).toEqual([
      'Unreadable YAML, line 3, column 1: a key is written twice, keep one of them.',
      'Unreadable YAML, line 2, column 12: a key is written twice, keep one of them.',
    ]);
  });

  test.each(['\\ud800', '\\udfff', '\\0', 'a\\ud83dz'])('half a character, or none, which no database keeps: %s', (half) => {
    const changed = put("title: Expérimentations sociales Val d'Oise 2023", `title: "Un ${half} essai"`);
    expect(changed).not.toBe(text);
    expect(pathsIn(changed)).toEqual(['title']);
    expect(
      pathsIn(text.replace(/^ {4}commission-permanente:\n {6}name: .*$/m, `    commission-permanente:\n      name: "${half}"`)),
    ).toEqual(['territory.sessions.commission-permanente.name']);
  });

  test('any text at all gives an edition or problems, never an exception', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (anything) => readEdition(anything).ok === false));
    const words = fc.constantFrom('[]', '{}', 'null', '3', '"x"', '[[1]]', '{ a: 1 }', '!!binary x', '*x', '2023-02-30');
    const keys = fc.constantFrom(
      'people',
      'needs',
      'territory',
      'selection',
      'plan',
      'circuits',
      'interviews',
      'relays',
      'start',
      'target',
      'id',
    );
    fc.assert(
      fc.property(
        fc.dictionary(keys, words),
        (file) =>
          readEdition(
            `schema: 1\n${Object.entries(file)
              .map(([key, value]) => `${key}: ${value}\n`)
              .join('')}`,
          ).ok === false,
      ),
    );
  });
});

describe('an edition that is read', () => {
  test.each(EDITIONS)('%s is accepted', (path) => {
    expect(problemsIn(textOf(path))).toEqual([]);
  });

  test('has its relays among its people, its lengths understood and its defaults filled in', () => {
    const edition = editionOf(text);
    expect(edition.people.filter(({ role }) => role === 'relay')).toHaveLength(11);
    expect(edition.people.find(({ id }) => id === 'alumni')).toMatchObject({ role: 'relay', reach: 550 });
    expect(edition.plan['call-open']).toEqual({ kind: 'fixed', unit: 'w', n: 6 });
    expect(edition.plan.eligibility).toEqual({ kind: 'fixed', unit: 'wd', n: 5 });
    expect(edition.plan.field).toEqual({ kind: 'series', every: ['wednesday'], times: 6, during: 'any' });
    expect(edition.circuits['outcome-approval']).toMatchObject({
      session: 'commission-permanente',
      stages: [[{ by: 'directorate' }, { by: 'impact' }], [{ by: 'dg' }]],
    });
  });

  test('has a JSON Schema that knows its keys', () => {
    const schema = JSON.parse(JSON.stringify(editionJsonSchema()));
    expect(schema.required).toEqual(expect.arrayContaining(['schema', 'id', 'people', 'selection']));
    expect(schema.required).not.toContain('relays');
    expect(schema.additionalProperties).toBe(false);
  });
});

describe('what cannot be read as YAML', () => {
  test.each([
    ['title: "essai', 'il manque un caractère', 'a character is missing'],
    ['id: [', 'le retrait de cette ligne', 'this line is not indented'],
    ['id: x\n\ttitle: y', 'une tabulation', 'a tab'],
    ['id: x\nid: y', 'une clé est écrite deux fois', 'a key is written twice'],
    ['title: Essai : un', 'un deux-points', 'a colon'],
    ['title: @home', 'ne commence pas par ce caractère', 'does not begin with this character'],
    ['a: *', 'un alias', 'an alias'],
    ['a: x\n---\nb: y', 'un second document', 'a second document'],
  ])('%j says so in the reader’s language, with its place, and names no library', (source, fr, en) => {
    const [{ message } = { message: { fr: '', en: '' } }] = problemsIn(source);
    expect(message.fr).toMatch(/^YAML illisible, ligne \d+, colonne \d+ : /);
    expect(message.en).toMatch(/^Unreadable YAML, line \d+, column \d+: /);
    expect([message.fr, message.en]).toEqual([expect.stringContaining(fr), expect.stringContaining(en)]);
  });
});
