/** A demonstration's clock moved forward, on a real engine in real time: nothing passed over, the others as in a rehearsal. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { type Installation, openInstallation } from '../../client/installation.js';
import { cancelCohort, startEdition } from '../../client/verbs/cohorts.js';
import { intervene } from '../../client/verbs/intervene.js';
import { INSTALLATION, readConfig } from '../../config.js';
import { calendarOf } from '../../domain/calendar.js';
import { captureTransport } from '../../mail/transport.js';
import { type Advance, type Advanced, advance } from '../../rehearsal/advance.js';
import { personaSet } from '../../rehearsal/personas/read.js';
import { rehearse } from '../../rehearsal/rehearse.js';
import { lastAdvance } from '../../store/advances.js';
import { findEdition } from '../../store/editions.js';
import { openIncidents } from '../../store/incidents.js';
import { listMails } from '../../store/outbox.js';
import { createWorker } from '../../worker/create.js';
import { chronicle, publicUrl } from '../support/chronicle.js';
import { closeCompany, hireCompany } from '../support/company.js';
import { type File, smallEdition } from '../support/small.js';
import { type Stage, setStage } from '../support/theatre.js';

let stage: Stage;
let installation: Installation;
let worker: Worker;
const leaving: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  stage = await setStage();
  leaving.push(stage.strike);
  const taskQueue = `advance-${randomUUID()}`;
  const environment = {
    ...{ DATABASE_URL: stage.databaseUrl, TEMPORAL_ADDRESS: stage.temporalAddress, TASK_QUEUE: taskQueue },
    ...{ PUBLIC_URL: publicUrl, MAILBOX_URL: 'http://127.0.0.1:9/mailbox', LINK_KEY: '07'.repeat(32) },
  };
  installation = await openInstallation(readConfig(environment, INSTALLATION));
  leaving.push(() => installation.close());
  const connection = await NativeConnection.connect({ address: stage.temporalAddress });
  leaving.push(() => connection.close());
  const { store, linkKey, realNow, wake } = installation;
  const deps = { store, publicUrl, linkKey, realNow, wake, transport: captureTransport(), mailFrom: 'Essais <essais@parc.example>' };
  worker = await createWorker({ ...{ connection, taskQueue, deps }, namespace: stage.namespace, bundlePath: stage.bundlePath });
  const running = worker.run();
  leaving.push(async () => {
    worker.shutdown();
    await running;
  });
});
afterAll(async () => {
  for (const leave of leaving.reverse()) await leave();
  await closeCompany();
});

const calendar = calendarOf(smallEdition().edition.territory);
const minute = (at: number) => `${calendar.dateOf(at)} ${calendar.timeOf(at)}`;
let count = 0;

/** A demonstration of its own, at five past nine of its first day; what moves its clock. */
async function demonstration(change: (file: File) => void = () => {}) {
  const made = smallEdition((file) => {
    file.id = `demo-${++count}`;
    change(file);
  });
  const { edition, source } = made;
  const startsAt = calendar.instantAt(edition.start, '09:05');
  const started = await startEdition(installation, { edition, source, startsAt });
  expect(started).toMatchObject({ ok: true });
  const id = edition.id;
  const wanted = { edition: id, others: 'nobody', acting: [], seed: 1, actor: 'machine' };
  const moved = async (goal: string, more: Partial<Advance> = {}): Promise<Advanced> => {
    const done = await advance(installation, { ...wanted, goal, ...more });
    if (!done.ok) throw new Error(`${id} to ${goal}: ${done.reason}`);
    return done;
  };
  const mails = async () =>
    (await listMails(installation.store.pool, id))
      .filter(({ state }) => state === 'accepted')
      .map(({ sent_at, person, template, asks }) => {
        const what = asks.map(({ ask, rung, about }) => `${rung} ${ask.slice(id.length + 1)} ${about ?? ''}`).sort();
        return `${minute(sent_at?.getTime() ?? 0).slice(0, 10)} ${person} ${template} ${what.join(', ')}`.trim();
      })
      .sort();
  return { ...made, id, wanted, moved, mails };
}

describe('an advance', () => {
  test('goes to the next mail, to a day at five past nine, and to the beginning of a step, and says who is waited for', async () => {
    const { moved, id } = await demonstration();
    await moved('2026-01-06'); // the first mails have left
    const first = await moved('next');
    expect([minute(first.at), first.end]).toEqual(['2026-01-07 09:00', 'there']);
    expect(first.mails).toBeGreaterThan(0);
    expect(first.waitingOn.map(({ person }) => person.id).sort()).toEqual(['mairie', 'transports']);
    const day = await moved('2026-01-13', { others: 'punctual', acting: ['mairie'] });
    expect([minute(day.at), day.end]).toEqual(['2026-01-13 09:05', 'there']);
    expect(day.waitingOn.map(({ person }) => person.id)).toEqual(['mairie']); // nobody plays them
    const step = await moved('diagnosis-approval', { others: 'punctual' });
    expect([step.end, step.waitingOn.map(({ step: on, person }) => `${on} ${person.id}`)]).toEqual([
      'there',
      ['diagnosis-approval direction'],
    ]);
    expect(await lastAdvance(installation.store.pool, id)).toMatchObject({ goal: 'diagnosis-approval', ended: 'there', running: false });
  });

  test('lives what a rehearsal of that seed lives, mail by mail and day by day, to its last mail', async () => {
    const demo = await demonstration();
    const { end } = await demo.moved('2026-12-24', { others: 'realistic', seed: 3 });
    expect(end).toBe('over');
    const { document } = await rehearse(
      { ...(await setTheatre()), hire: hireCompany },
      { edition: demo.edition, source: demo.source, personas: personaSet('realistic'), seed: 3 },
    );
    const rehearsed = document.mails.map(({ at, person, template, asks }) => {
      const what = asks.map(({ ask, rung, about }) => `${rung} ${ask.slice(demo.id.length + 1)} ${about ?? ''}`).sort();
      return `${at.slice(0, 10)} ${person} ${template} ${what.join(', ')}`.trim();
    });
    expect(await demo.mails()).toEqual(rehearsed.sort());
    const { guarantees } = await chronicle(installation.store, demo.id);
    const broken = guarantees.flatMap(({ violations }) => violations);
    expect(broken.filter((line) => !line.includes('lacks=link'))).toEqual([]); // ids of places are salted here
    expect(await openIncidents(installation.store.pool, demo.id)).toEqual([]);
  });

  test('lets who should have answered before, and did not, answer now', async () => {
    const { moved } = await demonstration();
    await moved('2026-01-09');
    const { at, waitingOn } = await moved('next', { others: 'punctual' });
    expect(minute(at).slice(0, 10)).toBe('2026-01-09');
    expect(waitingOn.map(({ person }) => person.id)).not.toContain('transports');
  });

  test('stops when nothing more is due, and says who is waited for', async () => {
    const { moved } = await demonstration();
    const { end, waitingOn } = await moved('2027-01-05');
    expect([end, waitingOn.length > 0]).toEqual(['nothing-due', true]);
  });

  test('reaches the last mails of an edition that has ended on a Saturday', async () => {
    const { moved, id, mails } = await demonstration();
    await moved('2026-01-10');
    const before = (await mails()).length;
    const ended = await cancelCohort(installation, { id, reason: 'un essai', actor: 'machine' });
    expect(ended).toMatchObject({ ok: true });
    const { at, end } = await moved('next');
    expect([minute(at), end]).toEqual(['2026-01-12 09:00', 'there']);
    expect((await mails()).slice(before).every((line) => line.startsWith('2026-01-12'))).toBe(true);
    expect((await moved('next')).end).toBe('over');
  });

  test('lives the days of a pause, in which people answer and nothing else is due, and what comes after it', async () => {
    const { moved, id, mails } = await demonstration();
    await moved('2026-01-06');
    const by = { edition: id, reason: 'un essai', actor: 'machine' };
    expect(await intervene(installation, { ...by, spec: { act: 'pause' } })).toMatchObject({ ok: true });
    const before = await mails();
    expect((await moved('next')).end).toBe('nothing-due');
    const paused = await moved('2026-01-20', { others: 'punctual' });
    expect([minute(paused.at), paused.end]).toEqual(['2026-01-20 09:05', 'there']);
    const since = (await mails()).slice(before.length);
    expect(since.map((line) => line.split(' ')[2])).toEqual(['receipt', 'receipt']);
    expect(await intervene(installation, { ...by, spec: { act: 'resume' } })).toMatchObject({ ok: true });
    const on = await moved('diagnosis', { others: 'punctual' });
    expect([on.end, minute(on.at).slice(0, 7)]).toEqual(['there', '2026-01']);
  });

  test('can be stopped on its way, and goes on from there', async () => {
    const { moved } = await demonstration();
    const stopping = new AbortController();
    const progress = ({ mails }: { mails: number }) => mails > 5 && stopping.abort();
    const stopped = await moved('2026-06-01', { others: 'punctual', signal: stopping.signal, progress });
    expect(stopped.end).toBe('stopped');
    const on = await moved('pitch', { others: 'punctual' });
    expect([on.end, on.from >= stopped.at]).toEqual(['there', true]);
  });

  test('is refused in words: of which edition, how far, with whom', async () => {
    const { wanted, moved, id } = await demonstration();
    const refused = async (more: Partial<Advance>) => {
      const done = await advance(installation, { goal: 'next', ...wanted, ...more });
      return done.ok ? 'moved' : done.reason;
    };
    await moved('2026-01-06');
    expect(await refused({ edition: 'none' })).toBe('unknown');
    expect(await refused({ goal: 'tomorrow' })).toBe('goal');
    expect(await refused({ goal: '2026-01-05' })).toBe('past');
    expect(await refused({ goal: 'interviews' })).toBe('begun');
    expect(await refused({ others: 'friendly' })).toBe('others');
    expect(await refused({ acting: ['nemo'] })).toBe('people');
    const elsewhere = await advance({ ...installation, mailbox: undefined }, { ...wanted, goal: 'next' });
    expect(elsewhere).toEqual({ ok: false, reason: 'real-mail' });
    let other = '';
    await moved('2026-01-07', {
      progress: async () => {
        other ||= await refused({});
      },
    });
    expect(other).toBe('advancing');
    await installation.store.pool.query('update edition set clock_offset_ms = 0 where id = $1', [id]);
    expect(await refused({})).toBe('no-demonstration');
    expect((await findEdition(installation.store.pool, id))?.status).toBe('running');
  });
});

async function setTheatre(): Promise<Stage> {
  const other = await setStage();
  leaving.push(other.strike);
  return other;
}
