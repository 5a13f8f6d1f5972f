import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { openInstallation } from '../client/installation.js';
import type { Config, INSTALLATION } from '../config.js';
import { openTransport } from '../mail/transport.js';
import { migrate } from '../store/migrate.js';
import { createWorker } from './create.js';
import { scheduleSweep } from './schedules.js';

/** What a worker insists on. */
export type WorkerConfig = Config & { [K in (typeof INSTALLATION)[number]]-?: NonNullable<Config[K]> };

/** The worker process: polls until it is told to stop, then lets what it began finish. */
export async function runWorker(config: WorkerConfig): Promise<void> {
  Runtime.install({ logger: new DefaultLogger(config.logLevel === 'debug' || config.logLevel === 'trace' ? 'DEBUG' : 'WARN') });
  await migrate(config.databaseUrl); // two workers that start at once take turns
  const installation = await openInstallation(config);
  const transport = openTransport(config.smtpUrl);
  const connection = await NativeConnection.connect(config.temporal.connection);
  try {
    const worker = await createWorker({
      connection,
      namespace: config.temporal.namespace,
      taskQueue: config.taskQueue,
      bundlePath: fileURLToPath(new URL('../workflow-bundle.js', import.meta.url)),
      deps: { ...installation, transport, mailFrom: config.mailFrom, returnPath: config.returnPath },
    });
    await scheduleSweep(installation);
    await worker.run(); // until SIGINT or SIGTERM
  } finally {
    transport.close();
    await connection.close();
    await installation.close();
  }
}
