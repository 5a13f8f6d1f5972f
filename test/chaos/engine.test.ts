import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client, Connection, WorkflowIdConflictPolicy } from '@temporalio/client';
import { calendarOf } from '../../domain/calendar.js';
import { skipTime } from '../../rehearsal/live.js';
import { answer } from '../../store/acts/answer.js';
import { requestId } from '../../store/asks.js';
import { openStore } from '../../store/db.js';
import { insertEdition, raiseEpoch } from '../../store/editions.js';
import { type CohortInput, wake } from '../../workflows/messages.js';
import { endWorkers, workerAlone } from '../support/alone.js';
import { chronicle } from '../support/chronicle.js';
import { gate, gist, holdingMail, holdingReview, losing, type Statements } from '../support/faults.js';
import { clearStage, play, promptly, type Scene, smallEdition } from '../support/small.js';
import { setStage } from '../support/theatre.js';
import { until } from '../support/waiting.js';

let undisturbed: ReturnType<typeof gist>;
beforeAll(async () => {
  undisturbed = gist(await (await play()).toTheEnd());
});
const undo: (() => unknown)[] = [];
afterAll(async () => {
  endWorkers();
  for (const step of undo.reverse()) await step();
  await clearStage();
});

const did = (pattern: RegExp) => (review: Statements) => review.some((text) => pattern.test(text));

describe('loses nothing and doubles nothing', () => {
  test('when reviews commit and their results are lost', async () => {
    const kinds = {
      opens: did(/insert into ask \(/),
      settles: did(/update ask a set outcome/),
      claims: did(/insert into rung/),
      'records a fact': did(/insert into fact/),
      'creates projects': did(/insert into project/),
      'ends the edition': did(/update edition set status/),
    };
    const todo = new Map<string, number>(Object.keys(kinds).map((name) => [name, name === 'settles' ? 2 : 1])); // one of them twice in a row
    const { meddle, lost } = losing((review) => {
      const [kind] = Object.entries(kinds).filter(([name, is]) => (todo.get(name) ?? 0) > 0 && is(review));
      const again = todo.get('settles') === 1 && !kinds.settles(review);
      if (kind === undefined && !again) return false;
      const name = again ? 'settles' : (kind?.[0] ?? '');
      todo.set(name, (todo.get(name) ?? 0) - 1);
      return true;
    });
    const told = await (await play({ meddle })).toTheEnd();
    expect([...todo.values()].every((left) => left === 0)).toBe(true);
    expect(lost.length).toBe(7);
    expect(gist(told)).toEqual(undisturbed);
    expect(told.incidents).toEqual([]);
  });

  test('when it is started again from the top in the field, while its old run is still sending', async () => {
    const sending = gate();
    const inTheField = async (store: Scene['store']) =>
      (await store.pool.query(`select 1 from outbox where state = 'sending' and asks::text like '%.field.session.%opening%'`)).rows.length >
      0;
    const scene = await play({ meddle: holdingMail(sending, inTheField) });
    await sending.reached;

    const raised = await raiseEpoch(scene.store.pool, scene.edition.id, { realNow: Date.now() });
    if (raised === undefined) throw new Error('there is an edition');
    const again = await scene.client.workflow.start('cohort', {
      taskQueue: scene.taskQueue,
      workflowId: scene.workflowId,
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.TERMINATE_EXISTING,
      args: [{ edition: scene.edition.id, ...raised, continues: false }],
    });
    await until('the new run does not begin', async () => ((await again.fetchHistory()).events ?? []).length > 12); // the new run has walked to where it stands
    sending.open();
    await until(
      'mail is still leaving',
      async () => (await scene.store.pool.query(`select 1 from outbox where state = 'sending'`)).rows.length === 0,
    );
    await skipTime(scene.client, scene.workflowId);
    await again.result();

    const told = await scene.told();
    expect(gist(told)).toEqual(undisturbed);
    expect(scene.mails.length).toBe(told.mails.length);
    await expect(scene.finished()).rejects.toThrow(/terminate/i);
  });

  test('when a run is still there after a newer one was announced: it does nothing, and ends', async () => {
    const scene = await play({ when: () => undefined, skipsTime: false, at: '10:00' });
    const [ask] = (await scene.until(({ mails }) => mails.length === 2)).asks;
    await raiseEpoch(scene.store.pool, scene.edition.id, { realNow: Date.now() });
    for (const person of ['mairie', 'transports'])
      await answer(scene.store, { request: requestId(ask?.id ?? '', person), raw: { problems: 'Rien.' }, realNow: Date.now() });
    await scene.lookAgain();
    await scene.finished();
    const told = await scene.told();
    expect(told.asks.map(({ kind, outcome }) => [kind, outcome])).toEqual([['interview', null]]);
    expect(told.mails.length).toBe(2);
  });

  test('when a last answer and its wake come in the middle of a review', async () => {
    const reading = gate();
    let armed = false;
    const scene = await play({ when: () => undefined, skipsTime: false, meddle: holdingReview(reading, () => armed), at: '10:00' });
    const [ask] = (await scene.until((told) => told.asks.some((a) => a.kind === 'interview'))).asks;
    const say = (person: string) =>
      answer(scene.store, { request: requestId(ask?.id ?? '', person), raw: { problems: 'Il manque des bus.' }, realNow: Date.now() });
    expect(await say('mairie')).toMatchObject({ ok: true, wake: false });

    armed = true;
    await scene.client.workflow.getHandle(scene.workflowId).signal(wake);
    await reading.reached;
    const last = say('transports'); // waits for the review, which holds the ask
    const signalled = scene.client.workflow.getHandle(scene.workflowId).signal(wake);
    reading.open();
    expect(await last).toMatchObject({ ok: true, wake: true });
    await signalled;
    await scene.client.workflow.getHandle(scene.workflowId).signal(wake);
    const told = await scene.until(({ asks }) => asks.some((a) => a.kind === 'document'));
    expect(told.journal.filter((entry) => entry.verb === 'ask.settled').length).toBe(1);
  });

  test('when the two last answers come in the same instant', async () => {
    const scene = await play({ when: () => undefined, skipsTime: false, at: '10:00' });
    const [ask] = (await scene.until((told) => told.asks.some((a) => a.kind === 'interview'))).asks;
    const realNow = Date.now();
    const acts = await Promise.all(
      ['mairie', 'transports'].map((person) =>
        answer(scene.store, { request: requestId(ask?.id ?? '', person), raw: { problems: 'Il manque des bus.' }, realNow }),
      ),
    );
    expect(acts.map((act) => act.ok && act.wake).sort()).toEqual([false, true]);
    await scene.client.workflow.getHandle(scene.workflowId).signal(wake);
    await scene.until(({ asks }) => asks.some((a) => a.kind === 'document'));
    const told = await scene.until(({ mails }) => mails.some((mail) => mail.person === 'coordo'));
    expect(told.journal.filter((entry) => entry.verb === 'ask.settled').length).toBe(1);
    expect(told.mails.filter((mail) => mail.template === 'receipt').length).toBe(2);
  });

  test('when a wake is lost, and the sweep finds it', async () => {
    const scene = await play({ when: () => undefined, skipsTime: false, at: '10:00' });
    const [ask] = (await scene.until((told) => told.asks.some((a) => a.kind === 'interview'))).asks;
    for (const person of ['mairie', 'transports'])
      await answer(scene.store, { request: requestId(ask?.id ?? '', person), raw: { problems: 'Rien.' }, realNow: Date.now() - 20_000 });
    const owed = () => scene.store.pool.query('select 1 from pending_wake');
    expect((await owed()).rows.length).toBe(1);
    await scene.client.workflow.execute('sweep', { taskQueue: scene.taskQueue, workflowId: `sweep-${scene.workflowId}` });
    await scene.until(({ asks }) => asks.some((a) => a.kind === 'document'));
    expect((await owed()).rows.length).toBe(0);
  });

  test('when its worker is killed in the middle of the field: the next one goes on from what is true', async () => {
    const { strike, ...theatre } = await setStage();
    const folder = await mkdtemp(join(tmpdir(), 'troismains-killed-'));
    const store = openStore(theatre.databaseUrl);
    const connection = await Connection.connect({ address: theatre.temporalAddress, connectTimeout: 120_000 });
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
    const run = await client.workflow.start('cohort', {
      taskQueue: workflowId,
      workflowId,
      args: [input],
      workflowTaskTimeout: '3 seconds',
    });
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
});

/** Waits until no activity of a run is under way: what the review began beside it has come to its end. */
async function nothingUnderWay(run: { describe(): Promise<{ raw: { pendingActivities?: unknown[] | null } }> }): Promise<void> {
  await until('an activity is under way', async () => ((await run.describe()).raw.pendingActivities ?? []).length === 0);
}
