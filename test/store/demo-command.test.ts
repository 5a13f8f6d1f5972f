/** `troismains demo advance` refuses in words what it cannot move. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { main } from '../../cli/main.js';
import { holdClock } from '../../store/clock.js';
import { inTransaction } from '../../store/db.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey } from '../support/edition.js';
import { hearing } from '../support/terminal.js';

const heard = hearing();
const before = { ...process.env };
let database: BenchDatabase;
let bench: Bench;

beforeAll(async () => {
  database = await benchDatabase();
  Object.assign(process.env, {
    ...{ DATABASE_URL: database.url, TEMPORAL_ADDRESS: '127.0.0.1:9', PUBLIC_URL: 'http://127.0.0.1:9', LINK_KEY: linkKey.toString('hex') },
    ...{ MAILBOX_URL: 'http://127.0.0.1:9/mailbox', LANG: 'fr_FR.UTF-8' },
  });
});
afterAll(async () => {
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  await database.drop();
});
beforeEach(async () => {
  bench = await database.bench();
  await bench.review(bench.on('2027-06-07', '09:00'), [{ step: 'interviews', kind: 'interview' }]);
  await shift(bench.on('2027-06-07', '10:00') - Date.now());
});

const shift = (ms: number) => bench.store.pool.query('update edition set clock_offset_ms = $2 where id = $1', [bench.id, Math.round(ms)]);
const refusal = async (...args: string[]) => {
  heard.err = '';
  const code = await main(['demo', 'advance', bench.id, ...args]);
  return { code, err: heard.err };
};

test('how far, who plays, whom, and of which edition', async () => {
  const refusals: [string[], string][] = [
    [['--to', 'demain'], '--to demain : ni « next », ni une date (AAAA-MM-JJ), ni une étape (interviews, '],
    [['--to', '2027-06-07'], "une horloge n'avance que vers la suite"],
    [['--to', 'interviews'], 'a déjà commencé'],
    [['--others', 'gentils'], '--others gentils : on attend punctual, realistic, summer-late ou nobody'],
    [['--as', 'coordo', '--as', 'nemo'], "--as nemo : personne de ce nom dans l'édition"],
  ];
  for (const [args, words] of refusals) expect(await refusal(...args)).toEqual({ code: 2, err: expect.stringContaining(words) });
  expect(await main(['demo', 'advance', 'nulle-part'])).toBe(2);
  expect(heard.err).toContain("Pas d'édition nulle-part");
});

test('an edition that lives by our clock, and mail that reaches people', async () => {
  await shift(0);
  expect(await refusal()).toEqual({ code: 2, err: expect.stringContaining("vit à l'heure réelle") });
  await shift(1_000);
  const { MAILBOX_URL: mailbox } = process.env;
  delete process.env.MAILBOX_URL;
  expect(await refusal()).toEqual({ code: 2, err: expect.stringContaining('part chez de vraies personnes') });
  process.env.MAILBOX_URL = mailbox;
});

test('a clock that is being moved already', async () => {
  const refused = inTransaction(bench.store.pool, async (guard) => {
    await holdClock(guard, bench.id);
    return refusal();
  });
  expect(await refused).toEqual({ code: 1, err: expect.stringContaining('avance déjà') });
});
