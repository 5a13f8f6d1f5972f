// What page, mail and board promise to come is what comes: one outlook, which knows what was sent and the gap of two working days.
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { extend } from '../../store/acts/extend.js';
import { nudge } from '../../store/acts/nudge.js';
import { waitingOn } from '../../store/board.js';
import { findEdition } from '../../store/editions.js';
import { viewsOf } from '../../store/views/index.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const reason = 'on en a besoin';
/** Due on Friday 18 June. */
const interview = { step: 'interviews', kind: 'interview' } as const;

/** Lives on from one instant to another, and answers each promise that was not kept: made of a mail to somebody about an ask, another one came, or none. */
async function unkept(bench: Bench, from: number, to: number, asks: readonly Asked[]): Promise<string[]> {
  const faults: string[] = [];
  let promised = await promises(bench, from);
  let known = (await bench.mails()).length;
  const check = async (until: number) => {
    const mails = await bench.mails();
    for (const mail of mails.slice(known))
      for (const { ask, rung } of mail.asks.filter(({ about }) => about === undefined)) {
        const promise = promised.get(`${mail.person} ${ask}`);
        const came = `${rung} ${mail.due_at.getTime()}`;
        if (promise !== undefined && promise !== came) faults.push(`${mail.person}: promised ${promise}, came ${came}`);
        promised.delete(`${mail.person} ${ask}`);
      }
    for (const [whose, promise] of promised)
      if (Number(promise.split(' ')[1]) <= until) faults.push(`${whose}: promised ${promise}, nothing came`);
    known = mails.length;
  };
  for (let at: number | null = from; at !== null && at <= to; ) {
    const { wakeAt, mail } = await bench.review(at, asks);
    if (mail) await bench.deliver(at);
    await check(at);
    promised = await promises(bench, at);
    at = wakeAt;
  }
  await check(to);
  return faults;
}

/** What each open place is promised next, by person and ask; fails where the board says something else than the page. */
async function promises(bench: Bench, at: number): Promise<Map<string, string>> {
  const { rows } = await bench.store.pool.query<{ request: string }>(
    'select request from ask_person p join ask a on a.id = p.ask where p.edition = $1 and p.closed is null and a.outcome is null and a.opened_at <= $2',
    [bench.id, new Date(at)],
  );
  const views = await viewsOf(
    bench.store.pool,
    rows.map(({ request }) => request),
    () => at,
  );
  const row = await findEdition(bench.store.pool, bench.id);
  const board = row === undefined ? [] : await waitingOn(bench.store.pool, row, at);
  const promised = new Map<string, string>();
  for (const { ask, person, next } of views) {
    if (next === undefined) continue;
    promised.set(`${person.id} ${ask.id}`, `${next.rung} ${next.at}`);
    const shown = board.find((line) => line.ask === ask.id && line.person.id === person.id)?.nextAction;
    if (shown?.what === 'reminder') expect(`${person.id} ${shown.at}`).toBe(`${person.id} ${next.at}`);
  }
  return promised;
}

test('of an ask of three working days: the reminder that would come the day after its opening is not announced', async () => {
  const bench = await database.bench((file) => {
    file.circuits = { 'diagnosis-approval': [{ by: 'direction', within: '3wd' }] };
  });
  const stage = { step: 'diagnosis-approval', kind: 'approve', part: '1', after: '2027-06-04' } as const;
  const monday = bench.on('2027-06-07', '08:30');
  await bench.review(monday, [stage]);
  await bench.deliver(monday);
  expect([...(await promises(bench, monday)).values()]).toEqual([`due ${bench.on('2027-06-09')}`]);
  expect(await unkept(bench, monday, bench.on('2027-09-30'), [stage])).toEqual([]);
});

test('after a nudge and after an extension, on every day of an ask that nobody answers', async () => {
  const bench = await database.bench();
  const monday = bench.on('2027-06-07', '08:30');
  expect(await unkept(bench, monday, bench.on('2027-06-15', '10:00'), [interview])).toEqual([]);
  const nudged = bench.on('2027-06-15', '15:00');
  expect(await nudge(bench.store, { ask: bench.idOf(interview), reason, realNow: nudged })).toMatchObject({ ok: true });
  expect((await promises(bench, nudged)).get(`direction ${bench.idOf(interview)}`)).toBe(`due ${bench.on('2027-06-18')}`);
  expect(await unkept(bench, nudged, bench.on('2027-06-16', '12:00'), [interview])).toEqual([]);
  const extended = bench.on('2027-06-17', '10:00');
  expect(await extend(bench.store, { ask: bench.idOf(interview), date: '2027-06-21', reason, realNow: extended })).toMatchObject({
    ok: true,
  });
  expect(await unkept(bench, extended, bench.on('2027-09-30'), [interview])).toEqual([]);
});

test('a substitute of two people is promised, and asked, in the place of one of them: whose turn comes first', async () => {
  const bench = await database.bench((file) => {
    for (const person of file.people) if (person.id === 'sante') person.substitute = 'adjointe';
  });
  const { pool } = bench.store;
  const monday = bench.on('2027-06-07');
  await bench.review(monday, [interview]);
  const thursday = bench.on('2027-06-10', '10:00');
  await pool.query(`update person set unreachable_at = $2 where edition = $1 and id = 'sante'`, [bench.id, new Date(thursday)]);
  const shown = async (person: string, at: number) => (await viewsOf(pool, [bench.request(interview, person)], () => at))[0];
  expect((await shown('sante', thursday))?.substitute?.id).toBe('adjointe');
  expect((await shown('sante', thursday))?.next).toBeUndefined(); // nothing leaves to whoever cannot be reached
  expect((await shown('direction', thursday))?.substitute).toBeUndefined();
  await bench.review(thursday, [interview]);
  const seated = (await bench.holders(interview)).find(({ person }) => person === 'adjointe');
  expect(seated).toMatchObject({ on_behalf_of: 'sante', seat: 'sante' });
  const row = await findEdition(pool, bench.id);
  const board = row === undefined ? [] : await waitingOn(pool, row, thursday);
  expect(board.map(({ person, substitute }) => `${person.id} ${substitute?.id ?? '-'}`).sort()).toEqual(['direction -', 'sante adjointe']);
});

test('a substitute who cannot be reached is promised to nobody', async () => {
  const bench = await database.bench();
  const monday = bench.on('2027-06-07');
  await bench.review(monday, [interview]);
  const shown = async () => (await viewsOf(bench.store.pool, [bench.request(interview, 'direction')], () => monday))[0]?.substitute?.id;
  expect(await shown()).toBe('adjointe');
  await bench.store.pool.query(`update person set unreachable_at = $2 where edition = $1 and id = 'adjointe'`, [
    bench.id,
    new Date(monday),
  ]);
  expect(await shown()).toBeUndefined();
});
