/** The page of the installation over a real database and a real Temporal: it says what `doctor` says, in the same words. */
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { asText, examine } from '../../cli/doctor.js';
import { examineInstallation } from '../../client/checks/index.js';
import { type Config, readConfig } from '../../config.js';
import { setFrench } from '../../domain/typography.js';
import { inTransaction } from '../../store/db.js';
import { recordIncident } from '../../store/incidents.js';
import { queueMails } from '../../store/queue.js';
import { rememberStandstills } from '../../store/watch.js';
import { type BenchDatabase, benchDatabase } from '../support/edition.js';
import { readable, site } from './support/client.js';

let database: BenchDatabase;
let config: Config;
const backups = mkdtempSync(join(tmpdir(), 'troismains-backups-'));
beforeAll(async () => {
  database = await benchDatabase();
  const bench = await database.bench();
  const at = bench.on('2027-06-07');
  await bench.live(at, bench.on('2027-06-08'), [{ step: 'interviews', kind: 'interview' }]);
  const { pool } = database.store;
  await recordIncident(pool, bench.id, { scope: 'delivery', message: 'connection refused', at });
  const dueAt = Date.now() - 3 * 3_600_000;
  const [person = ''] = bench.edition.people.map(({ id }) => id);
  await queueMails(pool, { edition: bench.id, at: dueAt, dueAt, mails: [{ key: 'ended.late', person, template: 'ended' }] });
  const found = [{ kind: 'stuck', scope: bench.id, since: at, count: 1 }] as const;
  for (const realNow of [at, at + 1]) await inTransaction(pool, (tx) => rememberStandstills(tx, { found, unknown: [], realNow }));
  const lastWeek = new Date(Date.now() - 7 * 86_400_000);
  writeFileSync(join(backups, 'troismains.dump'), 'kept');
  utimesSync(join(backups, 'troismains.dump'), lastWeek, lastWeek);
  config = readConfig({
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS ?? '',
    TASK_QUEUE: `installation-${process.pid}`,
    BACKUP_FOLDER: backups,
  });
});
afterAll(async () => {
  rmSync(backups, { recursive: true });
  await database.drop();
});

/** Ages, sizes and clocks differ from one look to the next. */
const still = (text: string) => text.replace(/\d+/g, '#');

test.each(['fr', 'en'] as const)('the page says what doctor says, and doctor what the page says (%s)', async (locale) => {
  const own = ['environment']; // the variables of a worker
  const said = (await examine(config)).filter(({ id }) => !own.includes(id));
  const { get } = site(undefined, { checks: () => examineInstallation(config) });
  const page = still(readable(await (await get(`/engine?lang=${locale}`)).text()));
  const set = (text: string) => still(readable(locale === 'fr' ? setFrench(text) : text));
  expect(said.map(({ id }) => id)).toEqual(
    expect.arrayContaining([
      'version',
      'postgres',
      'postgres-schema',
      'outbox',
      'incidents',
      'alert-stuck',
      'temporal',
      'worker',
      'disk',
      'backup',
    ]),
  );
  for (const { name, detail, todo, state } of said) {
    expect(page).toContain(set(`${name[locale]} `).trim());
    expect(page).toContain(set(detail[locale]));
    if (state !== 'ok' && todo !== undefined) expect(page).toContain(set(todo[locale]));
  }
  const { checks } = (await (await get(`/api/engine?lang=${locale}`)).json()) as { checks: { name: string }[] };
  expect(checks.map(({ name }) => name)).toEqual(said.map(({ id }) => id));
  expect(page).toContain(set(asText(said, locale).split('\n').at(-1) ?? '?'));
});

test('a backup of last week, mail that waits and work that fails are seen', async () => {
  const found = new Map((await examineInstallation(config)).map((one) => [one.id, one]));
  expect(found.get('backup')).toMatchObject({ state: 'fail', detail: { fr: 'il y a 7 jours (troismains.dump)' } });
  expect(found.get('outbox')?.detail.fr).toBe('en attente 1 (le plus ancien dû il y a 3 h)');
  expect(found.get('incidents')).toMatchObject({ state: 'warn', detail: { en: expect.stringMatching(/\(1\)$/) } });
  expect(found.get('worker')).toMatchObject({ state: 'fail', unreachable: true });
  const without = await examineInstallation({ ...config, backupFolder: undefined as never });
  expect(without.find(({ id }) => id === 'backup')).toMatchObject({ state: 'warn' });
});

test('all of it costs a dozen statements, whatever there is', async () => {
  const asked = jest.spyOn(pg.Client.prototype, 'query');
  try {
    await examineInstallation(config);
    const before = asked.mock.calls.length;
    expect(before).toBeLessThanOrEqual(12);
    await database.bench();
    asked.mockClear();
    await examineInstallation(config);
    expect(asked.mock.calls.length).toBe(before);
  } finally {
    asked.mockRestore();
  }
});

test('where Temporal is not there, the page waits for it no longer than it is told, and says so', async () => {
  const { temporal } = readConfig({ TEMPORAL_ADDRESS: '127.0.0.1:9' });
  const found = await examineInstallation({ ...config, temporal }, { withinMs: 500 });
  expect(found.find(({ id }) => id === 'temporal')).toMatchObject({ state: 'fail', unreachable: true });
  expect(found.find(({ id }) => id === 'postgres')).toMatchObject({ state: 'ok' });
});
