// A durable workflow for each person, on DBOS Transact: one step that mails, then three sleeps and steps.
import { DBOS } from '@dbos-inc/dbos-sdk';

const { databaseUrl, people } = await new Promise((resolve) => process.once('message', resolve));
const inFlight = 200;

const mailed = async () => undefined;
const person = DBOS.registerWorkflow(
  async () => {
    await DBOS.runStep(mailed, { name: 'opening' });
    for (let rung = 0; rung < 3; rung++) {
      await DBOS.sleepms(10);
      await DBOS.runStep(mailed, { name: `reminder-${rung}` });
    }
  },
  { name: 'person' },
);
DBOS.setConfig({ name: 'bench', systemDatabaseUrl: databaseUrl, logLevel: 'error' });
await DBOS.launch();

async function ask(count) {
  let left = count;
  const one = async () => {
    while (left-- > 0) await (await DBOS.startWorkflow(person)()).getResult();
  };
  await Promise.all(Array.from({ length: inFlight }, one));
}

await ask(50);
process.send('ready');
await new Promise((resolve) => process.once('message', resolve));
const cpu = process.cpuUsage();
await ask(people);
const { user, system } = process.cpuUsage(cpu);
process.send({ cpuMs: (user + system) / 1000 });
await DBOS.shutdown();
process.exit(0);
