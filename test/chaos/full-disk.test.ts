// A full disk: a log that cannot be written costs its lines, and nothing else – not the process, not one request –, and free space is measured.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { disksOf } from '../../client/disks.js';
import { linesTo } from '../../client/log.js';
import { diskStateOf, leastFree } from '../../domain/disks.js';
import { freePorts } from '../../embedded/ports.js';
import { until } from '../support/waiting.js';

const bin = fileURLToPath(new URL('../../bin/troismains.mjs', import.meta.url));
const children: ChildProcess[] = [];
const mounts: string[] = [];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'troismains-log-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const mounted of mounts.splice(0)) spawnSync('umount', ['-l', mounted]);
  await rm(folder, { recursive: true, force: true });
});

/** The web over a database that cannot be reached, so that each page writes to its log; `stdout` is where that goes. */
async function webWith(stdout: number | 'pipe'): Promise<{ child: ChildProcess; url: string }> {
  const [port = 0, nobody] = await freePorts([0, 0]);
  const { NODE_OPTIONS: _options, ...inherited } = process.env;
  const url = `http://127.0.0.1:${port}`;
  const env = {
    ...{ ...inherited, DATABASE_URL: `postgres://x:y@127.0.0.1:${nobody}/x`, TEMPORAL_ADDRESS: `127.0.0.1:${nobody}` },
    ...{ PUBLIC_URL: url, LINK_KEY: 'ab'.repeat(32), SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'a@x.test', PORT: String(port) },
  };
  const child = spawn(process.execPath, [bin, 'web'], { env, stdio: ['ignore', stdout, 'inherit'] });
  children.push(child);
  await until('the web does not answer', () =>
    fetch(`${url}/healthz`).then(
      () => true,
      () => false,
    ),
  );
  return { child, url };
}

/** Pages that fail, each of which is told in the log. */
async function fail(url: string, times: number): Promise<void> {
  for (let nth = 0; nth < times; nth++) expect((await fetch(`${url}/call/x`)).status).toBeGreaterThanOrEqual(500);
}

const onLinux = existsSync('/dev/full') ? test : test.skip;

onLinux('the web goes on answering while the disk of its log is full, and ends when it is told to', async () => {
  const full = openSync('/dev/full', 'w');
  const { child, url } = await webWith(full);
  closeSync(full);
  await fail(url, 20);
  expect((await fetch(`${url}/healthz`)).status).toBe(503); // says how it is: without its database
  const ended = new Promise((done) => child.once('exit', (_code, signal) => done(signal)));
  child.kill('SIGTERM');
  expect(await ended).toBeNull(); // by itself; its exit code says that standard output takes nothing
});

test('the web goes on answering while nobody reads its log, and when its reader has gone', async () => {
  const { child, url } = await webWith('pipe');
  child.stdout?.pause();
  await fail(url, 400); // says far more than a pipe holds
  child.stdout?.destroy();
  await fail(url, 20);
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  expect(await ended).toBe(0);
});

const ifMounted = process.getuid?.() === 0 ? test : test.skip;

function smallDisk(): void {
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  mounts.push(folder);
}

ifMounted('a disk that fills is measured as it is, and a folder that is not there is nothing', async () => {
  smallDisk();
  const measured = async () => diskStateOf(leastFree(await disksOf([folder, join(folder, 'nowhere'), '/proc'])) ?? Number.NaN);
  expect(await measured()).toBe('ok');
  await writeFile(join(folder, 'filling'), Buffer.alloc(60 * 1024));
  expect(await measured()).toBe('low');
  await writeFile(join(folder, 'more'), Buffer.alloc(4 * 1024));
  expect(await measured()).toBe('full');
});

ifMounted('once there is room again the log goes on with whole lines, and says how many are missing', async () => {
  smallDisk();
  await writeFile(join(folder, 'filling'), Buffer.alloc(48 * 1024));
  const file = openSync(join(folder, 'log'), 'a');
  const lines = linesTo(file);
  const wrote = (n: number) => lines.write(`${JSON.stringify({ n, msg: 'x'.repeat(200) })}\n`);
  for (let n = 0; n < 500; n++) {
    wrote(n);
    await new Promise(setImmediate);
  }
  await until('no line was dropped', () => lines.dropped() > 400); // there is room for some seventy
  await unlink(join(folder, 'filling'));
  await until('nothing is written again', async () => {
    wrote(-1);
    return /could not be written[\s\S]*"n":-1/.test(await readFile(join(folder, 'log'), 'utf8'));
  });
  closeSync(file);
  const text = (await readFile(join(folder, 'log'), 'utf8')).split('\n');
  const parsed = text.map((line) => {
    try {
      return JSON.parse(line) as { n?: number; msg: string };
    } catch {
      return undefined;
    }
  });
  const whole = parsed.filter((line) => line?.n !== undefined && line.n >= 0).length;
  expect(whole).toBeGreaterThan(0);
  expect(parsed.filter((line) => line === undefined).length).toBeLessThanOrEqual(2); // the line that was cut, and the end of the file
  const missing = parsed
    .flatMap((line) => /^(\d+) lines of this log/.exec(line?.msg ?? '')?.[1] ?? [])
    .reduce((sum, n) => sum + Number(n), 0);
  expect(missing).toBe(lines.dropped());
});
