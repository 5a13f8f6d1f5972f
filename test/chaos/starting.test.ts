/** Who starts an edition's run when several would at one moment, and what is owed when it was not started: no worker is needed to tell. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from '@temporalio/client';
import { createActivities } from '../../activities/index.js';
import { latestEpoch, latestRun } from '../../client/histories.js';
import { type Installation, openInstallation, restartCohort } from '../../client/installation.js';
import { startEdition } from '../../client/verbs/cohorts.js';
import { INSTALLATION, readConfig } from '../../config.js';
import { calendarOf } from '../../domain/calendar.js';
import { journal } from '../../store/audit.js';
import type { Db } from '../../store/db.js';
import { endEdition, findEdition } from '../../store/editions.js';
import { owedWakes } from '../../store/wakes.js';
import { cohortWorkflowId } from '../../workflows/messages.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { scripted } from '../support/edition.js';
import { smallEdition } from '../support/small.js';
import { until } from '../support/waiting.js';

/** As after a review. */
const seen = async (db: Db, edition: string) => void (await db.query('delete from pending_wake where edition = $1', [edition]));

const own = `starting-${process.pid}`;
let database: TestDatabase;
let one: Installation;
let other: Installation;
const begun: string[] = [];
beforeAll(async () => {
  database = await createDatabase();
  const environment = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS ?? '',
    TASK_QUEUE: own,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Essais <essais@troismains.example>',
    PUBLIC_URL: 'https://troismains.example',
    LINK_KEY: '07'.repeat(32),
  };
  one = await openInstallation(readConfig(environment, INSTALLATION));
  other = await openInstallation(readConfig(environment, INSTALLATION));
});
afterAll(async () => {
  for (const id of begun) await terminate(id).catch(() => undefined);
  await one.close();
  await other.close();
  await database.drop();
});

const terminate = (id: string) => one.client.workflow.getHandle(cohortWorkflowId(id)).terminate('by mistake');
const epochOf = async (id: string) => (await findEdition(one.store.pool, id))?.epoch;
const owed = () => owedWakes(one.store.pool, Date.now() + 1_000);
const restarts = async (id: string) => (await journal(one.store.pool, id)).filter(({ verb }) => verb === 'edition.restarted').length;

/** A small edition whose run waits for a worker, and whose first wake was seen. */
async function begin(name: string): Promise<string> {
  const id = `${own}-${name}`;
  const { edition, source } = smallEdition((file) => {
    file.id = id;
  });
  const startsAt = calendarOf(edition.territory).instantAt(edition.start, '10:00');
  expect(await startEdition(one, { edition, source, startsAt })).toMatchObject({ ok: true });
  begun.push(id);
  await seen(one.store.pool, id);
  return id;
}

/** An installation whose engine takes a workflow when `gate` lets it. */
function held(installation: Installation, gate: () => Promise<unknown>): Installation {
  const { client } = installation;
  const start = async (...given: unknown[]) => {
    await gate();
    return Reflect.apply(client.workflow.start, client.workflow, given);
  };
  const workflow = Object.create(client.workflow, { start: { value: start } });
  const slow: Client = Object.create(client, { workflow: { value: workflow } });
  return { ...installation, client: slow };
}

test('every edition draws what the ids of its places are made with', async () => {
  const salts = await Promise.all(
    ['drawn-1', 'drawn-2'].map(async (name) => (await findEdition(one.store.pool, await begin(name)))?.request_salt),
  );
  expect(new Set(salts).size).toBe(2);
  for (const salt of salts) expect(salt).toMatch(/^[\w-]{22}$/);
});

describe('an edition that is started again', () => {
  test('by two at once has the run that was started last under the epoch that was raised last, and it runs', async () => {
    const id = await begin('twice');
    const { pool } = one.store;
    let second: Promise<unknown> | undefined;
    let done = false;
    const waits = async () =>
      ((
        await pool.query(
          `select 1 from pg_locks l join pg_database d on d.oid = l.database
           where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`,
        )
      ).rowCount ?? 0) > 0;
    const slow = held(one, async () => {
      second = restartCohort(other, id, { why: 'asked', by: { actor: 'machine', reason: 'un autre' } }).finally(() => {
        done = true;
      });
      await until('the second neither starts it nor waits', async () => done || (await waits()));
    });
    await restartCohort(slow, id, { why: 'asked', by: { actor: 'machine', reason: 'un essai' } });
    await second;
    expect(await latestEpoch(one.client, id)).toBe(3);
    expect([await epochOf(id), (await latestRun(one.client, cohortWorkflowId(id)))?.running]).toEqual([3, true]);
  });

  test('and that the engine does not take is owed a wake, so that the sweep finds that nothing runs', async () => {
    const id = await begin('not-taken');
    expect(await owed()).not.toContain(id);
    const down = held(one, () => Promise.reject(new Error('14 UNAVAILABLE')));
    await expect(restartCohort(down, id, { why: 'asked', by: { actor: 'machine', reason: 'un essai' } })).rejects.toThrow('UNAVAILABLE');
    expect(await epochOf(id)).toBe(2);
    expect(await owed()).toContain(id);
  });

  test('by ten answers that find no run is started by one of them', async () => {
    const id = await begin('ten');
    await terminate(id);
    await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? one : other).wake(id)));
    const run = await latestRun(one.client, cohortWorkflowId(id));
    expect([await restarts(id), await epochOf(id), await latestEpoch(one.client, id), run?.running]).toEqual([1, 2, 2, true]);
    for (const who of [one, other]) await who.wake(id);
    expect(await restarts(id)).toBe(1);
  });

  test('and that was lost is started by the sweep once its next look is late, though nobody acts', async () => {
    const id = await begin('lost');
    await terminate(id);
    const base = Date.now();
    let lateMs = 0;
    const { sweep } = createActivities({
      ...one,
      transport: scripted(),
      mailFrom: 'Essais <essais@troismains.example>',
      heartbeat() {},
      realNow: () => base + lateMs,
    });
    const look = async (afterMs: number) => {
      lateMs = afterMs;
      await sweep();
      return (await latestRun(one.client, cohortWorkflowId(id)))?.running;
    };
    await one.store.pool.query('update edition set look_at = to_timestamp(($2::bigint + clock_offset_ms) / 1000.0) where id = $1', [
      id,
      base,
    ]);
    expect([await look(50_000), await look(70_000)]).toEqual([false, false]);
    expect(await look(90_000)).toBe(true);
    expect([await restarts(id), await epochOf(id), await latestEpoch(one.client, id)]).toEqual([1, 2, 2]);
  });
});

test('a run that is stale as it begins owes a wake, since it may have ended the one that was not; one of an edition that is over owes none', async () => {
  const id = await begin('late');
  const { store } = one;
  const { openCohort } = createActivities({
    ...one,
    transport: scripted(),
    mailFrom: 'Essais <essais@troismains.example>',
    heartbeat() {},
  });
  expect(await openCohort({ edition: id, epoch: 1, at: Date.now() })).not.toBeNull();
  expect(await owed()).not.toContain(id);
  expect(await openCohort({ edition: id, epoch: 0, at: Date.now() })).toBeNull();
  expect(await owed()).toContain(id);
  await seen(store.pool, id);
  await endEdition(store.pool, id, { at: Date.now(), status: 'cancelled' });
  expect(await openCohort({ edition: id, epoch: 0, at: Date.now() })).toBeNull();
  expect(await owed()).not.toContain(id);
});
