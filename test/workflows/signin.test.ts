/** A link into the console leaves as soon as it is asked for, by the engine; when that is away, the sweep mails it. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/activity';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { createWorker } from '../../worker/create.js';
import { fetchHistory, recordHistory } from '../support/history.js';
import { type Stage, setStage } from '../support/theatre.js';

const taskQueue = `signin-${randomUUID()}`;
let stage: Stage;
let client: Client;
let worker: Worker;
const mailed: string[] = [];
let away = 1;
const leaving: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  stage = await setStage();
  leaving.push(() => stage.strike());
  const connection = await Connection.connect({ address: stage.temporalAddress });
  leaving.push(() => connection.close());
  const native = await NativeConnection.connect({ address: stage.temporalAddress });
  leaving.push(() => native.close());
  client = new Client({ connection, namespace: stage.namespace });
  const nobodys = {} as Parameters<typeof createWorker>[0]['deps'];
  const mailSignIn = async ({ id }: { id: string }) => {
    if (away-- > 0) throw ApplicationFailure.create({ message: 'the server is away', nextRetryDelay: '10 milliseconds' });
    mailed.push(id);
  };
  const { namespace, bundlePath } = stage;
  worker = await createWorker({
    connection: native,
    namespace,
    taskQueue,
    bundlePath,
    deps: nobodys,
    options: { activities: { mailSignIn } },
  });
  const running = worker.run();
  leaving.push(async () => {
    worker.shutdown();
    await running;
  });
});
afterAll(async () => {
  for (const leave of leaving.reverse()) await leave();
});

test('a link that could not leave is tried again; history knows its id, and nothing else', async () => {
  const workflowId = 'signin-s-1';
  await client.workflow.execute('signin', { taskQueue, workflowId, args: [{ id: 's-1' }] });
  expect(mailed).toEqual(['s-1']);
  const history = await fetchHistory(client, workflowId);
  const [input] = history.events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  expect(Buffer.from(input?.data ?? []).toString()).toBe('{"id":"s-1"}');
  recordHistory('signin', 'mailed', history);
});
