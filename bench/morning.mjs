// Nine o'clock in many editions at once, and the memory that they take while they wait, against as many of the plainest workflows.
import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import proto from '@temporalio/proto';
import { openedOn, until } from './support/installation.mjs';
import { cpuOf, of, problemOf, quantile, round, say, table } from './support/measure.mjs';
import { editionFrom, onStack } from './support/stage.mjs';

const usual = { '--editions': 100, '--lead-ms': 100 };
/** What nine o'clock waits for beside what was given to each edition, so that everything has started by then. */
const leastLeadMs = 8_000;
const longTaskMs = 5_000;
const { TIMEOUT_TYPE_SCHEDULE_TO_START } = proto.temporal.api.enums.v1.TimeoutType;

/**
 * Runs the bench: `--editions` are started a little before nine on their first morning, at which their interviews open and their mails leave (to nobody);
 * one worker with the capacity of an installation's, in a process of its own. Before it, as many bare workflows that do one thing at one instant. On the stack of a developer (no fsync).
 */
export async function bench(args) {
  const problem = problemOf(args, usual);
  if (problem !== undefined) return { problem };
  const editions = of(args, '--editions', usual['--editions']);
  const leadMs = leastLeadMs + editions * of(args, '--lead-ms', usual['--lead-ms']);
  return onStack(['postgres', 'temporal'], async (services) => {
    const { openStage } = await import('../dist/rehearsal/stage.js');
    const { strike, ...stage } = await openStage(services);
    try {
      const bare = await morning(services, stage, { kind: 'bare', count: editions, leadMs });
      say({ bare });
      const ours = await morning(services, stage, { kind: 'ours', count: editions, leadMs });
      const document = {
        bench: 'morning',
        editions,
        ours,
        bare,
        ratios: { cpu: round(ours.cpuMs / bare.cpuMs), memory: round(ours.memoryMiB / bare.memoryMiB) },
      };
      return { document, lines: linesOf(document) };
    } finally {
      await strike();
    }
  });
}

async function morning(services, stage, { kind, count, leadMs }) {
  const taskQueue = `morning-${randomUUID()}`;
  const child = fork(fileURLToPath(new URL('./morning/worker.mjs', import.meta.url)), { stdio: ['ignore', 2, 2, 'ipc'] });
  const ended = once(child, 'exit').then(([code]) => Promise.reject(new Error(`the worker ended (${code})`)));
  ended.catch(() => undefined);
  const asked = async (what) => {
    child.send(what);
    return (await Promise.race([once(child, 'message'), ended]))[0];
  };
  await asked({ kind, stage, taskQueue });
  const installation = await openedOn(stage, taskQueue);
  try {
    const before = await asked('used');
    const nine = Date.now() + leadMs;
    const { ids, each } =
      kind === 'ours' ? await startedEditions(installation, { count, nine }) : await startedBare(installation, { count, nine });
    if (Date.now() > nine - 3_000) throw new Error(`${count} could not be started before nine: give each more time with --lead-ms`);
    await new Promise((quiet) => setTimeout(quiet, nine - 2_000 - Date.now()));
    const waiting = await asked('used');
    const servers = () => ['temporal', 'postgres'].map((name) => cpuOf(services.pids[name]));
    const used = servers();
    await until(`${count * each} were done`, async () => (await asked('used')).done >= count * each, 600_000);
    await new Promise((quiet) => setTimeout(quiet, 1_000)); // what follows the last of them
    const after = await asked('all');
    const [temporal, postgres] = servers().map((seconds, n) =>
      seconds === undefined ? undefined : round(((seconds - used[n]) * 1000) / count, 1),
    );
    const late = after.instants.map((instant) => instant - nine);
    const { tasks, waitedTooLong } = await tasksOf(installation, ids);
    return {
      count,
      done: after.done,
      cpuMs: round((after.cpuMs - waiting.cpuMs) / count, 1),
      temporalCpuMs: temporal,
      postgresCpuMs: postgres,
      medianSeconds: round(quantile(late, 0.5) / 1000, 1),
      lastSeconds: round(Math.max(...late) / 1000, 1),
      memoryMiB: round((waiting.rss - before.rss) / 2 ** 20 / count, 3),
      workflowTasks: tasks.length,
      longWorkflowTasks: tasks.filter((ms) => ms > longTaskMs).length,
      longestTaskSeconds: round(Math.max(...tasks) / 1000, 1),
      waitedTooLong,
    };
  } finally {
    child.send('stop');
    await ended.catch(() => undefined);
    await installation.close();
  }
}

/** Editions that wait for the same nine o'clock, and how many mails each then sends. */
async function startedEditions(installation, { count, nine }) {
  const { startEdition } = await import('../dist/client/verbs/cohorts.js');
  const { calendarOf } = await import('../dist/domain/calendar.js');
  const ids = [];
  let each = 0;
  for (let n = 0; n < count; n++) {
    const { edition, source } = await editionFrom('bench/life.yaml', (file) => {
      file.id = `matin-${n}`;
    });
    each = edition.interviews.length;
    const startsAt = calendarOf(edition.territory).instantAt(edition.start, '09:00') - (nine - Date.now());
    const done = await startEdition(installation, { edition, source, startsAt });
    if (!done.ok) throw new Error(`${edition.id} was not started: ${JSON.stringify(done)}`);
    ids.push(`cohort-${edition.id}`);
  }
  return { ids, each };
}

async function startedBare({ client, taskQueue }, { count, nine }) {
  const ids = Array.from({ length: count }, (_, n) => `bare-${taskQueue}-${n}`);
  for (const workflowId of ids) await client.workflow.start('wakesAt', { taskQueue, workflowId, args: [nine] });
  return { ids, each: 1 };
}

/**
 * How long each workflow task took, in milliseconds, since the worker had it; one that was not completed is as long as can be. And how many waited so long for
 * the worker that keeps their run (ten seconds) that any other might have had them: where there is one worker, that costs an event and no replay.
 */
async function tasksOf({ client }, ids) {
  const tasks = [];
  let waitedTooLong = 0;
  for (const id of ids) {
    const { events } = await client.workflow.getHandle(id).fetchHistory();
    const ms = ({ eventTime }) => Number(eventTime.seconds) * 1000 + eventTime.nanos / 1e6;
    const at = new Map(events.map((event) => [String(event.eventId), ms(event)]));
    for (const event of events) {
      const { workflowTaskCompletedEventAttributes: completed, workflowTaskTimedOutEventAttributes: timedOut } = event;
      if (completed) tasks.push(ms(event) - at.get(String(completed.startedEventId)));
      if (timedOut?.timeoutType === TIMEOUT_TYPE_SCHEDULE_TO_START) waitedTooLong++;
      else if (timedOut) tasks.push(Number.POSITIVE_INFINITY);
    }
  }
  return { tasks, waitedTooLong };
}

function linesOf({ editions, ours, bare, ratios }) {
  const row = (name, one) => [
    name,
    ...[
      'done',
      'cpuMs',
      'temporalCpuMs',
      'postgresCpuMs',
      'medianSeconds',
      'lastSeconds',
      'longWorkflowTasks',
      'waitedTooLong',
      'memoryMiB',
    ].map((what) => one[what]),
  ];
  return [
    ...table(
      [
        `${editions} at nine`,
        'mails',
        'CPU ms each',
        'Temporal CPU ms',
        'Postgres CPU ms',
        'median s',
        'last s',
        'tasks over 5 s',
        'waited over 10 s',
        'MiB each',
      ],
      [row('editions', ours), row('bare workflows', bare)],
    ),
    `an edition is ${ratios.cpu} times a bare workflow in CPU, ${ratios.memory} in memory; one worker, its first morning (interviews open)`,
  ];
}
