import { Worker } from '@temporalio/worker';
import type { History } from './history.js';
import { freshBundle, hearEngine } from './theatre.js';

/** Histories, each with a name of its own. */
type Named = readonly { name: string; history: History }[];

/** Replays histories on a bundle, left out this build's; answers the error of each, by its name. */
export async function replayed(histories: Named, codePath = freshBundle()): Promise<Record<string, Error | undefined>> {
  hearEngine();
  const replays = Worker.runReplayHistories(
    { workflowBundle: { codePath } },
    histories.map(({ name, history }) => ({ workflowId: name, history })),
  );
  const errors: Record<string, Error | undefined> = {};
  for await (const { workflowId, error } of replays) errors[workflowId] = error;
  return errors;
}

/** The names of the histories that do not replay on a bundle. */
export async function brokenOn(histories: Named, codePath: string): Promise<Set<string>> {
  const errors = await replayed(histories, codePath);
  return new Set(Object.keys(errors).filter((name) => errors[name] !== undefined));
}
