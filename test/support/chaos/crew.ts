import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { stillMs } from '../limit.mjs';

/** The processes that are killed. */
export type Role = 'worker' | 'web';

/** A process at work. */
export interface Hand {
  role: Role;
  pid: number;
  /** kill -9. */
  kill(): void;
  /** Whether it still runs, as far as we heard. */
  alive(): boolean;
  /** Resolves when it is gone, however it went; `killed`: by us. */
  gone: Promise<{ killed: boolean; how: string }>;
}

/** What a worker's people are asked, and answer. */
export type Answering = (what: string, args: unknown[]) => Promise<unknown>;

/** Processes, one of each kind always loaded and waiting, so that a restart costs no start. */
export interface Crew {
  /** Puts a process to work; resolves when it serves. `answering` is heard by workers only. */
  hire(role: Role, go: object, answering?: Answering): Promise<Hand>;
  close(): void;
}

interface Spare {
  child: ChildProcess;
  warm: Promise<void>;
  gone: Promise<string>;
}

/** Opens a crew. */
export function openCrew(): Crew {
  const spares = new Map<Role, Spare>();
  const all = new Set<ChildProcess>();
  const start = (role: Role): Spare => {
    const script = fileURLToPath(new URL(`./${role}.mjs`, import.meta.url));
    const { NODE_OPTIONS: _options, ...env } = process.env;
    const child = fork(script, [], { execArgv: [], env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    all.add(child);
    const gone = new Promise<string>((tell) =>
      child.once('exit', (code, signal) => {
        all.delete(child);
        tell(signal ?? String(code));
      }),
    );
    const warm = new Promise<void>((tell) => child.on('message', (message: { warm?: true }) => message.warm && tell()));
    return { child, warm, gone };
  };
  const spareOf = (role: Role): Spare => {
    const spare = spares.get(role) ?? start(role);
    spares.set(role, start(role));
    return spare;
  };
  for (const role of ['worker', 'web'] as const) spares.set(role, start(role));
  return {
    async hire(role, go, answering) {
      const { child, warm, gone } = spareOf(role);
      let killed = false;
      let alive = true;
      const hand: Hand = {
        role,
        pid: child.pid ?? 0,
        kill() {
          killed = true;
          alive = false;
          child.kill('SIGKILL');
        },
        alive: () => alive,
        gone: gone.then((how) => {
          alive = false;
          return { killed, how };
        }),
      };
      const tell = (message: object) => child.connected && child.send(message, () => undefined);
      const ready = new Promise<void>((served) =>
        child.on('message', (message: { ready?: true; ask?: number; what?: string; args?: unknown[] }) => {
          if (message.ready) served();
          if (message.ask === undefined || answering === undefined) return;
          answering(message.what ?? '', message.args ?? []).then(
            (value) => tell({ answer: message.ask, value }),
            (error: unknown) => tell({ answer: message.ask, error: String(error) }),
          );
        }),
      );
      await warm;
      tell({ go });
      const late = new Promise<string>((tell) => setTimeout(() => tell('it never served'), stillMs).unref());
      const failed = await Promise.race([ready.then(() => undefined), gone, late]);
      if (failed !== undefined && !killed) {
        child.kill('SIGKILL');
        throw new Error(`${role}: ${failed}`);
      }
      return hand;
    },
    close() {
      for (const child of all) child.kill('SIGKILL');
    },
  };
}
