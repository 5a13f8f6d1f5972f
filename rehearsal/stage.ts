import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, type Logger, Runtime } from '@temporalio/worker';
import { openStore } from '../store/db.js';
import { migrate } from '../store/migrate.js';
import type { Theatre } from './live.js';

/** A database of one life's own on an embedded stack; `strike` takes it away again. */
export type Stage = Theatre & { strike(): Promise<void> };

/** The workflows, as the build bundles them. */
const bundlePath = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

let quiet = false;

/** Lets the engine speak of its errors only, on stderr or to a logger. Before the first worker of a process. */
export function quieten(logger: Logger = new DefaultLogger('ERROR')): void {
  if (!quiet) Runtime.install({ logger, telemetryOptions: { logging: { filter: 'error' } } });
  quiet = true;
}

/** Sets a stage: an empty database beside that of the stack. */
export async function openStage(services: {
  temporal: { address: string; namespace: string };
  postgres: { adminUrl: string };
}): Promise<Stage> {
  quieten();
  const name = `rehearsal_${randomBytes(6).toString('hex')}`;
  const server = openStore(services.postgres.adminUrl, { maxConnections: 1 });
  const url = new URL(services.postgres.adminUrl);
  url.pathname = `/${name}`;
  try {
    await server.pool.query(`create database ${name}`);
    await migrate(url.href);
  } catch (error) {
    await server.close();
    throw error;
  }
  const { address, namespace } = services.temporal;
  return {
    temporalAddress: address,
    namespace,
    databaseUrl: url.href,
    bundlePath,
    async strike() {
      await server.pool.query(`drop database if exists ${name} with (force)`).finally(() => server.close());
    },
  };
}
