// A morning's mail of several editions, two real workers, a real mail server, and kill -9 of one of them while it sends.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Installation, openInstallation } from '../../client/installation.js';
import { startEdition } from '../../client/verbs/cohorts.js';
import { INSTALLATION, readConfig } from '../../config.js';
import { calendarOf } from '../../domain/calendar.js';
import { listMails } from '../../store/outbox.js';
import { cohortWorkflowId, scheduleId } from '../../workflows/messages.js';
import { type Copy, openSink, type Sink } from '../support/chaos/sink.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { movement, smallEdition } from '../support/small.js';
import { freshBundle } from '../support/theatre.js';
import { until } from '../support/waiting.js';

const own = `killed-${process.pid}`;
const editions = ['un', 'deux', 'trois', 'quatre', 'cinq', 'six'].map((name) => `${own}-${name}`);
const asked = 60;
/** The worker that first sends so many is killed when the mail server has taken the last of them and has not said so yet. */
const killedAt = 40;

let database: TestDatabase;
/** One a worker: it says whose mail was taken. */
let sinks: Sink[] = [];
let environment: Record<string, string>;
let installation: Installation;
const workers: ChildProcess[] = [];
let victim: ChildProcess | undefined;

beforeAll(async () => {
  freshBundle();
  database = await createDatabase();
  const open = (nth: number) =>
    openSink({ faultOf: () => undefined, failed: () => undefined, now: Date.now, taken: (copy) => takenFrom(nth, copy) });
  sinks = await Promise.all([open(0), open(1)]);
  environment = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS ?? '',
    TASK_QUEUE: own,
    SMTP_URL: sinks[0]?.url ?? '',
    MAIL_FROM: 'Essais <essais@troismains.example>',
    PUBLIC_URL: 'https://troismains.example',
    LINK_KEY: '07'.repeat(32),
    MAIL_PER_MINUTE: '0',
    MAIL_PER_DOMAIN_PER_MINUTE: '0',
    LOG_LEVEL: 'error',
  };
  installation = await openInstallation(readConfig(environment, INSTALLATION));
});
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL');
  for (const what of ['sweep', 'watch'] as const)
    await installation.client.schedule
      .getHandle(scheduleId(what, own))
      .delete()
      .catch(() => undefined);
  for (const id of editions)
    await installation.client.workflow
      .getHandle(cohortWorkflowId(id))
      .terminate('the test is over')
      .catch(() => undefined);
  await installation.close();
  await Promise.all(sinks.map((sink) => sink.close()));
  await database.drop();
});

function takenFrom(nth: number, { n }: Copy): void {
  if (victim !== undefined || n < killedAt) return;
  victim = workers[nth];
  victim?.kill('SIGKILL');
}

function startWorker({ url }: Sink): void {
  const { NODE_OPTIONS: _options, ...inherited } = process.env;
  const bin = fileURLToPath(new URL('../../bin/troismains.mjs', import.meta.url));
  const env = { ...inherited, ...environment, SMTP_URL: url };
  workers.push(spawn(process.execPath, [bin, 'worker'], { env, stdio: ['ignore', 2, 2] }));
}

test('loses no mail, and doubles no more than were on the wire: five', async () => {
  for (const id of editions) {
    const { edition, source } = smallEdition((file) => {
      file.id = id;
      const people = Array.from({ length: asked }, (_, n) => ({
        id: `p-${n}`,
        role: 'field' as const,
        name: `Personne ${n}`,
        email: `p${n}@terrain.example`,
      }));
      file.people.push(...people);
      file.interviews = people.map((person) => person.id);
    });
    const startsAt = calendarOf(edition.territory).instantAt(edition.start, '10:00');
    expect(await startEdition(installation, { edition, source, startsAt })).toMatchObject({ ok: true });
  }

  for (const sink of sinks) startWorker(sink);
  const { store } = installation;
  const mails = async () => (await listMails(store.pool)).filter((mail) => mail.template === 'asks');
  await until(
    'the mail of that morning has not all left',
    async () => (await mails()).length === editions.length * asked && (await mails()).every(({ state }) => state === 'accepted'),
    () => movement(store),
  );
  expect(victim?.signalCode).toBe('SIGKILL');

  const copies = new Map<string, number>();
  for (const { messageId } of sinks.flatMap((sink) => sink.copies)) copies.set(messageId, (copies.get(messageId) ?? 0) + 1);
  const rows = await mails();
  expect(rows.filter(({ message_id: id }) => !copies.has(id)).map(({ key }) => key)).toEqual([]);
  const doubled = rows.filter(({ message_id: id }) => (copies.get(id) ?? 0) > 1);
  expect(doubled.length).toBeLessThanOrEqual(5);
  expect(doubled.filter((mail) => mail.uncertain !== 1 || copies.get(mail.message_id) !== 2)).toEqual([]);
});
