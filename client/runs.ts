/** What the engine says of the runs of all editions, for whoever watches them. */
import { cohortWorkflowId, editionOf } from '../workflows/messages.js';
import { isWorkflowNotFound } from './engine.js';
import type { Installation } from './installation.js';

/** One edition's run. `attempts`: how often its present task was tried, 0 when it has none; `taskSince`: real instant (epoch ms) at which that task was first due. */
export interface Run {
  running: boolean;
  attempts: number;
  taskSince: number | null;
}

const sideBySide = 10;
const withinMs = 30_000;

/** The run of each edition asked about, those without one left out, and every edition that has one on our task queue. Rejects when the engine cannot be reached. */
export async function runsOf(
  { client, taskQueue }: Pick<Installation, 'client' | 'taskQueue'>,
  editions: readonly string[],
): Promise<{ of: Map<string, Run>; running: string[] }> {
  return client.withDeadline(Date.now() + withinMs, async () => {
    const queue = taskQueue.replaceAll("'", "''");
    const running: string[] = [];
    for await (const { workflowId } of client.workflow.list({
      query: `WorkflowType = 'cohort' AND ExecutionStatus = 'Running' AND TaskQueue = '${queue}'`,
    })) {
      const edition = editionOf(workflowId);
      if (edition !== undefined) running.push(edition);
    }
    const of = new Map<string, Run>();
    const todo = [...editions];
    const lane = async () => {
      for (let edition = todo.shift(); edition !== undefined; edition = todo.shift()) {
        const run = await describe(edition);
        if (run !== undefined) of.set(edition, run);
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, lane));
    return { of, running };
  });

  async function describe(edition: string): Promise<Run | undefined> {
    try {
      const { status, raw } = await client.workflow.getHandle(cohortWorkflowId(edition)).describe();
      const task = raw.pendingWorkflowTask;
      const since = task?.originalScheduledTime ?? task?.scheduledTime;
      return {
        running: status.name === 'RUNNING',
        attempts: task?.attempt ?? 0,
        taskSince: since?.seconds === undefined || since.seconds === null ? null : Number(since.seconds) * 1000,
      };
    } catch (error) {
      if (isWorkflowNotFound(error)) return undefined;
      throw error;
    }
  }
}
