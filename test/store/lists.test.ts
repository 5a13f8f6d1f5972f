/** Lists of the command line are read a part at a time, whatever there is. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { main } from '../../cli/main.js';
import type { Installation } from '../../client/installation.js';
import { listAllAsks, listWaiting } from '../../client/verbs/asks.js';
import { listCohortsIn } from '../../client/verbs/cohorts.js';
import { listAllMails } from '../../client/verbs/mails.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey } from '../support/edition.js';
import { hearing } from '../support/terminal.js';

const heard = hearing();
const before = { ...process.env };
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
  const others = [await database.bench(), await database.bench()];
  for (const one of [bench, ...others]) await one.review(one.on('2027-06-07'), [interview]);
  await database.store.pool.query(
    `insert into outbox (edition, key, person, template, subject, message_id, queued_at, due_at)
     select $1, 'k' || n, 'direction', 'asks', 'Mail ' || n, n, '2028-01-01', timestamptz '2028-01-01' + n * interval '1 minute' from generate_series(1, 60) n`,
    [bench.id],
  );
  await database.store.pool.query(
    `insert into ask (id, edition, step, kind, version, generation, day1, opens_at, opened_at, due, due_at)
     select 'ask-' || n, $1, step, kind, n, generation, day1, opens_at, opened_at + n * interval '1 day', due, due_at
     from ask, generate_series(1, 60) n where edition = $1`,
    [bench.id],
  );
});
beforeEach(() => {
  heard.out = '';
});
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await database.drop();
});

/** What a list says, as rows. */
async function rowsOf(...args: string[]) {
  heard.out = '';
  expect(await main([...args, '--json'])).toBe(0);
  return JSON.parse(heard.out);
}

test.each([
  ['mail', ['--edition']],
  ['ask', ['--edition']],
  ['mail', []],
  ['ask', []],
])('%s list %j: fifty, the newest first, and the rest after them', async (what, options) => {
  const args = [what, 'list', ...options.flatMap((option) => [option, bench.id])];
  const first = await rowsOf(...args);
  const rest = await rowsOf(...args, '--from', '50');
  expect(first).toHaveLength(50);
  expect(rest.length).toBeGreaterThanOrEqual(11);
  const ids = [...first, ...rest].map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(first[0]).toMatchObject(what === 'mail' ? { subject: 'Mail 60' } : { id: 'ask-60' });
  expect(await rowsOf(...args, '--from', '3', '--limit', '2')).toEqual(first.slice(3, 5));
});

test('who is waited for, and editions, come in parts too', async () => {
  const waiting = await rowsOf('ask', 'list', '--waiting');
  expect(waiting.map(({ edition }: { edition: string }) => edition)).toEqual([
    'essai-1',
    'essai-1',
    'essai-2',
    'essai-2',
    'essai-3',
    'essai-3',
  ]);
  for (const [from, limit] of [
    [1, 2],
    [2, 2],
    [3, 9],
    [5, 1],
    [6, 1],
  ] as const) {
    const part = await rowsOf('ask', 'list', '--waiting', '--from', String(from), '--limit', String(limit));
    expect(part).toEqual(waiting.slice(from, from + limit));
  }
  expect(await rowsOf('ask', 'list', '--waiting', '--edition', 'essai-2', '--from', '1')).toEqual(waiting.slice(3, 4));
  const editions = await rowsOf('cohort', 'list');
  expect(editions).toHaveLength(3);
  expect(await rowsOf('cohort', 'list', '--limit', '1', '--from', '2')).toEqual(editions.slice(2));
});

test('a list that goes on says where, one that is whole does not', async () => {
  expect(await main(['mail', 'list'])).toBe(0);
  expect(heard.out).toMatch(/\n… la suite : --from 50\n$/);
  heard.out = '';
  expect(await main(['cohort', 'list', '--limit', '2', '--lang', 'en'])).toBe(0);
  expect(heard.out).toMatch(/\n… more: --from 2\n$/);
  heard.out = '';
  expect(await main(['cohort', 'list', '--limit', '3'])).toBe(0);
  expect(heard.out).not.toContain('--from');
});

test('a part takes as many statements however much there is', async () => {
  const asked: string[] = [];
  const query = (text: string, values?: unknown[]) => {
    asked.push(text);
    return database.store.pool.query(text, values);
  };
  const installation = { store: { ...database.store, pool: { ...database.store.pool, query } }, realNow: () => bench.on('2027-06-10') };
  const lists = [listAllAsks, listAllMails, listCohortsIn, listWaiting];
  const costs = async (limit: number) => {
    const all: number[] = [];
    for (const list of lists) {
      asked.length = 0;
      await list(installation as unknown as Installation, { from: 0, limit });
      all.push(asked.length);
    }
    return all;
  };
  expect(await costs(1)).toEqual([1, 2, 3, 6]);
  expect(await costs(50)).toEqual([1, 2, 3, 6]);
});
