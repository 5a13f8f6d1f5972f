import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Config, readConfig } from '../config.js';
import { type Lock, takeLock } from './lock.js';
import { startMailbox } from './mailbox.js';
import { type Progress, wordsIn } from './messages.js';
import { choosePorts, type PortName } from './ports.js';
import { startPostgres } from './postgres.js';
import { end, isRunning, type Part, type ProcessMark } from './processes.js';
import { privateFolder } from './secrets.js';
import { DiskFull, fullFolder, saysFull } from './space.js';
import { type Supervision, stopSignalOf, supervise } from './supervise.js';
import { startTemporal } from './temporal.js';
import { INTERNAL_PORTS } from './temporal-config.js';
import { findTemporal } from './temporal-source.js';

/** The parts of the embedded stack. */
export type PartName = 'temporal' | 'postgres' | 'mailbox';

/** A running embedded stack. What was not asked for (`parts`) has an empty address. */
export type Services = {
  temporal: { address: string; namespace: string; ui?: string };
  /** The application's own address, the superuser's, and the folder of the database. */
  postgres: { url: string; adminUrl: string; folder: string };
  mailbox: { url: string; smtpUrl: string };
  dataDir: string;
} & Supervision;

/**
 * What to start. An ephemeral stack lives in a folder of its own (inside `dataDir`, or the system's temporary folder), removed at the end.
 * `signal` interrupts what takes long: a download, a build.
 */
export type ServicesOptions = {
  dataDir?: string;
  ephemeral?: boolean;
  temporalInMemory?: boolean;
  parts?: PartName[];
  ports?: Partial<Record<PortName, number>>;
  progress?: Progress;
  config?: Config;
  signal?: AbortSignal;
  /** Nobody else's server will do: it is not advised. */
  alone?: boolean;
};

const LABELS: Record<PortName, string> = {
  console: 'Console',
  temporal: 'Temporal',
  temporalUi: 'Temporal UI',
  postgres: 'Postgres',
  mailbox: 'Mailbox',
  smtp: 'SMTP',
};

/**
 * Starts the embedded stack and waits until every part serves. Throws, with nothing left running, when one cannot: DataInUse when the folder is
 * taken, DiskFull when there is no room.
 */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { ephemeral = false, parts = ['postgres', 'temporal', 'mailbox'], progress = () => undefined, signal } = options;
  const config = options.config ?? readConfig();
  const say = wordsIn(config.language);
  const dataDir = await dataFolder(options.dataDir, ephemeral);
  const lock = await prepared(dataDir, ephemeral).catch((error: unknown) => {
    const full = fullFolder([dataDir], { error });
    throw full ? new DiskFull(say.diskFull(full, ephemeral), { cause: error }) : error;
  });
  const stack = supervise({ dataDir, ephemeral, lock, say });
  // Whatever is being waited for then ends, and says so.
  const interrupt = () => void stack.stop();
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    await endLeftovers(lock.leftovers, (names) => progress(say.leftovers(names)));
    const taken = (name: PortName, wish: number, got: number) => progress(say.portTaken(LABELS[name], wish, got));
    const port = await choosePorts({
      ephemeral,
      wishes: options.ports,
      internal: INTERNAL_PORTS,
      memory: join(dataDir, 'ports.json'),
      taken,
    });
    const wants = (part: PartName) => parts.includes(part);
    const own = config.temporal.own;
    const timed = async <T extends { part: Part }>(what: PartName, where: (started: T) => string, start: () => Promise<T>): Promise<T> => {
      const sinceMs = Date.now();
      const started = await start();
      await stack.announce({ [what]: where(started) });
      progress(say.ready(started.part.name, where(started), Date.now() - sinceMs));
      return started;
    };
    const common = { dataDir, adopt: stack.adopt };
    const temporal = async () => {
      const binary = await findTemporal({ ...config, say, progress, signal, alone: options.alone });
      progress(say.temporalFrom(binary.from));
      const { temporal: frontend, temporalUi: ui, http, internal } = port;
      const inMemory = options.temporalInMemory ?? ephemeral;
      const { namespace } = config.temporal;
      return startTemporal({ ...common, binary, ports: { frontend, ui, http, internal }, inMemory, namespace });
    };
    const postgres = () =>
      startPostgres({ ...common, cacheDir: config.cacheDir, port: port.postgres, ephemeral, say, progress, movedTo: stack.removeAtEnd });
    const starts = [
      wants('postgres') ? timed('postgres', (it) => new URL(it.url).host, postgres) : undefined,
      wants('temporal') && !own ? timed('temporal', (it) => it.address, temporal) : undefined,
      wants('mailbox')
        ? timed(
            'mailbox',
            (it) => it.url,
            () => startMailbox({ ...common, port: port.mailbox, smtpPort: port.smtp }),
          )
        : undefined,
    ] as const;
    const failed = (await Promise.allSettled(starts)).filter((start) => start.status === 'rejected').map((start) => start.reason);
    if (failed.length > 1) throw failed.find((reason) => saysFull(reason)) ?? failed[0]; // one part may be the first to fail, another know why
    const [database, engine, mailbox] = await Promise.all(starts);
    return {
      temporal: engine
        ? { address: engine.address, namespace: engine.namespace, ...(engine.ui ? { ui: engine.ui } : {}) }
        : { address: own ? config.temporal.address : '', namespace: config.temporal.namespace },
      postgres: { url: database?.url ?? '', adminUrl: database?.adminUrl ?? '', folder: database?.folder ?? '' },
      mailbox: { url: mailbox?.url ?? '', smtpUrl: mailbox?.smtpUrl ?? '' },
      dataDir,
      ...stack,
    };
  } catch (error) {
    const full = stack.full(error);
    const failure = await stack.failureBehind(error);
    await stack.stop();
    signal?.throwIfAborted();
    // What ended first explains the rest; a full disk explains everything.
    if (full) throw new DiskFull(say.diskFull(full, ephemeral), { cause: error });
    throw failure ? new Error([failure.message, failure.detail].filter(Boolean).join('\n'), { cause: error }) : error;
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
}

/** Mode of a data folder: the user that Postgres runs as goes through it to its own, and reads nothing of it. */
const passedThrough = 0o711;

async function dataFolder(asked: string | undefined, ephemeral: boolean): Promise<string> {
  if (asked === undefined && !ephemeral) throw new Error('startServices: a data folder is needed unless the stack is ephemeral');
  const base = asked === undefined ? tmpdir() : resolve(asked);
  await mkdir(base, { recursive: true, mode: passedThrough });
  const folder = ephemeral ? await mkdtemp(join(base, 'troismains-')) : base;
  return folder;
}

/** Makes the data folder ready, and takes it; a throw-away one that cannot be is removed. */
async function prepared(folder: string, ephemeral: boolean): Promise<Lock> {
  try {
    if (ephemeral) await chmod(folder, passedThrough);
    await privateFolder(join(folder, 'logs'));
    return await takeLock(folder);
  } catch (error) {
    if (ephemeral) await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function endLeftovers(leftovers: (ProcessMark & { name: string })[], tell: (names: string) => void): Promise<void> {
  const alive: typeof leftovers = [];
  for (const one of leftovers) if (await isRunning(one)) alive.push(one);
  if (alive.length > 0) tell(alive.map(({ name }) => name).join(', '));
  for (const one of alive.reverse()) await end(one, stopSignalOf(one.name), 15_000);
}
