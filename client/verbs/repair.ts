import { type EditionRow, findEdition, goingEditions, listEditions } from '../../store/editions.js';
import { mailDue } from '../../store/outbox.js';
import { forgotten } from '../../store/recall.js';
import { cohortWorkflowId, editionOf, wake } from '../../workflows/messages.js';
import {
  type Difference,
  epochIn,
  failuresInARow,
  type History,
  type Latest,
  latestRun,
  type Replayer,
  rememberedIn,
  runningIds,
} from '../histories.js';
import { type Installation, restartCohort } from '../installation.js';

/**
 * How a workflow stands to what is true.
 * - `fine`: it replays, and knows nothing that the database does not.
 * - `missing`: the edition goes on, and nothing runs for it.
 * - `stale`: its epoch is not the edition's: whatever it does is refused.
 * - `ahead`: it remembers outcomes that the database has not, as after a restore of Postgres.
 * - `unreplayable`: this build does otherwise than it did.
 * - `stuck`: its code has failed several times in a row.
 * - `over`: its edition has ended, and no mail is left to send.
 * - `unknown`: the database has no such edition.
 */
export type RunState = 'fine' | 'missing' | 'stale' | 'ahead' | 'unreplayable' | 'stuck' | 'over' | 'unknown';

/** A workflow as it was replayed on this build; without a run when its edition goes on and nothing runs for it. */
export interface Replayed {
  workflow: string;
  /** `cohort`, `sweep`, `watch`. */
  type: string;
  edition?: string;
  runId: string | null;
  historyEvents: number;
  difference?: Difference;
}

/**
 * Replays every workflow of the installation, or that of one edition, on this build. Changes nothing, and reads of the database only which editions
 * go on: it may be of the release before. `look` sees each history as it is read.
 */
export async function replayAll(
  { client, store, taskQueue }: Installation,
  { replay, only, look }: { replay: Replayer; only?: string; look?(run: Latest, history: History): Promise<void> },
): Promise<Replayed[]> {
  const chosen = (id: string) => only === undefined || id === cohortWorkflowId(only);
  const going = (await goingEditions(store.pool)).map(cohortWorkflowId).filter(chosen);
  const listed = only === undefined ? await runningIds(client, taskQueue) : [cohortWorkflowId(only)];
  const runs = new Map<string, Latest>();
  const replayed = new Map<string, Replayed>();
  for (const workflow of [...new Set([...going, ...listed])].sort()) {
    const run = await latestRun(client, workflow);
    const edition = editionOf(workflow);
    if (run?.running) runs.set(workflow, run);
    if (run?.running || going.includes(workflow))
      replayed.set(workflow, {
        workflow,
        type: run?.type ?? 'cohort',
        ...(edition === undefined ? {} : { edition }),
        runId: run?.running ? run.runId : null,
        historyEvents: run?.running ? run.historyEvents : 0,
      });
  }
  async function* histories() {
    for (const run of runs.values()) {
      const history: History = await client.workflow.getHandle(run.workflowId, run.runId).fetchHistory();
      await look?.(run, history);
      yield { workflowId: run.workflowId, history };
    }
  }
  for await (const { workflowId, difference } of replay(histories())) {
    const one = replayed.get(workflowId);
    if (one !== undefined && difference !== undefined) one.difference = difference;
  }
  return [...replayed.values()];
}

/** A workflow held against the database. */
export interface Surveyed extends Replayed {
  state: RunState;
  /** Outcomes that it remembers and the database has not: ids of asks and facts. */
  forgotten?: string[];
}

/** Every workflow of the installation, or that of one edition, held against the database and replayed on this build. Changes nothing. */
export async function survey(installation: Installation, { replay, only }: { replay: Replayer; only?: string }): Promise<Surveyed[]> {
  const editions = new Map((await listEditions(installation.store.pool)).map((row) => [row.id, row]));
  const rowOf = (workflow: string) => editions.get(editionOf(workflow) ?? '');
  const states = new Map<string, Pick<Surveyed, 'state' | 'forgotten'>>();
  const look = async (run: Latest, history: History) => {
    states.set(run.workflowId, await stateOf(installation, { run, history, row: rowOf(run.workflowId) }));
  };
  return (await replayAll(installation, { replay, only, look })).map((one) => {
    const found = states.get(one.workflow) ?? { state: 'missing' };
    const broken = one.difference !== undefined && (found.state === 'fine' || found.state === 'stuck');
    const row = rowOf(one.workflow);
    return { ...one, ...found, ...(broken ? { state: row === undefined || goesOn(row) ? 'unreplayable' : 'over' } : {}) };
  });
}

/** So many failures in a row are not one worker's that died. */
const stuckAfter = 3;

const goesOn = ({ status }: EditionRow): boolean => status === 'running' || status === 'paused';

/** How a run stands to the database; whether it replays is found out elsewhere. */
async function stateOf(
  { store, realNow }: Installation,
  { run, history, row }: { run: Latest; history: History; row: EditionRow | undefined },
): Promise<Pick<Surveyed, 'state' | 'forgotten'>> {
  const atWork: RunState = failuresInARow(history, run.failures) >= stuckAfter ? 'stuck' : 'fine';
  if (run.type !== 'cohort') return { state: atWork };
  if (row === undefined) return { state: 'unknown' };
  if (!goesOn(row)) {
    const mail = await mailDue(store.pool, { edition: row.id, at: realNow() + row.clock_offset_ms });
    const sends = epochIn(history) === row.epoch && (mail.now || mail.nextAt !== null);
    return { state: sends ? atWork : 'over' };
  }
  if (epochIn(history) !== row.epoch) return { state: 'stale' };
  const gone = await forgotten(store.pool, rememberedIn(history));
  return gone.length > 0 ? { state: 'ahead', forgotten: gone } : { state: atWork };
}

/** What is done about a workflow. `wake`: it looks at the database once more, for whatever it may have missed. */
export type Remedy = 'none' | 'wake' | 'start' | 'restart' | 'terminate';

/** What puts a workflow in line with what is true; `force`: an edition that goes on is started again whatever its state. */
export function remedyFor({ state, edition }: Surveyed, { force = false } = {}): Remedy {
  switch (state) {
    case 'fine':
      return edition === undefined ? 'none' : force ? 'restart' : 'wake';
    case 'missing':
      return 'start';
    case 'over':
    case 'unknown':
      return 'terminate';
    case 'stale':
    case 'ahead':
    case 'unreplayable':
    case 'stuck':
      return edition === undefined ? 'terminate' : 'restart'; // the sweep's schedule starts its next run within a minute
  }
}

/** What became of a remedy: what was done – `none` when it was not needed any more – and the run that goes on now; or why it could not be applied. */
export type Mended = { ok: true; did: Remedy; runId: string | null } | { ok: false; cause: unknown };

/**
 * How many runs have no edition in a database that has none at all: more likely it is not their database, and nothing of theirs may be ended. 0 when
 * it has one.
 */
export async function strangersToEmpty({ store }: Installation, surveyed: readonly Surveyed[]): Promise<number> {
  const unknown = surveyed.filter(({ state }) => state === 'unknown').length;
  return unknown > 0 && (await listEditions(store.pool)).length === 0 ? unknown : 0;
}

/** Applies a remedy; what fails costs one workflow. */
export async function mend(
  installation: Installation,
  { surveyed, remedy, by }: { surveyed: Surveyed; remedy: Remedy; by: { actor: string; reason: string } },
): Promise<Mended> {
  const { workflow, edition, runId, state } = surveyed;
  try {
    const row = edition === undefined ? undefined : await findEdition(installation.store.pool, edition);
    // Editions are read before runs are listed: one that was started in between is no stranger.
    if (state === 'unknown' && row !== undefined) return { ok: true, did: 'none', runId };
    if (remedy === 'wake') await installation.client.workflow.getHandle(workflow).signal(wake);
    if (remedy === 'terminate')
      await installation.client.workflow.getHandle(workflow, runId ?? undefined).terminate('not in line with the database');
    if ((remedy !== 'start' && remedy !== 'restart') || edition === undefined) return { ok: true, did: remedy, runId };
    // It may have ended since it was looked at.
    if (row === undefined || !goesOn(row)) return { ok: true, did: 'none', runId: null };
    const why = state === 'fine' || state === 'over' || state === 'unknown' ? 'asked' : state;
    return { ok: true, did: remedy, runId: (await restartCohort(installation, edition, { why, by })) ?? null };
  } catch (cause) {
    return { ok: false, cause };
  }
}
