// What it costs to replay a whole edition, against the plainest workflow with as many events.
import { median, of, ownCpu, problemOf, round, table } from './support/measure.mjs';
import { editionFrom, lived, onStack } from './support/stage.mjs';

const usual = { '--rounds': 3, '--copies': 4, '--edition': 'bench/life.yaml' };
/** A timer that is waited for, in skipped time. */
const eventsOfAWait = 6;

/**
 * Runs the bench: an edition is lived, and its history is replayed with `--copies` of it and with one, `--rounds` times: the difference is what one costs,
 * without the start of a worker. It is a rehearsal's run, which never continues as new.
 */
export async function bench(args) {
  const problem = problemOf(args, usual);
  if (problem !== undefined) return { problem };
  const [rounds, copies] = ['--rounds', '--copies'].map((name) => of(args, name, usual[name]));
  const edition = args.includes('--edition') ? args[args.indexOf('--edition') + 1] : usual['--edition'];
  const { openStage } = await import('../dist/rehearsal/stage.js');
  const { skipTime } = await import('../dist/rehearsal/live.js');
  const { withBareWorker } = await import('./bare/worker.mjs');
  return onStack(['postgres', 'temporal'], async (services) => {
    const stage = await openStage(services);
    try {
      const history = await lived(stage, await editionFrom(edition), ({ client, workflowId }) =>
        client.workflow.getHandle(workflowId).fetchHistory(),
      );
      const events = history.events.length;
      const bare = await withBareWorker(
        services.temporal,
        () => undefined,
        async ({ client, start, workflowBundle }) => {
          const handle = await start('waits', Math.max(1, Math.round((events - 5) / eventsOfAWait)));
          await skipTime(client, handle.workflowId);
          await handle.result();
          return { history: await handle.fetchHistory(), workflowBundle };
        },
      );
      const runs = { edition: [], bare: [] };
      for (let n = 0; n < rounds; n++) {
        runs.bare.push(await cpuOfReplay(bare.history, { workflowBundle: bare.workflowBundle, copies }));
        runs.edition.push(await cpuOfReplay(history, { workflowBundle: { codePath: stage.bundlePath }, copies }));
      }
      const [editionCpu, bareCpu] = [median(runs.edition), median(runs.bare)];
      const document = {
        bench: 'replay',
        rounds,
        edition: { events, cpuSeconds: round(editionCpu, 3) },
        bare: { events: bare.history.events.length, cpuSeconds: round(bareCpu, 3) },
        ratio: round(median(runs.edition.map((cpu, n) => cpu / runs.bare[n]))),
      };
      return {
        document,
        lines: [
          ...table(
            ['a replay', 'events', 'CPU-s'],
            [
              ['a whole edition', events, document.edition.cpuSeconds],
              ['a workflow that only waits', document.bare.events, document.bare.cpuSeconds],
            ],
          ),
          `${document.ratio} times the bare workflow; ${rounds} rounds, medians`,
        ],
      };
    } finally {
      await stage.strike();
    }
  });
}

async function cpuOfReplay(history, { workflowBundle, copies }) {
  const alone = await cpuOfReplays(history, { workflowBundle, copies: 1 });
  return ((await cpuOfReplays(history, { workflowBundle, copies: copies + 1 })) - alone) / copies;
}

async function cpuOfReplays(history, { workflowBundle, copies }) {
  const { Worker } = await import('@temporalio/worker');
  const before = ownCpu();
  const histories = Array.from({ length: copies }, (_, n) => ({ workflowId: `copy-${n}`, history }));
  for await (const { error } of Worker.runReplayHistories({ workflowBundle }, histories)) if (error) throw error;
  return ownCpu() - before;
}
