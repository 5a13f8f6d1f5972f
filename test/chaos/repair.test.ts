import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NativeConnection, Worker } from '@temporalio/worker';
import { failuresInARow, latestRun } from '../../client/histories.js';
import { type Installation, openInstallation } from '../../client/installation.js';
import { startEdition } from '../../client/verbs/cohorts.js';
import { mend, remedyFor, type Surveyed, survey } from '../../client/verbs/repair.js';
import { INSTALLATION, readConfig } from '../../config.js';
import { calendarOf } from '../../domain/calendar.js';
import { endEdition, findEdition } from '../../store/editions.js';
import { queueMails } from '../../store/queue.js';
import { replayer } from '../../worker/replay.js';
import { cohortWorkflowId, scheduleId, wake } from '../../workflows/messages.js';
import { troismains } from '../support/command.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { smallEdition } from '../support/small.js';
import { freshBundle, hearEngine } from '../support/theatre.js';
import { variantBundle } from '../support/variant.js';
import { until } from '../support/waiting.js';

hearEngine();

const own = `repair-${process.pid}`;
let database: TestDatabase;
let environment: Record<string, string>;
let installation: Installation;
beforeAll(async () => {
  database = await createDatabase();
  environment = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS ?? '',
    TASK_QUEUE: own,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Essais <essais@troismains.example>',
    PUBLIC_URL: 'https://troismains.example',
    LINK_KEY: '07'.repeat(32),
  };
  installation = await openInstallation(readConfig(environment, INSTALLATION));
});
afterAll(async () => {
  for (const { workflow, runId } of await look()) if (runId !== null) await handle(workflow).terminate('the test is over');
  for (const what of ['sweep', 'watch'] as const)
    await installation.client.schedule
      .getHandle(scheduleId(what, own))
      .delete()
      .catch(() => undefined);
  await installation.close();
  await database.drop();
});

const handle = (workflow: string) => installation.client.workflow.getHandle(workflow);
const look = (only?: string) => survey(installation, { replay: replayer(freshBundle()), ...(only === undefined ? {} : { only }) });
const stateOf = async (id: string) => (await look(id)).map(({ state }) => state);
const statusOf = async (id: string) => (await handle(cohortWorkflowId(id)).describe()).status.name;

/** Starts a small edition that nobody works for: its run waits for a worker. */
async function begun(name: string): Promise<string> {
  const id = `${own}-${name}`;
  const { edition, source } = smallEdition((file) => {
    file.id = id;
  });
  const startsAt = calendarOf(edition.territory).instantAt(edition.start, '10:00');
  expect(await startEdition(installation, { edition, source, startsAt })).toMatchObject({ ok: true });
  return id;
}

/** Applies to one edition what it needs; says what was found and done. */
async function repaired(id: string): Promise<string[]> {
  const found: Surveyed[] = await look(id);
  const did: string[] = [];
  for (const surveyed of found) {
    const remedy = remedyFor(surveyed);
    expect(await mend(installation, { surveyed, remedy, by: { actor: 'machine', reason: 'un essai' } })).toMatchObject({ ok: true });
    did.push(`${surveyed.state} ${remedy}`);
  }
  return did;
}

describe('repair', () => {
  test('leaves alone what is fine, and what has ended with mail still to leave; ends what has nothing more to do', async () => {
    const id = await begun('over');
    const { store } = installation;
    const { runId } = await handle(cohortWorkflowId(id)).describe();
    expect(await repaired(id)).toEqual(['fine wake']);
    expect((await handle(cohortWorkflowId(id)).describe()).runId).toBe(runId);

    const at = installation.realNow() + ((await findEdition(store.pool, id))?.clock_offset_ms ?? 0);
    await endEdition(store.pool, id, { at, status: 'cancelled' });
    await queueMails(store.pool, { edition: id, at, dueAt: at, mails: [{ key: 'ended.coordo', person: 'coordo', template: 'ended' }] });
    expect(await stateOf(id)).toEqual(['fine']);
    await store.pool.query(`update outbox set state = 'accepted' where edition = $1`, [id]);
    expect(await repaired(id)).toEqual(['over terminate']);
    expect(await statusOf(id)).toBe('TERMINATED');
    expect(await stateOf(id)).toEqual([]);
  });

  test('starts again what somebody terminated, under a new epoch, once', async () => {
    const id = await begun('ended');
    await handle(cohortWorkflowId(id)).terminate('by mistake');
    expect(await repaired(id)).toEqual(['missing start']);
    expect(await repaired(id)).toEqual(['fine wake']);
    expect((await findEdition(installation.store.pool, id))?.epoch).toBe(2);
  });

  test('starts again what keeps failing, also when each answer begins its tries anew; leaves alone what has failed once', async () => {
    const [id, woken, once] = [await begun('stuck'), await begun('woken'), await begun('once')];
    const broken = variantBundle({
      file: 'workflows/cohort.js',
      ours: 'const pump = await ',
      theirs: "throw new TypeError('a slip'); const pump = await ",
    });
    const triesOf = async (edition: string) => (await latestRun(installation.client, cohortWorkflowId(edition)))?.failures ?? 0;
    const history = async (edition: string) => handle(cohortWorkflowId(edition)).fetchHistory();
    let wakes = 0;
    const connection = await NativeConnection.connect({ address: environment.TEMPORAL_ADDRESS ?? '' });
    const worker = await Worker.create({ connection, taskQueue: own, workflowBundle: { codePath: broken.path } });
    try {
      await worker.runUntil(
        until('their failures are not seen', async () => {
          const failed = failuresInARow(await history(woken), 1);
          if (wakes < failed) await handle(cohortWorkflowId(woken)).signal(wake);
          wakes = failed;
          return failed >= 3 && (await triesOf(id)) >= 3;
        }),
      );
    } finally {
      await connection.close();
      broken.remove();
    }
    for (const edition of [id, woken]) {
      expect(await repaired(edition)).toEqual(['stuck restart']);
      expect(await stateOf(edition)).toEqual(['fine']);
    }
    const failedOnce = { events: (await history(once)).events?.slice(0, 4) ?? [] };
    expect(failuresInARow(failedOnce, 2)).toBe(2);
  });

  test('looks at one edition when it is named, and makes the schedules again when none is', async () => {
    const [one, other] = [await begun('one'), await begun('other')];
    for (const id of [one, other]) await handle(cohortWorkflowId(id)).terminate('by mistake');
    expect(await troismains(environment, 'repair', one, '--reason', 'un essai')).toMatchObject({ code: 0 });
    expect([await statusOf(one), await statusOf(other)]).toEqual(['RUNNING', 'TERMINATED']);

    const schedule = installation.client.schedule.getHandle(scheduleId('sweep', own));
    await expect(schedule.describe()).rejects.toThrow();
    const said = await troismains(environment, 'repair', '--reason', 'un essai');
    expect(said.out).toMatch(new RegExp(`${other} +ne tourne pas +lancée`));
    await schedule.describe();
    expect(await statusOf(other)).toBe('RUNNING');
  });

  test('ends a run that no edition has, but not one whose edition was started while it looked', async () => {
    const stray = `${own}-stray`;
    const late = await begun('late');
    const start = () =>
      installation.client.workflow.start('cohort', {
        taskQueue: own,
        workflowId: cohortWorkflowId(stray),
        args: [{ edition: stray, epoch: 1, clockOffsetMs: 0, continues: true }],
      });
    await start();
    const [surveyed] = await look(stray);
    if (surveyed === undefined) throw new Error('it runs');
    expect([surveyed.state, remedyFor(surveyed)]).toEqual(['unknown', 'terminate']);
    const seen = { ...surveyed, workflow: cohortWorkflowId(late), edition: late, runId: null };
    const ended = (one: Surveyed) =>
      mend(installation, { surveyed: one, remedy: 'terminate', by: { actor: 'machine', reason: 'un essai' } });
    expect(await ended(seen)).toMatchObject({ ok: true, did: 'none' });
    expect(await ended(surveyed)).toMatchObject({ ok: true, did: 'terminate' });
    expect([await statusOf(late), await statusOf(stray)]).toEqual(['RUNNING', 'TERMINATED']);
  });

  test('does nothing, and says what to do, when the database has no edition at all', async () => {
    const id = await begun('other-database');
    const empty = await createDatabase();
    const elsewhere = { ...environment, DATABASE_URL: empty.url };
    try {
      for (const flags of [['--reason', 'un essai'], ['--dry-run']]) {
        const said = await troismains(elsewhere, 'repair', ...flags);
        expect(said).toMatchObject({ code: 2, err: expect.stringMatching(/aucune édition.*Rien n'a été fait\. Corriger DATABASE_URL/) });
      }
      expect((await troismains(elsewhere, 'repair', '--dry-run', '--lang', 'en')).err).toContain('has no edition at all');
    } finally {
      await empty.drop();
    }
    expect(await statusOf(id)).toBe('RUNNING');
  });

  test('does nothing without a reason, nor when it is asked to look only', async () => {
    const id = await begun('looked-at');
    await handle(cohortWorkflowId(id)).terminate('by mistake');
    expect(await troismains(environment, 'repair')).toMatchObject({ code: 2, err: expect.stringContaining('--reason') });
    const said = await troismains(environment, 'repair', '--dry-run', '--json');
    expect(JSON.parse(said.out).workflows).toContainEqual(
      expect.objectContaining({ edition: id, state: 'missing', remedy: 'start', done: false }),
    );
    expect(await statusOf(id)).toBe('TERMINATED');
  });
});
