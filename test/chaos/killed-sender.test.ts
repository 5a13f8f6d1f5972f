// A morning's mail of several editions, two real workers, a real mail server, and kill -9 of one of them while it sends.
import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import proto from '@temporalio/proto';
import { type Installation, openInstallation } from '../../client/installation.js';
import { startEdition } from '../../client/verbs/cohorts.js';
import { INSTALLATION, readConfig } from '../../config.js';
import { calendarOf } from '../../domain/calendar.js';
import { listMails } from '../../store/outbox.js';
import { cohortWorkflowId, scheduleId } from '../../workflows/messages.js';
import { openSink } from '../support/chaos/sink.js';
import { createDatabase } from '../support/database.js';
import { movement, smallEdition } from '../support/small.js';
import { freshBundle } from '../support/theatre.js';
import { until } from '../support/waiting.js';

/** So many mornings in which a worker is killed; how long each took is said beside one in which none is. */
const kills = Number(process.env.TEST_KILLS ?? 1);
const names = ['un', 'deux', 'trois', 'quatre', 'cinq', 'six'];
const asked = 60;
/** The worker that first sends so many is killed when the mail server has taken the last of them and has not said so yet. */
const killedAt = 40;

/** What became of the mail of a morning. */
interface Morning {
  mails: number;
  lost: string[];
  doubled: { key: string; copies: number; uncertain: number }[];
  /** From the first that the server took to the last. */
  seconds: number;
  killed: boolean;
}

beforeAll(() => void freshBundle());

test('loses no mail, and doubles no more than were on the wire: five', async () => {
  const undisturbed = await morning({ own: `undisturbed-${process.pid}`, kill: false });
  expect(undisturbed).toMatchObject({ killed: false, lost: [], doubled: [] });
  for (let nth = 1; nth <= kills; nth++) {
    const { mails, killed, lost, doubled, seconds } = await morning({ own: `killed-${process.pid}-${nth}`, kill: true });
    process.stderr.write(
      `killed, ${nth} of ${kills}: ${mails} mails, ${lost.length} lost, ${doubled.length} doubled, last after ${seconds.toFixed(1)} s, undisturbed ${undisturbed.seconds.toFixed(1)} s\n`,
    );
    expect(killed).toBe(true);
    expect(lost).toEqual([]);
    expect(doubled.length).toBeLessThanOrEqual(5);
    expect(doubled.filter(({ copies, uncertain }) => uncertain !== 1 || copies !== 2)).toEqual([]);
  }
});

/** Starts two workers and, once both poll, the editions; answers when all mail is said to be accepted. */
async function morning({ own, kill }: { own: string; kill: boolean }): Promise<Morning> {
  const leaving: (() => unknown)[] = [];
  const workers: ChildProcess[] = [];
  let victim: ChildProcess | undefined;
  const taken = (worker: number, n: number) => {
    if (!kill || victim !== undefined || n < killedAt) return;
    victim = workers[worker];
    victim?.kill('SIGKILL');
  };
  try {
    const database = await createDatabase();
    leaving.push(database.drop);
    // one a worker: it says whose mail was taken
    const sinks = await Promise.all(
      [0, 1].map((worker) =>
        openSink({ faultOf: () => undefined, failed: () => undefined, now: Date.now, taken: ({ n }) => taken(worker, n) }),
      ),
    );
    leaving.push(() => Promise.all(sinks.map((sink) => sink.close())));
    const environment = environmentOf(own, database.url);
    const installation = await openInstallation(readConfig({ ...environment, SMTP_URL: sinks[0]?.url }, INSTALLATION));
    const ids = names.map((name) => `${own}-${name}`);
    leaving.push(() => strike(installation, ids));
    leaving.push(() => workers.map((worker) => worker.kill('SIGKILL')));
    for (const { url } of sinks) workers.push(startWorker({ ...environment, SMTP_URL: url }));
    await until('two workers do not poll', async () => (await pollersOf(installation)) === workers.length);
    for (const id of ids) await start(installation, id);

    const { store } = installation;
    const mails = async () => (await listMails(store.pool)).filter((mail) => mail.template === 'asks');
    await until(
      'the mail of that morning has not all left',
      async () => (await mails()).length === ids.length * asked && (await mails()).every(({ state }) => state === 'accepted'),
      () => movement(store),
    );
    const all = sinks.flatMap((sink) => sink.copies);
    const copiesOf = (id: string) => all.filter(({ messageId }) => messageId === id).length;
    const rows = (await mails()).map(({ key, uncertain, message_id: id }) => ({ key, uncertain, copies: copiesOf(id) }));
    const instants = all.map(({ at }) => at);
    return {
      mails: rows.length,
      lost: rows.filter(({ copies }) => copies === 0).map(({ key }) => key),
      doubled: rows.filter(({ copies }) => copies > 1),
      seconds: (Math.max(...instants) - Math.min(...instants)) / 1000,
      killed: victim?.signalCode === 'SIGKILL',
    };
  } finally {
    for (const leave of leaving.reverse()) await leave();
  }
}

const environmentOf = (taskQueue: string, databaseUrl: string): Record<string, string> => ({
  DATABASE_URL: databaseUrl,
  TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS ?? '',
  TASK_QUEUE: taskQueue,
  MAIL_FROM: 'Essais <essais@troismains.example>',
  PUBLIC_URL: 'https://troismains.example',
  LINK_KEY: '07'.repeat(32),
  MAIL_PER_MINUTE: '0',
  MAIL_PER_DOMAIN_PER_MINUTE: '0',
  LOG_LEVEL: 'error',
});

function startWorker(environment: Record<string, string>): ChildProcess {
  const { NODE_OPTIONS: _options, ...inherited } = process.env;
  const bin = fileURLToPath(new URL('../../bin/troismains.mjs', import.meta.url));
  return spawn(process.execPath, [bin, 'worker'], { env: { ...inherited, ...environment }, stdio: ['ignore', 2, 2] });
}

/** How many workers ask for what there is to deliver. */
async function pollersOf({ client, taskQueue }: Installation): Promise<number> {
  const { TASK_QUEUE_TYPE_ACTIVITY: taskQueueType } = proto.temporal.api.enums.v1.TaskQueueType;
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: taskQueue },
    taskQueueType,
  });
  return new Set(pollers?.map(({ identity }) => identity)).size;
}

async function start(installation: Installation, id: string): Promise<void> {
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

async function strike(installation: Installation, ids: string[]): Promise<void> {
  const { client, taskQueue } = installation;
  const gone = [
    ...(['sweep', 'watch'] as const).map((what) => client.schedule.getHandle(scheduleId(what, taskQueue)).delete()),
    ...ids.map((id) => client.workflow.getHandle(cohortWorkflowId(id)).terminate('the test is over')),
  ];
  await Promise.allSettled(gone);
  await installation.close();
}
