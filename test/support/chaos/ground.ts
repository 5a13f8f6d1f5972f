import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { readConfig } from '../../../config.js';
import { startGuard } from '../../../embedded/guard.js';
import { wordsIn } from '../../../embedded/messages.js';
import { freePorts } from '../../../embedded/ports.js';
import { startPostgres } from '../../../embedded/postgres.js';
import { end, type Part } from '../../../embedded/processes.js';
import { stopSignalOf } from '../../../embedded/supervise.js';
import { startTemporal } from '../../../embedded/temporal.js';
import { INTERNAL_PORTS, type PostgresStores } from '../../../embedded/temporal-config.js';
import { findTemporal } from '../../../embedded/temporal-source.js';
import { migrate } from '../../../store/migrate.js';
import { until } from '../waiting.js';
import { makeStores, notablePorts, type PostgresPrograms } from './temporal-postgres.js';

/** How a service is taken away for a while: `freeze` leaves it its memory and its connections; the others end its process. */
export type TemporalLoss = 'freeze' | 'kill';
/** `fast` ends every transaction and writes a checkpoint; `immediate` is as a crash: what is committed is read again from the log. */
export type PostgresLoss = 'fast' | 'immediate';

/** A Temporal server and a Postgres of our own, which may be stopped and started again on the same data and the same ports. */
export interface Ground {
  temporalAddress: string;
  namespace: string;
  /** Ports that stay ours, one for each web there may be. */
  ports: { webs: readonly number[] };
  /** A fresh database, with every migration. */
  createDatabase(): Promise<{ url: string; drop(): Promise<void> }>;
  /** Takes Temporal away for so many milliseconds; resolves when it is gone, `back` when it serves again. */
  loseTemporal(how: TemporalLoss, forMs: number): Promise<{ back: Promise<void> }>;
  /** Stops Postgres and starts it again. */
  losePostgres(how: PostgresLoss): Promise<{ back: Promise<void> }>;
  close(): Promise<void>;
}

const quiet = wordsIn('en');

/** Starts both, once for all seeds of a process; with the programs that this takes, Temporal keeps what it knows in that Postgres. */
export async function openGround({ onPostgres }: { onPostgres?: PostgresPrograms } = {}): Promise<Ground> {
  const config = readConfig();
  const guard = startGuard();
  const folder = await mkdtemp(join(tmpdir(), 'troismains-chaos-'));
  // Temporal writes its file through to the disk at each transaction; a disk in memory survives all that happens here, which is never a power cut
  const memory = existsSync('/dev/shm') ? await mkdtemp('/dev/shm/troismains-chaos-').catch(() => folder) : folder;
  const folders = [...new Set([folder, memory])];
  for (const one of folders) {
    await chmod(one, 0o755);
    await mkdir(join(one, 'logs'), { recursive: true });
    guard.removeLater(one);
  }
  const [frontend = 0, ui = 0, http = 0, postgresPort = 0, web = 0, otherWeb = 0] = await freePorts(Array<number>(6).fill(0));
  const internal = await (onPostgres === undefined ? freePorts(Array<number>(INTERNAL_PORTS).fill(0)) : notablePorts(INTERNAL_PORTS));
  const parts: { temporal?: Part; postgres?: Part } = {};
  const adopt = (name: 'temporal' | 'postgres') => async (part: Part) => {
    parts[name] = part;
    guard.watch(part.mark, stopSignalOf(part.name, true));
  };
  const binary =
    onPostgres?.server ?? (await findTemporal({ ...config, say: quiet, progress: (line) => process.stderr.write(`${line}\n`) }));
  let stores: PostgresStores | undefined;
  const namespace = 'default';
  const temporal = () =>
    startTemporal({
      dataDir: memory,
      binary,
      ports: { frontend, ui, http, internal },
      inMemory: false,
      postgres: stores,
      namespace,
      adopt: adopt('temporal'),
    });
  const postgres = () =>
    startPostgres({
      dataDir: folder,
      cacheDir: config.cacheDir,
      port: postgresPort,
      ephemeral: true,
      say: quiet,
      progress: () => undefined,
      movedTo: (moved) => {
        if (!folders.includes(moved)) folders.push(moved);
        guard.removeLater(moved);
      },
      adopt: adopt('postgres'),
    });
  const stop = async (name: 'temporal' | 'postgres', signal: NodeJS.Signals) => {
    const part = parts[name];
    if (part !== undefined) await end(part.mark, signal, 20_000);
  };
  const close = async () => {
    await stop('temporal', 'SIGKILL');
    await stop('postgres', 'SIGQUIT');
    for (const one of folders) await rm(one, { recursive: true, force: true, maxRetries: 3 });
    await guard.release();
  };
  try {
    const started = postgres();
    if (onPostgres !== undefined) stores = await makeStores(onPostgres, (await started).adminUrl);
    const [{ adminUrl: serverUrl }] = await Promise.all([started, temporal()]);
    const template = await makeTemplate(serverUrl);
    return {
      temporalAddress: `127.0.0.1:${frontend}`,
      namespace,
      ports: { webs: [web, otherWeb] },
      async createDatabase() {
        const name = `chaos_${randomBytes(6).toString('hex')}`;
        await onServer(serverUrl, async (client) => {
          await client.query(`create database ${name} template ${template} strategy file_copy`);
          // this server is started careless of the disk; what was said to be committed must be in the log all the same
          await client.query(`alter database ${name} set synchronous_commit = on`);
        });
        const drop = () => onServer(serverUrl, async (client) => void (await client.query(`drop database if exists ${name} with (force)`)));
        return { url: databaseUrl(serverUrl, name), drop };
      },
      loseTemporal: inTurn(async (how: TemporalLoss, forMs: number) => {
        const pid = parts.temporal?.mark.pid ?? 0;
        if (how === 'freeze') {
          process.kill(pid, 'SIGSTOP');
          return { back: pause(forMs).then(() => void process.kill(pid, 'SIGCONT')) };
        }
        await stop('temporal', 'SIGKILL');
        return {
          back: pause(forMs)
            .then(temporal)
            .then(() => undefined),
        };
      }),
      losePostgres: inTurn(async (how: PostgresLoss) => {
        await stop('postgres', how === 'fast' ? 'SIGINT' : 'SIGQUIT');
        return { back: postgres().then(() => undefined) };
      }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What is away is not taken away: who comes second waits until it is back. */
function inTurn<Given extends unknown[]>(lose: (...given: Given) => Promise<{ back: Promise<void> }>): typeof lose {
  let turn: Promise<unknown> = Promise.resolve();
  return (...given) => {
    const lost = turn.then(() => lose(...given));
    turn = lost.then(({ back }) => back).catch(() => undefined);
    return lost;
  };
}

const pause = (ms: number) => new Promise<void>((soon) => setTimeout(soon, ms));

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function makeTemplate(serverUrl: string): Promise<string> {
  const name = 'chaos_template';
  await onServer(serverUrl, async (client) => void (await client.query(`create database ${name}`)));
  await migrate(databaseUrl(serverUrl, name));
  return name;
}

/** Asks the server, which may just be coming back. */
async function onServer<T>(serverUrl: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const done = await until('Postgres does not come back', async () => {
    const client = new pg.Client({ connectionString: serverUrl, connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return { value: await act(client) };
    } catch (error) {
      if (error instanceof pg.DatabaseError && !/^(57|08)/.test(error.code ?? '')) throw error;
      return undefined;
    } finally {
      await client.end().catch(() => undefined);
    }
  });
  return done.value;
}
