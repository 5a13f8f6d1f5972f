/** The engine of an edition on its page, over a real run whose work fails: what the page says, and what trying again does. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from '../../activities/index.js';
import { type Installation, openInstallation } from '../../client/installation.js';
import { startEdition } from '../../client/verbs/cohorts.js';
import { INSTALLATION, readConfig } from '../../config.js';
import { calendarOf } from '../../domain/calendar.js';
import { journal } from '../../store/audit.js';
import { endEdition, insertEdition } from '../../store/editions.js';
import { looksOf } from '../../store/wakes.js';
import { liveEngine } from '../../web/live-engine.js';
import { cohortWorkflowId } from '../../workflows/messages.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { scripted } from '../support/edition.js';
import { smallEdition } from '../support/small.js';
import { freshBundle, hearEngine } from '../support/theatre.js';
import { until } from '../support/waiting.js';
import { readable, site } from './support/client.js';

hearEngine();

const id = `engine-${process.pid}`;
let database: TestDatabase;
let installation: Installation;
beforeAll(async () => {
  database = await createDatabase();
  installation = await openInstallation(
    readConfig(
      {
        DATABASE_URL: database.url,
        TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS ?? '',
        TEMPORAL_UI_URL: 'http://127.0.0.1:8233/',
        TASK_QUEUE: id,
        PUBLIC_URL: 'https://troismains.example',
        LINK_KEY: '07'.repeat(32),
      },
      INSTALLATION,
    ),
  );
});
afterAll(async () => {
  await installation.client.workflow.getHandle(cohortWorkflowId(id)).terminate('the test is over');
  await installation.close();
  await database.drop();
});

const path = `/editions/${id}/engine`;
const here = () => site(undefined, { ...liveEngine(installation), where: async () => ({ edition: id, territory: 'plateau' }) });
const page = async () => readable(await (await here().get(path)).text());
const says = (words: string) => until(`the page does not say: ${words}`, async () => (await page()).includes(words));
const runs = () => installation.client.workflow.getHandle(cohortWorkflowId(id)).describe();

test('work that fails again and again is told with its tries, and tried again at once; then the run starts from the top', async () => {
  const { edition, source } = smallEdition((file) => {
    file.id = id;
  });
  const startsAt = calendarOf(edition.territory).instantAt(edition.start, '10:00');
  expect(await startEdition(installation, { edition, source, startsAt })).toMatchObject({ ok: true });
  expect(await page()).toContain('aucun worker ne l’a encore prise');
  const aMinuteOn = liveEngine({ ...installation, realNow: () => Date.now() + 60_000 });
  expect((await aMinuteOn.engine(id))?.verdict).toBe('no-worker');

  let broken = true;
  let [tries, letGo] = [0, () => {}];
  const third = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const { store, taskQueue, linkKey, publicUrl, realNow, wake } = installation;
  const real = createActivities({
    ...{
      store,
      linkKey,
      publicUrl,
      realNow,
      wake,
      mailFrom: 'Essais <essais@troismains.example>',
      transport: scripted(),
      heartbeat: () => {},
    },
    ...{ returnPath: undefined },
  });
  const connection = await NativeConnection.connect({ address: process.env.TEST_TEMPORAL_ADDRESS ?? '' });
  const worker = await Worker.create({
    ...{ connection, taskQueue, workflowBundle: { codePath: freshBundle() } },
    activities: {
      ...real,
      openCohort: async (input: Parameters<typeof real.openCohort>[0]) => {
        tries += 1;
        if (tries === 3) await third;
        if (broken) throw new Error('start failed (ECONNREFUSED); the console shows why');
        return real.openCohort(input);
      },
    },
  });
  try {
    await worker.runUntil(async () => {
      await says('Une activité échoue, et est réessayée');
      await until('the third try', () => tries === 3);
      const failing = await page();
      expect(failing).toContain('La lecture de l’édition en cours depuis le');
      expect(failing).toContain('3e essai');
      expect(failing).toContain('start failed (ECONNREFUSED)');
      letGo();
      await says('Le prochain essai, après un échec');
      const waiting = await page();
      expect(waiting).toContain('Quelque chose a échoué, et est réessayé');
      expect(waiting).toContain('Aucune : tout ce qui a été demandé est fait.');
      broken = false;
      const { runId } = await runs();
      const { location } = Object.fromEntries((await here().post(`${path}/retry`, { reason: 'Le réseau est revenu' })).headers);
      expect(location).toBe(`${path}?done=retry`);
      await says('Rien n’est bloqué');
      expect(await page()).not.toContain('Le prochain essai');
      const { events } = await installation.client.workflow.getHandle(cohortWorkflowId(id)).fetchHistory();
      expect(events?.filter(({ timerFiredEventAttributes: fired }) => fired)).toEqual([]); // a minute was not waited for
      expect((await runs()).runId).toBe(runId);

      expect((await here().post(`${path}/restart`, { reason: 'Pour voir' })).status).toBe(303);
      await until('another run', async () => (await runs()).runId !== runId);
      await says('Rien n’est bloqué');
      expect((await (await here().get(path)).text()).match(/href="(http:[^"]*)"/)?.[1]).toBe(
        `http://127.0.0.1:8233/namespaces/default/workflows/cohort-${id}/${(await runs()).runId}/history`,
      );
    });
  } finally {
    await connection.close();
  }
  const entries = (await journal(store.pool, id)).filter(({ actor }) => actor === 'account:acc-1');
  expect(entries.map(({ verb, detail: { why, epoch } }) => [verb, why, epoch])).toEqual([
    ['edition.retried', undefined, undefined],
    ['edition.restarted', 'asked', 2],
  ]);

  await endEdition(store.pool, id, { at: realNow(), status: 'cancelled' });
  const over = await here().post(`${path}/restart`, { reason: 'Pour voir' });
  expect([over.status, readable(await over.text())]).toEqual([422, expect.stringContaining('il n’y a rien à reprendre')]);
});

test('where Temporal does not answer, the page says so, and what is asked is owed', async () => {
  const { edition, source } = smallEdition((file) => {
    file.id = `${id}-alone`;
  });
  const away = await openInstallation(
    readConfig(
      { DATABASE_URL: database.url, TEMPORAL_ADDRESS: '127.0.0.1:9', PUBLIC_URL: 'https://troismains.example', LINK_KEY: '07'.repeat(32) },
      INSTALLATION,
    ),
  );
  try {
    await insertEdition(away.store.pool, { edition, source, at: away.realNow(), clockOffsetMs: 0 });
    const { engine, engineAct } = liveEngine(away);
    const part = await engine(edition.id);
    expect([part?.verdict, part?.execution]).toEqual(['no-answer', undefined]);
    const act = { edition: edition.id, reason: 'Bloquée', actor: 'machine' };
    expect(await engineAct({ ...act, act: 'retry' })).toBe('owed');
    expect((await looksOf(away.store.pool, edition.id)).owedSince).toBeGreaterThan(0);
    expect(await engineAct({ ...act, act: 'retry', edition: 'none' })).toBe('unknown');
  } finally {
    await away.close();
  }
});
