import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { createWatch, type WatchDeps } from '../../activities/watch.js';
import { type Health, healthOf, isWhole } from '../../client/health.js';
import { runsOf } from '../../client/runs.js';
import { capacityOf } from '../../domain/capacity.js';
import { captureTransport } from '../../mail/transport.js';
import { openStore, type Store } from '../../store/db.js';
import { beat, heartbeats, openAlerts } from '../../store/watch.js';
import { createWorker } from '../../worker/create.js';
import { serveHealth } from '../../worker/health.js';
import { workerMeasures } from '../../worker/measures.js';
import { ensureSchedules, SCHEDULED } from '../../worker/schedules.js';
import { cohortWorkflowId, scheduleId } from '../../workflows/messages.js';
import { fetchHistory, recordHistory } from '../support/history.js';
import { type Stage, setStage } from '../support/theatre.js';
import { until } from '../support/waiting.js';

const taskQueue = `watch-${randomUUID()}`;
/** To the second, as the engine tells it. */
const began = Math.floor(Date.now() / 1000) * 1000;
let stage: Stage;
let store: Store;
let client: Client;
const disks = async () => [{ folder: '/data', freeBytes: 50, bytes: 100 }];
let worker: Worker;
let deps: WatchDeps;
let measures: ReturnType<typeof workerMeasures>;
const leaving: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  stage = await setStage();
  leaving.push(() => stage.strike());
  store = openStore(stage.databaseUrl);
  leaving.push(() => store.close());
  const connection = await Connection.connect({ address: stage.temporalAddress });
  leaving.push(() => connection.close());
  const native = await NativeConnection.connect({ address: stage.temporalAddress });
  leaving.push(() => native.close());
  client = new Client({ connection, namespace: stage.namespace });
  const transport = captureTransport();
  const installation = {
    store,
    client,
    taskQueue,
    publicUrl: 'https://essais.example',
    linkKey: Buffer.alloc(32),
    realNow: Date.now,
    disks,
  };
  const mailFrom = 'Essais <essais@plateau.example>';
  const log = { info() {}, warn() {}, error() {} };
  deps = { ...installation, runs: (editions) => runsOf(installation, editions), transport, mailFrom, alertTo: [], locale: 'fr', log };
  measures = workerMeasures(installation);
  worker = await createWorker({
    connection: native,
    namespace: stage.namespace,
    taskQueue,
    bundlePath: stage.bundlePath,
    capacity: capacityOf({ cores: 1, memoryBytes: 2 ** 30 }, { activities: 7 }),
    deps: { ...installation, transport, mailFrom, wake: async () => false },
    watch: deps,
    measured: measures.working,
  });
  const running = worker.run();
  leaving.push(async () => {
    worker.shutdown();
    await running;
  });
});
afterAll(async () => {
  for (const leave of leaving.reverse()) await leave();
});

test('a worker does at once what it was told', () => {
  expect(worker.options).toMatchObject({
    tuner: {
      localActivityTaskSlotSupplier: { numSlots: 6 },
      activityTaskSlotSupplier: { numSlots: 7 },
      workflowTaskSlotSupplier: { numSlots: 10 },
    },
    maxCachedWorkflows: 341,
    maxConcurrentWorkflowTaskPolls: 5,
    maxConcurrentActivityTaskPolls: 4,
  });
});

test('a watch looks as often as it is told, and what a look finds is kept', async () => {
  for (const [name, looks] of Object.entries({ idle: 1, looks: 3 })) {
    const workflowId = `watch-${name}-${taskQueue}`;
    await client.workflow.execute('watch', { taskQueue, workflowId, args: [{ looks, pauseMs: 10 }] });
    const history = await fetchHistory(client, workflowId);
    expect(history.events?.filter((event) => event.activityTaskCompletedEventAttributes)).toHaveLength(looks);
    recordHistory('watch', name, history);
  }
  expect((await heartbeats(store.pool)).watch).toBeGreaterThanOrEqual(began);
});

describe('the schedules', () => {
  const id = scheduleId('sweep', taskQueue);
  const [sweep] = SCHEDULED;
  const other = (change: Partial<(typeof SCHEDULED)[number]>) =>
    SCHEDULED.map((one) => (one.workflowType === 'sweep' ? { ...one, ...change } : one));
  const installation = () => ({ client, taskQueue });
  afterAll(async () => {
    for (const { workflowType } of SCHEDULED) await client.schedule.getHandle(scheduleId(workflowType, taskQueue)).delete();
    for (const { workflowType } of SCHEDULED)
      for await (const { workflowId } of client.workflow.list({
        query: `TaskQueue = '${taskQueue}' AND WorkflowType = '${workflowType}' AND ExecutionStatus = 'Running'`,
      }))
        await client.workflow.getHandle(workflowId).terminate('the test is over');
  });

  test('are made once by workers that start at one moment, and start at once', async () => {
    await Promise.all([1, 2, 3].map(() => ensureSchedules(installation())));
    for (const { workflowType } of SCHEDULED) {
      const handle = client.schedule.getHandle(scheduleId(workflowType, taskQueue));
      const { info } = await until(`${workflowType} did not start`, async () => {
        const found = await handle.describe();
        return found.info.recentActions.length > 0 && found;
      });
      expect(info.runningActions).toHaveLength(1);
    }
    await until('nobody swept', async () => (await heartbeats(store.pool)).sweep !== undefined);
  });

  test('stay as they are when the same build comes again', async () => {
    const before = (await client.schedule.getHandle(id).describe()).info.lastUpdatedAt;
    await ensureSchedules(installation());
    expect((await client.schedule.getHandle(id).describe()).info.lastUpdatedAt).toEqual(before);
  });

  test('become those of a newer build, and stay paused when somebody paused them', async () => {
    const handle = client.schedule.getHandle(id);
    await handle.pause('for a reason');
    await ensureSchedules(installation(), other({ input: { rounds: 7, pauseMs: 30_000 } }));
    const { action, state } = await handle.describe();
    expect(action.args).toEqual([{ rounds: 7, pauseMs: 30_000 }]);
    expect(state).toMatchObject({ paused: true, note: 'for a reason' });
    await ensureSchedules(installation());
    await ensureSchedules(installation(), other({ everyMs: 120_000 }));
    expect((await handle.describe()).spec.intervals).toMatchObject([{ every: 120_000 }]);
    await handle.unpause();
    await ensureSchedules(installation());
    expect((await handle.describe()).action.args).toEqual([sweep?.input]);
  });
});

test('a run that fails its task again and again, one that is missing and one that is astray are told apart', async () => {
  await store.pool.query(
    `insert into edition (id, title, territory, file, source, last_at, started_at)
     select id, 'Un essai', 't', '{"territory": {"timezone": "Europe/Paris", "holidays": "FR", "closures": [], "schoolHolidays": []}}', '', $2, $2 from unnest($1::text[]) id`,
    [['failing', 'missing', 'waiting'].map((name) => `${name}-${taskQueue}`), new Date()],
  );
  const start = (edition: string, type: string, queue = taskQueue) =>
    client.workflow.start(type, { taskQueue: queue, workflowId: cohortWorkflowId(`${edition}-${taskQueue}`), args: [] });
  const failing = await start('failing', 'no-such-type');
  const waiting = await start('waiting', 'cohort', `nobody-${taskQueue}`);
  const named = (name: string) => `${name}-${taskQueue}`;
  const failed = await until('the task did not fail three times', async () => {
    const { of } = await runsOf({ client, taskQueue }, [named('failing'), named('missing'), named('waiting')]);
    return (of.get(named('failing'))?.attempts ?? 0) >= 3 && of;
  });
  expect(failed.has(named('missing'))).toBe(false);
  expect(failed.get(named('waiting'))).toMatchObject({ running: true });
  expect(failed.get(named('failing'))?.taskSince).toBeGreaterThanOrEqual(began);

  await createWatch(deps).watch();
  const alerts = (await openAlerts(store.pool)).map(({ kind, scope }) => `${kind} ${scope.split('-')[0]}`);
  expect(alerts.sort()).toEqual(['run-missing missing', 'task-failing failing']);
  await failing.terminate();
  await waiting.terminate();
  await store.pool.query('delete from edition');
});

describe('the worker', () => {
  test('tells whether it is well, and its measures to this machine or to whoever has the token', async () => {
    const health = healthOf({ store, client, realNow: Date.now, disks });
    const parts = { health, state: () => worker.getState(), registry: measures.registry, realNow: Date.now };
    const open = await serveHealth(parts, { host: '127.0.0.1', port: 0 });
    const closed = await serveHealth({ ...parts, metricsToken: 'a token of some length' }, { host: '127.0.0.1', port: 0 });
    const unwell = await serveHealth({ ...parts, state: () => 'DRAINING' }, { host: '127.0.0.1', port: 0 });
    const get = (server: { port: number }, path: string, authorization = '') =>
      fetch(`http://127.0.0.1:${server.port}${path}`, { headers: { authorization } });

    const well = await get(open, '/healthz');
    expect([well.status, await well.json()]).toMatchObject([200, { ok: true, database: 'up', engine: 'up', state: 'RUNNING' }]);
    expect((await get(unwell, '/healthz')).status).toBe(503);
    const text = await (await get(open, '/metrics')).text();
    expect(text).toMatch(/troismains_activity_seconds_count\{activity="watch",result="ok"\} [4-9]/);
    expect(text).toContain('process_cpu_seconds_total');
    expect((await get(closed, '/metrics')).status).toBe(403);
    expect((await get(closed, '/metrics', 'Bearer a token of some lengthy kind')).status).toBe(403);
    expect((await get(closed, '/metrics', 'Bearer a token of some length')).status).toBe(200);
    for (const server of [open, closed, unwell]) await server.close();
  });
});

test('an installation without its engine or its database says so within three seconds', async () => {
  const connection = Connection.lazy({ address: '127.0.0.1:9' });
  const dead = { store: openStore('postgres://nobody@127.0.0.1:9/nothing'), client: new Client({ connection }) };
  // both on the clock of one loop: a slow machine is late with both
  const late = new Promise<'late'>((tell) => setTimeout(() => tell('late'), 3_000).unref());
  const asked: Promise<Health> = healthOf({ ...dead, realNow: Date.now, disks })();
  expect(await Promise.race([asked.then(() => 'said'), late])).toBe('said');
  const health = await asked;
  expect(health).toMatchObject({ database: 'down', engine: 'down', worker: { ok: false, seen: null } });
  expect(isWhole(health)).toBe(false);
  await dead.store.close();
  await connection.close();
});

test('a worker that died is silent, and seen to be', async () => {
  await beat(store.pool, 'worker', Date.now());
  const after = (ms: number) => healthOf({ store, client, realNow: () => Date.now() + ms, disks })();
  expect((await after(0)).worker.ok).toBe(true);
  expect((await after(91_000)).worker.ok).toBe(false);
});

test('little room on a disk is said in words, next to none is not well, and what cannot be measured is nothing', async () => {
  const on = async (...free: number[]) => {
    const disks = async () => free.map((freeBytes) => ({ folder: '/data', freeBytes, bytes: 1000 }));
    return (await healthOf({ store, client, realNow: Date.now, disks })()).disk;
  };
  expect(await on(900, 101)).toEqual({ ok: true, freePercent: 10.1 });
  expect(await on(900, 100)).toMatchObject({ ok: true, freePercent: 10, words: { en: 'Only 10 % of a disk is free' } });
  expect(await on(21)).toMatchObject({ ok: true, freePercent: 2.1 });
  expect(await on(20, 500)).toMatchObject({ ok: false, freePercent: 2, words: { fr: expect.stringContaining('presque plein') } });
  expect(await on()).toEqual({ ok: true, freePercent: null });
  const whole = { ...(await healthOf({ store, client, realNow: Date.now, disks })()), alerts: { open: 0, untold: 0 } };
  const well = { ...whole, ...Object.fromEntries(['worker', 'sweep', 'watch'].map((name) => [name, { ok: true, seen: null }])) };
  expect([isWhole(well), isWhole({ ...well, disk: await on(20) })]).toEqual([true, false]);
});
