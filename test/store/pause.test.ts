/** A pause without an end: nothing the programme does happens, what people say counts, and what was left is left after it (console.md, "Settled"). */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { doAct, previewAct } from '../../activities/preview.js';
import type { ActSpec } from '../../domain/acts.js';
import { journal } from '../../store/audit.js';
import { findEdition } from '../../store/editions.js';
import { insertProjects } from '../../store/projects.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
const tuesday = '2027-06-08';

async function asking(...asks: Asked[]): Promise<Bench> {
  const bench = await database.bench();
  await bench.live(bench.on('2027-06-07'), bench.on(tuesday, '10:00'), asks);
  return bench;
}
const act = (bench: Bench, spec: ActSpec, at: number) => doAct(bench.store, { edition: bench.id, spec, reason: 'élections', realNow: at });
const preview = async (bench: Bench, spec: ActSpec, at: number) => {
  const found = await previewAct(bench.store, { edition: bench.id, spec, reason: '', realNow: at });
  if (found === 'unknown') throw new Error('there is such an edition');
  return found;
};
const sentOn = async (bench: Bench) =>
  (await bench.mails()).flatMap(({ sent_at: sent, template }) =>
    sent === null ? [] : [`${bench.calendar.dateOf(sent.getTime())} ${template}`],
  );

test('nothing asks, reminds, opens or ends while it lasts, and each ask keeps the working days it had left', async () => {
  const bench = await asking(interview);
  const { due } = await bench.ask(interview);
  const left = bench.calendar.count(tuesday, due);
  const paused = bench.on(tuesday, '10:00');
  const before = await preview(bench, { act: 'pause' }, paused);
  expect(before.asks).toEqual([]);
  expect(before.mails.every(({ change }) => change === 'cancelled')).toBe(true);
  expect(before.mails.length).toBeGreaterThan(0);
  expect(await act(bench, { act: 'pause' }, paused)).toMatchObject({ ok: true, wake: true });
  const sent = (await sentOn(bench)).length;
  await bench.live(paused + 1, bench.on('2027-08-01'), [interview]);
  expect((await sentOn(bench)).length).toBe(sent);
  expect((await bench.ask(interview)).outcome).toBeNull();

  const resumed = bench.on('2027-07-20', '10:00');
  const after = await preview(bench, { act: 'resume' }, resumed);
  expect(await act(bench, { act: 'resume' }, resumed)).toMatchObject({ ok: true, wake: true });
  const now = await bench.ask(interview);
  expect(bench.calendar.count('2027-07-20', now.due)).toBe(left);
  expect(after.asks).toMatchObject([{ change: 'moved', due: { before: due, after: now.due } }]);
  expect(after.mails.every(({ change }) => change === 'added')).toBe(true);
  await bench.live(resumed + 1, bench.on('2027-12-01'), [interview]);
  expect((await sentOn(bench)).slice(sent).map((line) => line.slice(0, 10) > '2027-07-20')).not.toContain(false);
  expect((await sentOn(bench)).length).toBeGreaterThan(sent);
  expect(await bench.broken()).toEqual([]);
  expect((await journal(bench.store.pool, bench.id)).map(({ verb }) => verb)).toEqual(
    expect.arrayContaining(['edition.paused', 'edition.resumed']),
  );
});

test('people may answer, and get their receipt; what is enough settles once it is resumed', async () => {
  const bench = await asking(interview);
  const people = (await bench.holders(interview)).map(({ person }) => person);
  await act(bench, { act: 'pause' }, bench.on(tuesday, '10:00'));
  const later = bench.on('2027-07-07', '15:00'); // long after its end
  for (const person of people)
    expect(await bench.answer(interview, person, { problems: 'Attente', needs: 'Aide' }, later)).toMatchObject({ ok: true });
  await bench.review(later, [interview]);
  await bench.deliver(later);
  expect((await bench.mails()).filter(({ template, state }) => template === 'receipt' && state === 'accepted')).toHaveLength(people.length);
  expect((await bench.ask(interview)).outcome).toBeNull();
  await act(bench, { act: 'resume' }, bench.on('2027-07-20', '10:00'));
  await bench.review(bench.on('2027-07-20', '10:01'), [interview]);
  expect(await bench.ask(interview)).toMatchObject({ outcome: 'complete', closed_on: '2027-07-07' });
});

test('a mail that asks, and was queued before, waits; a notice leaves', async () => {
  const bench = await database.bench();
  await bench.review(bench.on('2027-06-07', '09:00'), [interview]);
  await act(bench, { act: 'pause' }, bench.on('2027-06-07', '09:00'));
  await bench.deliver(bench.on('2027-06-07', '09:05'));
  expect([...new Set((await bench.mails()).filter(({ template }) => template === 'asks').map(({ state }) => state))]).toEqual(['held']);
  expect((await bench.review(bench.on('2027-06-07', '09:06'), [interview])).mail).toBe(false);
  await act(bench, { act: 'resume' }, bench.on('2027-06-09', '15:00'));
  const due = (await bench.mails()).filter(({ template }) => template === 'asks');
  expect(due.map(({ state, due_at: at }) => [state, at.getTime()])).toEqual(due.map(() => ['queued', bench.on('2027-06-09', '15:00')]));
});

test('a session announced for a day of the pause is cancelled, and the coordinators are to decide', async () => {
  const session: Asked = { step: 'field', kind: 'session', project: 'p-01', part: '2027-06-16' };
  const bench = await database.bench();
  const project = { id: 'p-01', application: 'a-01', title: 'Le bus qui soigne', need: 'soins', applicant: 'maison', directorate: 'sante' };
  await insertProjects(bench.store.pool, bench.id, [project]);
  await bench.review(bench.on('2027-06-15', '10:00'), [session]);
  await act(bench, { act: 'pause' }, bench.on('2027-06-15', '11:00'));
  await act(bench, { act: 'resume' }, bench.on('2027-06-21', '11:00'));
  expect((await bench.ask(session)).outcome).toBe('cancelled');
});

test('what was held when it was paused falls out when it is ended', async () => {
  const bench = await database.bench();
  await bench.review(bench.on('2027-06-07', '09:00'), [interview]);
  await act(bench, { act: 'pause' }, bench.on('2027-06-07', '09:00'));
  await act(bench, { act: 'cancel' }, bench.on('2027-06-07', '10:00'));
  await bench.deliver(bench.on('2027-06-07', '10:01'));
  const about = (await bench.mails()).filter(({ template }) => template === 'asks');
  expect(about.map(({ state }) => state)).toEqual(about.map(() => 'dropped'));
  expect(about.length).toBeGreaterThan(0);
});

test('it is paused once, resumed once, and acts on its asks wait', async () => {
  const bench = await asking(interview);
  const at = bench.on(tuesday, '10:00');
  expect(await act(bench, { act: 'resume' }, at)).toMatchObject({ ok: false, refused: { reason: 'not-paused' } });
  await act(bench, { act: 'pause' }, at);
  expect(await act(bench, { act: 'pause' }, at)).toMatchObject({ ok: false, refused: { reason: 'paused' } });
  expect(await act(bench, { act: 'nudge', ask: bench.idOf(interview) }, at)).toMatchObject({ ok: false, refused: { reason: 'paused' } });
  expect(await act(bench, { act: 'cancel' }, at)).toMatchObject({ ok: true });
  expect(await findEdition(bench.store.pool, bench.id)).toMatchObject({ status: 'cancelled', paused_at: null });
});

test('with dates it is a closure', async () => {
  const bench = await asking(interview);
  const at = bench.on(tuesday, '10:00');
  expect(await act(bench, { act: 'pause', from: '2027-08-02', until: '2027-08-20' }, at)).toMatchObject({ ok: true });
  const row = await findEdition(bench.store.pool, bench.id);
  expect(row?.status).toBe('running');
  expect(row?.file.territory.closures.at(-1)).toEqual({ from: '2027-08-02', to: '2027-08-20' });
  expect(await act(bench, { act: 'pause', from: '2027-09-02' }, at)).toMatchObject({ ok: false, refused: { reason: 'period' } });
});
