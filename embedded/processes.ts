import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What proves that a pid is still the process we started, and not another one that was given its number since. */
export type ProcessMark = { pid: number; startedAt: string };

/** One running part of the embedded stack. `exited` resolves when it ends, however it ends; `stop` waits for that. */
export type Part = {
  name: string;
  mark: ProcessMark;
  logFile: string;
  exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  stop(): Promise<void>;
};

/** How a part is started. `graceMs` is how long it may take to end by itself before it is killed. */
export type PartOptions = {
  name: string;
  command: string;
  args: string[];
  cwd: string;
  logFile: string;
  env?: NodeJS.ProcessEnv;
  identity?: { uid: number; gid: number };
  stopSignal?: NodeJS.Signals;
  graceMs?: number;
};

/** When a process started, in a form that differs for any other process with the same pid; undefined when it does not run (zombies do not). */
export async function startOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (stat === undefined) return undefined;
    // The name in parentheses may itself contain spaces and parentheses: fields are counted after its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return `${await bootId()}:${fields[19]}`;
  }
  const answer = await promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]).catch(() => undefined);
  const line = answer?.stdout.trim();
  return line && !line.startsWith('Z') ? line.replace(/^\S+\s+/, '') : undefined;
}

const bootId = async () => (await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')).trim().slice(0, 8);

/** Whether the process a mark was taken of still runs. */
export async function isRunning(mark: ProcessMark): Promise<boolean> {
  return (await startOf(mark.pid)) === mark.startedAt;
}

/** The mark of a process that runs now. Throws when it does not. */
export async function markOf(pid: number): Promise<ProcessMark> {
  const startedAt = await startOf(pid);
  if (startedAt === undefined) throw new Error(`process ${pid} does not run`);
  return { pid, startedAt };
}

/** Waits until `done` answers something, asking again every few milliseconds; throws `late()` after `timeoutMs`. */
export async function until<T>(timeoutMs: number, done: () => Promise<T | undefined | false>, late: () => Error): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await done();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw late();
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Ends a process that may not be our child: asked first, killed after `graceMs`. Touches nothing when the mark no longer holds. */
export async function end(mark: ProcessMark, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (!(await isRunning(mark))) return;
  send(mark.pid, signal);
  const gone = async () => !(await isRunning(mark));
  await until(graceMs, gone, () => new Error('still there')).catch(() => {
    send(-mark.pid, 'SIGKILL');
    send(mark.pid, 'SIGKILL');
    return until(5_000, gone, () => new Error(`process ${mark.pid} cannot be stopped`));
  });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended in the meantime, or leads no group.
  }
}

/**
 * Starts one part in a process group of its own, so that a Ctrl-C in the terminal reaches us alone and we stop the parts in order.
 * Its output goes to `logFile`. Throws when it cannot be started.
 */
export async function startPart(options: PartOptions): Promise<Part> {
  const { name, command, args, cwd, logFile, env, identity, stopSignal = 'SIGTERM', graceMs = 10_000 } = options;
  // The log of the run before is kept: it may say why that one ended.
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.previous`);
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(command, args, { cwd, env: env ?? {}, detached: true, stdio: ['ignore', log, log], ...identity });
  closeSync(log);
  const exited = exitOf(child);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  const pid = child.pid;
  const startedAt = pid === undefined ? undefined : await startOf(pid);
  // A part that ended at once has no mark any more: one that matches nothing keeps `stop` harmless.
  const mark = { pid: pid ?? 0, startedAt: startedAt ?? 'ended' };
  return { name, mark, logFile, exited, stop: () => end(mark, stopSignal, graceMs) };
}

function exitOf(child: ChildProcess): Part['exited'] {
  return new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
}

/** The last lines of a part's log, for an error that says why it did not start. */
export function tail(logFile: string, lines = 8): string {
  try {
    return readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
