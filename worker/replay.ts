import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { type Difference, type History, localActivityOf, type Replay, type Replayer } from '../client/histories.js';

/** The workflows of this build. */
const built = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));

let quiet = false;

/** Lets the engine be silent about what does not replay: it is what is being found out. Before the first worker of a process. */
export function replayQuietly(): void {
  if (quiet) return; // of a process that is told twice
  Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'error' } } });
  quiet = true;
}

/** Replays histories on a bundle; without one, on this build's. */
export const replayer = (codePath = built): Replayer =>
  async function* (histories) {
    const read = new Map<string, History>();
    async function* remembered() {
      for await (const one of histories) {
        read.set(one.workflowId, one.history);
        yield one;
      }
    }
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: { codePath } }, remembered())) {
      const history = read.get(workflowId) ?? {};
      read.delete(workflowId);
      yield { workflowId, ...(error === undefined ? {} : { difference: differenceOf(error.message, history) }) } satisfies Replay;
    }
  };

/** The first place where a history and a build part, out of the engine's words (SDK 1.24, `[TMPRL1100]`). */
export function differenceOf(words: string, history: History): Difference {
  const message = /message: "((?:[^"\\]|\\.)*)"/.exec(words)?.[1] ?? words;
  const events = history.events ?? [];
  const named = /HistoryEvent\(id: (\d+)/.exec(message)?.[1];
  const nth = /associated machine for LocalActivity\((\d+)\)/.exec(message)?.[1];
  const event =
    named !== undefined
      ? events.find(({ eventId }) => String(eventId) === named)
      : nth !== undefined
        ? events.find((one) => localActivityOf(one) !== undefined && sequenceOf(one) === nth)
        : undefined;
  if (event === undefined) return { message };
  return { event: Number(String(event.eventId)), recorded: nameOf(event), message };
}

/** The number of a local activity, as its marker tells it. */
function sequenceOf({ markerRecordedEventAttributes: marker }: NonNullable<History['events']>[number]): string | undefined {
  const data = marker?.details?.data?.payloads?.[0]?.data;
  return data == null ? undefined : /"seq":(\d+)/.exec(Buffer.from(data).toString())?.[1];
}

/** What a run did at an event. */
function nameOf(event: NonNullable<History['events']>[number]): string {
  const activity = event.activityTaskScheduledEventAttributes?.activityType?.name ?? localActivityOf(event);
  if (activity === 'reviewEdition') return 'review';
  if (activity != null) return `activity ${activity}`;
  if (event.timerStartedEventAttributes || event.timerFiredEventAttributes || event.timerCanceledEventAttributes) return 'timer';
  if (event.upsertWorkflowSearchAttributesEventAttributes) return 'search-attributes';
  if (event.workflowExecutionContinuedAsNewEventAttributes) return 'continue-as-new';
  if (event.workflowExecutionCompletedEventAttributes || event.workflowExecutionFailedEventAttributes) return 'end';
  return 'other';
}
