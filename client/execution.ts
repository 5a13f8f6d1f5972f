/** What the engine says of one edition's run, for whoever keeps the installation in order: no name, no address, no word that people wrote. */
import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { cohortWorkflowId } from '../workflows/messages.js';
import { type History, isNotFound, unpacked } from './histories.js';
import type { Installation } from './installation.js';

/** An edition's latest run. Instants are real, epoch ms. */
export interface Execution {
  id: string;
  runId: string;
  /** As the engine calls it, in lower case: `running`, `completed`, … */
  status: string;
  since: number;
  historyEvents: number;
  historyBytes: number;
  /** The build that began it, and the one that moved it last; null: none has yet. */
  build: { first: string | null; last: string | null };
  timers: PendingTimer[];
  activities: PendingActivity[];
  /** Since when something of it waits for a worker to take it; null: nothing does. */
  untakenSince: number | null;
  /** Its present step of code, where it was tried before; `failure`: what the last try ended with. */
  task?: { attempts: number; since: number | null; failure?: string };
}

/** A timer that has not fired; `summary`: what the run said of it. */
export interface PendingTimer {
  summary: string;
  at: number;
}

/** An activity that was asked for and has not ended. */
export interface PendingActivity {
  type: string;
  /** Whether a worker has it; else it waits, for a worker or for its next try. */
  started: boolean;
  attempt: number;
  /** 0: without end. */
  mostAttempts: number;
  since: number | null;
  /** When it is tried again, where it waits for that. */
  nextAt: number | null;
  /** What the last try ended with. */
  failure?: string;
  /** The worker that has it, or had it last. */
  worker?: string;
}

/** How long the engine may take over all of it: a page waits no longer. */
const withinMs = 2_000;
/** The first step of a run is among its first events. */
const firstEvents = 20;
/** So many of the last events are looked through for timers: a run sets its own anew with each look. */
const lastEvents = 250;
const shownActivities = 20;

/** An edition's latest run; null when the engine knows none. Rejects within two seconds or so when the engine does not answer. */
export async function executionOf({ client }: Pick<Installation, 'client'>, edition: string): Promise<Execution | null> {
  const workflowId = cohortWorkflowId(edition);
  try {
    return await client.withDeadline(Date.now() + withinMs, async () => {
      const { raw, ...found } = await client.workflow.getHandle(workflowId).describe();
      const execution = { workflowId, runId: found.runId };
      const [first, last] = await Promise.all([pageOf(client, execution, 'first'), pageOf(client, execution, 'last')]);
      const task = raw.pendingWorkflowTask;
      const running = found.status.name === 'RUNNING';
      const failure = failureOf(last);
      return {
        id: workflowId,
        runId: found.runId,
        status: found.status.name.toLowerCase(),
        since: found.startTime.getTime(),
        historyEvents: found.historyLength,
        historyBytes: Number(found.historySize ?? 0),
        build: { first: buildIn(first.events ?? []), last: buildIn(last.events ?? []) },
        timers: running ? timersIn(last) : [],
        activities: (raw.pendingActivities ?? []).slice(0, shownActivities).map(activityOf),
        untakenSince: untaken([
          ...(task?.state === scheduledState ? [task.scheduledTime] : []),
          ...(raw.pendingActivities ?? []).flatMap((one) => (one.state === scheduledState ? [one.scheduledTime] : [])),
        ]),
        ...(task && Number(task.attempt ?? 1) > 1
          ? {
              task: {
                attempts: Number(task.attempt),
                since: msOf(task.originalScheduledTime ?? task.scheduledTime),
                ...(failure === undefined ? {} : { failure }),
              },
            }
          : {}),
      };
    });
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/** The first of some instants, where there is one. */
function untaken(scheduled: readonly (Span | null | undefined)[]): number | null {
  const since = scheduled.flatMap((one) => msOf(one) ?? []);
  return since.length === 0 ? null : Math.min(...since);
}

/** The first events of a run in their order, or its last, the latest first. */
async function pageOf(client: Client, execution: { workflowId: string; runId: string }, which: 'first' | 'last'): Promise<History> {
  const { namespace } = client.options;
  const asked = { namespace, execution };
  const { history } =
    which === 'first'
      ? await client.workflowService.getWorkflowExecutionHistory({ ...asked, maximumPageSize: firstEvents })
      : await client.workflowService.getWorkflowExecutionHistoryReverse({ ...asked, maximumPageSize: lastEvents });
  return history ?? {};
}

/** The build of the first of some events that tells one. */
function buildIn(events: readonly temporal.api.history.v1.IHistoryEvent[]): string | null {
  for (const { workflowTaskCompletedEventAttributes: done } of events) {
    const build = done?.deploymentVersion?.buildId || done?.workerVersion?.buildId;
    if (build) return build;
  }
  return null;
}

/** The timers among some events, the latest first, that have neither fired nor been cancelled: the soonest first. */
function timersIn({ events }: History): PendingTimer[] {
  const over = new Set<string>();
  const pending: PendingTimer[] = [];
  for (const { eventTime, userMetadata, ...event } of events ?? []) {
    const ended = event.timerFiredEventAttributes ?? event.timerCanceledEventAttributes;
    if (ended) over.add(String(ended.startedEventId));
    const set = event.timerStartedEventAttributes;
    if (!set || over.has(String(event.eventId))) continue;
    const summary = unpacked(userMetadata?.summary);
    pending.push({ summary: typeof summary === 'string' ? summary : '', at: (msOf(eventTime) ?? 0) + (msOf(set.startToFireTimeout) ?? 0) });
  }
  return pending.sort((a, b) => a.at - b.at);
}

/** What the last step of code ended with, when it failed: the engine keeps the first failure of each. */
function failureOf({ events }: History): string | undefined {
  for (const { workflowTaskCompletedEventAttributes: done, workflowTaskFailedEventAttributes: failed } of events ?? []) {
    if (done) return undefined;
    if (failed?.failure?.message) return lineOf(failed.failure.message);
  }
  return undefined;
}

function activityOf(activity: temporal.api.workflow.v1.IPendingActivityInfo): PendingActivity {
  const started = activity.state === startedState;
  const { lastFailure: failure, lastWorkerIdentity: worker } = activity;
  const message = failure?.message ? lineOf(failure.message) : undefined;
  return {
    type: activity.activityType?.name ?? '',
    started,
    attempt: activity.attempt ?? 1,
    mostAttempts: activity.maximumAttempts ?? 0,
    since: msOf(activity.lastStartedTime ?? activity.scheduledTime),
    nextAt: started || message === undefined ? null : msOf(activity.nextAttemptScheduleTime ?? activity.scheduledTime),
    ...(message === undefined ? {} : { failure: message }),
    ...(worker ? { worker } : {}),
  };
}

const scheduledState = 1; // temporal.api.enums.v1.PendingWorkflowTaskState, PendingActivityState: types only are imported
const startedState = 2;

const lineOf = (message: string): string => (message.split('\n', 1)[0] ?? '').slice(0, 300);

interface Span {
  seconds?: { toString(): string } | number | null;
  nanos?: number | null;
}

const msOf = (span: Span | null | undefined): number | null =>
  span == null ? null : Number(String(span.seconds ?? 0)) * 1000 + Math.round((span.nanos ?? 0) / 1e6);

/** A build as one compares it: the SDK's own names are a version and a hash of 64 digits. */
export const shortBuild = (build: string): string => build.replace(/^@temporalio\/worker@/, '').replace(/(\+[0-9a-f]{12})[0-9a-f]+$/, '$1');
