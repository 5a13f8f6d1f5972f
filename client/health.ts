/** Whether an installation is well, as each of its processes tells whoever asks. */
import { type Disk, diskStateOf, leastFree } from '../domain/disks.js';
import { alertWords } from '../domain/watch/words.js';
import type { Words } from '../domain/words.js';
import { heartbeats, standingAlerts } from '../store/watch.js';
import type { Installation } from './installation.js';
import { within } from './measures.js';

/** What was seen of something that says now and then that it is well. */
export interface Seen {
  ok: boolean;
  /** ISO instant, real time; null: never. */
  seen: string | null;
}

/** What an installation answers about itself: no name, no title, no address. */
export interface Health {
  database: 'up' | 'down';
  engine: 'up' | 'down';
  worker: Seen;
  sweep: Seen;
  watch: Seen;
  /** What stands still, and how much of it the admins could not be told of. */
  alerts: { open: number; untold: number };
  /** The fullest disk that can be seen from here, and words when there is little left. */
  disk: DiskHealth;
}

/** How the fullest disk is; `freePercent` is null when none could be measured. */
export interface DiskHealth {
  ok: boolean;
  freePercent: number | null;
  words?: Words;
}

/** How long each may be silent, in milliseconds: several times as long as it pauses. */
export const silentForMs = { worker: 90_000, sweep: 10 * 60_000, watch: 15 * 60_000 } as const;
/** How often a worker says that it is well. */
export const beatEveryMs = 20_000;
const withinMs = 2_000;
/** A last try may come up to a second after it. */
const engineWithinMs = 1_500;
const freshForMs = 2_000;

/** Asks the database and the engine, two seconds or so each; who asks again at once has the same answer. */
export function healthOf({
  store,
  client,
  realNow,
  disks,
}: Pick<Installation, 'store' | 'client' | 'realNow' | 'disks'>): () => Promise<Health> {
  let last: { at: number; health: Promise<Health> } | undefined;
  return () => {
    const at = realNow();
    if (last === undefined || at - last.at >= freshForMs || at < last.at) last = { at, health: ask(at) };
    return last.health;
  };

  async function ask(at: number): Promise<Health> {
    const [read, engine, disk] = await Promise.all([
      within(Promise.all([heartbeats(store.pool), standingAlerts(store.pool)]), withinMs),
      // awaited to its own end: a call that were left alone would try again on a connection that may be closed by then
      client.withDeadline(Date.now() + engineWithinMs, () => client.workflowService.getSystemInfo({})).catch(() => undefined),
      within(disks(), withinMs).then((measured = []) => diskHealth(measured)),
    ]);
    const [hearts, alerts] = read ?? [{}, { open: 0, untold: 0 }];
    const seen = (name: keyof typeof silentForMs): Seen => {
      const heard = hearts[name];
      return heard === undefined ? { ok: false, seen: null } : { ok: at - heard <= silentForMs[name], seen: new Date(heard).toISOString() };
    };
    return {
      database: read === undefined ? 'down' : 'up',
      engine: engine === undefined ? 'down' : 'up',
      worker: seen('worker'),
      sweep: seen('sweep'),
      watch: seen('watch'),
      alerts,
      disk,
    };
  }
}

function diskHealth(disks: readonly Disk[]): DiskHealth {
  const free = leastFree(disks);
  if (free === undefined) return { ok: true, freePercent: null };
  const freePercent = Math.floor(free * 1000) / 10;
  const state = diskStateOf(free);
  if (state === 'ok') return { ok: true, freePercent };
  const said = { kind: `disk-${state}`, scope: '', count: Math.floor(freePercent) } as const;
  return { ok: state !== 'full', freePercent, words: { fr: alertWords(said, 'fr').what, en: alertWords(said, 'en').what } };
}

/** Whether nothing at all is wrong: what an external monitor wants to know. */
export const isWhole = ({ database, engine, worker, sweep, watch, alerts, disk }: Health): boolean =>
  database === 'up' && engine === 'up' && worker.ok && sweep.ok && watch.ok && alerts.open === 0 && disk.ok;
