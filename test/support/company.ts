import { randomUUID } from 'node:crypto';
import { ApplicationFailure, activityInfo, heartbeat } from '@temporalio/activity';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createActivities } from '../../activities/index.js';
import type { Hire, Theatre } from '../../rehearsal/live.js';
import { createWorker } from '../../worker/create.js';

type Activities = ReturnType<typeof createActivities>;
type Work = (input: never) => Promise<unknown>;

/** One worker for all lives of a test file: its start costs more than a short life. Each activity is done with what its own run was given. */
interface Company {
  taskQueue: string;
  client: Client;
  lives: Map<string, Activities>;
  /** What is being done for a run. */
  working: Map<string, Set<Promise<unknown>>>;
  close(): Promise<void>;
}

let company: Promise<Company> | undefined;

/** Has the file's company live a run too; it is ended when it is left. */
export const hireCompany: Hire = async (theatre, { workflowId, deps }) => {
  company ??= found(theatre);
  const { taskQueue, client, lives, working } = await company;
  lives.set(workflowId, createActivities({ ...deps, heartbeat: () => heartbeat() }));
  working.set(workflowId, new Set());
  return {
    taskQueue,
    leave: async () => {
      await client.workflow
        .getHandle(workflowId)
        .terminate('the scene is over')
        .catch((error) => {
          if (!(error instanceof WorkflowNotFoundError)) throw error;
        });
      await Promise.allSettled(working.get(workflowId) ?? []);
      lives.delete(workflowId);
    },
  };
};

/** Sends the company away; for a file's end, when all its lives are left. */
export async function closeCompany(): Promise<void> {
  const closing = await company;
  company = undefined;
  await closing?.close();
}

async function found({ temporalAddress: address, namespace, bundlePath }: Theatre): Promise<Company> {
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const taskQueue = `company-${randomUUID()}`;
  const lives: Company['lives'] = new Map();
  const working: Company['working'] = new Map();
  const doing =
    (name: keyof Activities): Work =>
    (input) => {
      const workflowId = (activityInfo().workflowExecution?.workflowId ?? '').replace(/^sweep-/, ''); // a life's own sweep
      const work = lives.get(workflowId)?.[name] as Work | undefined; // the input is of the activity that was asked for
      if (work === undefined) throw ApplicationFailure.nonRetryable(`nobody lives ${workflowId} any more`);
      const done = work(input);
      working.get(workflowId)?.add(done);
      return done.finally(() => working.get(workflowId)?.delete(done));
    };
  const activities: Record<keyof Activities, Work> = {
    openCohort: doing('openCohort'),
    reviewEdition: doing('reviewEdition'),
    deliver: doing('deliver'),
    sweep: doing('sweep'),
    mailSignIn: doing('mailSignIn'),
  };
  const nobodys = {} as Parameters<typeof createWorker>[0]['deps']; // every activity is replaced
  const worker = await createWorker({ connection: native, namespace, taskQueue, bundlePath, deps: nobodys, options: { activities } });
  const running = worker.run();
  return {
    taskQueue,
    client: new Client({ connection, namespace }),
    lives,
    working,
    close: async () => {
      worker.shutdown();
      await running;
      await native.close();
      await connection.close();
    },
  };
}
