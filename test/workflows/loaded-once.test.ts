import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { quieten } from '../../rehearsal/stage.js';
import { bundle } from '../../worker/bundle.js';

test('the modules of workflows are loaded once for all the runs of a worker', async () => {
  quieten();
  const address = process.env.TEST_TEMPORAL_ADDRESS ?? '';
  const folder = await mkdtemp(join(tmpdir(), 'troismains-bundle-'));
  const [native, connection] = await Promise.all([
    NativeConnection.connect({ address }),
    Connection.connect({ address, connectTimeout: 120_000 }),
  ]);
  try {
    const codePath = join(folder, 'bundle.js');
    await bundle(codePath, join(import.meta.dirname, 'fixtures/counted.mjs'));
    const taskQueue = `loaded-${randomUUID()}`;
    const worker = await Worker.create({ connection: native, taskQueue, workflowBundle: { codePath } });
    const { workflow } = new Client({ connection });
    const run = () => workflow.execute('counted', { taskQueue, workflowId: `counted-${randomUUID()}` });
    expect(await worker.runUntil(async () => [await run(), await run()])).toEqual([1, 2]);
  } finally {
    await Promise.all([native.close(), connection.close()]);
    await rm(folder, { recursive: true });
  }
});
