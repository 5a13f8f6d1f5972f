// Four jobs for each person, on graphile-worker: a queue that keeps nothing of what is done.
import { makeWorkerUtils, runOnce } from 'graphile-worker';

const { databaseUrl, people } = await new Promise((resolve) => process.once('message', resolve));
const utils = await makeWorkerUtils({ connectionString: databaseUrl });
await utils.migrate();

async function ask(count) {
  for (let rung = 0; rung < 4; rung++) {
    await utils.withPgClient((client) =>
      client.query(
        `select 1 from graphile_worker.add_jobs(array(
           select json_populate_record(null::graphile_worker.job_spec, json_build_object('identifier', 'mail', 'payload', json_build_object('person', n)))
           from generate_series(1, $1::int) n))`,
        [count],
      ),
    );
    await runOnce({
      connectionString: databaseUrl,
      concurrency: 10,
      maxPoolSize: 10,
      noHandleSignals: true,
      logger: quiet,
      taskList: { mail: async () => {} },
    });
  }
}

const { Logger } = await import('graphile-worker');
const quiet = new Logger(() => () => {});
await ask(50);
process.send('ready');
await new Promise((resolve) => process.once('message', resolve));
const cpu = process.cpuUsage();
await ask(people);
const { user, system } = process.cpuUsage(cpu);
process.send({ cpuMs: (user + system) / 1000 });
await utils.release();
process.exit(0);
