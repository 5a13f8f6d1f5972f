import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { Registry } from 'prom-client';
import { createWatch, type Runs, type WatchDeps } from '../../activities/watch.js';
import { countInstallation } from '../../client/measures.js';
import type { Disk } from '../../domain/disks.js';
import type { Outgoing, SendResult } from '../../mail/transport.js';
import { audit, journalPage } from '../../store/audit.js';
import { inTransaction } from '../../store/db.js';
import { figures } from '../../store/figures.js';
import { recordIncident, resolveIncident } from '../../store/incidents.js';
import { oweWake } from '../../store/wakes.js';
import { beat, heartbeats, openAlerts, standingAlerts } from '../../store/watch.js';
import { type Bench, type BenchDatabase, benchDatabase, scripted } from '../support/edition.js';
import { readBy } from '../support/explain.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterEach(() => database.store.pool.query('truncate edition, heartbeat, alert, journal_check restart identity cascade'));
afterAll(() => database.drop());

const minute = 60_000;
const hour = 60 * minute;
const interview = { step: 'interviews', kind: 'interview' } as const;
const down: SendResult = { state: 'not-taken', message: 'connect ECONNREFUSED' };

/** A watch whose looks are at instants of the test's choosing. */
function watching({ results = [] as SendResult[], alertTo = ['admin@plateau.example'] } = {}) {
  const transport = scripted(...results);
  const lines: { level: string; fields: object; sentence: string }[] = [];
  const line = (level: string) => (fields: object, sentence: string) => void lines.push({ level, fields, sentence });
  let runs: Runs | undefined;
  let at = 0;
  let disks: Disk[] = [];
  const deps: WatchDeps = {
    store: database.store,
    runs: async (editions) =>
      runs ?? { running: editions, of: new Map(editions.map((id) => [id, { running: true, attempts: 0, taskSince: null }])) },
    transport,
    mailFrom: 'Essais <essais@plateau.example>',
    alertTo,
    locale: 'fr',
    publicUrl: 'https://essais.example',
    log: { info: line('info'), warn: line('warn'), error: line('error') },
    disks: async () => disks,
    realNow: () => at,
  };
  return {
    transport,
    lines,
    deps,
    /** How much of each disk is free, in percent. */
    free: (...percents: number[]) => {
      disks = percents.map((freeBytes) => ({ folder: '/data', freeBytes, bytes: 100 }));
    },
    engineSays: (said: Runs | undefined) => {
      runs = said;
    },
    async look(realNow: number) {
      at = realNow;
      await beat(database.store.pool, 'sweep', realNow);
      return createWatch(deps).watch();
    },
  };
}
const subjects = (mails: readonly Outgoing[]) =>
  mails.map(({ bytes }) => {
    const header = /^Subject: ((?:.*\r\n)(?:[ \t].*\r\n)*)/m.exec(bytes.toString())?.[1] ?? '';
    return header
      .replace(/\?=\s+=\?/g, '?==?')
      .replace(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, q: string) => decodeURIComponent(q.replaceAll('_', ' ').replaceAll('=', '%')))
      .trim();
  });
const fromOf = ({ bytes }: Outgoing) => /^From: (.*)\r$/m.exec(bytes.toString())?.[1];
const open = async () => (await openAlerts(database.store.pool)).map(({ kind, scope }) => `${kind} ${scope}`.trim());

/** An edition whose openings were due on Monday at nine, and did not leave. */
async function waiting(): Promise<Bench & { monday: number }> {
  const bench = await database.bench();
  const monday = bench.on('2027-06-07');
  await bench.review(monday, [interview]);
  return { ...bench, monday };
}

describe('a disk that fills', () => {
  test('is told at ten percent, again at two, and its end; what is not measured stays as it was', async () => {
    const { look, free, transport, lines } = watching();
    let at = Date.UTC(2027, 5, 7, 9);
    const twice = async (...percents: number[]) => {
      free(...percents);
      for (let nth = 0; nth < 2; nth++) {
        at += 5 * minute;
        await look(at);
      }
    };
    await twice(80, 11);
    expect(await open()).toEqual([]);
    await twice(80, 10);
    await twice(80, 3);
    await twice(80, 2);
    await twice();
    expect(await open()).toEqual(['disk-low', 'disk-full']);
    await twice(80, 40);
    await twice(80, 40);
    expect(subjects(transport.sent).map((subject) => subject.replace(/\s/gu, ' '))).toEqual([
      'Trois Mains – Il ne reste que 10 % de place sur un disque',
      'Trois Mains – Un disque est presque plein (2 % de libre)',
      'Trois Mains – c’est rétabli (Il ne reste que 2 % de place sur un disque), et une autre panne',
    ]);
    expect(lines.filter(({ level }) => level === 'error').map(({ sentence }) => sentence)).toEqual([
      'Only 10 % of a disk is free',
      'A disk is nearly full (2 % free)',
    ]);
    expect(await open()).toEqual([]);
  });
});

describe('mail that does not leave', () => {
  test('is told once, after two looks, and its end once', async () => {
    const { monday, deliver } = await waiting();
    const { look, transport, lines } = watching();
    await look(monday + 59 * minute);
    expect(await open()).toEqual([]);
    expect(await look(monday + hour)).toEqual({ open: 1, told: 0 });
    expect([await open(), transport.sent]).toEqual([['mail-still essai-1'], []]);
    expect(await look(monday + hour + 5 * minute)).toEqual({ open: 1, told: 1 });
    await look(monday + hour + 10 * minute);
    expect(transport.sent.map(({ to }) => to)).toEqual(['admin@plateau.example']);
    expect(subjects(transport.sent)).toEqual(['Trois Mains – Un essai : 2 messages ne partent pas']);
    expect(transport.sent.map(fromOf)).toEqual(['Essais <essais@plateau.example>']); // it belongs to no edition

    await deliver(monday + hour + 12 * minute);
    await look(monday + hour + 15 * minute);
    await look(monday + hour + 20 * minute);
    expect(subjects(transport.sent).slice(1)).toEqual(['Trois Mains – c’est rétabli (Un essai : 2 messages ne partent pas)']);
    expect(await open()).toEqual([]);
    expect(lines.map(({ level, sentence }) => `${level} ${sentence}`)).toEqual([
      'error 2 mails do not leave',
      'info over: 2 mails do not leave',
    ]);
    expect(lines[0]?.fields).toEqual({ alert: 'mail-still', edition: 'essai-1', things: 2, since: new Date(monday).toISOString() });
  });

  test('is not told when it left before a second look: a worker that comes back finds everything late', async () => {
    const { monday, deliver } = await waiting();
    const { look, transport } = watching();
    await look(monday + 3 * hour);
    await deliver(monday + 3 * hour + minute);
    await look(monday + 3 * hour + 5 * minute);
    expect([await open(), transport.sent]).toEqual([[], []]);
  });

  test('is told again when it happens again', async () => {
    const { monday, deliver, review } = await waiting();
    const { look, transport } = watching();
    for (const late of [hour, hour + 5 * minute]) await look(monday + late);
    await deliver(monday + hour + 6 * minute);
    await look(monday + hour + 10 * minute);
    await review(monday + 2 * hour, [interview, { step: 'diagnosis', kind: 'document', after: '2027-06-04' }]);
    for (const late of [3 * hour, 3 * hour + 5 * minute]) await look(monday + late);
    expect(transport.sent).toHaveLength(3);
  });

  test('names nobody: not in the table, not in the log, not in the mail', async () => {
    const { monday } = await waiting();
    const { look, transport, lines } = watching();
    for (const late of [hour, hour + 5 * minute]) await look(monday + late);
    const { rows } = await database.store.pool.query<{ row: string }>('select alert::text as row from alert');
    const all = [...rows.map(({ row }) => row), JSON.stringify(lines), ...transport.sent.map(({ bytes }) => bytes.toString())].join('\n');
    expect(all).not.toMatch(/direction@|sante@|Direction|Service/);
  });
});

describe('an alert that cannot be mailed', () => {
  test('is tried again at the next look, counted as untold, and in the log', async () => {
    const { monday } = await waiting();
    const { look, transport, lines } = watching({ results: [down, down] });
    for (const late of [0, 5, 10]) await look(monday + hour + late * minute);
    expect(await standingAlerts(database.store.pool)).toEqual({ open: 1, untold: 1 });
    expect(lines.filter(({ sentence }) => sentence === 'an alert could not be mailed')).toHaveLength(2);
    await look(monday + hour + 15 * minute);
    await look(monday + hour + 20 * minute);
    expect(transport.sent).toHaveLength(3);
    expect(await standingAlerts(database.store.pool)).toEqual({ open: 1, untold: 0 });
  });

  test('is not mailed again when it may have arrived: its fate is in the log, and its end is told', async () => {
    const { monday, deliver } = await waiting();
    const { look, transport, lines } = watching({ results: [{ state: 'uncertain', message: 'timeout' }] });
    for (const late of [0, 5, 10, 15]) await look(monday + hour + late * minute);
    expect(transport.sent).toHaveLength(1);
    expect(await standingAlerts(database.store.pool)).toEqual({ open: 1, untold: 0 });
    expect(lines).toContainEqual({
      level: 'warn',
      fields: { state: 'uncertain', reason: 'timeout' },
      sentence: 'an alert may not have arrived',
    });
    await deliver(monday + hour + 16 * minute);
    await look(monday + hour + 20 * minute);
    expect(transport.sent).toHaveLength(2);
  });

  test('is told when one of several admins has it', async () => {
    const { monday } = await waiting();
    const { look, transport } = watching({ results: [down], alertTo: ['a@plateau.example', 'b@plateau.example'] });
    for (const late of [0, 5, 10]) await look(monday + hour + late * minute);
    expect(transport.sent.map(({ to }) => to)).toEqual(['a@plateau.example', 'b@plateau.example']);
  });

  test('is in the log once, when there is nobody to mail', async () => {
    const { monday } = await waiting();
    const { look, transport, lines } = watching({ alertTo: [] });
    for (const late of [0, 5, 10]) await look(monday + hour + late * minute);
    expect([transport.sent, lines.map(({ level }) => level)]).toEqual([[], ['error']]);
  });
});

test('incidents, owed wakes and lost mails are seen, and seen to be over', async () => {
  const bench = await database.bench();
  const monday = bench.on('2027-06-07');
  const { pool } = database.store;
  await recordIncident(pool, bench.id, { scope: 'review', message: 'Direction dit non', at: monday });
  await recordIncident(pool, bench.id, { scope: 'project:p-01', message: 'cassé', at: bench.on('2027-06-03') });
  await oweWake(pool, bench.id, monday);
  await pool.query(
    `insert into outbox (edition, key, person, template, state, due_at, queued_at, message_id)
     select $1, 'k' || n, p, 'ended', case when n < 3 then 'failed' else 'uncertain' end, $2, $2, n from unnest($3::text[]) with ordinality as x(p, n)`,
    [bench.id, new Date(monday), bench.edition.people.slice(0, 5).map(({ id }) => id)],
  );
  const { look } = watching();
  await look(monday + hour);
  expect((await open()).sort()).toEqual(['mail-lost', 'part-stuck', 'stuck', 'wake-owed'].map((kind) => `${kind} ${bench.id}`));
  for (const scope of ['review', 'project:p-01']) await resolveIncident(pool, bench.id, { scope, at: monday });
  await pool.query('delete from pending_wake');
  await look(monday + 8 * 24 * hour);
  expect(await open()).toEqual([]);
});

test('one person whose mail does not arrive is nobody’s breakdown, however many mails that is', async () => {
  const bench = await database.bench();
  const monday = bench.on('2027-06-07');
  await database.store.pool.query(
    `insert into outbox (edition, key, person, template, state, due_at, queued_at, message_id, error)
     select $1, 'k' || n, case when n < 20 then 'sante' else 'direction' end, 'ended', case when n < 20 then 'failed' else 'accepted' end, $2, $2, n, 'unreachable'
     from generate_series(1, 20) n`,
    [bench.id, new Date(monday)],
  );
  const { look } = watching();
  await look(monday + hour);
  expect(await open()).toEqual([]);
});

test('what the engine alone can tell stays as it was while it cannot be asked', async () => {
  const bench = await database.bench();
  const monday = bench.on('2027-06-07');
  const { look, engineSays, deps, lines } = watching();
  engineSays({ of: new Map(), running: [] });
  await look(monday);
  expect(await open()).toEqual([`run-missing ${bench.id}`]);
  const { runs } = deps;
  deps.runs = () => Promise.reject(new Error('14 UNAVAILABLE'));
  await look(monday + 5 * minute);
  expect(await open()).toEqual([`run-missing ${bench.id}`]);
  expect(lines[0]).toMatchObject({ level: 'warn', sentence: 'the watch cannot ask Temporal' });
  deps.runs = runs;
  engineSays(undefined);
  await look(monday + 10 * minute);
  expect(await open()).toEqual([]);
});

test('a workflow that keeps failing is one alert, though each answer begins its tries anew; a worker that died in a task is none', async () => {
  const bench = await database.bench();
  const monday = bench.on('2027-06-07');
  const { look, engineSays, transport } = watching();
  const tries = async (...attempts: number[]) => {
    for (const n of attempts) {
      engineSays({ of: new Map([[bench.id, { running: true, attempts: n, taskSince: monday }]]), running: [bench.id] });
      await look(monday + looks++ * 5 * minute);
    }
  };
  let looks = 0;
  await tries(0, 2, 0, 1, 0);
  expect(transport.sent).toEqual([]);
  await tries(2, 4, 2, 3, 2);
  expect([subjects(transport.sent).length, await open()]).toEqual([1, [`task-failing ${bench.id}`]]);
  await tries(0, 0);
  expect(transport.sent).toHaveLength(2);
});

test('a journal is held against its chain once a day: one that was changed is told, and closed when it is as it was again', async () => {
  const bench = await database.bench();
  const monday = bench.on('2027-06-07');
  const { look, engineSays, transport } = watching();
  engineSays({ of: new Map([[bench.id, { running: true, attempts: 0, taskSince: null }]]), running: [bench.id] });
  const { pool } = bench.store;
  await inTransaction(pool, (tx) =>
    audit(tx, [{ edition: bench.id, at: monday, actor: 'programme', verb: 'ask.opened', subject: 'as written' }]),
  );
  const lastCheck = async () => (await journalPage(pool, bench.id, { from: 0, limit: 1 })).checked;
  const write = (subject: string) =>
    inTransaction(pool, async (tx) => {
      await tx.query("set local session_replication_role = 'replica'");
      await tx.query("update audit set subject = $2 where edition = $1 and verb = 'ask.opened'", [bench.id, subject]);
    });
  await look(monday);
  await write('forged');
  await look(monday + 60 * minute);
  expect([await open(), await lastCheck()]).toEqual([[], { at: monday, ok: true, entries: expect.any(Number) }]);
  await look(monday + 1441 * minute);
  await look(monday + 1446 * minute);
  expect([subjects(transport.sent).length, await open()]).toEqual([1, [`journal-broken ${bench.id}`]]);
  await write('as written');
  await look(monday + 1450 * minute);
  expect([await open(), await lastCheck()]).toMatchObject([[], { at: monday + 1450 * minute, ok: true }]);
});

test('what the engine lists twice is one alert, and costs the look nothing', async () => {
  const bench = await database.bench();
  const monday = bench.on('2027-06-07');
  const { look, engineSays } = watching();
  engineSays({ of: new Map([[bench.id, { running: true, attempts: 0, taskSince: null }]]), running: [bench.id, 'ghost', 'ghost'] });
  await look(monday);
  await look(monday + 5 * minute);
  expect(await open()).toEqual(['run-astray ghost']);
});

test('a heartbeat never goes back, and a look is one', async () => {
  const { pool } = database.store;
  await Promise.all([3, 1, 2].map((at) => beat(pool, 'worker', at)));
  expect(await heartbeats(pool)).toEqual({ worker: 3 });
  await watching().look(1_000);
  expect(await heartbeats(pool)).toEqual({ worker: 3, sweep: 1_000, watch: 1_000 });
});

describe('measures', () => {
  const read = async (realNow: number) => {
    const registry = new Registry();
    countInstallation(registry, { store: database.store, realNow: () => realNow });
    return registry.metrics();
  };

  test('count mails, asks, editions, alerts and ages, and name nobody', async () => {
    const { monday, id } = await waiting();
    const { look } = watching();
    await look(monday + hour);
    const text = await read(monday + 2 * hour);
    for (const line of [
      'troismains_mails{state="queued",template="asks"} 2',
      `troismains_mail_overdue_seconds{edition="${id}"} 7200`,
      'troismains_editions{status="running"} 1',
      'troismains_asks_open 1',
      'troismains_asks_overdue 0',
      'troismains_alerts_open{kind="mail-still"} 1',
      'troismains_sweep_age_seconds 3600',
      'troismains_worker_age_seconds Nan',
      'troismains_database_up 1',
    ])
      expect(text).toContain(line);
    expect(text).not.toMatch(/Un essai|@|Direction/);
    expect(await read(monday + 14 * 24 * hour)).toContain('troismains_asks_overdue 1');
  });

  test('read no more when twice as many mails have left', async () => {
    const { monday, id } = await waiting();
    const { pool } = database.store;
    const left = async (from: number, to: number) => {
      await pool.query(
        `insert into outbox (edition, key, person, template, state, due_at, queued_at, sent_at, message_id)
         select $1, 'left-' || i, 'p', 'asks', case when i % 10 = 0 then 'dropped' else 'accepted' end, now(), now(), now(), 'left-' || i
         from generate_series($2::int, $3::int) i`,
        [id, from, to],
      );
      await pool.query('vacuum analyze outbox');
    };
    await left(1, 20_000);
    const some = await readBy(pool, (db) => figures(db, monday));
    await left(20_001, 40_000);
    const twice = await readBy(pool, (db) => figures(db, monday));
    expect(twice.rows).toBe(some.rows);
    expect(twice.blocks).toBeLessThanOrEqual(some.blocks + 3); // a deeper index
    expect(twice.rows).toBeLessThan(20);
  });

  test('say that they cannot know when the database is gone', async () => {
    const registry = new Registry();
    countInstallation(registry, {
      store: {
        pool: { query: () => Promise.reject(new Error('gone')), connect: () => Promise.reject(new Error('gone')) },
        close: async () => {},
      },
      realNow: () => 0,
    });
    const text = await registry.metrics();
    expect(text).toContain('troismains_database_up 0');
    expect(text).toContain('troismains_asks_open Nan');
  });
});
