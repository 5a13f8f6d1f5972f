import { afterAll, expect, test } from '@jest/globals';
import type { Meddle } from '../../rehearsal/live.js';
import { answer } from '../../store/acts/answer.js';
import { requestId } from '../../store/asks.js';
import { wake } from '../../workflows/messages.js';
import { clearStage, play } from '../support/small.js';
import { until } from '../support/waiting.js';

afterAll(clearStage);

/** The server suggests it at 4 096 events; this worker's runs do it after a few reviews. */
const continueAfterEvents = 60;
const meddle: Meddle = (deps) => ({ ...deps, continueAfterEvents });

test('a run whose history grows long continues as new, and the edition goes on as if nothing had happened', async () => {
  const scene = await play({ at: '10:00', when: () => undefined, applicants: [], skipsTime: false, continues: true, meddle });
  const [asked] = (await scene.until(({ asks, mails }) => asks.some((ask) => ask.kind === 'interview') && mails.length === 2)).asks;
  const handle = scene.client.workflow.getHandle(scene.workflowId);

  // every wake is a review, and a review is a few events
  const continued = await until('the run never continued as new', async () => {
    await handle.signal(wake);
    const { runId, historyLength } = await handle.describe();
    return runId !== scene.runId && { historyLength };
  });
  expect(continued.historyLength).toBeLessThan(continueAfterEvents / 2);

  for (const person of ['transports', 'mairie'])
    await answer(scene.store, { request: requestId(asked?.id ?? '', person), raw: { problems: 'Rien.' }, realNow: Date.now() });
  await handle.signal(wake);
  const told = await scene.until(({ mails }) => mails.some((mail) => mail.person === 'coordo'));
  expect(told.asks.map(({ kind, outcome }) => [kind, outcome])).toEqual([
    ['interview', 'complete'],
    ['document', null],
  ]);
  expect(
    told.mails
      .filter((mail) => mail.template === 'asks')
      .map((mail) => mail.person)
      .sort(),
  ).toEqual(['coordo', 'mairie', 'transports']);
});

test('a run that walks through more than it may grow by does not continue as new for that: it would never come to an end', async () => {
  const scene = await play({
    at: '10:00',
    when: () => undefined,
    applicants: [],
    skipsTime: false,
    continues: true,
    meddle: (deps) => ({ ...deps, continueAfterEvents: 1 }),
  });
  await scene.until(({ asks, mails }) => asks.some((ask) => ask.kind === 'interview') && mails.length === 2);
  const handle = scene.client.workflow.getHandle(scene.workflowId);
  let wakes = 0;
  for (let n = 0; n < 5; n++) {
    const { runId } = await handle.describe();
    await until('the run never continued as new', async () => {
      wakes += 1;
      await handle.signal(wake);
      return (await handle.describe()).runId !== runId;
    });
  }
  const runs = [scene.runId];
  for (let next: string | null | undefined = scene.runId; next; ) {
    const { events } = await scene.client.workflow.getHandle(scene.workflowId, next).fetchHistory();
    next = events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
    if (next) runs.push(next);
  }
  expect(runs.length).toBeLessThanOrEqual(wakes + 1); // each wake is one more run at most
});
