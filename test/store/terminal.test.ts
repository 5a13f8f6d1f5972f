import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { asText } from '../../cli/doctor.js';
import { main } from '../../cli/main.js';
import { columns } from '../../cli/table.js';
import { visibly } from '../../domain/clean.js';
import { delegate } from '../../store/acts/delegate.js';
import { extend } from '../../store/acts/extend.js';
import { reasonsOf } from '../../store/audit.js';
import { peopleOf } from '../../store/people.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey, scripted } from '../support/edition.js';
import { hearing } from '../support/terminal.js';

/** What would begin a line of its own, move the cursor, ring, turn the line round, or colour what follows. */
const forged = 'FORGED';
const hostile = `Vu\n${forged} 1\r${forged} 2\u2028${forged} 3\u2029${forged} 4\u0085 \u001b[2J\u001b[31m\u009b2J\u0007\u202e\u2066\u200f fin`;
/** Nothing of it: but line ends, and a tab that nobody typed. */
const acts = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;

const heard = hearing();
const before = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'terminal-'));
const interview = { step: 'interviews', kind: 'interview' } as const;
let database: BenchDatabase;
let bench: Bench;

beforeAll(async () => {
  database = await benchDatabase();
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    PUBLIC_URL: 'https://essais.example',
    LINK_KEY: linkKey.toString('hex'),
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Essais <essais@troismains.example>',
    LANG: 'fr_FR.UTF-8',
  });
  bench = await database.bench();
  const { pool } = database.store;
  // kept before one line was one line
  await pool.query('update person set name = name || $1', [hostile]);
  await pool.query('update edition set title = $1', [hostile]);
  await bench.review(bench.on('2027-06-07'), [interview]);
  await bench.deliver(bench.on('2027-06-07', '10:00'), scripted());
  const bytes = Buffer.from(
    `Subject: =?utf-8?B?${Buffer.from(hostile).toString('base64')}?=\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${hostile}`,
  );
  await pool.query('update outbox set subject = $1, bytes = $2', [hostile, bytes]);
  await extend(bench.store, { ask: bench.idOf(interview), date: '2027-06-25', reason: hostile, realNow: bench.on('2027-06-09') });
});
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  rmSync(folder, { recursive: true });
  await database.drop();
});

describe('what somebody typed', () => {
  const named = join(folder, `retour${hostile.replaceAll('/', '')}.eml`);
  const file = join(folder, 'edition.yaml');
  const commands: Record<string, () => string[]> = {
    audit: () => ['audit', bench.id],
    'audit, verified': () => ['audit', bench.id, '--verify'],
    'an edition that is not there': () => ['audit', hostile],
    'cohort list': () => ['cohort', 'list'],
    'cohort show': () => ['cohort', 'show', bench.id],
    'cohort start': () => ['cohort', 'start', file],
    plan: () => ['plan', file],
    'a plan of a file that is not there': () => ['plan', named],
    'ask list': () => ['ask', 'list'],
    'ask list --waiting': () => ['ask', 'list', '--waiting'],
    'ask nudge': () => ['ask', 'nudge', hostile, '--reason', hostile],
    'person list': () => ['person', 'list', bench.id],
    'person email': () => ['person', 'email', bench.id, 'sante', hostile, '--reason', hostile],
    'mail list': () => ['mail', 'list'],
    'mail show': () => ['mail', 'show', '1'],
    'mail resend': () => ['mail', 'resend', hostile, '--reason', hostile],
    'mail bounce': () => ['mail', 'bounce', '--mailbox', folder],
    'no command': () => [hostile],
    'no option': () => ['audit', `--${hostile}`],
  };
  beforeAll(() => {
    writeFileSync(named, 'no mail\n');
    writeFileSync(file, `schema: 1\n? ${JSON.stringify(hostile)}\n: ${JSON.stringify(hostile)}\nid: ${JSON.stringify(hostile)}\n`);
  });

  test.each(Object.keys(commands))('does not act on a terminal, nor begin a line: %s', async (name) => {
    await main(commands[name]?.() ?? []);
    const said = heard.out + heard.err;
    expect(said.trim()).not.toBe('');
    expect(acts.exec(said)).toBeNull();
    expect(said.split('\n').filter((line) => line.trimStart().startsWith(forged) && name !== 'mail show')).toEqual([]);
  });

  test.each(Object.keys(commands))('is written as it is in JSON, and does not act there either: %s', async (name) => {
    await main([...(commands[name]?.() ?? []), '--json']);
    expect(acts.exec(heard.out + heard.err)).toBeNull();
    expect(JSON.parse(heard.out)).toBeDefined();
  });

  test('is kept on one line where it has one: a reason, a name, a title', async () => {
    const [reason] = [...(await reasonsOf(database.store.pool, bench.id)).values()];
    expect(reason?.text).toMatch(/^Vu FORGED 1 FORGED 2 FORGED 3 FORGED 4 .*fin$/);
    expect(reason?.text).not.toMatch(acts);
    const name = 'Une \u200f  \u2060collègue\u200e';
    const request = bench.request(interview, 'sante');
    await delegate(bench.store, { request, name, email: 'collegue@valdoise.example', realNow: bench.on('2027-06-10') });
    const people = [...(await peopleOf(database.store.pool, bench.id)).values()];
    expect(people.find(({ email }) => email === 'collegue@valdoise.example')?.name).toBe('Une collègue');
  });

  test('in what a server answers stays on the line of what was looked at', () => {
    const same = { fr: hostile, en: hostile };
    const said = asText([{ id: 'smtp', name: { fr: 'Mail', en: 'Mail' }, state: 'fail', detail: same, todo: same }], 'fr');
    expect(said.split('\n').length).toBe(4);
    expect(said).not.toMatch(acts);
  });

  test('is as wide in a table as it is shown', () => {
    expect(columns(['a', 'b'], [['x\u001b[31m\ny', 'z']])).toBe('a        b\nx[31m y  z');
  });

  test('is the same in JSON that can be seen', () => {
    expect(JSON.parse(visibly(JSON.stringify({ hostile })))).toEqual({ hostile });
    expect(visibly('{"a":"é 漢 😀"}\n')).toBe('{"a":"é 漢 😀"}\n');
  });
});
