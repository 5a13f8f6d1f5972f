// A worker in a process of its own, to be killed: the worker of an installation, but for its people, who live in the process that started it.
// It says `warm` when all is loaded, waits for what to work on, and says `ready` when it polls.
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';

const dist = new URL('../../../dist/', import.meta.url);
const { openInstallation } = await import(new URL('client/installation.js', dist).href);
const { readConfig, INSTALLATION } = await import(new URL('config.js', dist).href);
const { openTransport } = await import(new URL('mail/transport.js', dist).href);
const { createWorker } = await import(new URL('worker/create.js', dist).href);

Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'error' } } });

const waiting = new Map();
let asked = 0;
/** Asks the people something; they answer, or say why they cannot. */
const ask = (what, ...args) =>
  new Promise((resolve, reject) => {
    waiting.set(++asked, { resolve, reject });
    process.send({ ask: asked, what, args });
  });
process.on('message', ({ answer, value, error }) => {
  if (answer === undefined) return;
  const { resolve, reject } = waiting.get(answer);
  waiting.delete(answer);
  if (error === undefined) resolve(value);
  else reject(new Error(error));
});
process.on('disconnect', () => process.exit(0));

const { environment, clockOffsetMs, transportLimits, options } = await new Promise((told) => {
  process.on('message', (message) => message.go && told(message.go));
  process.send({ warm: true });
});
const config = readConfig(environment, INSTALLATION);
const installation = await openInstallation(config);

// The business clock is ahead of the real one by what was skipped so far: an installation's clock would be, if time had passed.
let skippedMs = 0;
const people = {
  async actUntil(at, edition) {
    skippedMs = at - clockOffsetMs - Date.now();
    await ask('actUntil', at, edition);
  },
  nextAct: () => ask('nextAct'),
};
// nothing to connect to: whoever started this starts it again
const connection = await NativeConnection.connect(config.temporal.connection).catch(() => process.exit(1));
const worker = await createWorker({
  connection,
  namespace: config.temporal.namespace,
  taskQueue: config.taskQueue,
  bundlePath: new URL('workflow-bundle.js', dist).pathname,
  deps: {
    ...installation,
    people,
    realNow: () => Date.now() + skippedMs,
    transport: openTransport(config.smtpUrl, transportLimits),
    mailFrom: config.mailFrom,
  },
  options,
});
process.send({ ready: true });
await worker.run();
