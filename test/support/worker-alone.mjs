// A worker in a process of its own, to be killed: plain people, mails written down as they are taken. Arguments: one JSON document.
import { appendFileSync } from 'node:fs';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';

const dist = new URL('../../dist/', import.meta.url);
const { createWorker } = await import(new URL('worker/create.js', dist).href);
const { scriptedPeople } = await import(new URL('rehearsal/people.js', dist).href);
const { plainScript } = await import(new URL('rehearsal/plain.js', dist).href);
const { openStore } = await import(new URL('store/db.js', dist).href);

const { theatre, taskQueue, edition, applicants, mails, holdIn } = JSON.parse(process.argv[2] ?? '{}');
Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'error' } } });
const store = openStore(theatre.databaseUrl);
const when = ({ kind }) => ({ afterWorkingDays: kind === 'score' ? 0 : 1, time: '14:30' });
const people = scriptedPeople({ store, edition, script: plainScript({ when, applicants }) });

/** In the middle of a review of the chosen step: what people did is written, and what follows from it is not. */
async function actUntil(...asked) {
  await people.actUntil(...asked);
  const { rows } = await store.pool.query('select 1 from ask where step = $1 and opened_at is not null and outcome is null', [
    holdIn ?? '',
  ]);
  if (rows.length === 0) return;
  process.stdout.write('holding\n');
  await new Promise(() => {});
}

const worker = await createWorker({
  connection: await NativeConnection.connect({ address: theatre.temporalAddress }),
  namespace: theatre.namespace,
  taskQueue,
  bundlePath: theatre.bundlePath,
  deps: {
    store,
    people: { ...people, actUntil },
    transport: {
      send: async ({ to, bytes }) => {
        const id = /^message-id: *<([^>]+)>/im.exec(bytes.toString('latin1'))?.[1];
        appendFileSync(mails, `${to} ${id}\n`);
        return { state: 'accepted', response: '250 written down' };
      },
      close() {},
    },
    mailFrom: 'Trois Mains <ne-pas-repondre@troismains.example>',
    publicUrl: 'https://troismains.example',
    linkKey: Buffer.alloc(32, 7),
    realNow: Date.now,
    wake: async () => {},
  },
});
process.stdout.write('ready\n');
await worker.run();
