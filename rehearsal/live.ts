import { randomUUID } from 'node:crypto';
import { Client, Connection, WorkflowFailedError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { ActivityDeps } from '../activities/index.js';
import type { Edition } from '../domain/edition.js';
import { captureTransport } from '../mail/transport.js';
import { openStore, type Store } from '../store/db.js';
import { insertEdition } from '../store/editions.js';
import { createWorker } from '../worker/create.js';
import { type CohortInput, cohortWorkflowId, wake } from '../workflows/messages.js';
import { type Script, scriptedPeople } from './people.js';

/** Where an edition is lived: an embedded server in virtual time, and a database of its own. */
export interface Theatre {
  temporalAddress: string;
  namespace: string;
  databaseUrl: string;
  bundlePath: string;
}

/** A whole edition, lived. */
export interface Lived {
  store: Store;
  client: Client;
  workflowId: string;
  runId: string;
  taskQueue: string;
  mails: ReturnType<typeof captureTransport>['sent'];
  /** Waits for the edition's end; rejects if the workflow failed. */
  finished(): Promise<void>;
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
  /** False: time passes as it does, for what must be seen as it happens. */
  skipsTime?: boolean;
  /** True: a run may continue as new, which skipped time does not allow. */
  continues?: boolean;
}

/** No more skips than this in one run: a year of working days, many times over. */
const maxSkips = 1_000_000;

/** Starts a whole edition in virtual time: the clock begins at `startsAt` and jumps from one thing that happens to the next. */
export async function live(
  theatre: Theatre,
  { edition, source, startsAt, script, meddle, skipsTime = true, continues = false }: Living,
): Promise<Lived> {
  const store = openStore(theatre.databaseUrl);
  const connection = await Connection.connect({ address: theatre.temporalAddress });
  const native = await NativeConnection.connect({ address: theatre.temporalAddress });
  const client = new Client({ connection, namespace: theatre.namespace });
  const taskQueue = `rehearsal-${randomUUID()}`;
  const workflowId = `${cohortWorkflowId(edition.id)}-${randomUUID()}`;
  const transport = captureTransport();
  const people = scriptedPeople({ store, edition: edition.id, script });
  const worker = await createWorker({
    connection: native,
    namespace: theatre.namespace,
    taskQueue,
    bundlePath: theatre.bundlePath,
    deps: (meddle ?? ((deps) => deps))({
      store,
      transport,
      people,
      mailFrom: 'Trois Mains <ne-pas-repondre@troismains.example>',
      publicUrl: 'https://troismains.example',
      linkKey: Buffer.alloc(32, 7),
      realNow: Date.now,
      wake: () => client.workflow.getHandle(workflowId).signal(wake),
    }),
  });
  const running = worker.run();

  const clockOffsetMs = startsAt - Date.now();
  await insertEdition(store.pool, { edition, source, at: startsAt, clockOffsetMs });
  const input: CohortInput = { edition: edition.id, epoch: 1, clockOffsetMs, continues };
  const handle = await client.workflow.start('cohort', { taskQueue, workflowId, args: [input] });
  if (skipsTime) await skipTime(client, workflowId);

  return {
    store,
    client,
    workflowId,
    runId: handle.firstExecutionRunId,
    taskQueue,
    mails: transport.sent,
    finished: () =>
      handle.result().catch((error) => {
        throw error instanceof WorkflowFailedError ? (error.cause ?? error) : error;
      }),
    close: async () => {
      worker.shutdown();
      await running;
      await native.close();
      await connection.close();
      await store.close();
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
