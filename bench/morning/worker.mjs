// A worker in a process of its own, ours or one of bare workflows; it says what it used, and when it mailed (or did the one thing).
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const { kind, stage, taskQueue } = await new Promise((resolve) => process.once('message', resolve));
Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'error' } } });
const instants = [];
const running = kind === 'ours' ? ours() : bare();

async function ours() {
  const { openedOn, working } = await import('../support/installation.mjs');
  const { readConfig } = await import('../../dist/config.js');
  const { capacity } = readConfig(process.env); // as on this machine, or as WORKER_… say
  const installation = await openedOn(stage, taskQueue, capacity);
  await working(stage, installation, { sent: () => instants.push(Date.now()), capacity }, stopped);
  await installation.close();
}

async function bare() {
  const { bareBundle } = await import('../bare/worker.mjs');
  const connection = await NativeConnection.connect({ address: stage.temporalAddress });
  const worker = await Worker.create({
    connection,
    namespace: stage.namespace,
    taskQueue,
    workflowBundle: await bareBundle(),
    activities: { one: () => void instants.push(Date.now()) },
  });
  await worker.runUntil(stopped);
  await connection.close();
}

function stopped() {
  process.send('ready');
  return new Promise((resolve) => {
    process.on('message', (what) => {
      if (what === 'stop') return resolve();
      const { user, system } = process.cpuUsage();
      process.send({
        cpuMs: (user + system) / 1000,
        rss: process.memoryUsage.rss(),
        done: instants.length,
        instants: what === 'all' ? instants : [],
      });
    });
  });
}

await running;
process.disconnect();
