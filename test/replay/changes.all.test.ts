/** What docs/changing-workflows.md says of each kind of change, lived: an edition half way with one release, carried on by the next. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { calendarOf } from '../../domain/calendar.js';
import { skipTime } from '../../rehearsal/live.js';
import { openStore } from '../../store/db.js';
import { insertEdition } from '../../store/editions.js';
import { type CohortInput, cohortWorkflowId } from '../../workflows/messages.js';
import { endWorkers, workerAlone } from '../support/alone.js';
import { type Chronicle, chronicle } from '../support/chronicle.js';
import { troismains } from '../support/command.js';
import { gist } from '../support/faults.js';
import { clearStage, play, promptly, smallEdition } from '../support/small.js';
import { setStage } from '../support/theatre.js';
import { type Otherwise, variantBundle } from '../support/variant.js';

const id = `release-${process.pid}`;
const named = (file: { id: string }) => {
  file.id = id;
};
let undisturbed: ReturnType<typeof gist>;
const undo: (() => unknown)[] = [];
beforeAll(async () => {
  undisturbed = gist(await (await play({ change: named })).toTheEnd());
});
afterAll(async () => {
  endWorkers();
  for (const step of undo.reverse()) await step();
  await clearStage();
});

/** Lives the small edition until it is in the field on a release of other words, whose worker then stops. */
async function halfWay(...differences: readonly Otherwise[]) {
  const { strike, ...theatre } = await setStage();
  const former = variantBundle(...differences);
  const folder = await mkdtemp(join(tmpdir(), 'troismains-release-'));
  const store = openStore(theatre.databaseUrl);
  const connection = await Connection.connect({ address: theatre.temporalAddress });
  undo.push(
    strike,
    former.remove,
    () => rm(folder, { recursive: true }),
    store.close,
    () => connection.close(),
  );
  const client = new Client({ connection });

  const { edition, source } = smallEdition(named);
  const startsAt = calendarOf(edition.territory).instantAt(edition.start, '08:30');
  const clockOffsetMs = startsAt - Date.now();
  await insertEdition(store.pool, { edition, source, at: startsAt, clockOffsetMs });
  const workflowId = cohortWorkflowId(id);
  const taskQueue = `release-${folder.slice(-6)}`;
  const input: CohortInput = { edition: id, epoch: 1, clockOffsetMs, continues: false };
  await client.workflow.start('cohort', { taskQueue, workflowId, args: [input], workflowTaskTimeout: '3 seconds' });
  await skipTime(client, workflowId);
  const mails = join(folder, 'mails');
  const worker = { theatre, taskQueue, edition: id, applicants: promptly(2, edition), mails };
  const old = workerAlone({ ...worker, theatre: { ...theatre, bundlePath: former.path }, holdIn: 'field' });
  await old.said('holding');
  old.child.kill('SIGKILL');
  await old.exited;

  const environment = {
    DATABASE_URL: theatre.databaseUrl,
    TEMPORAL_ADDRESS: theatre.temporalAddress,
    TASK_QUEUE: taskQueue,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Essais <essais@troismains.example>',
    PUBLIC_URL: 'https://troismains.example',
    LINK_KEY: '07'.repeat(32),
  };
  return {
    command: (...args: string[]) => troismains(environment, ...args),
    /** Lives on to the end with the worker of this build; every mail that left, on either release. */
    async onwards(): Promise<{ told: Chronicle; sent: string[] }> {
      await skipTime(client, workflowId);
      workerAlone(worker);
      await client.workflow.getHandle(workflowId).result();
      return { told: await chronicle(store, id), sent: (await readFile(mails, 'utf8')).trim().split('\n') };
    },
  };
}

const journalOf = (lived: Record<string, unknown>) => (Array.isArray(lived.journal) ? lived.journal.map(String) : []);

test('a change further on than any edition has got replays: its runs are carried on', async () => {
  const edition = await halfWay({
    file: 'workflows/evaluation.js',
    ours: "await story.ask({ step: 'restitution', kind: 'document' })",
    theirs: "{ outcome: 'skipped' }",
  });
  const verified = await edition.command('verify-deploy', '--json');
  expect({ ...verified, out: JSON.parse(verified.out) }).toMatchObject({
    code: 0,
    out: { ok: true, workflows: [{ edition: id, verdict: 'replays', historyEvents: expect.any(Number) }] },
  });

  const { told, sent } = await edition.onwards();
  expect(gist(told)).toEqual(undisturbed);
  expect(new Set(sent).size).toBe(sent.length);
});

test('a change of what has already been done does not replay: the edition starts again from the top, and loses nothing', async () => {
  const edition = await halfWay({
    file: 'workflows/pump.js',
    ours: 'const reviewEdition = outline.large ?',
    theirs: 'const reviewEdition = true ?',
  });
  const verified = await edition.command('verify-deploy');
  expect(verified.code).toBe(1);

  expect(verified.out).toMatch(/ne se rejoue pas : à l'événement \d+, l'exécution a relu l'édition, ce que cette version ne fait pas/);
  const again = await edition.command('verify-deploy', '--json');
  expect(JSON.parse(again.out)).toMatchObject({ ok: false, workflows: [{ verdict: 'differs', difference: { recorded: 'review' } }] });

  const restarted = await edition.command('verify-deploy', '--restart', '--json');
  expect({ ...restarted, out: JSON.parse(restarted.out) }).toMatchObject({ code: 0, out: { ok: true, workflows: [{ restarted: true }] } });
  expect((await edition.command('verify-deploy')).code).toBe(0);

  const { told, sent } = await edition.onwards();
  const lived = gist(told);
  const restarts = journalOf(lived).filter((entry) => entry.includes('edition.restarted'));
  expect(restarts).toHaveLength(1);
  expect({ ...lived, journal: journalOf(lived).filter((entry) => !restarts.includes(entry)) }).toEqual({
    ...undisturbed,
    journal: journalOf(undisturbed),
  });
  expect(new Set(sent).size).toBe(sent.length);
});
