import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Client, Connection, WorkflowIdConflictPolicy } from '@temporalio/client';
import proto from '@temporalio/proto';
import { type Calendar, calendarOf } from '../../../domain/calendar.js';
import type { Edition } from '../../../domain/edition.js';
import { skipTime } from '../../../rehearsal/live.js';
import { readPersonas } from '../../../rehearsal/personas/read.js';
import { personaScript } from '../../../rehearsal/personas/script.js';
import { openStore } from '../../../store/db.js';
import { insertEdition } from '../../../store/editions.js';
import { type CohortInput, cohortWorkflowId, wake } from '../../../workflows/messages.js';
import { smallEdition } from '../small.js';
import { aftermathOf } from './aftermath.js';
import type { Crew, Hand } from './crew.js';
import { type Crowd, gather } from './crowd.js';
import type { Ground } from './ground.js';
import { checkAll, type Violation } from './invariants.js';
import { openPages } from './pages.js';
import { type FaultKind, mailFaultOf, type Plan, type PlannedFault, type Progress, planOf } from './plan.js';
import { openSink, type SmtpFault } from './sink.js';

/** A fault that was done: when (milliseconds since the run began, and on the edition's clock), and at which moment of the run. */
export interface Injected {
  kind: FaultKind | `smtp ${SmtpFault['moment']} ${SmtpFault['act']}`;
  at: string;
  afterMs: number;
  moment: string;
}

/** What one seed lived, and what of it was not as it must be. */
export interface SeedResult {
  seed: number;
  plan: Omit<Plan, 'faults' | 'seed'>;
  injected: Injected[];
  violations: Violation[];
  counts: { reviews: number; mails: number; acts: number; byPage: number; uncertain: number; sweeps: number; incidents: number };
  wallSeconds: number;
}

/** Where seeds are lived, one after the other. */
export interface Scene {
  ground: Ground;
  crew: Crew;
}

/** The key from which the links of these lives are made. */
const linkKey = Buffer.alloc(32, 7).toString('hex');
/** On these days the clocks change: the last Sundays of March and October. */
const seasons = {
  spring: { start: '2026-01-05', target: '2026-06-26', sittings: ['2026-03-24', '2026-04-21', '2026-05-19', '2026-06-16'] },
  autumn: { start: '2026-08-24', target: '2027-02-26', sittings: ['2026-11-10', '2026-12-08', '2027-01-12', '2027-02-09'] },
} as const;

/** Nothing heard for so long, and the sweep looks, as it does every twenty seconds in an installation. */
const silenceMs = 1_200;
/** So long a life may take, on a machine that does other things too. */
const lifeMs = 90_000;

/** A small edition of a seed: short, one project or two, a circuit that ends with a sitting, and a change of the clocks in the middle. */
export function chaosEdition(plan: Plan): { edition: Edition; source: string; calendar: Calendar; startsAt: number } {
  const season = seasons[plan.clocks];
  const { edition, source } = smallEdition((file) => {
    file.id = `chaos-${plan.seed}`;
    file.start = season.start;
    file.target = season.target;
    file.selection.expectedApplications = 3;
    file.selection.shortlist = { min: 2, max: 2 };
    file.selection.retained = { min: 1, max: plan.projects };
    const bureau = file.territory.sessions?.bureau;
    if (bureau !== undefined && 'dates' in bureau) bureau.dates = [...season.sittings];
  });
  const calendar = calendarOf(edition.territory);
  return { edition, source, calendar, startsAt: calendar.instantAt(edition.start, '08:30') };
}

/** The people of these lives. */
function personasOf(edition: Edition) {
  const reading = readPersonas(readFileSync(new URL('./personas.yaml', import.meta.url), 'utf8'), edition);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
  return reading.personas;
}

/** Lives one seed, and checks what is left of it. Never throws for what the engine did: that is a violation. */
export async function liveSeed({ ground, crew }: Scene, seed: number, plan = planOf(seed)): Promise<SeedResult> {
  const began = Date.now();
  const { edition, source, calendar, startsAt } = chaosEdition(plan);
  const clockOffsetMs = startsAt - began;
  const leaving: (() => unknown)[] = [];
  const injected: Injected[] = [];
  const counted = new Map<Progress, number>();
  let sweeps = 0;

  const database = await ground.createDatabase();
  leaving.push(() => database.drop());
  const store = openStore(database.url);
  leaving.push(() => store.close());
  await insertEdition(store.pool, { edition, source, at: startsAt, clockOffsetMs });
  const connection = await Connection.connect({
    address: ground.temporalAddress,
    interceptors: [],
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 500 },
  });
  leaving.push(() => connection.close());
  const client = new Client({ connection, namespace: ground.namespace });
  const workflowId = cohortWorkflowId(edition.id);
  const handle = client.workflow.getHandle(workflowId);
  const within = <T>(ms: number, ask: () => Promise<T>) => connection.withDeadline(Date.now() + ms, ask);

  const crowdNow = () => crowd?.now() ?? startsAt;
  const note = (kind: Injected['kind'], moment: string) =>
    injected.push({ kind, at: local(crowdNow(), calendar), afterMs: Date.now() - began, moment });
  const pages = openPages(`http://127.0.0.1:${ground.ports.web}`);
  const sink = await openSink({
    faultOf: (n) => {
      const fault = mailFaultOf(plan, n);
      if (fault !== undefined) note(`smtp ${fault.moment} ${fault.act}`, `mail ${n}`);
      return fault;
    },
    now: crowdNow,
    taken: (copy) => {
      pages.arrived(copy);
      void happened('mail');
    },
  });
  leaving.push(() => sink.close());

  const taskQueue = `chaos-${seed}-${randomUUID()}`;
  const environment = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: ground.temporalAddress,
    TEMPORAL_NAMESPACE: ground.namespace,
    SMTP_URL: sink.url,
    MAIL_FROM: 'Trois Mains <ne-pas-repondre@troismains.example>',
    PUBLIC_URL: `http://127.0.0.1:${ground.ports.web}`,
    HOST: '127.0.0.1',
    PORT: String(ground.ports.web),
    LINK_KEY: linkKey,
    TASK_QUEUE: taskQueue,
  };
  const workers: Hand[] = [];
  let web: Hand | undefined;
  const dead = new Set<string>();
  const underWay = new Set<Promise<unknown>>();
  const crashes: string[] = [];
  let over = false;
  leaving.push(() => {
    over = true;
    for (const hand of [...workers, web]) hand?.kill();
  });
  const during = <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    void work.catch((error: unknown) => crashes.push(String(error))).finally(() => underWay.delete(work));
    return work;
  };
  /** What cannot start while something it needs is away is started again, as a service is. */
  const hire = async (...[role, go, answering]: Parameters<Crew['hire']>): Promise<Hand> => {
    for (let tries = 1; ; tries++)
      try {
        return await crew.hire(role, go, answering);
      } catch (error) {
        if (tries === 10) throw error;
        await pause(100);
      }
  };
  const hireWorker = async (place: number): Promise<void> => {
    const hand = await hire(
      'worker',
      {
        environment,
        clockOffsetMs,
        transportLimits: { connectTimeoutMs: 1_500, silenceTimeoutMs: 400 },
        // an installation waits longer for a worker that is gone: that is time, and shows nothing
        options: { stickyQueueScheduleToStartTimeout: '500ms' },
      },
      (what, args) => crowd?.answering(what, args) ?? Promise.resolve(null),
    );
    workers[place] = hand;
    void hand.gone.then(({ killed, how }) => {
      dead.add(`${hand.pid}@`);
      if (killed || over) return;
      crashes.push(`a worker ended by itself: ${how}`);
      during(hireWorker(place)).catch(() => undefined);
    });
  };
  const hireWeb = async (): Promise<void> => {
    web = await hire('web', { environment });
  };

  /** Does a fault; resolves as soon as it is done, not when what it took away is back. */
  const inject = async (fault: PlannedFault): Promise<void> => {
    if (over) return;
    const moment = `${fault.on} ${fault.n}${fault.afterMs > 0 ? ` +${fault.afterMs} ms` : ''}`;
    switch (fault.kind) {
      case 'worker-kill': {
        const place = workers.findIndex((worker) => worker?.alive());
        const worker = workers[place];
        if (worker === undefined) return;
        note(fault.kind, moment);
        worker.kill();
        during(worker.gone.then(() => pause(fault.forMs)).then(() => hireWorker(place))).catch(() => undefined);
        return;
      }
      case 'web-kill': {
        const killed = web;
        if (killed === undefined || !killed.alive()) return;
        note(fault.kind, moment);
        killed.kill();
        during(killed.gone.then(() => pause(fault.forMs)).then(hireWeb)).catch(() => undefined);
        return;
      }
      case 'temporal-kill':
      case 'temporal-freeze': {
        note(fault.kind, moment);
        const { back } = await ground.loseTemporal(fault.kind === 'temporal-kill' ? 'kill' : 'freeze', fault.forMs);
        during(back).catch(() => undefined);
        return;
      }
      case 'postgres-fast':
      case 'postgres-immediate': {
        note(fault.kind, moment);
        const { back } = await ground.losePostgres(fault.kind === 'postgres-fast' ? 'fast' : 'immediate');
        during(back).catch(() => undefined);
        return;
      }
      case 'connection-drop': {
        // the transaction of the review that now begins: tried until there is one
        const drop = async () => {
          for (const until = Date.now() + 300; Date.now() < until; ) {
            const { rows } = await store.pool.query(
              `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
                 and state in ('active', 'idle in transaction') and query not ilike '%pg_terminate_backend%' and xact_start is not null limit 1`,
            );
            if (rows.length > 0) return void note(fault.kind, moment);
          }
        };
        during(drop().catch(() => undefined)).catch(() => undefined);
        return;
      }
      case 'twenty-posts':
      case 'double-post':
        return;
    }
  };
  const happened = async (what: Progress): Promise<{ times: number }> => {
    const n = (counted.get(what) ?? 0) + 1;
    counted.set(what, n);
    let times = 1;
    for (const fault of plan.faults.filter((one) => one.on === what && one.n === n)) {
      if (fault.kind === 'twenty-posts' || fault.kind === 'double-post') {
        times = fault.kind === 'twenty-posts' ? 20 : 2;
        note(fault.kind, `${what} ${n}`);
      } else if (fault.afterMs === 0) await inject(fault).catch((error: unknown) => void crashes.push(String(error)));
      else during(pause(fault.afterMs).then(() => inject(fault))).catch(() => undefined);
    }
    return { times };
  };

  let crowd: Crowd | undefined;
  try {
    const script = personaScript(personasOf(edition), { edition, seed });
    crowd = gather({
      plan,
      edition: edition.id,
      clockOffsetMs,
      store,
      script,
      pages,
      happened,
      wake: () => within(1_000, () => handle.signal(wake)),
    });
    await Promise.all([hireWeb(), ...Array.from({ length: plan.workers }, (_, place) => hireWorker(place))]);
    const input: CohortInput = { edition: edition.id, epoch: 1, clockOffsetMs, continues: false };
    await client.workflow.start('cohort', {
      taskQueue,
      workflowId,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.TERMINATE_EXISTING,
      args: [input],
      workflowTaskTimeout: '1 second',
    });
    await skipTime(client, workflowId);
    leaving.push(() => within(2_000, () => handle.terminate('the seed is over')).catch(() => undefined));

    // watched from outside: what an installation's schedule and its patience do is done here at once, since nothing is skipped meanwhile
    for (let sweptAt = Date.now(); Date.now() - began < lifeMs; await pause(100)) {
      const { raw, status } = await within(1_000, () => handle.describe()).catch(() => ({ raw: undefined, status: undefined }));
      if (status !== undefined && status.name !== 'RUNNING') break;
      for (const pending of raw?.pendingActivities ?? []) {
        const isGone = [...dead].some((mark) => pending.lastWorkerIdentity?.startsWith(mark));
        if (!isGone || pending.state !== STARTED || pending.activityId == null) continue;
        await client.activity
          .fail({ workflowId, activityId: pending.activityId }, new Error('its worker was killed'))
          .catch(() => undefined);
      }
      if (underWay.size === 0 && Date.now() - Math.max(crowd.heardAt(), sweptAt) > silenceMs) {
        sweptAt = Date.now();
        sweeps++;
        await within(1_000, () =>
          client.workflow.start('sweep', { taskQueue, workflowId: `sweep-${taskQueue}-${sweeps}`, workflowTaskTimeout: '1 second' }),
        ).catch(() => undefined);
      }
    }
    await Promise.allSettled(underWay);
    await crowd.settled();
    for (const hand of [...workers, web]) hand?.kill();
    const after = await aftermathOf({
      store,
      client,
      edition,
      workflowId,
      taskQueue,
      copies: sink.copies,
      crowd,
      publicUrl: environment.PUBLIC_URL,
    });
    const violations = [...checkAll(after), ...crashes.map((what): Violation => ({ invariant: 'processes', what }))];
    const uncertain = after.outbox.reduce((sum, row) => sum + row.uncertain, 0);
    const { faults: _faults, seed: _seed, ...drawn } = plan;
    return {
      seed,
      plan: drawn,
      injected,
      violations,
      counts: {
        reviews: counted.get('heard') ?? 0,
        mails: sink.copies.length,
        acts: crowd.promised.length,
        byPage: crowd.promised.filter((one) => one.by === 'page').length,
        uncertain,
        sweeps,
        incidents: after.incidents.length,
      },
      wallSeconds: (Date.now() - began) / 1000,
    };
  } finally {
    for (const leave of leaving.reverse()) await leave();
  }
}

const STARTED = proto.temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;

const pause = (ms: number) => new Promise<void>((soon) => setTimeout(soon, ms));

/** An instant to the minute on the territory's clock. */
function local(at: number, calendar: Calendar): string {
  const minutes = Math.floor(calendar.hourOf(at) * 60 + 1e-6);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${calendar.dateOf(at)} ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
