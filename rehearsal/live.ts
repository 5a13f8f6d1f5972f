import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { Client, Connection, WorkflowFailedError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { deliverDue } from '../activities/deliver.js';
import type { ActivityDeps } from '../activities/index.js';
import type { Edition } from '../domain/edition.js';
import { captureTransport } from '../mail/transport.js';
import { openStore, type Store } from '../store/db.js';
import { insertEdition } from '../store/editions.js';
import { createWorker } from '../worker/create.js';
import { type CohortInput, cohortWorkflowId, wake } from '../workflows/messages.js';
import type { Remembered } from './guarantees.js';
import { type Script, scriptedPeople } from './people.js';

/** Where an edition is lived: an embedded server in virtual time, and a database of its own. */
export interface Theatre {
  temporalAddress: string;
  namespace: string;
  databaseUrl: string;
  bundlePath: string;
  /** Who does a life's work; left out, a worker of its own. */
  hire?: Hire;
}

/** Finds a worker for one run: the task queue it takes work from, and how it is left when the life is over. */
export type Hire = (
  theatre: Theatre,
  life: { workflowId: string; deps: Omit<ActivityDeps, 'heartbeat'> },
) => Promise<{ taskQueue: string; leave(): Promise<void> }>;

/** How a life ended: by itself, or because its horizon was reached, or was not to be reached. */
export type LifeEnd = 'over' | 'horizon';

/** A whole edition, lived. */
export interface Lived {
  store: Store;
  client: Client;
  workflowId: string;
  runId: string;
  taskQueue: string;
  mails: ReturnType<typeof captureTransport>['sent'];
  /** Waits for the edition's end, or its horizon; rejects if the workflow failed. */
  finished(): Promise<LifeEnd>;
  /** The business instant (epoch ms) at which it was stopped; undefined when it was not. */
  stoppedAt(): number | undefined;
  close(): Promise<void>;
}

/** What may be replaced to see the engine under faults. */
export type Meddle = (deps: Omit<ActivityDeps, 'heartbeat'>) => Omit<ActivityDeps, 'heartbeat'>;

/** What is lived, from when on, and by whom. */
export interface Living {
  edition: Edition;
  /** The edition's file, as given. */
  source: string;
  /** Business instant of the beginning, epoch ms. */
  startsAt: number;
  script: Script;
  meddle?: Meddle;
  /** Business instant (epoch ms) at which life stops, whatever is still waited for; before, when it goes round in circles (`mostEvents`). */
  horizon?: number;
  /** More events in one run, and a life with a horizon stops. */
  mostEvents?: number;
  /** Hears of what people did. */
  did?(deed: Remembered): void;
  /** Hears of every business instant that is reached. */
  reached?(at: number): Promise<void> | undefined;
  /** False: time passes as it does, for what must be seen as it happens. */
  skipsTime?: boolean;
  /** True: a run may continue as new, which skipped time does not allow. */
  continues?: boolean;
}

/** What every link in the mails of a life begins with. */
export const rehearsalUrl = 'https://troismains.example';

/** No more skips than this in one run: a year of working days, many times over. */
const maxSkips = 1_000_000;
/** Up to so many people, tables stay so small that a plan which was good for them stays good. */
const fewPeople = 300;
/** A run with more events goes round in circles: the server ends one of 51 200, and the largest edition has a few thousand. */
const mostEventsOfALife = 25_000;
/** They are counted once in so many instants. */
const countedEvery = 100;
const aMomentMs = 60_000;
/** A server that is there but busy answers within this. */
const connectTimeout = 2 * aMomentMs;
/** A worker that cannot leave in this time has lost its server. */
const leaveWithinMs = 5_000;
/** The end is asked for so often, this far apart, before a server that does not answer is gone. */
const asksForEnd = 20;
const askAgainMs = 250;

/** Starts a whole edition in virtual time: the clock begins at `startsAt` and jumps from one thing that happens to the next. */
export async function live(theatre: Theatre, living: Living): Promise<Lived> {
  const leaving: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const leave of leaving.splice(0).reverse()) await leave();
  };
  try {
    return await begun(theatre, living, { leaving, close });
  } catch (error) {
    await close().catch(() => undefined); // what went wrong first is what is told
    throw error;
  }
}

/** A life that has begun. What `leaving` holds is done at its end, last first. */
async function begun(
  theatre: Theatre,
  {
    edition,
    source,
    startsAt,
    script,
    meddle,
    horizon,
    did,
    reached,
    skipsTime = true,
    continues = false,
    mostEvents = mostEventsOfALife,
  }: Living,
  { leaving, close }: { leaving: (() => Promise<unknown>)[]; close(): Promise<void> },
): Promise<Lived> {
  const store = openStore(theatre.databaseUrl, { keepsPlans: edition.people.length <= fewPeople });
  leaving.push(() => store.close());
  const connection = await Connection.connect({ address: theatre.temporalAddress, connectTimeout });
  leaving.push(() => connection.close());
  // Closed while it is about to try again, a connection throws where nobody can catch it: the end, waited for all along, is asked for without.
  const watching = await Connection.connect({ address: theatre.temporalAddress, connectTimeout, interceptors: [] });
  leaving.push(() => watching.close());
  const client = new Client({ connection, namespace: theatre.namespace });
  const workflowId = `${cohortWorkflowId(edition.id)}-${randomUUID()}`;
  const transport = captureTransport();
  let stoppedAt: number | undefined;
  let tellHorizon = (_at: number) => {};
  const atHorizon = new Promise<LifeEnd>((tell) => {
    tellHorizon = (at) => {
      stoppedAt ??= at;
      tell('horizon');
    };
  });
  const isEndless = async () => (await client.workflow.getHandle(workflowId).describe()).historyLength > mostEvents;
  const sweep = (at: number, epoch: number) =>
    deliverDue({ ...deps, realNow: () => at, heartbeat: () => undefined }, { edition: edition.id, epoch, at });
  const deps = (meddle ?? ((given) => given))({
    store,
    transport,
    people: accompanied(scriptedPeople({ store, edition: edition.id, script, sweep, did }), { horizon, tellHorizon, isEndless, reached }),
    mailFrom: 'Trois Mains <ne-pas-repondre@troismains.example>',
    publicUrl: rehearsalUrl,
    linkKey: Buffer.alloc(32, 7),
    realNow: Date.now,
    wake: async () =>
      client.workflow
        .getHandle(workflowId)
        .signal(wake)
        .then(() => true),
  });
  const { taskQueue, leave } = await (theatre.hire ?? ownWorker)(theatre, { workflowId, deps });
  const left = new AbortController();
  setMaxListeners(Number.POSITIVE_INFINITY, left.signal); // each poll for the end listens
  leaving.push(async () => {
    left.abort();
    await leave();
  });

  const clockOffsetMs = startsAt - Date.now();
  await insertEdition(store.pool, { edition, source, at: startsAt, clockOffsetMs });
  const input: CohortInput = { edition: edition.id, epoch: 1, clockOffsetMs, continues };
  const handle = await client.workflow.start('cohort', { taskQueue, workflowId, args: [input] });
  if (skipsTime) await skipTime(client, workflowId);

  const watched = new Client({ connection: watching, namespace: theatre.namespace }).workflow.getHandle(
    workflowId,
    handle.firstExecutionRunId,
  );
  const over = async (): Promise<LifeEnd> => {
    for (let asked = 1; ; asked++)
      try {
        await watching.withAbortSignal(left.signal, () => watched.result());
        return 'over';
      } catch (error) {
        if (error instanceof WorkflowFailedError) throw error.cause ?? error;
        if (left.signal.aborted || asked === asksForEnd) throw error;
        await new Promise((soon) => setTimeout(soon, askAgainMs));
      }
  };
  return {
    store,
    client,
    workflowId,
    runId: handle.firstExecutionRunId,
    taskQueue,
    mails: transport.sent,
    finished: async () => {
      const end = await Promise.race([over(), atHorizon]);
      if (end === 'horizon') await handle.terminate('the horizon of the rehearsal');
      return end;
    },
    stoppedAt: () => stoppedAt,
    close,
  };
}

/** A worker for one life, in this process. */
const ownWorker: Hire = async ({ temporalAddress: address, namespace, bundlePath }, { deps }) => {
  const connection = await NativeConnection.connect({ address });
  const taskQueue = `rehearsal-${randomUUID()}`;
  const worker = await createWorker({ connection, namespace, taskQueue, bundlePath, deps }).catch(async (error) => {
    await connection.close();
    throw error;
  });
  const running = worker.run();
  running.catch(() => undefined); // told by finished() and leave()
  const leave = async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await Promise.race([running, new Promise((enough) => setTimeout(enough, leaveWithinMs).unref())]).catch(() => undefined);
    await connection.close().catch(() => undefined); // still held by a worker that could not leave
  };
  return { taskQueue, leave };
};

/** The people of a life, and who watches it: every instant it reaches, up to its horizon, where nothing more is done. */
function accompanied(
  people: NonNullable<ActivityDeps['people']>,
  {
    horizon,
    tellHorizon,
    isEndless,
    reached,
  }: Pick<Living, 'horizon' | 'reached'> & { tellHorizon(at: number): void; isEndless(): Promise<boolean> },
): NonNullable<ActivityDeps['people']> {
  if (horizon === undefined && reached === undefined) return people;
  let end = horizon ?? Number.POSITIVE_INFINITY;
  let now = 0;
  let instants = 0;
  let circling = false;
  return {
    async actUntil(at, edition) {
      now = at;
      await reached?.(at);
      if (horizon !== undefined && !circling && ++instants % countedEvery === 0 && (await isEndless())) {
        circling = true;
        end = Math.min(end, at + aMomentMs); // nobody acts any more: what comes next is asked, and waited for
      }
      if (at >= end) tellHorizon(end);
      else if (!circling) await people.actUntil(at, edition);
    },
    async nextAct() {
      if (now >= end) return null;
      const next = circling ? null : await people.nextAct();
      return Number.isFinite(end) ? Math.min(next ?? end, end) : next;
    },
  };
}

/** Lets a run's clock jump to its next timer whenever nothing else happens. Only an embedded server knows how. */
export async function skipTime(client: Client, workflowId: string): Promise<void> {
  await client.workflowService.updateWorkflowExecutionOptions({
    namespace: client.options.namespace,
    workflowExecution: { workflowId },
    workflowExecutionOptions: { timeSkippingConfig: { enabled: true, maxSessionSkipCount: maxSkips } },
    updateMask: { paths: ['time_skipping_config'] },
  });
}
