/** Measures for Prometheus that the worker and the web both give: what the database counts. Ids of editions and words of the code only. */
import { Counter, Gauge, type Registry } from 'prom-client';
import { freeOf } from '../domain/disks.js';
import { type Figures, figures } from '../store/figures.js';
import { heartbeats } from '../store/watch.js';
import type { Installation } from './installation.js';

/** Two readers that come at once, or one that comes too often, cost one look at the database. */
const freshForMs = 15_000;
const withinMs = 5_000;

type Read = Figures & { hearts: Awaited<ReturnType<typeof heartbeats>> };

/** Adds the installation's counts to a registry; they are read when they are asked for. */
export function countInstallation(registry: Registry, { store, realNow }: Pick<Installation, 'store' | 'realNow'>): void {
  let last: { at: number; read: Promise<Read | undefined> } | undefined;
  const read = (): Promise<Read | undefined> => {
    const at = realNow();
    if (last === undefined || at - last.at >= freshForMs || at < last.at) {
      const asked = Promise.all([figures(store.pool, at), heartbeats(store.pool)]).then(([found, hearts]): Read => ({ ...found, hearts }));
      last = { at, read: within(asked, withinMs) };
    }
    return last.read;
  };
  const gauge = (name: string, help: string, labelNames: string[], fill: (gauge: Gauge, found: Read) => void) =>
    new Gauge({
      name: `troismains_${name}`,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        this.reset();
        const found = await read();
        if (found === undefined && labelNames.length === 0) this.set(Number.NaN); // unknown is not nought
        if (found !== undefined) fill(this, found);
      },
    });
  const seconds = (since: number) => Math.max(0, (realNow() - since) / 1000);
  const age = (since: number | undefined) => (since === undefined ? Number.NaN : seconds(since));

  new Gauge({
    name: 'troismains_database_up',
    help: 'Whether the database answered',
    registers: [registry],
    async collect() {
      this.set((await read()) === undefined ? 0 : 1);
    },
  });
  gauge(
    'mails',
    'Mails that have not left (queued, sending, uncertain), and those given up (failed)',
    ['state', 'template'],
    (g, { mails }) => {
      for (const { state, template, count } of mails) g.set({ state, template }, count);
    },
  );
  gauge('mail_overdue_seconds', 'Age of the oldest mail that is due and has not left', ['edition'], (g, { mailDueSince }) => {
    for (const { edition, since } of mailDueSince) g.set({ edition }, seconds(since));
  });
  gauge('editions', 'Editions', ['status'], (g, { editions }) => {
    for (const { status, count } of editions) g.set({ status }, count);
  });
  gauge('asks_open', 'Asks that wait for an answer, in running editions', [], (g, { asks }) => g.set(asks.open));
  gauge('asks_overdue', 'Of those, asks past their due date', [], (g, { asks }) => g.set(asks.overdue));
  gauge('wakes_owed', 'Editions that were promised a wake', [], (g, { wakesOwed }) => g.set(wakesOwed));
  gauge('incidents_open', 'Failures that are tried again', [], (g, { incidents }) => g.set(incidents));
  gauge('alerts_open', 'What stands still', ['kind'], (g, { alerts }) => {
    for (const { kind, count } of alerts) g.set({ kind }, count);
  });
  gauge('worker_age_seconds', 'Since a worker last said that it is well', [], (g, { hearts }) => g.set(age(hearts.worker)));
  gauge('sweep_age_seconds', 'Since the sweep last came by', [], (g, { hearts }) => g.set(age(hearts.sweep)));
  gauge('watch_age_seconds', 'Since the watch last looked', [], (g, { hearts }) => g.set(age(hearts.watch)));
}

/** Adds what one process sees of its own machine: the free part of each disk, and the lines that its log lost. */
export function countProcess(registry: Registry, { disks, dropped }: Pick<Installation, 'disks'> & { dropped(): number }): void {
  new Gauge({
    name: 'troismains_disk_free_ratio',
    help: 'Free part of a watched disk, 0 to 1',
    labelNames: ['folder'],
    registers: [registry],
    async collect() {
      this.reset();
      for (const disk of (await within(disks(), withinMs)) ?? []) this.set({ folder: disk.folder }, freeOf(disk));
    },
  });
  let counted = 0;
  new Counter({
    name: 'troismains_log_lines_dropped_total',
    help: 'Lines of the log that could not be written',
    registers: [registry],
    collect() {
      this.inc(dropped() - counted);
      counted = dropped();
    },
  });
}

/** The answer, or undefined when there is none, or none in time. */
export function within<T>(asked: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
    timer.unref();
  });
  return Promise.race([asked.catch(() => undefined), late]).finally(() => clearTimeout(timer));
}
