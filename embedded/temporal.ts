import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Part, startPart, tail } from './processes.js';
import { privateFolder } from './secrets.js';
import {
  DYNAMIC_SETTINGS,
  dynamicConfig,
  type PostgresStores,
  SEARCH_ATTRIBUTES,
  serverConfig,
  type TemporalPorts,
} from './temporal-config.js';
import { makeReady } from './temporal-ready.js';
import type { TemporalBinary } from './temporal-source.js';

/** A running Temporal server. */
export type Temporal = { part: Part; address: string; namespace: string; ui?: string };

/** Starts the server on loopback, in memory, with its file under `dataDir` or (the server alone) on Postgres, and waits until it serves. */
export async function startTemporal(options: {
  dataDir: string;
  binary: TemporalBinary;
  ports: TemporalPorts & { ui: number };
  inMemory: boolean;
  postgres?: PostgresStores | undefined;
  namespace: string;
  /** Takes charge of the process as soon as there is one. */
  adopt(part: Part): Promise<void>;
}): Promise<Temporal> {
  const { dataDir, binary, ports, inMemory, postgres, namespace, adopt } = options;
  const folder = await privateFolder(join(dataDir, 'temporal'));
  const part = await startPart({
    name: 'Temporal',
    command: binary.path,
    args:
      binary.kind === 'cli' ? cliArguments({ ports, inMemory, namespace }) : await serverArguments(folder, { ports, inMemory, postgres }),
    cwd: folder,
    logFile: join(dataDir, 'logs', 'temporal.log'),
    ...(inMemory ? { stopSignal: 'SIGKILL' } : {}), // what is in memory is gone however it ends
  });
  await adopt(part);
  let ended = false;
  void part.exited.then(() => {
    ended = true;
  });
  const address = `127.0.0.1:${ports.frontend}`;
  await makeReady({ address, namespace, gone: () => ended, why: () => new Error(`Temporal does not answer:\n${tail(part.logFile)}`) });
  return { part, address, namespace, ...(binary.kind === 'cli' ? { ui: `http://127.0.0.1:${ports.ui}` } : {}) };
}

async function serverArguments(
  folder: string,
  kept: Pick<Parameters<typeof serverConfig>[0], 'ports' | 'inMemory' | 'postgres'>,
): Promise<string[]> {
  const dynamicConfigFile = join(folder, 'dynamic.yaml');
  const configFile = join(folder, 'server.yaml');
  await writeFile(dynamicConfigFile, dynamicConfig());
  await writeFile(configFile, serverConfig({ ...kept, dynamicConfigFile }));
  return ['--config-file', configFile, '--allow-no-auth', 'start'];
}

function cliArguments(options: { ports: TemporalPorts & { ui: number }; inMemory: boolean; namespace: string }): string[] {
  const { ports, inMemory, namespace } = options;
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--ui-ip', '127.0.0.1', '--log-level', 'warn'],
    ...['--port', String(ports.frontend), '--http-port', String(ports.http), '--ui-port', String(ports.ui), '--namespace', namespace],
    ...(inMemory ? [] : ['--db-filename', 'temporal-cli.db']),
    ...Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
    ...Object.entries(DYNAMIC_SETTINGS).flatMap(([name, value]) => ['--dynamic-config-value', `${name}=${JSON.stringify(value)}`]),
  ];
}
