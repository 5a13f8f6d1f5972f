import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isRunning, markOf, type ProcessMark } from './processes.js';

const mark = z.object({ pid: z.number(), startedAt: z.string() });
const contents = z.object({
  holder: mark,
  parts: z.array(mark.extend({ name: z.string() })).default([]),
  addresses: z.record(z.string(), z.string()).default({}),
});

/** What the lock file says: who holds the data folder, which processes it started, and where they answer. */
export type LockContents = z.infer<typeof contents>;

/** A data folder held by us until `release`. `leftovers` are parts of a previous holder that died and may still run. */
export type Lock = {
  leftovers: (ProcessMark & { name: string })[];
  note(what: Pick<LockContents, 'parts' | 'addresses'>): Promise<void>;
  release(): Promise<void>;
};

/** Someone else, still running, holds the data folder. */
export class DataInUse extends Error {
  override name = 'DataInUse';
  constructor(readonly held: LockContents) {
    super(`process ${held.holder.pid} runs on this data folder`);
  }
}

/** Takes a data folder. Throws DataInUse when its holder still runs; a holder that died (pid and start time no longer match) is succeeded. */
export async function takeLock(dataDir: string): Promise<Lock> {
  const file = join(dataDir, 'lock.json');
  const holder = await markOf(process.pid);
  // One contender at a time reads and replaces the file: making a folder is atomic, and one forgotten by a crash is soon ignored.
  const turn = `${file}.turn`;
  const deadline = Date.now() + 15_000;
  while (
    !(await mkdir(turn).then(
      () => true,
      () => false,
    ))
  ) {
    const made = await stat(turn).catch(() => undefined);
    if (made && Date.now() - made.mtimeMs > 10_000) await rm(turn, { recursive: true, force: true });
    else await new Promise((resolve) => setTimeout(resolve, 50));
    if (Date.now() > deadline) throw new Error(`cannot lock ${dataDir}: remove ${turn}`);
  }
  try {
    const former = await readLock(dataDir);
    if (former && (await isRunning(former.holder))) throw new DataInUse(former);
    const write = async (what: Omit<LockContents, 'holder'>) => {
      await writeFile(`${file}.draft`, JSON.stringify({ holder, ...what }), { mode: 0o600 });
      await rename(`${file}.draft`, file);
    };
    const leftovers = former?.parts ?? [];
    await write({ parts: leftovers, addresses: {} });
    return { leftovers, note: write, release: () => rm(file, { force: true }) };
  } finally {
    await rm(turn, { recursive: true, force: true });
  }
}

/** What the lock file of a data folder says; undefined when there is none or it cannot be read. */
export async function readLock(dataDir: string): Promise<LockContents | undefined> {
  const text = await readFile(join(dataDir, 'lock.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return contents.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
