/** An installation whose databases are put back to earlier states: services, a worker in a process of its own, a real mailbox. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Installation, openInstallation } from '../../client/installation.js';
import { INSTALLATION, readConfig } from '../../config.js';
import { installation as environmentOf, startChild } from '../../embedded/children.js';
import { startServices } from '../../embedded/services.js';
import { migrate } from '../../store/migrate.js';
import { type Said, troismains } from './command.js';
import { until } from './waiting.js';

/** A running installation on a data folder. */
export interface Running extends Installation {
  dataDir: string;
  /** Runs `troismains …` with its environment. */
  command(...args: string[]): Promise<Said>;
  startWorker(): Promise<void>;
  /** Waits until something is so. */
  soon(what: string, so: () => Promise<boolean>): Promise<void>;
  stop(): Promise<void>;
}

const config = readConfig({ PATH: process.env.PATH, TROISMAINS_CACHE: process.env.TROISMAINS_CACHE, LANG: 'en' });
const anyPort = { temporal: 0, temporalUi: 0, postgres: 0, mailbox: 0, smtp: 0 };
/** Nobody serves there: it is what links begin with, the same after each start. */
const consolePort = 9;

/** A folder for data, which Postgres' own user reaches whoever runs the tests. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'troismains-restore-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** Starts the services on a data folder, without worker and web: as after a restore. */
export async function startInstallation(dataDir: string): Promise<Running> {
  const services = await startServices({ dataDir, ports: anyPort, config });
  try {
    const environment = await environmentOf(services, config, consolePort);
    await migrate(services.postgres.url);
    const installation = await openInstallation(readConfig(environment, INSTALLATION));
    return {
      ...installation,
      dataDir,
      command: (...args) => troismains(environment, ...args),
      startWorker: async () => void (await startChild('worker', services, environment)),
      soon: async (what, so) => void (await until(`it never came: ${what}`, so)),
      async stop() {
        await installation.close();
        await services.stop();
      },
    };
  } catch (error) {
    await services.stop();
    throw error;
  }
}

/** A copy of part of a stopped installation's data, as a cold backup is: `from` of a folder that may have it, into one that loses its own. */
export function restore(from: string, to: string, ...parts: string[]): void {
  for (const part of parts) {
    rmSync(join(to, part), { recursive: true, force: true });
    const { status, stderr } = spawnSync('cp', ['-a', '--reflink=auto', join(from, part), join(to, part)], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
  }
}

/** Every mail the mailbox ever took, in a line: `<message-id> to`. */
export function mailsIn(dataDir: string): string[] {
  const folder = join(dataDir, 'mails');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.eml'))
    .map((file) => {
      const text = readFileSync(join(folder, file), 'latin1');
      return `${/^message-id: *(<[^>]+>)/im.exec(text)?.[1]} ${/^to: *(?:.*<)?([^>\s]+)/im.exec(text)?.[1]}`;
    });
}
