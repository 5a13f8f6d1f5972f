import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { Installation } from '../../client/installation.js';
import { startEdition } from '../../client/verbs/cohorts.js';
import type { AskKind } from '../../domain/asks.js';
import { type Edition, readEdition } from '../../domain/edition.js';
import type { StepId } from '../../domain/steps.js';
import { problemOfText } from '../../domain/text.js';
import { addAccount } from '../../store/accounts.js';
import { saveApplication, startApplication } from '../../store/acts/application.js';
import { cancelEdition } from '../../store/acts/cancel-edition.js';
import { delegate } from '../../store/acts/delegate.js';
import { saveDraft } from '../../store/acts/draft.js';
import { extend } from '../../store/acts/extend.js';
import { freshLink } from '../../store/acts/fresh-link.js';
import { insertAsk, requestId, seatPeople } from '../../store/asks.js';
import { inTransaction, openStore, type Store } from '../../store/db.js';
import { insertEdition } from '../../store/editions.js';
import { listMails } from '../../store/outbox.js';
import { endSession, enterByKey, issueKey, viewerOf } from '../../store/sessions.js';
import { createDatabase, type TestDatabase } from '../support/database.js';
import { bare } from '../support/forms.js';

/** What people type who mean harm, or did not look: the database's side of it. */
const monday = Date.UTC(2023, 2, 6, 9);
const minute = 60_000;
let database: TestDatabase;
let store: Store;

beforeAll(async () => {
  database = await createDatabase();
  store = openStore(database.url);
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

function editionOf(id: string, change: (text: string) => string = (text) => text): { edition: Edition; source: string } {
  const source = change(bare(readFileSync('editions/val-d-oise-2023.yaml', 'utf8'))).replace('id: val-d-oise-2023', `id: ${id}`);
  const read = readEdition(source);
  if (!read.ok) throw new Error(read.problems.map((p) => `${p.path}: ${p.message.en}`).join('; '));
  return { edition: read.edition, source };
}

/** An edition whose call is open, and an ask to two people. */
async function running(id: string, change?: (text: string) => string) {
  const { edition, source } = editionOf(id, change);
  await insertEdition(store.pool, { edition, source, at: monday, clockOffsetMs: 0 });
  const ask = async (step: StepId, kind: AskKind, people: string[], generation = 1) => {
    const tx = await store.pool.connect();
    const timing = {
      day1: '2023-03-06',
      opensAt: monday,
      due: '2023-04-03',
      dueAt: monday + 28 * 1440 * minute,
      endsAt: monday + 28 * 1440 * minute,
    };
    const { id: asked } = await insertAsk(tx, {
      row: { id, request_salt: '' },
      spec: { step, kind, version: 1, generation },
      timing,
      openedAt: monday,
      at: monday,
    });
    await seatPeople(tx, {
      row: { id, request_salt: '' },
      ask: asked,
      people: people.map((person) => ({ person, seat: person })),
      at: monday,
    });
    tx.release();
    return asked;
  };
  const call = await ask('call-open', 'apply', []);
  const begin = (change: object = {}) =>
    startApplication(store, { edition: id, name: 'Nour', email: 'nour@porteur.example', title: 'Un bus', realNow: monday, ...change });
  return { id, ask, call, begin };
}

const whole = { title: 'Un bus', need: 'perinatalite', summary: 'Il passe.' };

describe('whoever types an address', () => {
  test('has a link mailed there once in five minutes, however often it is asked for', async () => {
    const { id, begin } = await running('flood');
    for (const after of [0, 1, 2, 4, 5, 9]) await begin({ realNow: monday + after * minute });
    expect(await listMails(store.pool, id)).toHaveLength(2);
  });

  test('cannot hide a character in it, in a name or in a title', async () => {
    const { begin, ask, id } = await running('hidden');
    const asked = await ask('interviews', 'interview', ['dg']);
    for (const email of ['a\u0000@b.example', 'a\u0001b@c.example', 'a\u202e@b.example', 'a@b\u200b.example'])
      expect(await begin({ email })).toMatchObject({ ok: false, reason: 'address' });
    const name = 'Direction adjointe';
    for (const email of ['a\u0000@b.example', 'a\u0007b@c.example'])
      expect(await delegate(store, { request: requestId(asked, 'dg'), name, email, realNow: monday })).toMatchObject({ reason: 'address' });
    const named = await delegate(store, { request: requestId(asked, 'dg'), name: 'A\u009b31m', email: 'a@b.example', realNow: monday });
    expect(named).toMatchObject({ reason: 'invalid', problems: [{ field: 'name', problem: 'control-characters' }] });
    expect(
      ['', '\u200b\u2060', 'a\nb', '\u202egnp.exe', 'x'.repeat(201), 'Élodie 👩‍🚀'].map((name) => problemOfText(name, 'text')),
    ).toEqual(['required', 'required', 'control-characters', 'control-characters', 'too-long', undefined]);
    expect(await listMails(store.pool, id)).toEqual([]);
  });

  test('takes an id that nobody carries, also where the file gave it away', async () => {
    const taken = '  - { id: applicant-01, role: field, name: Un acteur, email: acteur@terrain.example }\n';
    const { begin, call } = await running('ids', (text) => text.replace(/^people:\n/m, `people:\n${taken}`));
    expect(await begin()).toMatchObject({ ok: true, request: requestId(call, 'applicant-02') });
  });

  test('of somebody who applies cannot put them on a seat that judges applications', async () => {
    const { begin, call, ask } = await running('judges');
    await begin();
    const seats = await ask('pitch-preparation', 'interests', ['dg', 'pmi']);
    const name = { name: 'Nour', email: 'nour@porteur.example', realNow: monday };
    const request = requestId(call, 'applicant-01');
    expect(await saveApplication(store, { request, raw: whole, submit: true, realNow: monday })).toMatchObject({ ok: true });
    expect(await delegate(store, { request: requestId(seats, 'dg'), ...name })).toMatchObject({ ok: false, reason: 'address' });
    expect(await delegate(store, { request: requestId(seats, 'dg'), ...name, email: 'dga-2@valdoise.example' })).toMatchObject({
      ok: true,
    });
  });
});

test('a link to an edition that is over is mailed, and wakes nothing', async () => {
  const { id, ask } = await running('over');
  const asked = await ask('interviews', 'interview', ['dg']);
  await cancelEdition(store, { edition: id, reason: 'reporté', realNow: monday });
  await store.pool.query('delete from pending_wake where edition = $1', [id]);
  expect(await freshLink(store, { request: requestId(asked, 'dg'), realNow: monday })).toEqual({ ok: true, edition: id, wake: false });
  expect((await listMails(store.pool, id)).map((mail) => mail.template)).toContain('link');
  expect((await store.pool.query('select 1 from pending_wake where edition = $1', [id])).rowCount).toBe(0);
});

describe('what no database keeps', () => {
  test('does not stop a draft, and is refused in words when it is sent', async () => {
    const { begin, call, ask } = await running('nul');
    const asked = await ask('interviews', 'interview', ['dg']);
    const request = requestId(asked, 'dg');
    expect(await saveDraft(store, { request, raw: { 'a\u0000b': 'c\u0000d', e: ['\u0000'] }, realNow: monday })).toMatchObject({
      ok: true,
    });
    const { rows } = await store.pool.query('select body from draft where request = $1', [request]);
    expect(rows).toEqual([{ body: { ab: 'cd', e: [''] } }]);
    await begin();
    const raw = { ...whole, summary: 'Il\u0000 passe.' };
    const save = (submit: boolean) => saveApplication(store, { request: requestId(call, 'applicant-01'), raw, submit, realNow: monday });
    expect(await save(false)).toMatchObject({ ok: true });
    expect(await save(true)).toMatchObject({ ok: false, problems: [{ field: 'summary', problem: 'control-characters' }] });
  });

  test('nor a calendar: a date after 2100 is refused, and so is one that is past, before anything is looked up', async () => {
    const { ask } = await running('dates');
    const asked = await ask('interviews', 'interview', ['dg']);
    const to = (date: string) => extend(store, { ask: asked, date, reason: 'congés', realNow: monday });
    expect([await to('9999-12-31'), await to('2101-01-03'), await to('0001-01-01'), await to('2023-03-11')]).toMatchObject([
      { reason: 'too-far' },
      { reason: 'too-far' },
      { reason: 'past' },
      { reason: 'not-a-working-day' },
    ]);
  });
});

test('a session that is signed out opens nothing any more', async () => {
  const { pool } = store;
  const { id: account } = await inTransaction(pool, (tx) =>
    addAccount(tx, { id: 'acc', email: 'labo@valdoise.example', name: 'Labo', by: 'machine', realNow: monday }),
  );
  const key = await issueKey(pool, { account, realNow: monday });
  const { session = '' } = (await enterByKey(pool, { key, device: '', realNow: monday })) ?? {};
  expect(await viewerOf(pool, { session, realNow: monday })).toMatchObject({ account: 'acc' });
  await endSession(pool, { session, realNow: monday });
  expect(await viewerOf(pool, { session, realNow: monday })).toBeUndefined();
});

describe('an edition that was written while the engine could not be reached', () => {
  /** An installation whose engine is down, or up and empty. */
  function installation(engine: { up: boolean; runs: string[] }): Installation {
    const start = async (_type: string, { workflowId }: { workflowId: string }) => {
      if (!engine.up) throw new Error('unavailable');
      engine.runs.push(workflowId);
      return { firstExecutionRunId: `run ${engine.runs.length}` };
    };
    const describe = async (id: string) => {
      if (!engine.runs.includes(id)) throw new WorkflowNotFoundError('none', id, undefined);
      return { workflowId: id, runId: 'run', status: { name: 'RUNNING' }, historyLength: 3 };
    };
    const workflow = { start, getHandle: (id: string) => ({ describe: () => describe(id) }) };
    const workflowService = {
      getWorkflowExecutionHistory: async () => {
        throw Object.assign(new Error('no such run'), { code: 5 });
      },
    };
    const options = { namespace: 'default' };
    const client = { workflow, workflowService, options, withDeadline: (_at: number, work: () => Promise<unknown>) => work() };
    // only what starting, starting again and describing ask of the engine
    return { store, client, taskQueue: 'q', realNow: () => monday } as unknown as Installation;
  }
  const start = (engine: { up: boolean; runs: string[] }, id: string, change?: (text: string) => string) =>
    startEdition(installation(engine), { ...editionOf(id, change), startsAt: Date.UTC(2023, 0, 16, 8, 5) });

  test('is handed over when the same file is started again, and only then', async () => {
    const engine = { up: false, runs: [] };
    const other = (text: string) => text.replace('name: Direction générale,', 'name: Une autre direction,');
    expect(await start(engine, 'adrift')).toMatchObject({ ok: false, reason: 'not-taken' });
    engine.up = true;
    expect(await start(engine, 'adrift', other)).toMatchObject({ ok: false, reason: 'exists' });
    expect(await start(engine, 'adrift')).toMatchObject({ ok: true, id: 'adrift' });
    expect(await start(engine, 'adrift')).toMatchObject({ ok: false, reason: 'exists' });
    expect(engine.runs).toEqual(['cohort-adrift']);
  });
});
