import type { Client } from '@temporalio/client';
import proto from '@temporalio/proto';

type Handle = ReturnType<Client['workflow']['getHandle']>;
/** The events of a run. */
export type History = Awaited<ReturnType<Handle['fetchHistory']>>;

/** Where a run stands that does not end, on one line: without it nobody can tell what it waits for once its database is gone. */
export function standsOf(
  { pendingWorkflowTask: task, pendingActivities }: Awaited<ReturnType<Handle['describe']>>['raw'],
  { events }: History,
): string {
  const { EventType, PendingActivityState, PendingWorkflowTaskState } = proto.temporal.api.enums.v1;
  const pending = [
    ...(task ? [`a workflow task, ${PendingWorkflowTaskState[task.state ?? 0]}, attempt ${task.attempt}`] : []),
    ...(pendingActivities ?? []).map(
      ({ activityType, state, attempt }) => `${activityType?.name}, ${PendingActivityState[state ?? 0]}, attempt ${attempt}`,
    ),
  ];
  const last = (events ?? []).slice(-8).map(({ eventId, eventType, eventTime }) => {
    const at = new Date(Number(eventTime?.seconds ?? 0) * 1000).toISOString();
    return `${eventId} ${EventType[eventType ?? 0]} ${at}`;
  });
  return `pending: ${pending.join('; ') || 'nothing'}; last: ${last.join(', ')}`;
}
