import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { ProcessMark } from './processes.js';

/** Ends our parts, and removes throw-away folders, when this process dies without a word. */
export type Guard = {
  pid: number;
  watch(mark: ProcessMark, signal: NodeJS.Signals): void;
  removeLater(folder: string): void;
  /** All was stopped in order: nothing is left to do. */
  release(): Promise<void>;
};

/** Starts the guard: a small process whose standard input is ours, so that the system tells it when we are gone. */
export function startGuard(): Guard {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./guard-process.mjs', import.meta.url))], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
    cwd: '/',
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  // The guard itself was killed: there is nobody to tell.
  child.stdin.on('error', () => undefined);
  child.unref();
  const tell = (message: object) => child.stdin.write(`${JSON.stringify(message)}\n`);
  return {
    pid: child.pid ?? 0,
    watch: (mark, signal) => void tell({ ...mark, signal }),
    removeLater: (folder) => void tell({ folder }),
    release: async () => {
      child.ref();
      child.stdin.end(`${JSON.stringify({ done: true })}\n`);
      await gone;
    },
  };
}
