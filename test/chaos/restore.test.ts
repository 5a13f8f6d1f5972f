/**
 * What docs/operations.md says of a restore, done: an installation whose Postgres or whose Temporal is put back to an earlier state, or whose
 * Temporal is lost. What happened between the two states is the "hour" that one of them does not know of.
 */
import { readdirSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { rememberedIn } from '../../client/histories.js';
import { answerAsk } from '../../client/verbs/acts.js';
import { startEdition } from '../../client/verbs/cohorts.js';
import type { Raw } from '../../domain/asks/forms.js';
import { askId } from '../../domain/asks.js';
import { calendarOf } from '../../domain/calendar.js';
import { requestId } from '../../store/asks.js';
import { journal } from '../../store/audit.js';
import { findEdition } from '../../store/editions.js';
import { cohortWorkflowId } from '../../workflows/messages.js';
import { dataFolder, mailsIn, type Running, restore, startInstallation } from '../support/installation.js';
import { smallEdition } from '../support/small.js';

/** The one whose people act in the lost hour, the one that is started again twice in it, the one that begins in it. */
const [lively, again, late] = ['vive', 'reprise', 'tardive'];

const folders: string[] = [];
const newFolder = () => {
  const folder = dataFolder();
  folders.push(folder);
  return folder;
};
let before: string;
let after: string;
let sentBefore: string[];
let running: Running | undefined;

beforeAll(async () => {
  after = newFolder();
  before = newFolder();
  const first = await start(after);
  await first.startWorker();
  for (const id of [lively, again]) await begin(first, id);
  await quiet(first, 4);
  await stop();
  restore(after, before, ...readdirSync(after));
  sentBefore = mailsIn(before);

  const hour = await start(after);
  await hour.startWorker();
  for (const person of ['transports', 'mairie']) await act(hour, [lively, 'interviews', 'interview'], person, { problems: 'Peu de bus.' });
  await act(hour, [lively, 'diagnosis', 'document'], 'coordo', { title: 'Diagnostic', body: 'Il manque des bus.' });
  await asked(hour, [lively, 'diagnosis-approval', 'approve', '1'], 'direction');
  for (const reason of ['un essai', 'un autre'])
    expect(await hour.command('repair', again, '--force', '--reason', reason)).toMatchObject({ code: 0 });
  await begin(hour, late);
  await quiet(hour, 11);
  await stop();
});
afterEach(() => stop());
afterAll(async () => {
  await stop();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function start(dataDir: string): Promise<Running> {
  running = await startInstallation(dataDir);
  return running;
}

async function stop(): Promise<void> {
  await running?.stop();
  running = undefined;
}

/** The installation as it stands after the hour, but for some parts of before it. */
function mixed(...earlier: string[]): string {
  const folder = newFolder();
  restore(after, folder, ...readdirSync(after));
  restore(before, folder, ...earlier);
  return folder;
}

async function begin(installation: Running, id: string): Promise<void> {
  const { edition, source } = smallEdition((file) => {
    file.id = id;
  });
  const startsAt = calendarOf(edition.territory).instantAt(edition.start, '10:00');
  expect(await startEdition(installation, { edition, source, startsAt, requestSalt: '' })).toMatchObject({ ok: true });
}

type Asked = readonly [
  edition: string,
  step: Parameters<typeof askId>[1]['step'],
  kind: Parameters<typeof askId>[1]['kind'],
  part?: string,
];
const idOf = ([edition, step, kind, part]: Asked) =>
  askId(edition, { step, kind, version: 1, generation: 1, ...(part === undefined ? {} : { part }) });

/** Waits until somebody was asked something, and has the mail. */
async function asked({ store, soon }: Running, what: Asked, person: string): Promise<void> {
  await soon(`${person} is asked ${idOf(what)}`, async () => {
    const { rows } = await store.pool.query(
      `select 1 from ask_person p join rung r on r.ask = p.ask and r.person = p.person join outbox o on o.id = r.outbox
       where p.ask = $1 and p.person = $2 and o.state = 'accepted'`,
      [idOf(what), person],
    );
    return rows.length > 0;
  });
}

async function act(installation: Running, what: Asked, person: string, raw: Raw): Promise<void> {
  await asked(installation, what, person);
  expect(await answerAsk(installation, { request: requestId(idOf(what), person), raw })).toMatchObject({ ok: true });
}

/** Waits until so many mails have left, and none is about to. */
async function quiet({ store, soon }: Running, mails: number): Promise<void> {
  await soon(`${mails} mails`, async () => {
    const { rows } = await store.pool.query<{ state: string; n: number }>('select state, count(*) as n from outbox group by state');
    return rows.every(({ state }) => state === 'accepted') && (rows[0]?.n ?? 0) >= mails;
  });
}

/** `repair`, with what it found and did, an edition a line; then once more: there must be nothing left to do. */
async function repaired({ command }: Running): Promise<string[]> {
  const said = await command('repair', '--reason', 'une restauration', '--json');
  expect(said).toMatchObject({ code: 0 });
  const { workflows }: { workflows: { edition?: string; state: string; remedy: string }[] } = JSON.parse(said.out);
  const looked = await command('repair', '--dry-run', '--json');
  const left: { state: string }[] = JSON.parse(looked.out).workflows;
  expect(left.filter(({ state }) => state !== 'fine')).toEqual([]);
  return workflows.flatMap(({ edition, state, remedy }) => (edition === undefined ? [] : [`${edition} ${state} ${remedy}`])).sort();
}

/** What was settled, and how: what nothing may undo. */
async function outcomes({ store }: Running): Promise<string[]> {
  const { rows } = await store.pool.query<{ told: string }>(
    `select concat_ws(' ', id, outcome, closed_on) as told from ask where outcome is not null
     union all select concat_ws(' ', id, outcome, recorded_on) from fact order by told`,
  );
  return rows.map(({ told }) => told);
}

/** Which mails the mailbox has more than once, and how often. */
function twice(mails: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const mail of mails) counts.set(mail, (counts.get(mail) ?? 0) + 1);
  return new Map([...counts].filter(([, n]) => n > 1));
}

/** Each edition takes its next step, which only a living run asks for. */
async function liveOn(installation: Running, ...editions: string[]): Promise<void> {
  if (editions.includes(lively)) {
    await act(installation, [lively, 'diagnosis-approval', 'approve', '1'], 'direction', { decision: 'approved' });
    await asked(installation, [lively, 'call-writing', 'document'], 'coordo');
  }
  for (const id of editions.filter((one) => one !== lively)) {
    for (const person of ['transports', 'mairie']) await act(installation, [id, 'interviews', 'interview'], person, { problems: 'Rien.' });
    await asked(installation, [id, 'diagnosis', 'document'], 'coordo');
  }
}

test('Temporal restored to an hour before Postgres: nothing is lost, and nobody has a mail twice', async () => {
  const restored = await start(mixed('temporal'));
  const known = await outcomes(restored);
  expect(await repaired(restored)).toEqual([`${again} stale restart`, `${late} missing start`, `${lively} fine wake`].sort());
  await restored.startWorker();
  // a run that was fine learns what the lost hour settled, before anybody acts
  const run = restored.client.workflow.getHandle(cohortWorkflowId(lively));
  const interviews = idOf([lively, 'interviews', 'interview']);
  await restored.soon('its run knows', async () => rememberedIn(await run.fetchHistory()).settled.some(({ id }) => id === interviews));
  await liveOn(restored, lively, again, late);
  expect(await outcomes(restored)).toEqual(expect.arrayContaining(known));
  expect(twice(mailsIn(restored.dataDir))).toEqual(new Map());
  const settled = (await journal(restored.store.pool, lively)).filter(({ verb }) => verb === 'ask.settled').map(({ subject }) => subject);
  expect(new Set(settled).size).toBe(settled.length);
});

test('Temporal lost altogether: the same', async () => {
  const folder = mixed();
  rmSync(`${folder}/temporal`, { recursive: true });
  const restored = await start(folder);
  const known = await outcomes(restored);
  expect(await repaired(restored)).toEqual([`${again} missing start`, `${late} missing start`, `${lively} missing start`].sort());
  await restored.startWorker();
  await liveOn(restored, lively, again, late);
  expect(await outcomes(restored)).toEqual(expect.arrayContaining(known));
  expect(twice(mailsIn(restored.dataDir))).toEqual(new Map());
});

test('Postgres restored to an hour before Temporal: what was said in that hour is asked again, by mails that are known already', async () => {
  const restored = await start(mixed('postgres'));
  expect(await findEdition(restored.store.pool, again)).toMatchObject({ epoch: 1 });
  const looked = await restored.command('repair', '--dry-run', '--lang', 'fr');
  expect(looked.out).toMatch(/vive +sait des choses que la base ne sait plus +à repartir du début/);
  expect(await repaired(restored)).toEqual([`${again} stale restart`, `${late} unknown terminate`, `${lively} ahead restart`].sort());
  expect((await findEdition(restored.store.pool, again))?.epoch).toBe(4); // above what a run of the lost hour carried
  await restored.startWorker();

  // the links of that hour's mails are those of the places that are made again
  for (const person of ['transports', 'mairie'])
    await act(restored, [lively, 'interviews', 'interview'], person, { problems: 'Peu de bus.' });
  await act(restored, [lively, 'diagnosis', 'document'], 'coordo', { title: 'Diagnostic', body: 'Il manque des bus.' });
  await liveOn(restored, lively, again);
  await quiet(restored, 0);
  const copies = twice(mailsIn(restored.dataDir));
  expect([...copies.values()].every((n) => n === 2)).toBe(true);
  expect([...copies.keys()].filter((mail) => sentBefore.includes(mail))).toEqual([]);
  expect(copies.size).toBeGreaterThan(0);
  expect(await findEdition(restored.store.pool, late)).toBeUndefined();
});
