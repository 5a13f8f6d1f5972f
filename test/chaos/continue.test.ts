import { afterAll, expect, jest, test } from '@jest/globals';
import { until } from '../../embedded/processes.js';
import { answer } from '../../store/acts.js';
import { requestId } from '../../store/asks.js';
import { wake } from '../../workflows/messages.js';
import { clearStage, play } from '../support/small.js';

jest.setTimeout(240_000);
afterAll(clearStage);

test('a run whose history grows long continues as new, and the edition goes on as if nothing had happened', async () => {
  const scene = await play({ at: '10:00', when: () => undefined, applicants: [], skipsTime: false, continues: true });
  const [asked] = (await scene.until(({ asks, mails }) => asks.some((ask) => ask.kind === 'interview') && mails.length === 2)).asks;
  const handle = scene.client.workflow.getHandle(scene.workflowId);

  // the server suggests it at 4 096 events: every wake is a review, and a review is a few of them
  const continued = await until(
    200_000,
    async () => {
      await handle.signal(wake);
      const { runId, historyLength } = await handle.describe();
      return runId !== scene.runId && { historyLength };
    },
    () => new Error('the run never continued as new'),
  );
  expect(continued.historyLength).toBeLessThan(200);

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
