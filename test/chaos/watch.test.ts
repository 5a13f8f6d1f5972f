import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { calendarOf } from '../../domain/calendar.js';
import { freePorts } from '../../embedded/ports.js';
import { openStore, type Store } from '../../store/db.js';
import { insertEdition } from '../../store/editions.js';
import { queueMails } from '../../store/queue.js';
import { scheduleId } from '../../workflows/messages.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { smallEdition } from '../support/small.js';
import { scriptedSmtp } from '../support/smtp.js';
import { until } from '../support/waiting.js';

const script = fileURLToPath(new URL('../../bin/troismains.mjs', import.meta.url));
const taskQueue = `watch-${randomUUID()}`;
const admin = 'admin@mairie.example';
const { edition, source } = smallEdition();
const token = randomUUID();

let database: TestDatabase;
let store: Store;
let client: Client;
let smtp: Awaited<ReturnType<typeof scriptedSmtp>>;
let env: Record<string, string>;
let worker: Process;
const leaving: (() => unknown)[] = [];
/** What the mail server does with a mail to somebody of the edition, and with the others. */
let refuses = { edition: true, everybody: false };

interface Process {
  child: ChildProcess;
  exited: Promise<number | null>;
  said: string[];
}

function start(...args: string[]): Process {
  const child = spawn(process.execPath, [script, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', (line) => said.push(line));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  leaving.push(() => child.kill('SIGKILL') && exited);
  return { child, exited, said };
}

beforeAll(async () => {
  database = await createDatabase();
  leaving.push(() => database.drop());
  store = openStore(database.url);
  leaving.push(() => store.close());
  const connection = await Connection.connect({ address: process.env.TEST_TEMPORAL_ADDRESS ?? '', connectTimeout: 120_000 });
  leaving.push(() => connection.close());
  client = new Client({ connection });
  smtp = await scriptedSmtp(({ when, to }) =>
    when === 'RCPT TO' && (refuses.everybody || (refuses.edition && to !== admin)) ? '451 try later' : undefined,
  );
  leaving.push(() => smtp.close());
  const [port, workerPort] = await freePorts([0, 0]);
  env = {
    PATH: process.env.PATH ?? '',
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS ?? '',
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Trois Mains <troismains@mairie.example>',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    PORT: String(port),
    WORKER_PORT: String(workerPort),
    METRICS_TOKEN: token,
    ALERT_TO: admin,
    LINK_KEY: '07'.repeat(32),
    TASK_QUEUE: taskQueue,
    LANG: 'fr_FR.UTF-8',
  };
  // Half past eleven on its first morning; its mail was due at nine. It is over, so that its run is not missed.
  const at = calendarOf(edition.territory).instantAt(edition.start, '11:30');
  await insertEdition(store.pool, { edition, source, at, clockOffsetMs: at - Date.now() });
  await store.pool.query(`update edition set status = 'closed', closed_at = $1`, [new Date(at)]);
  const people = edition.people.slice(0, 3);
  const dueAt = at - 2.5 * 3_600_000;
  const mails = people.map(({ id }) => ({ key: `ended.${id}`, person: id, template: 'ended' as const }));
  await queueMails(store.pool, { edition: edition.id, at: dueAt, dueAt, mails });
  start('web');
  worker = start('worker');
  await until('no web', () => serves(env.PUBLIC_URL ?? ''));
  await until(
    'no worker',
    () => serves(`http://127.0.0.1:${workerPort}`),
    () => worker.said.join('\n'),
  );
});
afterAll(async () => {
  for (const what of ['sweep', 'watch'] as const)
    await client.schedule
      .getHandle(scheduleId(what, taskQueue))
      .delete()
      .catch(() => undefined);
  for await (const { workflowId } of client.workflow.list({ query: `TaskQueue = '${taskQueue}' AND ExecutionStatus = 'Running'` }))
    await client.workflow.getHandle(workflowId).terminate('the test is over');
  for (const leave of leaving.reverse()) await leave();
});

const serves = (url: string) =>
  fetch(`${url}/healthz`).then(
    (answer) => answer.ok,
    () => false,
  );
const run = (type: 'watch' | 'sweep') => client.workflow.execute(type, { taskQueue, workflowId: `${type}-${randomUUID()}` });
/** Two looks, as if five minutes lay between them. */
async function lookTwice() {
  await run('watch');
  await store.pool.query(`update alert set seen_at = seen_at - interval '5 minutes' where over_at is null and said_at is null`);
  await run('watch');
}
const alertsIn = () => smtp.seen.messages.filter((message) => /^To: .*admin@mairie/m.test(message));
const body = (message: string) =>
  message.replace(/=\r\n/g, '').replace(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString());
const whole = async () => {
  const answer = await fetch(`${env.PUBLIC_URL}/healthz/installation`);
  return { status: answer.status, ...((await answer.json()) as { alerts: { open: number; untold: number }; worker: { ok: boolean } }) };
};
/** An answer is fresh for two seconds. */
const eventually = <T>(ask: () => Promise<T>, so: (found: T) => boolean) =>
  until('it never became so', async () => {
    const found = await ask();
    return so(found) && found;
  });
const measures = async () =>
  (await fetch(`http://127.0.0.1:${env.WORKER_PORT}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();

test('an edition whose mail the server refuses is told to the admins once, and its end once', async () => {
  await eventually(
    async () => (await store.pool.query('select 1 from outbox where error is not null')).rowCount,
    (n) => n === 3,
  );
  await lookTwice();
  await run('watch');
  expect(alertsIn()).toHaveLength(1);
  expect(body(alertsIn()[0] ?? '')).toContain('3 messages ne partent pas');
  await eventually(whole, ({ status, alerts }) => status === 503 && alerts.open === 1 && alerts.untold === 0);
  expect(await measures()).toMatch(/troismains_mail_attempts_total\{result="refused"\} \d/);
  expect(worker.said.filter((line) => line.includes('"alert":"mail-still"'))).toHaveLength(1);

  refuses = { edition: false, everybody: false };
  await store.pool.query('update outbox set next_try_at = null');
  await run('sweep');
  await run('watch');
  await run('watch');
  expect(alertsIn()).toHaveLength(2);
  expect(body(alertsIn()[1] ?? '')).toContain('c’est rétabli');
  expect(await eventually(whole, ({ status }) => status === 200)).toMatchObject({ alerts: { open: 0, untold: 0 } });
});

test('a mail server that takes nothing keeps the alert in: the web, the measures and the log say so', async () => {
  refuses = { edition: true, everybody: true };
  const { rows } = await store.pool.query<{ at: Date }>('select max(due_at) as at from outbox');
  const dueAt = rows[0]?.at.getTime() ?? 0;
  await store.pool.query('update outbox set sent_at = due_at'); // what left has left a while ago
  await queueMails(store.pool, {
    edition: edition.id,
    at: dueAt,
    dueAt,
    mails: [{ key: 'more', person: edition.people[0]?.id ?? '', template: 'ended' }],
  });
  await lookTwice();
  expect(alertsIn()).toHaveLength(2);
  await eventually(whole, ({ status, alerts }) => status === 503 && alerts.open === 1 && alerts.untold === 1);
  await eventually(measures, (text) => text.includes('troismains_alerts_open{kind="mail-still"} 1'));
  expect(worker.said.some((line) => line.includes('an alert could not be mailed') && line.includes('"level":50'))).toBe(true);
  expect(worker.said.join('\n')).not.toContain(admin);

  refuses = { edition: false, everybody: false };
  await run('watch');
  expect(alertsIn()).toHaveLength(3);
});

test('a worker that is killed is silent: the web says so and goes on, and doctor fails', async () => {
  const silence = () => store.pool.query(`update heartbeat set at = at - interval '2 minutes' where name = 'worker'`);
  await silence();
  await eventually(whole, ({ worker }) => worker.ok); // one that lives says so again
  worker.child.kill('SIGKILL');
  await worker.exited;
  await silence();
  await eventually(whole, ({ worker }) => !worker.ok);
  const answer = await fetch(`${env.PUBLIC_URL}/healthz`);
  expect([answer.status, await answer.json()]).toMatchObject([200, { ok: true, worker: { ok: false } }]);
  const doctor = start('doctor', '--json', '--lang', 'en');
  expect(await doctor.exited).not.toBe(0);
  const { ok, checks } = JSON.parse(doctor.said.join('\n')) as { ok: boolean; checks: { name: string; state: string }[] };
  const stateOf = (name: string) => checks.find((check) => check.name === name)?.state;
  expect([ok, stateOf('worker-seen'), stateOf('postgres'), stateOf('smtp'), stateOf('web')]).toEqual([false, 'fail', 'ok', 'ok', 'ok']);
});
