// One worker's delivery: claim, render, send, mark, until the outbox of an edition is empty.
import { deliverDue } from '../../dist/activities/deliver.js';
import { openTransport } from '../../dist/mail/transport.js';
import { openStore } from '../../dist/store/db.js';

const { databaseUrl, smtpUrl, warm, edition, at } = await new Promise((resolve) => process.once('message', resolve));
const store = openStore(databaseUrl);
const transport = openTransport(smtpUrl);
const deps = {
  store,
  transport,
  mailFrom: 'Trois Mains <bench@troismains.example>',
  publicUrl: 'https://troismains.example',
  linkKey: Buffer.from('a key that opens nothing but benches'),
  realNow: Date.now,
  heartbeat() {},
};
const deliver = (id) => deliverDue(deps, { edition: id, epoch: 1, at });

await deliver(warm);
process.send('ready');
await new Promise((resolve) => process.once('message', resolve));
const cpu = process.cpuUsage();
const { sent } = await deliver(edition);
const { user, system } = process.cpuUsage(cpu);
process.send({ sent, cpuMs: (user + system) / 1000 });
transport.close();
await store.close();
process.disconnect();
