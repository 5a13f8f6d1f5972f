import type { Store } from '../../../store/db.js';
import type { Ground } from './ground.js';
import type { FaultKind, Plan, PlannedFault, Progress } from './plan.js';
import type { Staff } from './staff.js';

/** What does the faults of a plan when their moment comes. */
export interface Havoc {
  /** A moment of the run has come; resolves when what strikes at once has struck. */
  happened(what: Progress): Promise<Struck>;
  /** How often a moment has come. */
  count(what: Progress): number;
}

/** What has struck: how often the act that follows is to be posted at once. Whether it is, only who posts can tell: `posted` then says so. */
export interface Struck {
  times: number;
  posted(): void;
}

/** What havoc is made with. */
export interface HavocInput {
  plan: Plan;
  ground: Ground;
  store: Store;
  /** Undefined until the processes are at work. */
  staff(): Staff | undefined;
  /** Hears of what was done. */
  note(kind: FaultKind, moment: string): void;
}

const timesOf = (kind: FaultKind | undefined): number => (kind === 'twenty-posts' ? 20 : kind === 'double-post' ? 2 : 1);

/** So long a transaction is waited for whose connection is to be dropped. */
const dropWithinMs = 300;

/** Makes ready to do what a plan says. */
export function openHavoc({ plan, ground, store, staff, note }: HavocInput): Havoc {
  const counted = new Map<Progress, number>();

  /** Ends the connection of the first transaction there is: that of the review which now begins. */
  async function dropConnection(): Promise<boolean> {
    for (const until = Date.now() + dropWithinMs; Date.now() < until; ) {
      const { rows } = await store.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
           and state in ('active', 'idle in transaction') and query not ilike '%pg_terminate_backend%' and xact_start is not null limit 1`,
      );
      if (rows.length > 0) return true;
    }
    return false;
  }

  const tell = ({ kind, on, n, afterMs }: PlannedFault) => note(kind, `${on} ${n}${afterMs > 0 ? ` +${afterMs} ms` : ''}`);

  /** Does a fault; resolves as soon as it is done, not when what it took away is back. */
  async function strike(fault: PlannedFault, at: Staff): Promise<void> {
    const { kind, forMs } = fault;
    const told = () => tell(fault);
    switch (kind) {
      case 'worker-kill':
        if (at.killWorker(forMs)) told();
        return;
      case 'web-kill':
        if (at.killWeb(forMs)) told();
        return;
      case 'temporal-kill':
      case 'temporal-freeze':
        at.during((await ground.loseTemporal(kind === 'temporal-kill' ? 'kill' : 'freeze', forMs)).back);
        return told();
      case 'postgres-fast':
      case 'postgres-immediate':
        at.during((await ground.losePostgres(kind === 'postgres-fast' ? 'fast' : 'immediate')).back);
        return told();
      case 'connection-drop':
        // beside what goes on: its transaction is still to come
        at.during(
          dropConnection().then(
            (dropped) => dropped && told(),
            () => undefined,
          ),
        );
        return;
      case 'twenty-posts':
      case 'double-post':
        return; // whoever acts next does it, if they act by page
    }
  }

  return {
    async happened(what) {
      const n = (counted.get(what) ?? 0) + 1;
      counted.set(what, n);
      const at = staff();
      const now = at === undefined ? [] : plan.faults.filter((fault) => fault.on === what && fault.n === n);
      for (const fault of now) {
        if (at === undefined) continue;
        if (fault.afterMs === 0) await strike(fault, at).catch((error: unknown) => at.crashes.push(String(error)));
        else at.during(new Promise((soon) => setTimeout(soon, fault.afterMs)).then(() => strike(fault, at)));
      }
      const posts = now.find(({ kind }) => kind === 'twenty-posts') ?? now.find(({ kind }) => kind === 'double-post');
      return { times: timesOf(posts?.kind), posted: () => posts !== undefined && tell(posts) };
    },
    count: (what) => counted.get(what) ?? 0,
  };
}
