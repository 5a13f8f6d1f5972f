import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ROOT_CACHE } from '../../embedded/postgres-files.js';
import { startOf } from '../../embedded/processes.js';
import { until } from './waiting.js';

/** A process as the system tells it. */
export interface Running {
  pid: number;
  parent: number;
  /** Its command line and, where the system says so, its folder. */
  what: string;
}

/** How a command ended, and what it said. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** A running `troismains rehearse`, in a process group of its own as in a terminal, with a temporary folder that only it uses. */
export interface Rehearsing {
  child: ChildProcess;
  temporary: string;
  /** Waits for a line on stderr; fails if the command ends before. */
  says(line: RegExp): Promise<void>;
  /** Waits until a process of its own runs whose command line fits. */
  runs(command: RegExp): Promise<Running>;
  /** Sends a signal to the whole group, as a terminal does. */
  interrupt(signal?: NodeJS.Signals): void;
  ended: Promise<Ended>;
  /** Waits until no process of its own runs and nothing of it is on the disk; fails when something stays. */
  leavesNothing(): Promise<void>;
}

/** The parts of a throw-away stack, by their command lines. */
export const PARTS = { postgres: /bin\/postgres -D/, temporal: /server --config-file|server start-dev/, guard: /guard-process\.mjs/ };

const command = fileURLToPath(new URL('../../bin/troismains.mjs', import.meta.url));
/** What a rehearsal is told of this machine: nothing of a developer's own installation. */
const kept = ['PATH', 'HOME', 'TROISMAINS_CACHE', 'XDG_CACHE_HOME', 'TEMPORAL_CLI'];

/** Starts `troismains rehearse` with these arguments; `temporary` is a folder for it, made when left out. */
export async function startRehearsing(
  args: readonly string[],
  { env = {}, temporary }: { env?: NodeJS.ProcessEnv; temporary?: string } = {},
): Promise<Rehearsing> {
  const folder = temporary ?? (await mkdtemp(join(tmpdir(), 'troismains-rehearse-')));
  await chmod(folder, 0o755); // Postgres' own user comes by when we are root
  const known = Object.fromEntries(kept.map((name) => [name, process.env[name]]));
  const child = spawn(process.execPath, [command, 'rehearse', ...args], {
    detached: true,
    env: { ...known, LANG: 'en', TMPDIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const own = new Map<number, string | undefined>();
  const watch = async () => {
    const found = family(child.pid ?? 0);
    for (const { pid } of found) if (!own.has(pid)) own.set(pid, await startOf(pid));
    return found;
  };
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const lines: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
  let over = false;
  const ended = new Promise<Ended>((tell) =>
    child.once('close', (code, signal) => {
      over = true;
      tell({ code, signal, stdout, stderr: lines.join('\n') });
    }),
  );
  const wait = <T>(wanted: RegExp, look: () => Promise<T | undefined>) =>
    until(
      `it did not come to ${wanted}`,
      async () => {
        const found = await look();
        if (found === undefined && over)
          throw new Error(`it ended before it came to ${wanted}:\n${lines.join('\n')}\n${stdout.slice(0, 2000)}`);
        return found;
      },
      () => lines.join('\n'),
    );
  return {
    child,
    temporary: folder,
    ended,
    says: async (wanted) => {
      await wait(wanted, async () => lines.find((line) => wanted.test(line)));
      await watch();
    },
    runs: (wanted) => wait(wanted, async () => (await watch()).find(({ what }) => wanted.test(what))),
    interrupt: (signal = 'SIGINT') => void process.kill(-(child.pid ?? 0), signal),
    leavesNothing: async () => {
      const left = async () => {
        const running: string[] = [];
        for (const [pid, startedAt] of own)
          if (startedAt !== undefined && (await startOf(pid)) === startedAt) running.push(`process ${pid}`);
        for (const { pid, what } of everything()) if (what.includes(folder)) running.push(`${pid} ${what}`);
        return [...running, ...(await readdir(folder)), ...(await databasesOf(folder))];
      };
      let last: string[] = [];
      await until(
        'something was left behind',
        async () => {
          last = await left();
          return last.length === 0;
        },
        () => last.join(', '),
      );
      if (temporary === undefined) await rm(folder, { recursive: true });
    },
  };
}

/** Databases outside the data folder, where Postgres runs as another user than ours. */
async function databasesOf(temporary: string): Promise<string[]> {
  const all = await readdir(join(ROOT_CACHE, 'data')).catch(() => []);
  const owners = await Promise.all(all.map((name) => readFile(join(ROOT_CACHE, 'data', name, 'belongs-to'), 'utf8').catch(() => '')));
  return all.filter((_, i) => owners[i]?.includes(temporary));
}

/** The processes that one has started, and those have. */
function family(pid: number, all = everything()): Running[] {
  return all.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...family(child.pid, all)]);
}

/** Every process of this machine that we may see. */
function everything(): Running[] {
  if (process.platform !== 'linux') {
    const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,command='], { encoding: 'utf8' }).split('\n');
    return lines.flatMap((line) => {
      const [, pid, parent, what = ''] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), what }];
    });
  }
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const line = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return state === 'Z' ? [] : [{ pid: Number(name), parent: Number(parent), what: `${line} ${folderOf(name)}` }];
    } catch {
      return []; // it ended meanwhile
    }
  });
}

function folderOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return ''; // not ours to see
  }
}
