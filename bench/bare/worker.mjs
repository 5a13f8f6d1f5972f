// A worker of the bare workflows.
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';

/** The bundle of the bare workflows. */
export const bareBundle = () =>
  bundleWorkflowCode({ workflowsPath: fileURLToPath(new URL('./workflows.mjs', import.meta.url)), logger: new DefaultLogger('ERROR') });

/** Runs the bare workflows on a server while something is done with them; `one` is their activity. */
export async function withBareWorker({ address, namespace }, one, work) {
  const [native, connection] = await Promise.all([NativeConnection.connect({ address }), Connection.connect({ address })]);
  const client = new Client({ connection, namespace });
  const taskQueue = `bare-${randomUUID()}`;
  const workflowBundle = await bareBundle();
  const worker = await Worker.create({ connection: native, namespace, taskQueue, workflowBundle, activities: { one } });
  const start = (workflow, ...args) => client.workflow.start(workflow, { taskQueue, workflowId: `${workflow}-${randomUUID()}`, args });
  try {
    return await worker.runUntil(() => work({ client, start, workflowBundle }));
  } finally {
    await Promise.all([native.close(), connection.close()]);
  }
}
