// What a life costs before anything is lived: the servers, a database with its tables, a worker; and all of it stopped.
import { randomUUID } from 'node:crypto';
import { NativeConnection } from '@temporalio/worker';
import { startServices } from '../../dist/embedded/services.js';
import { openStage } from '../../dist/rehearsal/stage.js';
import { openStore } from '../../dist/store/db.js';
import { createWorker } from '../../dist/worker/create.js';

const services = await startServices({ ephemeral: true, parts: ['postgres', 'temporal'], alone: true });
const { temporalAddress: address, namespace, bundlePath, databaseUrl, strike } = await openStage(services);
const connection = await NativeConnection.connect({ address });
const store = openStore(databaseUrl);
const worker = await createWorker({
  connection,
  namespace,
  taskQueue: `bare-${randomUUID()}`,
  bundlePath,
  deps: { store, realNow: Date.now },
});
const running = worker.run();
worker.shutdown();
await running;
await connection.close();
await store.close();
await strike();
await services.stop();
