import { heartbeat } from '@temporalio/activity';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { type ActivityDeps, createActivities } from '../activities/index.js';
import { createWatch, type WatchDeps } from '../activities/watch.js';
import type { Capacity } from '../domain/capacity.js';

/** What a worker is made of. */
export interface WorkerParts {
  connection: NativeConnection;
  namespace: string;
  taskQueue: string;
  /** The bundle made by `bundle`. */
  bundlePath: string;
  deps: Omit<ActivityDeps, 'heartbeat'>;
  /** How much it does at once; left out, as the SDK has it: a rehearsal, which lives one edition. */
  capacity?: Capacity;
  /** What watching needs; left out where nobody watches: a rehearsal. */
  watch?: WatchDeps;
  /** Measures what activities do. */
  measured?<A extends object>(activities: A): A;
  /** What is set otherwise than in an installation: tests that cannot wait for the engine's usual patience. */
  options?: Partial<WorkerOptions>;
}

/** A worker for one task queue: workflows from the bundle, activities on what it is given. */
export async function createWorker({
  connection,
  namespace,
  taskQueue,
  bundlePath,
  deps,
  capacity,
  watch,
  measured,
  options = {},
}: WorkerParts): Promise<Worker> {
  const activities = {
    ...createActivities({ ...deps, heartbeat: () => heartbeat(), stopping: () => isStopping(worker) }),
    ...(watch === undefined ? {} : createWatch(watch)),
  };
  const worker: Worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: { codePath: bundlePath },
    activities: measured?.(activities) ?? activities,
    shutdownGraceTime: '10 seconds',
    ...(capacity === undefined ? {} : slotsOf(capacity)),
    ...options,
  });
  return worker;
}

/** A worker's slots, as the SDK calls them. */
const slotsOf = (capacity: Capacity): Partial<WorkerOptions> => ({
  maxConcurrentLocalActivityExecutions: capacity.reviews,
  maxConcurrentActivityTaskExecutions: capacity.activities,
  maxConcurrentWorkflowTaskExecutions: capacity.workflowTasks,
  maxCachedWorkflows: capacity.cachedRuns,
  maxConcurrentWorkflowTaskPolls: capacity.workflowPolls,
  maxConcurrentActivityTaskPolls: capacity.activityPolls,
});

/** Whether a worker was told to stop: what it has not begun, another does. */
const isStopping = (worker: Worker): boolean => ['STOPPING', 'DRAINING', 'DRAINED', 'STOPPED'].includes(worker.getState());
