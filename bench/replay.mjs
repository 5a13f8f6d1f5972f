// What it costs to replay an edition – in a rehearsal, and as it runs –, against the plainest workflow with as many events.
import { median, of, ownCpu, problemOf, round, table } from './support/measure.mjs';
import { editionFrom, lived, onStack } from './support/stage.mjs';

const usual = { '--rounds': 3, '--copies': 4, '--edition': 'bench/life.yaml' };
/** A timer that is waited for, in skipped time. */
const eventsOfAWait = 6;
const dayMs = 86_400_000;

/**
 * Runs the bench: an edition is lived up to its last day, then started again from the top, and woken until that run continues as new: no walk is longer.
 * Both histories are replayed with `--copies` of them and with one, `--rounds` times: the difference is what one costs, without the start of a worker.
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
      const given = await editionFrom(edition);
      const days = Math.round((Date.parse(given.edition.target) - Date.parse(given.edition.start)) / dayMs);
      const { rehearsal, longest } = await lived(stage, { ...given, share: (days - 1) / days }, async (life) => ({
        rehearsal: await life.client.workflow.getHandle(life.workflowId, life.runId).fetchHistory(),
        longest: await longestRun(life, given.edition.id),
      }));
      const events = rehearsal.events.length;
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
      const workflowBundle = { codePath: stage.bundlePath };
      const runs = { edition: [], longest: [], bare: [] };
      for (let n = 0; n < rounds; n++) {
        runs.bare.push(await cpuOfReplay(bare.history, { workflowBundle: bare.workflowBundle, copies }));
        runs.edition.push(await cpuOfReplay(rehearsal, { workflowBundle, copies }));
        runs.longest.push(await cpuOfReplay(longest, { workflowBundle, copies: copies * 5 }));
      }
      const document = {
        bench: 'replay',
        rounds,
        longest: { events: longest.events.length, cpuSeconds: round(median(runs.longest), 3) },
        edition: { events, cpuSeconds: round(median(runs.edition), 3) },
        bare: { events: bare.history.events.length, cpuSeconds: round(median(runs.bare), 3) },
        ratio: round(median(runs.edition.map((cpu, n) => cpu / runs.bare[n]))),
      };
      return {
        document,
        lines: [
          ...table(
            ['a replay', 'events', 'CPU-s'],
            [
              ['an edition at its longest: at its end, about to continue as new', document.longest.events, document.longest.cpuSeconds],
              ['a rehearsal of it, which never continues as new', events, document.edition.cpuSeconds],
              ['a workflow that only waits', document.bare.events, document.bare.cpuSeconds],
            ],
          ),
          `a rehearsal is ${document.ratio} times the bare workflow; ${rounds} rounds, medians`,
        ],
      };
    } finally {
      await stage.strike();
    }
  });
}

/** The history of a run that walks through all that was lived, and then grows until it continues as new. */
async function longestRun({ store, client, workflowId, taskQueue }, edition) {
  const { raiseEpoch } = await import('../dist/store/editions.js');
  const { wake } = await import('../dist/workflows/messages.js');
  const raised = await raiseEpoch(store.pool, edition, { realNow: Date.now() });
  const { firstExecutionRunId } = await client.workflow.start('cohort', {
    taskQueue,
    workflowId,
    args: [{ edition, ...raised, continues: true }],
  });
  const handle = client.workflow.getHandle(workflowId);
  for (;;) {
    await untilSame(async () => (await handle.describe()).historyLength);
    if ((await handle.describe()).runId !== firstExecutionRunId) break;
    await handle.signal(wake); // one at a time: what a flood of wakes adds is no edition's
  }
  return client.workflow.getHandle(workflowId, firstExecutionRunId).fetchHistory();
}

/** Looks until it sees the same twice. */
async function untilSame(look) {
  for (let seen = await look(); ; ) {
    await new Promise((soon) => setTimeout(soon, 250));
    const now = await look();
    if (now === seen) return;
    seen = now;
  }
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
