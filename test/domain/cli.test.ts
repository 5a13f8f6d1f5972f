import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { Command } from 'commander';
import { parse, stringify } from 'yaml';
import { failureOf } from '../../cli/io.js';
import { build, COMMANDS, main } from '../../cli/main.js';
import { dayNumber, isCivilDate } from '../../domain/calendar.js';
import { computePlan } from '../../domain/plan.js';
import { hearing } from '../support/terminal.js';
import { editionOf, REFERENCE, textOf } from './editions.js';

const folder = mkdtempSync(join(tmpdir(), 'troismains-'));
const heard = hearing();
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

/** A part of an edition on a few lines, in braces: its keys share a line with what ends a text. */
const inBraces = (block: string): string => {
  const { territory } = parse(block) as { territory: { name: string } };
  const text = stringify(territory, { collectionStyle: 'flow', lineWidth: 0 }).trim();
  return `territory: ${text.replace("Département du Val d'Oise", `"Département\n    du Val d'Oise"`)}\n`;
};

describe('a file that is not in UTF-8', () => {
  const written = 'title: Expérimentations';
  test.each([
    ['as Windows-1252 writes it', Buffer.from(written, 'latin1')],
    ['in UTF-16', Buffer.from(`\ufeff${written}`, 'utf16le')],
    ['in UTF-16 without a mark', Buffer.from(written, 'utf16le')],
  ])('%s is refused, with what to do', async (name, bytes) => {
    const path = join(folder, `${name.replaceAll(' ', '-')}.yaml`);
    writeFileSync(path, bytes);
    for (const command of [
      ['plan', path],
      ['rehearse', REFERENCE, '--personas', path],
    ]) {
      heard.out = '';
      expect(await main([...command, '--json', '--lang', 'fr'])).toBe(2);
      expect(JSON.parse(heard.out).error.message).toContain(`${path} n'est pas en UTF-8 : enregistrez-le en UTF-8`);
    }
  });

  test('but with the mark of UTF-8 is taken', async () => {
    expect(await main(['plan', file('marked.yaml', `\ufeff${textOf(REFERENCE)}`), '--json'])).toBe(0);
  });
});

describe('troismains plan', () => {
  test('prints one JSON document and nothing else', async () => {
    expect(await main(['plan', REFERENCE, '--json'])).toBe(0);
    expect(JSON.parse(heard.out)).toEqual(JSON.parse(readFileSync('test/domain/fixtures/val-d-oise-2023.plan.json', 'utf8')));
  });

  test('takes the global options before the command too', async () => {
    expect(await main(['--json', '--lang', 'en', 'plan', REFERENCE])).toBe(0);
    expect(JSON.parse(heard.out)).toMatchObject({ edition: 'val-d-oise-2023' });
  });

  test.each([
    ['svg', '<svg '],
    ['ics', 'BEGIN:VCALENDAR'],
    ['csv', '\ufeffid;Step;'],
    ['table', 'Expérimentations sociales'],
  ])('prints %s', async (format, start) => {
    expect(await main(['plan', REFERENCE, '--format', format, '--lang', 'en'])).toBe(0);
    expect(heard.out.startsWith(start)).toBe(true);
  });

  test('prints CSV for machines when it is asked to', async () => {
    expect(await main(['plan', REFERENCE, '--format', 'csv', '--csv-dialect', 'rfc4180', '--lang', 'en'])).toBe(0);
    expect(heard.out.startsWith('id,Step,')).toBe(true);
  });

  test('answers 3 when the plan is infeasible, and still prints it', async () => {
    const path = file('late.yaml', textOf(REFERENCE).replace('target: 2024-01-26', 'target: 2023-12-22'));
    expect(await main(['plan', path, '--json', '--lang', 'en'])).toBe(3);
    expect(JSON.parse(heard.out)).toMatchObject({
      feasible: false,
      problems: [{ kind: 'sitting-missed', message: expect.stringContaining('misses the sitting') }, { kind: 'target-missed' }],
    });
  });

  test('answers 2 with the first hundred of sixty thousand problems, and how many there are', async () => {
    const path = file('crowd.yaml', `schema: 1\ninterviews: [${'dg,'.repeat(60_000)}]\n`);
    for (const args of [[], ['--json']]) {
      heard.out = '';
      heard.err = '';
      expect(await main(['plan', path, ...args])).toBe(2);
      expect((heard.out + heard.err).length).toBeLessThan(50_000);
      expect(heard.out + heard.err).toMatch(/: \d{5,6} problèmes, dont voici les 100 premiers, rien n'a été fait\./);
    }
    expect(JSON.parse(heard.out).error.problems.length).toBe(100);
  });

  test('answers 2 with every problem and its path, in the language asked for', async () => {
    const path = file('wrong.yaml', textOf(REFERENCE).replace('dga@valdoise.example', 'dga').replace('jury: [dg,', 'jury: [nobody,'));
    expect(await main(['plan', path, '--json', '--lang', 'en'])).toBe(2);
    const { error } = JSON.parse(heard.out);
    expect(error.problems.map((problem: { path: string }) => problem.path)).toEqual(['people[1].email', 'selection.jury[0]']);
    expect(error.problems[0].message).toContain('this should be an address');
    heard.out = '';
    expect(await main(['plan', path, '--lang', 'fr'])).toBe(2);
    expect([heard.out, heard.err]).toEqual(['', expect.stringContaining('people[1].email : `dga` : on attend une adresse')]);
  });

  test.each([
    [['plan']],
    [['plan', 'nowhere.yaml']],
    [['plan', REFERENCE, '--format', 'pdf']],
    [['nothing']],
    [['plan', REFERENCE, '--lang', 'de']],
    [['ask', 'close', 'an-ask', '--reason', ' – ']],
    [['cohort', 'cancel', 'an-edition', '--reason', '']],
  ])('answers 2 to %j', async (args) => {
    expect(await main(args)).toBe(2);
    expect([heard.out, heard.err.length > 20]).toEqual(['', true]);
    expect(await main([...args, '--json'])).toBe(2);
    expect(JSON.parse(heard.out)).toMatchObject({ error: { exitCode: 2 } });
  });

  test.each([
    [['mail', 'lst'], 'commande inconnue « lst ». Peut-être : list ?', "unknown command 'lst' (Did you mean list?)"],
    [['mail', 'show'], 'il manque « id ».', "missing required argument 'id'"],
    [['mail', 'show', '1', '2'], "trop d'arguments : 2 au lieu de 1.", "too many arguments for 'show'. Expected 1 argument but got 2."],
    [['mail', 'resend', '1'], "il manque l'option « --reason <text> ».", "required option '--reason <text>' not specified"],
    [['mail', 'list', '--edition'], "il manque une valeur à l'option « --edition <id> ».", "option '--edition <id>' argument missing"],
    [['mail', 'list', '--nothing'], 'option inconnue « --nothing ».', "unknown option '--nothing'"],
    [['mail', 'resend', '1', '--reason', '–'], 'une raison se dit avec des mots.', 'a reason is words that say why.'],
    [['mail', 'list', '--limit', '0'], 'on attend un nombre entier de 1 à 1000000.', 'this should be a whole number from 1 to 1000000.'],
    [['rehearse', 'x', '--seeds', '0'], 'on attend un nombre entier de 1 à 1000.', 'this should be a whole number from 1 to 1000.'],
    [['audit', 'x', '--head', '12'], 'une tête est faite de 64 chiffres hexadécimaux', 'a head is 64 hexadecimal digits'],
    [['up', '--port', 'x'], 'un port est un nombre de 0 à 65535.', 'a port is a number from 0 to 65535.'],
    [['plan', 'x', '--format', 'pdf'], "n'accepte pas « pdf », mais : table, svg, ics, csv.", 'Allowed choices are table, svg, ics, csv.'],
  ])('says what is wrong with %j in the language asked for', async (args, french, english) => {
    for (const [lang, words] of [
      ['fr', french],
      ['en', english],
    ] as const) {
      heard.err = '';
      expect(await main([...args, '--lang', lang])).toBe(2);
      expect(heard.err).toContain(words);
      expect(heard.err).toContain('--help');
    }
    heard.out = '';
    expect(await main([...args, '--lang', 'fr', '--json'])).toBe(2);
    expect(JSON.parse(heard.out).error.message).toContain(french);
  });

  test.each([
    ['a password that is wrong', Object.assign(new Error('password authentication failed'), { code: '28P01' })],
    ['a database that is not there', Object.assign(new Error('database does not exist'), { code: '3D000' })],
    ['a connection that was cut', new Error('Connection terminated unexpectedly')],
    ['a refusal inside another error', new Error('Failed to describe', { cause: Object.assign(new Error('x'), { code: 14 }) })],
  ])('answers 4 to %s', (_what, error) => {
    expect(failureOf(error, 'en').error.exitCode).toBe(4);
  });

  test('explains itself with an example, in the language asked for', async () => {
    for (const command of ['plan', 'schema', 'new', 'up'])
      for (const [lang, words] of [
        ['fr', /^Emploi\u00a0: troismains.*^Options\u00a0:.*^ {2}-h, --help +cette aide$.*^Exemple\u00a0:$/ms],
        ['en', /^Usage: troismains.*^Options:.*^ {2}-h, --help +display help for command$.*^Example:$/ms],
      ] as const) {
        heard.out = '';
        expect(await main([command, '--help', '--lang', lang])).toBe(0);
        expect(heard.out).toMatch(words);
        expect(heard.out).toContain('--json');
      }
  });

  test('explains a command to who asks `help` for it', async () => {
    expect(await main(['help', 'plan', '--lang', 'en'])).toBe(0);
    expect(heard.out).toContain('Plans an edition backwards');
  });

  test.each([...Object.keys(COMMANDS), undefined])('says all of %s in both languages', async (name) => {
    const french = saidBy(await build(name, { json: false, locale: 'fr' }));
    const english = saidBy(await build(name, { json: false, locale: 'en' }));
    expect([...french.keys()]).toEqual([...english.keys()]);
    expect(french.size).toBeGreaterThan(Object.keys(COMMANDS).length);
    expect([...french].filter(([what, words]) => words.some((one) => one === '' || english.get(what)?.includes(one)))).toEqual([]);
  });
});

/** What a command and those under it say of themselves, by what says it: each option and argument, and the lines of its help but for what is typed. */
function saidBy(command: Command, path = command.name()): Map<string, string[]> {
  const help: string[] = [];
  command.configureOutput({ writeOut: (text) => void help.push(text), getOutHelpWidth: () => 10_000 }).outputHelp();
  const lines = help.join('').split('\n');
  const own = [...command.options, ...command.registeredArguments].map((one): [string, string[]] => [
    `${path} ${one.name()}`,
    [one.description],
  ]);
  return new Map([
    [path, [command.summary() || command.description(), ...lines.filter((line) => /^\S|^ +# (?!yaml-)/.test(line))]],
    ...own,
    ...command.commands.flatMap((sub) => [...saidBy(sub, `${path} ${sub.name()}`)]),
  ]);
}

describe('troismains new', () => {
  test('copies an edition with every date moved by whole weeks, its comments kept', async () => {
    expect(await main(['new', '--from', REFERENCE, '--start', '2027-01-18'])).toBe(0);
    const before = textOf(REFERENCE).split('\n');
    const after = heard.out.split('\n').filter((line) => !line.trim().startsWith('# à vérifier :'));
    const words = (line: string) => line.replaceAll(/\d{4}-\d\d-\d\d/g, 'DATE');
    expect(after.map(words)).toEqual(before.map(words));
    const datesIn = (text: string) => (text.replaceAll(/#.*/g, '').match(/\d{4}-\d\d-\d\d/g) ?? []).filter(isCivilDate);
    const moves = datesIn(heard.out).map((date, i) => dayNumber(date) - dayNumber(datesIn(textOf(REFERENCE))[i] ?? ''));
    // 1463 days are 209 weeks; two dates fell on a day off and moved on: Whit Monday 2027.
    expect([...new Set(moves)].sort((a, b) => a - b)).toEqual([1463, 1464]);
    expect(editionOf(heard.out)).toMatchObject({ id: 'val-d-oise-2023', start: '2027-01-18', target: '2028-01-28' });
  });

  test('starts a copy on the first same weekday that is not before the date asked for', async () => {
    expect(await main(['new', '--from', REFERENCE, '--start', '2027-01-19', '--id', 'copie-2027', '--title', "L'été : « 2027 »"])).toBe(0);
    expect(editionOf(heard.out)).toMatchObject({ id: 'copie-2027', title: "L'été : « 2027 »", start: '2027-01-25' });
  });

  test('says which day it took instead of the one asked for, and why', async () => {
    const copy = ['new', '--from', REFERENCE, '--start', '2028-02-29'];
    expect(await main([...copy, '--lang', 'fr'])).toBe(0);
    expect(heard.err).toContain(
      "Début demandé : mardi 29 février 2028 ; pris : lundi 6 mars 2028, 268 semaines après l'original, pour que chaque date garde son jour",
    );
    expect(heard.err).toContain(
      'territory.sessions.commission-permanente.dates.0 : le lundi 1er mai 2028 est chômé, mis au mardi 2 mai 2028.',
    );
    heard.out = '';
    expect(await main([...copy, '--json', '--lang', 'en'])).toBe(0);
    expect(JSON.parse(heard.out)).toMatchObject({
      ...{ asked: '2028-02-29', start: '2028-03-06', begins: '2028-03-06', weeks: 268 },
      offDays: [{ path: 'territory.sessions.commission-permanente.dates.0', from: '2028-05-01', to: '2028-05-02' }],
      check: ['territory.closures', 'territory.schoolHolidays', 'territory.sessions.commission-permanente.dates', 'plan.pitch.date'].map(
        (path) => ({ path, why: expect.stringMatching(/moved with everything else/) }),
      ),
    });
    heard.err = '';
    await main(['new', '--from', REFERENCE, '--start', '2028-03-06', '--lang', 'fr']);
    expect(heard.err).not.toContain('demandé');
    await main(['new', '--id', 'p', '--title', 'P', '--territory', 'V', '--start', '2028-05-01', '--lang', 'fr']);
    expect(heard.err).toContain("Le lundi 1er mai 2028 est chômé : l'édition commence le mardi 2 mai 2028.");
  });

  test('marks what must be looked at again, above its key, once', async () => {
    const marks = (text: string) =>
      text.split('\n').flatMap((line, i, all) => (/^ *# (à vérifier :|check:)/.test(line) ? [all[i + 1]?.trim()] : []));
    const keys = ['closures:', 'schoolHolidays:', /^dates: \[/, /^pitch: \{ date/].map((key) => expect.stringMatching(key));
    expect(await main(['new', '--from', REFERENCE, '--start', '2028-02-28'])).toBe(0);
    const once = heard.out;
    expect(marks(once)).toEqual(keys);
    heard.out = '';
    expect(await main(['new', '--from', file('copy.yaml', once), '--start', '2029-02-28', '--lang', 'en'])).toBe(0);
    expect(marks(heard.out)).toEqual(keys);
  });

  test.each([
    ['in braces', (text: string) => JSON.stringify(parse(text))],
    ['as JSON', (text: string) => JSON.stringify(parse(text), null, 2)],
    ['with lines of a text before', (text: string) => text.replace(/^territory:\n(?: .*\n)+/m, inBraces)],
    ['with the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
  ])('reads a copy of a file %s as it would without the marks', async (name, written) => {
    const path = file(`${name.replaceAll(' ', '-')}.yaml`, written(textOf(REFERENCE)));
    expect(await main(['new', '--from', path, '--start', '2028-02-28'])).toBe(0);
    const marked = heard.out;
    expect(marked).toMatch(/^ *# à vérifier :/m);
    heard.out = '';
    await main(['new', '--from', REFERENCE, '--start', '2028-02-28']);
    expect(parse(marked)).toEqual(parse(heard.out));
    expect(marked.includes('\r\n')).toBe(name.includes('Windows'));
    expect(marked).not.toMatch(name.includes('Windows') ? /[^\r]\n/ : /\r/);
  });

  test('writes a first edition that is feasible as it is', async () => {
    const path = join(folder, 'premiere.yaml');
    const args = ['new', '--id', 'premiere', '--title', 'Première : "2027"', '--territory', "Ville d'Ici", '--start', '2027-03-01'];
    expect(await main([...args, '--out', path])).toBe(0);
    expect(computePlan(editionOf(readFileSync(path, 'utf8')))).toMatchObject({ feasible: true, slackWorkingDays: 10 });
    expect(await main([...args, '--out', path])).toBe(2);
    expect(heard.err).toContain(path);
  });

  test('says what it needs when nobody can be asked', async () => {
    expect(await main(['new', '--from', REFERENCE])).toBe(2);
    expect(await main(['new', '--start', '2027-02-30', '--from', REFERENCE])).toBe(2);
    expect(await main(['new', '--id', 'x', '--json'])).toBe(2);
  });
});

test('troismains schema prints the schema', async () => {
  expect(await main(['schema'])).toBe(0);
  expect(JSON.parse(heard.out)).toMatchObject({ type: 'object', additionalProperties: false });
});
