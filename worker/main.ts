import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { DefaultLogger, NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import { beatEveryMs, healthOf } from '../client/health.js';
import { type Installation, openInstallation } from '../client/installation.js';
import { type Log, openLog } from '../client/log.js';
import { countProcess } from '../client/measures.js';
import { runsOf } from '../client/runs.js';
import type { Config, WORKER } from '../config.js';
import { openTransport } from '../mail/transport.js';
import { migrate } from '../store/migrate.js';
import { beat } from '../store/watch.js';
import { createWorker } from './create.js';
import { serveHealth, type WorkerHealth } from './health.js';
import { workerMeasures } from './measures.js';
import { ensureSchedules } from './schedules.js';

/** What a worker insists on. */
export type WorkerConfig = Config & { [K in (typeof WORKER)[number]]-?: NonNullable<Config[K]> };

/** The worker process: polls until it is told to stop, then lets what it began finish. */
export async function runWorker(config: WorkerConfig): Promise<void> {
  const log = openLog(config);
  Runtime.install({
    logger: engineLogger(config, log),
    ...(config.sdkMetricsAddress === undefined
      ? {}
      : { telemetryOptions: { metrics: { prometheus: { bindAddress: config.sdkMetricsAddress } } } }),
  });
  await migrate(config.databaseUrl); // two workers that start at once take turns
  const installation = await openInstallation(config, config.capacity);
  const measures = workerMeasures(installation);
  countProcess(measures.registry, { ...installation, dropped: log.dropped });
  const signing = config.dkim === undefined ? {} : { dkim: config.dkim };
  const transport = openTransport(config.smtpUrl, signing);
  const alertTransport = openTransport(config.smtpUrl, { ...signing, maxConnections: 1, silenceTimeoutMs: 20_000 });
  const connection = await NativeConnection.connect(config.temporal.connection);
  const leaving: (() => Promise<void> | void)[] = [];
  try {
    const worker = await createWorker({
      connection,
      namespace: config.temporal.namespace,
      taskQueue: config.taskQueue,
      bundlePath: fileURLToPath(new URL('../workflow-bundle.js', import.meta.url)),
      capacity: config.capacity,
      deps: {
        ...installation,
        transport: measures.sending(transport),
        mailFrom: config.mailFrom,
        pace: config.pace,
      },
      watch: {
        ...installation,
        runs: (editions) => runsOf(installation, editions),
        transport: alertTransport,
        mailFrom: config.mailFrom,
        alertTo: config.alertTo,
        locale: config.language,
        log,
      },
      measured: measures.working,
    });
    leaving.push(sayWell(worker, installation));
    const health: WorkerHealth = {
      health: healthOf(installation),
      state: () => worker.getState(),
      ...measures,
      ...config,
      ...installation,
    };
    if (config.workerPort !== undefined) leaving.push(await serve(health, { host: config.host, port: config.workerPort }, log));
    await ensureSchedules(installation);
    await worker.run(); // until SIGINT or SIGTERM
  } finally {
    for (const leave of leaving) await leave();
    transport.close();
    alertTransport.close();
    await connection.close();
    await installation.close();
    log.close();
  }
}

/** What the engine's SDK says, in our log: its own way is standard error, which it waits for. */
function engineLogger({ logLevel }: WorkerConfig, log: Log): DefaultLogger {
  const level = logLevel === 'debug' || logLevel === 'trace' ? 'DEBUG' : 'WARN';
  return new DefaultLogger(level, ({ level, message, meta }) => {
    const how = ({ TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const)[level];
    log[how](meta === undefined ? {} : { engine: inspect(meta, { breakLength: Number.POSITIVE_INFINITY }) }, message);
  });
}

/** Writes down again and again that a worker takes work: the one thing a worker that died cannot say. Answers how to stop. */
function sayWell(worker: Worker, { store, realNow }: Installation): () => void {
  const say = () => {
    if (worker.getState() === 'RUNNING') beat(store.pool, 'worker', realNow()).catch(() => undefined);
  };
  const soon = setTimeout(say, 1_000);
  const timer = setInterval(say, beatEveryMs);
  return () => {
    clearTimeout(soon);
    clearInterval(timer);
  };
}

/** Editions matter more than their measures: a port that cannot be had is a line in the log. */
async function serve(health: WorkerHealth, where: { host: string; port: number }, log: Log): Promise<() => Promise<void>> {
  try {
    const { port, close } = await serveHealth(health, where);
    log.info({ host: where.host, port }, 'the worker answers /healthz and /metrics');
    return close;
  } catch (error) {
    log.error({ ...where, error: String(error) }, 'WORKER_PORT cannot be had: nobody can ask the worker how it is');
    return async () => undefined;
  }
}
