import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { calendarOf } from '../../domain/calendar.js';
import { skipTime } from '../../rehearsal/live.js';
import { openStore } from '../../store/db.js';
import { insertEdition } from '../../store/editions.js';
import type { CohortInput } from '../../workflows/messages.js';
import { endWorkers, workerAlone } from '../support/alone.js';
import { chronicle } from '../support/chronicle.js';
import { gist } from '../support/faults.js';
import { clearStage, play, promptly, smallEdition } from '../support/small.js';
import { setStage } from '../support/theatre.js';
import { until } from '../support/waiting.js';

const undo: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  endWorkers();
  for (const step of undo.reverse()) await step();
  await clearStage();
});

test('a worker killed in the middle of the field costs nothing: the next one goes on from what is true', async () => {
  const undisturbed = gist(await (await play()).toTheEnd());
  const { strike, ...theatre } = await setStage();
  const folder = await mkdtemp(join(tmpdir(), 'troismains-killed-'));
  const store = openStore(theatre.databaseUrl);
  const connection = await Connection.connect({ address: theatre.temporalAddress });
  undo.push(
    strike,
    () => rm(folder, { recursive: true }),
    store.close,
    () => connection.close(),
  );
  const client = new Client({ connection });

  const { edition, source } = smallEdition();
  const startsAt = calendarOf(edition.territory).instantAt(edition.start, '08:30');
  const clockOffsetMs = startsAt - Date.now();
  await insertEdition(store.pool, { edition, source, at: startsAt, clockOffsetMs });
  const workflowId = `cohort-small-${folder.slice(-6)}`;
  const input: CohortInput = { edition: edition.id, epoch: 1, clockOffsetMs, continues: false };
  const run = await client.workflow.start('cohort', { taskQueue: workflowId, workflowId, args: [input], workflowTaskTimeout: '3 seconds' });
  await skipTime(client, workflowId);

  const mails = join(folder, 'mails');
  const worker = { theatre, taskQueue: workflowId, edition: edition.id, applicants: promptly(2, edition), mails };
  const first = workerAlone({ ...worker, holdIn: 'field' });
  await first.said('holding');
  await nothingUnderWay(run);
  first.child.kill('SIGKILL');
  await first.exited;
  const halfway = await chronicle(store, edition.id);
  expect(halfway.asks.some((ask) => ask.kind === 'session' && ask.outcome === null)).toBe(true);

  workerAlone(worker);
  await run.result();
  const told = await chronicle(store, edition.id);
  expect(gist(told)).toEqual(undisturbed);
  const taken = (await readFile(mails, 'utf8')).trim().split('\n');
  expect(new Set(taken).size).toBe(taken.length);
  expect(taken.map((line) => line.split(' ')[1]).sort()).toEqual(told.mails.map((mail) => mail.messageId).sort());
});

/** Waits until no activity of a run is under way: what the review began beside it has come to its end. */
async function nothingUnderWay(run: { describe(): Promise<{ raw: { pendingActivities?: unknown[] | null } }> }): Promise<void> {
  await until('an activity is under way', async () => ((await run.describe()).raw.pendingActivities ?? []).length === 0);
}
