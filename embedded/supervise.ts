import { rm } from 'node:fs/promises';
import { isUnreachable } from '../client/unreachable.js';
import { startGuard } from './guard.js';
import type { Lock } from './lock.js';
import type { Words } from './messages.js';
import { type Part, tail } from './processes.js';
import { fullFolder } from './space.js';

/** A part that ended by itself, and why, with the end of its log in `detail`; `full` is the folder whose disk was full, when one was. */
export type Failure = { part: string; message: string; detail: string; full?: string };

/** What keeps running parts together: all of them run, or none does. */
export type Supervision = {
  /** Process ids of the parts, by name. */
  pids: Record<string, number>;
  /** Resolves when a part ends without having been asked to; the others are then being stopped. */
  failed: Promise<Failure>;
  /** Which part ended first and so explains an error, if one did. Asked before `stop`: a connection breaks a moment before its process has ended. */
  failureBehind(error: unknown): Promise<Failure | undefined>;
  /** Takes charge of a part: it is stopped with the others, before those adopted earlier. */
  adopt(part: Part): Promise<void>;
  /** Notes addresses for whoever tries to start on the same data folder. */
  announce(addresses: Record<string, string>): Promise<void>;
  /** Removes a folder outside the data folder at the end of an ephemeral stack. */
  removeAtEnd(folder: string): void;
  /** The folder of ours whose disk is full, if one is: as the system says, or an error. While it runs. */
  full(error?: unknown): string | undefined;
  /** Stops everything, last adopted first. May be called more than once. */
  stop(): Promise<void>;
};

/**
 * The signal that a part is asked to stop with. Postgres' "fast" shutdown, SIGINT, writes a checkpoint, for which a full disk has no room: what is
 * thrown away is shut down at once, SIGQUIT.
 */
export const stopSignalOf = (name: string, ephemeral = false): NodeJS.Signals =>
  name !== 'Postgres' ? 'SIGTERM' : ephemeral ? 'SIGQUIT' : 'SIGINT';

/** How much sooner a broken connection may be heard of than the end of the process behind it; waited for after such an error only. */
const HEARD_WITHIN_MS = 10_000;

/** Starts supervising, with a guard that takes over should this process be killed. */
export function supervise(options: { dataDir: string; ephemeral: boolean; lock: Lock; say: Words }): Supervision {
  const { dataDir, ephemeral, lock, say } = options;
  const guard = startGuard();
  const running: Part[] = [];
  const folders: string[] = [];
  const addresses: Record<string, string> = {};
  const pids: Record<string, number> = { guard: guard.pid };
  let stopping: Promise<void> | undefined;
  const { promise: failed, resolve: fail } = later<Failure>();

  let first: Failure | undefined;
  // One writer after the other: parts become ready side by side.
  let noted = Promise.resolve();
  const note = () => {
    noted = noted.then(() => lock.note({ parts: running.map(({ name, mark }) => ({ name, ...mark })), addresses }));
    return noted;
  };
  const removeAtEnd = (folder: string) => {
    if (!ephemeral) return;
    folders.push(folder);
    guard.removeLater(folder);
  };
  removeAtEnd(dataDir);

  const stop = () => {
    stopping ??= (async () => {
      await noted.catch(() => undefined); // a full disk takes no notes
      for (const part of running.toReversed()) await part.stop();
      await lock.release();
      for (const folder of folders) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
      await guard.release();
    })();
    return stopping;
  };
  const isFull = (error?: unknown) =>
    fullFolder(new Set([dataDir, ...folders]), { error, log: running.map(({ logFile }) => tail(logFile, 40)).join('\n') });
  const adopt = async (part: Part) => {
    if (stopping) {
      await part.stop();
      throw new Error(`${part.name}: everything is being stopped`);
    }
    running.push(part);
    pids[part.name.toLowerCase()] = part.mark.pid;
    guard.watch(part.mark, stopSignalOf(part.name, ephemeral));
    void part.exited.then(({ code, signal }) => {
      if (stopping) return;
      const detail = tail(part.logFile);
      const full = isFull();
      // A throw-away log goes with its folder: its end is in `detail`.
      const ended = say.partFailed(part.name, signal ?? String(code), ephemeral ? undefined : part.logFile);
      first = full
        ? { part: part.name, message: say.diskFull(full, ephemeral), detail: ended, full }
        : { part: part.name, message: ended, detail };
      fail(first);
      void stop();
    });
    await note();
  };
  const announce = async (more: Record<string, string>) => {
    Object.assign(addresses, more);
    await note();
  };
  const failureBehind = async (error: unknown) =>
    first ?? (!stopping && isUnreachable(error) ? within(HEARD_WITHIN_MS, failed) : undefined);
  return { pids, failed, failureBehind, adopt, announce, removeAtEnd, full: (error) => first?.full ?? isFull(error), stop };
}

function later<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** What is about to be known, if it is known in time. */
async function within<T>(ms: number, wanted: Promise<T>): Promise<T | undefined> {
  let patience: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((done) => {
    patience = setTimeout(() => done(undefined), ms);
  });
  return Promise.race([wanted, late]).finally(() => clearTimeout(patience));
}
