import { heartbeat } from '@temporalio/activity';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { type ActivityDeps, createActivities } from '../activities/index.js';

/** What a worker is made of. */
export interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  /** The bundle made by `bundle`. */
  bundlePath: string;
  deps: Omit<ActivityDeps, 'heartbeat'>;
  /** What is set otherwise than in an installation: tests that cannot wait for the engine's usual patience. */
  options?: Partial<WorkerOptions>;
}

/** A worker for one task queue: workflows from the bundle, activities on what it is given. */
export function createWorker({ connection, namespace, taskQueue, bundlePath, deps, options = {} }: WorkerParts): Promise<Worker> {
  return Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: { codePath: bundlePath },
    activities: { ...createActivities({ ...deps, heartbeat: () => heartbeat() }) },
    shutdownGraceTime: '10 seconds',
    ...options,
  });
}
