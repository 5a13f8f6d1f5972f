import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.js';
import { freePorts } from './ports.js';
import { type Part, startPart, tail, until } from './processes.js';
import { keptSecret } from './secrets.js';
import type { Services } from './services.js';

/** The two processes of an installation. */
export type ChildName = 'worker' | 'web';

/** The environment of a real installation, as the embedded stack stands in for it: what `config.ts` reads. */
export type InstallationEnvironment = Record<string, string>;

/** The checkout, or the installed package: where `bin/` and `dist/` are. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

const inherits = ['PATH', 'HOME', 'LANG', 'TZ', 'LOG_LEVEL', 'NODE_OPTIONS', 'ALERT_TO', 'METRICS_TOKEN', 'RETURN_PATH', 'BACKUP_FOLDER'];

/** What the worker, the web, migrations and the demonstration are told. The key of the links is made once and kept in the data folder. */
export async function installation(services: Services, config: Config, port: number): Promise<InstallationEnvironment> {
  const inherited = Object.entries(config.environment).filter(
    ([name, value]) => value && (name.startsWith('TEMPORAL_') || inherits.includes(name)),
  );
  const [, workerPort] = await freePorts([port, 0]);
  return {
    // Checked by the filter above.
    ...(Object.fromEntries(inherited) as Record<string, string>),
    DATABASE_URL: services.postgres.url,
    TEMPORAL_ADDRESS: services.temporal.address,
    TEMPORAL_NAMESPACE: services.temporal.namespace,
    ...(services.temporal.ui === undefined ? {} : { TEMPORAL_UI_URL: services.temporal.ui }),
    SMTP_URL: services.mailbox.smtpUrl,
    MAILBOX_URL: services.mailbox.url,
    MAIL_PER_MINUTE: '0', // nobody is there to be overrun
    MAIL_PER_DOMAIN_PER_MINUTE: '0',
    MAIL_FROM: config.mailFrom ?? 'Trois Mains <troismains@demo.invalid>',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    HOST: '127.0.0.1',
    PORT: String(port),
    WORKER_PORT: String(workerPort),
    LINK_KEY: await keptSecret(services.dataDir, 'link-key', 32),
    TASK_QUEUE: config.taskQueue,
    DISK_FOLDERS: [services.dataDir, services.postgres.folder].join(delimiter),
  };
}

/** Starts the worker or the web as `troismains worker` or `troismains web`, of a checkout that is prepared already, and waits until it serves. */
export async function startChild(name: ChildName, services: Services, environment: InstallationEnvironment): Promise<Part> {
  const part = await startPart({
    name,
    command: process.execPath,
    args: ['--enable-source-maps', join(packageRoot(), 'bin', 'prepared.mjs'), name],
    cwd: packageRoot(),
    logFile: join(services.dataDir, 'logs', `${name}.log`),
    env: environment,
    graceMs: 20_000,
  });
  await services.adopt(part);
  let ended = false;
  void part.exited.then(() => {
    ended = true;
  });
  const late = () => new Error(`${name} does not answer:\n${tail(part.logFile)}`);
  const port = name === 'web' ? environment.PORT : environment.WORKER_PORT;
  await until(
    60_000,
    async () => {
      if (ended) throw late();
      return answers(`http://127.0.0.1:${port}/healthz`);
    },
    late,
  );
  return part;
}

/** Whether the worker says that it takes work, or the web that it serves. */
const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    (response) => response.ok,
    () => false,
  );
