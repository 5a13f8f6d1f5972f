import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { addressTable } from '../../cli/up.js';
import { disksOf } from '../../client/disks.js';
import { readConfig } from '../../config.js';
import { installation } from '../../embedded/children.js';
import { readLock } from '../../embedded/lock.js';
import { wordsIn } from '../../embedded/messages.js';
import { startOf, startPart } from '../../embedded/processes.js';
import { type Services, type ServicesOptions, startServices } from '../../embedded/services.js';
import { supervise } from '../../embedded/supervise.js';
import { knownMigrations, migrate } from '../../store/migrate.js';
import { until } from '../support/waiting.js';

const anyPort = { temporal: 0, temporalUi: 0, postgres: 0, mailbox: 0, smtp: 0 };
// The addresses of a developer's own installation must not decide what is tested here.
const config = readConfig({ PATH: process.env.PATH, TROISMAINS_CACHE: process.env.TROISMAINS_CACHE, LANG: 'en' });

let dataDir: string;
let started: { stop(): Promise<void> }[];
let children: ChildProcess[];

beforeEach(async () => {
  // Of mode 700, as a home is: Postgres' user reaches nothing below it.
  dataDir = await mkdtemp(join(tmpdir(), 'troismains-test-'));
  started = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const one of started) await one.stop();
  const elsewhere = await readFile(join(dataDir, 'postgres-folder'), 'utf8').catch(() => undefined);
  if (elsewhere) await rm(dirname(elsewhere.trim()), { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
});

async function start(options: Partial<ServicesOptions> = {}): Promise<Services> {
  const services = await startServices({ dataDir, ports: anyPort, config, ...options });
  started.push(services);
  return services;
}

/** Starts the stack in a process of its own, leading a process group as a terminal's job does, and waits until it is ready. */
async function startAlone(
  ...parts: string[]
): Promise<{ child: ChildProcess; pids: number[]; exited: Promise<number | null>; said: string[] }> {
  const script = fileURLToPath(new URL('../support/up-alone.mjs', import.meta.url));
  const { TEMPORAL_ADDRESS: _, ...env } = process.env;
  const child = spawn(process.execPath, [script, dataDir, ...parts], { detached: true, env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  const said: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const line = await Promise.race([
    new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve)),
    exited.then(() => Promise.reject(new Error(said.join('\n')))),
  ]);
  const { pids }: { pids: Record<string, number> } = JSON.parse(line);
  return { child, pids: Object.values(pids), exited, said };
}

const gone = (pids: number[]) =>
  until(`still running: ${pids}`, async () => (await Promise.all(pids.map(startOf))).every((mark) => mark === undefined));

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function withTemporal<T>({ temporal }: Services, act: (client: Client) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address: temporal.address, connectTimeout: 120_000 });
  try {
    return await act(new Client({ connection, namespace: temporal.namespace }));
  } finally {
    await connection.close();
  }
}

const mailsOf = async ({ mailbox }: Services): Promise<{ subject: string }[]> => (await fetch(`${mailbox.url}/email`)).json() as never;

test('a second start right after the first is quick and finds its rows, workflows and mails, at the same address, in a folder of mode 700', async () => {
  await chmod(dataDir, 0o700);
  const first = await start();
  await query(first.postgres.url, 'CREATE TABLE kept AS SELECT 1 AS one');
  await withTemporal(first, (client) => client.workflow.start('none', { workflowId: 'kept', taskQueue: 'nobody', args: [] }));
  await createTransport(first.mailbox.smtpUrl).sendMail({ from: 'a@x.test', to: 'b@x.test', subject: 'kept', text: 'é' });
  await first.stop();
  await gone(Object.values(first.pids));

  const second = await start();
  expect(await query(second.postgres.url, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
  const status = await withTemporal(second, async (client) => (await client.workflow.getHandle('kept').describe()).status.name);
  expect(status).toBe('RUNNING');
  const mails = await until('no mail', async () => (await mailsOf(second)).length > 0 && mailsOf(second));
  expect(mails.map(({ subject }) => subject)).toEqual(['kept']);
  const secretOf = ({ mailbox }: Services) => new URL(mailbox.url).pathname; // a bookmark stays good
  expect(secretOf(second)).toBe(secretOf(first));
});

test('a workflow can carry every search attribute as soon as the stack is ready', async () => {
  const services = await start({ dataDir: undefined, ephemeral: true, parts: ['temporal'] });
  await withTemporal(services, async (client) => {
    const searchAttributes = { Territory: ['95'], Edition: ['e'], Phase: ['call'], WaitingOn: ['executive', 'jury'], DueAt: [new Date(0)] };
    await client.workflow.start('none', { workflowId: 'a', taskQueue: 'nobody', args: [], searchAttributes });
    const found = () => client.workflow.count("Territory = '95' AND WaitingOn = 'jury' AND DueAt < '2000-01-01T00:00:00Z'");
    await until('not found by its attributes', async () => (await found()).count === 1);
  });
});

test('a second start on the same data folder is refused, with the addresses of the first', async () => {
  const first = await start({ parts: ['postgres'] });
  await expect(start({ parts: ['postgres'] })).rejects.toMatchObject({
    held: { holder: { pid: process.pid }, addresses: { postgres: new URL(first.postgres.url).host } },
  });
  expect(await query(first.postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('the address of the database that is printed opens it', async () => {
  const { postgres } = await start({ parts: ['postgres'] });
  const nothing = { console: '', signIn: null, mailbox: '', page: null, temporal: '', data: '' };
  const printed = addressTable({ ...nothing, postgres: postgres.url }, 'fr', true);
  const address = /^ {2}Postgres +(\S+)$/m.exec(printed)?.[1] ?? '';
  expect(await query(address, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  const rights = 'SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = current_user';
  expect(await query(address, rights)).toEqual([{ rolsuper: false, rolcreaterole: false, rolcreatedb: false, rolreplication: false }]);
  await migrate(address);
  expect(printed).not.toContain((await readFile(join(dataDir, 'postgres-password'), 'utf8')).trim());
});

test("a data folder of before the application's own role goes on, with all that is in it", async () => {
  const first = await start({ parts: ['postgres'] });
  await migrate(first.postgres.adminUrl);
  const before = ['ALTER DATABASE troismains OWNER TO postgres', 'DROP OWNED BY troismains', 'DROP ROLE troismains'];
  for (const statement of before) await query(first.postgres.adminUrl, statement);
  await first.stop();

  const { postgres } = await start({ parts: ['postgres'] });
  const owned = `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner <> current_user::regrole
    UNION SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proowner <> current_user::regrole`;
  expect(await query(postgres.url, owned)).toEqual([]);
  expect(await query(postgres.url, 'SELECT count(*)::int AS n FROM migrations')).toEqual([{ n: knownMigrations().length }]);
  await query(postgres.url, 'CREATE TABLE added AS SELECT 1 AS one; ALTER TABLE edition ADD COLUMN added text');
});

test('nobody else of this machine opens what is in a data folder, nor in one that an earlier release left open', async () => {
  await rm(dataDir, { recursive: true });
  await mkdir(join(dataDir, 'temporal'), { recursive: true, mode: 0o755 });
  await start();
  const entries = await readdir(dataDir);
  const modes = await Promise.all(
    entries.map(async (name) => [name, ((await stat(join(dataDir, name))).mode & 0o077).toString(8)] as const),
  );
  expect(entries).toEqual(expect.arrayContaining(['temporal', 'postgres', 'mails', 'logs', 'ports.json', 'lock.json', 'mailbox-secret']));
  expect(modes.filter(([, mode]) => mode !== '0')).toEqual([]);
  expect((await stat(dataDir)).mode & 0o066).toBe(0o044); // as it was found: whose folder it is decides

  const made = await start({ dataDir: join(dataDir, 'made'), parts: ['postgres'] });
  expect((await stat(made.dataDir)).mode & 0o777).toBe(0o711); // Postgres' own user passes
});

test('what is watched are the disks of the data folder and of its database', async () => {
  const services = await start({ parts: ['postgres'] });
  const { diskFolders } = readConfig(await installation(services, config, 9));
  expect(diskFolders).toEqual([dataDir, services.postgres.folder]);
  expect((await disksOf(diskFolders)).map(({ folder }) => folder)).toEqual(diskFolders);
});

test('a port in use is replaced by another, and it says so', async () => {
  const holder = createServer();
  const port = await new Promise<number>((resolve) => {
    holder.listen(0, '127.0.0.1', () => resolve((holder.address() as { port: number }).port));
  });
  try {
    const said: string[] = [];
    const services = await start({ parts: ['postgres'], ports: { ...anyPort, postgres: port }, progress: (line) => said.push(line) });
    expect(services.postgres.url).not.toContain(`:${port}/`);
    expect(said.some((line) => line.includes(`port ${port} is in use`))).toBe(true);
  } finally {
    holder.close();
  }
});

test('Ctrl-C in the terminal stops everything in order and leaves no process', async () => {
  const { child, pids, exited } = await startAlone();
  expect(pids).toHaveLength(4);
  // A terminal sends the signal to the whole group.
  process.kill(-(child.pid ?? 0), 'SIGINT');
  expect(await exited).toBe(0);
  await gone(pids);
});

test('when the process that started them is killed, the parts do not outlive it', async () => {
  const { child, pids, exited } = await startAlone();
  child.kill('SIGKILL');
  await exited;
  await gone(pids);
});

test('when even its guard is killed, the next start ends what was left', async () => {
  const { child, pids, exited } = await startAlone('postgres');
  const [guard = 0, ...parts] = pids;
  process.kill(guard, 'SIGKILL');
  child.kill('SIGKILL');
  await exited;
  const said: string[] = [];
  const services = await start({ parts: ['postgres'], progress: (line) => said.push(line) });
  await gone(parts);
  expect(said.join('\n')).toContain('cut short');
  expect(await query(services.postgres.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a part that crashes takes the others down, and says which it was', async () => {
  const services = await start();
  process.kill(services.pids.temporal ?? 0, 'SIGKILL');
  const { part, message } = await services.failed;
  expect({ part, message }).toMatchObject({ part: 'Temporal', message: expect.stringContaining('SIGKILL') });
  await gone(Object.values(services.pids));
});

test('a connection that breaks is explained by the part behind it, even before that part is known to have ended', async () => {
  const lock = { leftovers: [], note: async () => undefined, release: async () => undefined };
  const stack = supervise({ dataDir, ephemeral: true, lock, say: wordsIn('en') });
  const logFile = join(dataDir, 'part.log');
  const part = await startPart({
    name: 'Postgres',
    command: process.execPath,
    args: ['-e', 'setInterval(() => 0, 60000)'],
    cwd: '/',
    logFile,
  });
  try {
    await stack.adopt(part);
    expect(await stack.failureBehind(new Error('this edition has no such person'))).toBeUndefined();
    process.kill(part.mark.pid, 'SIGKILL');
    const behind = await stack.failureBehind(new Error('Connection terminated unexpectedly'));
    expect(behind?.message).toContain('Postgres ended (SIGKILL)');
  } finally {
    await stack.stop();
  }
});

test('interrupted while it starts, it leaves no process', async () => {
  const interruption = new AbortController();
  const starting = start({ signal: interruption.signal });
  const refused = expect(starting).rejects.toThrow('enough');
  const parts = await until('nothing started', async () => {
    const parts = (await readLock(dataDir))?.parts ?? [];
    return parts.length > 0 && parts;
  });
  interruption.abort(new Error('enough'));
  await refused;
  await gone(parts.map(({ pid }) => pid));
});

test('the checkout is prepared once for all that runs from it, the worker and the web too', async () => {
  const notes = join(dataDir, 'loaded');
  const counting = `${new URL('../support/loaded.mjs', import.meta.url).href}?notes=${encodeURIComponent(notes)}`;
  const program = fileURLToPath(new URL('../../bin/troismains.mjs', import.meta.url));
  const { TEMPORAL_ADDRESS: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, 'up', '--ephemeral', '--json'], {
    env: { ...inherited, NODE_OPTIONS: `--import ${counting}` },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ready = new Promise((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  await Promise.race([ready, ended.then(() => Promise.reject(new Error('it ended before it was ready')))]);
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
  const loaded = (await readFile(notes, 'utf8')).split('\n');
  const times = (file: string) => loaded.filter((one) => one.endsWith(`/${file}`)).length;
  expect([times('dist/cli/main.js'), times('bin/prepare.mjs')]).toEqual([3, 1]);
});
