import type { Client } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { temporal } from '@temporalio/proto';
import { z } from 'zod';
import type { Remembered } from '../store/recall.js';
import { cohortWorkflowId } from '../workflows/messages.js';
import { isWorkflowNotFound } from './engine.js';

/** A run's history, as the server tells it. */
export type History = temporal.api.history.v1.IHistory;
type Event = temporal.api.history.v1.IHistoryEvent;
type Payload = temporal.api.common.v1.IPayload;

/** What replaying a run on a build showed: nothing, or the first place where the two differ. */
export interface Replay {
  workflowId: string;
  difference?: Difference;
}

/** Where a history and a build part. */
export interface Difference {
  /** The event's number in the history, where the engine names one. */
  event?: number;
  /** What the run did there, as the engine calls it: `timer`, `activity deliver`, `review`, … */
  recorded?: string;
  /** The engine's own words. */
  message: string;
}

/** Replays histories on a build, one after the other: `worker/replay.ts` does it, `client/` may not import it. */
export type Replayer = (histories: AsyncIterable<{ workflowId: string; history: History }>) => AsyncIterable<Replay>;

/** How long the engine may take over one question. */
const answerWithinMs = 10_000;

/** What a payload holds; undefined where there is none. */
export const unpacked = (payload: Payload | null | undefined): unknown =>
  payload == null ? undefined : defaultPayloadConverter.fromPayload(payload);

const started = z.object({ epoch: z.number() });

/** The epoch a run was started with; 0 when its first event names none. */
export function epochIn({ events }: History): number {
  const [input] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const parsed = started.safeParse(unpacked(input));
  return parsed.success ? parsed.data.epoch : 0;
}

/** The epoch of an edition's latest run, running or not; 0 when the engine knows none. */
export async function latestEpoch(client: Client, edition: string): Promise<number> {
  try {
    const { history } = await client.withDeadline(Date.now() + answerWithinMs, () =>
      client.workflowService.getWorkflowExecutionHistory({
        namespace: client.options.namespace,
        execution: { workflowId: cohortWorkflowId(edition) },
        maximumPageSize: 1,
      }),
    );
    return epochIn(history ?? {});
  } catch (error) {
    if (isNotFound(error)) return 0;
    throw error;
  }
}

/** gRPC's NOT_FOUND: the engine knows no such run. */
export const isNotFound = (error: unknown): boolean =>
  isWorkflowNotFound(error) || (typeof error === 'object' && error !== null && 'code' in error && error.code === 5);

/** What is running under a workflow's id, or ran last. */
export interface Latest {
  workflowId: string;
  runId: string;
  type: string;
  running: boolean;
  historyEvents: number;
  /** How often in a row its current step of code has failed or timed out: 0 or 1 when all is well. */
  failures: number;
}

/** The latest run of a workflow; undefined when the engine knows none. */
export async function latestRun(client: Client, workflowId: string): Promise<Latest | undefined> {
  try {
    const found = await client.withDeadline(Date.now() + answerWithinMs, () => client.workflow.getHandle(workflowId).describe());
    return {
      workflowId,
      runId: found.runId,
      type: found.type,
      running: found.status.name === 'RUNNING',
      historyEvents: found.historyLength,
      failures: found.raw.pendingWorkflowTask?.attempt ?? 0,
    };
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** The ids of all that runs on a task queue, as far as the engine's list knows: it may lag by a moment. */
export async function runningIds(client: Client, taskQueue: string): Promise<string[]> {
  const ids: string[] = [];
  const queue = taskQueue.replaceAll("'", "''");
  for await (const { workflowId } of client.workflow.list({ query: `ExecutionStatus = 'Running' AND TaskQueue = '${queue}'` }))
    ids.push(workflowId);
  return ids;
}

/**
 * How often in a row a run's code has failed or timed out, with the tries of its present task (`Latest.failures`). That number alone begins anew with
 * each signal; of each task the history keeps the first failure.
 */
export function failuresInARow({ events }: History, tries: number): number {
  let failed = 0;
  for (const { workflowTaskCompletedEventAttributes: done, workflowTaskFailedEventAttributes: failure, ...event } of events ?? []) {
    if (done) failed = 0;
    else if (failure || event.workflowTaskTimedOutEventAttributes?.timeoutType === startToClose) failed += 1;
  }
  return failed + Math.max(0, tries - 1);
}

/** A worker that took a task and did not come back; a worker's own queue that times out says nothing. */
const startToClose = 1; // temporal.api.enums.v1.TimeoutType: types only are imported

const reviewed = z.object({
  settled: z.array(z.object({ id: z.string(), outcome: z.string(), on: z.string() })),
  recorded: z.array(z.object({ id: z.string(), on: z.string() })),
});
const local = z.object({ activity_type: z.string() });

/** The name of the local activity whose result a marker holds. */
export const localActivityOf = ({ markerRecordedEventAttributes: marker }: Event): string | undefined => {
  const parsed = local.safeParse(unpacked(marker?.details?.data?.payloads?.[0]));
  return parsed.success ? parsed.data.activity_type : undefined;
};

/** Every outcome that a run was told by its reviews. */
export function rememberedIn({ events }: History): Remembered {
  const kinds = new Map<string, string>();
  const settled: Remembered['settled'][number][] = [];
  const recorded: Remembered['recorded'][number][] = [];
  for (const event of events ?? []) {
    const { activityTaskScheduledEventAttributes: scheduled, activityTaskCompletedEventAttributes: completed } = event;
    if (scheduled) kinds.set(String(event.eventId), scheduled.activityType?.name ?? '');
    const payload =
      completed && kinds.get(String(completed.scheduledEventId)) === 'reviewEdition'
        ? completed.result?.payloads?.[0]
        : localActivityOf(event) === 'reviewEdition'
          ? event.markerRecordedEventAttributes?.details?.result?.payloads?.[0]
          : undefined;
    const result = reviewed.safeParse(unpacked(payload));
    if (!result.success) continue;
    settled.push(...result.data.settled);
    recorded.push(...result.data.recorded);
  }
  return { settled, recorded };
}
