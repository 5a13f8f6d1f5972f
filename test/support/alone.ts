import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A worker in a process of its own, to be killed. */
export interface Alone {
  child: ChildProcess;
  /** Waits for a line of its output: `ready`, `holding`; throws when it ends before. */
  said(line: string): Promise<void>;
  exited: Promise<unknown>;
}

const children: ChildProcess[] = [];

/** Starts a worker of plain people in a process of its own (`worker-alone.mjs` says what it is told). */
export function workerAlone(input: object): Alone {
  const script = fileURLToPath(new URL('./worker-alone.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(input)], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const lines: string[] = [];
  const waiting = new Map<string, () => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    waiting.get(line)?.();
  });
  const exited = new Promise((gone) => child.once('exit', gone));
  const said = (line: string) =>
    new Promise<void>((heard, fail) => {
      if (lines.includes(line)) return heard();
      waiting.set(line, heard);
      exited.then((code) => fail(new Error(`the worker ended (${code}) before it said ${line}`)));
    });
  return { child, said, exited };
}

/** Ends every worker that a test file has started; for its `afterAll`. */
export function endWorkers(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL');
}
