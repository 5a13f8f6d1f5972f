import { Client, Connection, WorkflowIdConflictPolicy } from '@temporalio/client';
import proto from '@temporalio/proto';
import { skipTime } from '../../../rehearsal/live.js';
import { type CohortInput, cohortWorkflowId, wake } from '../../../workflows/messages.js';
import { stillMs } from '../limit.mjs';
import type { Ground } from './ground.js';
import { standsOf } from './stands.js';

/** The run of one edition, seen from outside. */
export interface Engine {
  client: Client;
  workflowId: string;
  /** The run that was started. */
  runId(): string;
  /** Signals it, once. */
  wake(): Promise<unknown>;
  /** Has the sweep look, once and to its end. */
  sweep(): Promise<unknown>;
  /** Starts it in virtual time. */
  start(clockOffsetMs: number): Promise<void>;
  /** Watches it until it ends, stands still, or so long; answers whether it has ended, how often the sweep had to look, and where it stood whenever it had to be woken. */
  watch(watching: Watching): Promise<{ over: boolean; sweeps: number; late: string[] }>;
  close(): Promise<void>;
}

/** What whoever watches a run is told. */
export interface Watching {
  forMs: number;
  /** Whether a worker, by its identity, is no more. */
  isGone(identity: string): boolean;
  /** Whether something is being taken away or brought back. */
  isBusy(): boolean;
  /** Real instant (epoch ms) at which a worker last did something that could be heard. */
  heardAt(): number;
}

/** Nothing heard for so long, and the sweep looks, as it does every twenty seconds in an installation. */
const silenceMs = 1_200;
/** Nothing heard for so long, and an activity under way is nobody's: its worker never got it from a server that died. */
const lostAfterMs = 3_000;
/** Nothing heard for so long, and the run is woken, as the sweep of an installation does once a look is a minute late: here its instant would not even come. */
const lateAfterMs = 15_000;
const lookEveryMs = 100;
/** So long a sweep is waited for; a review that waits for it may take twenty seconds. */
const sweepsWithinMs = 5_000;

const STARTED = proto.temporal.api.enums.v1.PendingActivityState.PENDING_ACTIVITY_STATE_STARTED;

/** Connects to the engine for one edition. */
export async function openEngine(ground: Ground, { edition, taskQueue }: { edition: string; taskQueue: string }): Promise<Engine> {
  const connection = await Connection.connect({
    address: ground.temporalAddress,
    interceptors: [],
    channelArgs: { 'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 500 },
  });
  const client = new Client({ connection, namespace: ground.namespace });
  const workflowId = cohortWorkflowId(edition);
  const handle = client.workflow.getHandle(workflowId);
  const within = <T>(ms: number, ask: () => Promise<T>) => connection.withDeadline(Date.now() + ms, ask);
  const workflowTaskTimeout = '1 second';
  let runId = '';
  let sweeps = 0;
  const sweep = () => ({ taskQueue, workflowId: `sweep-${taskQueue}-${++sweeps}`, workflowTaskTimeout }) as const;
  return {
    client,
    workflowId,
    runId: () => runId,
    wake: () => within(1_000, () => handle.signal(wake)),
    sweep: () => within(sweepsWithinMs, () => client.workflow.execute('sweep', sweep())),
    async start(clockOffsetMs) {
      const input: CohortInput = { edition, epoch: 1, clockOffsetMs, continues: false };
      const started = await client.workflow.start('cohort', {
        taskQueue,
        workflowId,
        workflowIdConflictPolicy: WorkflowIdConflictPolicy.TERMINATE_EXISTING,
        args: [input],
        workflowTaskTimeout,
      });
      runId = started.firstExecutionRunId;
      await skipTime(client, workflowId);
    },
    // what an installation's schedule and its patience do is done here at once: nothing is skipped while it is waited for
    async watch({ forMs, isGone, isBusy, heardAt }) {
      const until = Date.now() + forMs;
      const late: string[] = [];
      let wokenAt = 0;
      const began = Date.now();
      const standsStill = () => Date.now() - Math.max(heardAt(), began) > stillMs;
      for (let sweptAt = began; Date.now() < until && !standsStill(); await new Promise((soon) => setTimeout(soon, lookEveryMs))) {
        const { raw, status } = await within(1_000, () => handle.describe()).catch(() => ({ raw: undefined, status: undefined }));
        if (status !== undefined && status.name !== 'RUNNING') return { over: true, sweeps, late };
        const silentMs = isBusy() ? 0 : Date.now() - heardAt();
        for (const { state, activityId, lastWorkerIdentity } of raw?.pendingActivities ?? []) {
          const isNobodys = isGone(lastWorkerIdentity ?? '') || silentMs > lostAfterMs;
          if (state === STARTED && activityId && isNobodys)
            await within(1_000, () => client.activity.fail({ workflowId, activityId }, new Error('its worker was killed'))).catch(
              () => undefined,
            );
        }
        if (silentMs > silenceMs && Date.now() - sweptAt > silenceMs) {
          sweptAt = Date.now();
          await within(1_000, () => client.workflow.start('sweep', sweep())).catch(() => undefined);
        }
        if (raw !== undefined && silentMs > lateAfterMs && Date.now() - wokenAt > lateAfterMs) {
          wokenAt = Date.now();
          const stood = await within(1_000, () => handle.fetchHistory()).catch(() => undefined);
          late.push(stood === undefined ? 'its history cannot be read' : standsOf(raw, stood));
          await within(1_000, () => handle.signal(wake)).catch(() => undefined);
        }
      }
      return { over: false, sweeps, late };
    },
    async close() {
      await within(2_000, () => handle.terminate('the seed is over')).catch(() => undefined);
      await connection.close();
    },
  };
}
