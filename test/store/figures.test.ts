/** What an edition's figures count, and what they leave out. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { calendarOf } from '../../domain/calendar.js';
import { phaseDays } from '../../domain/figures.js';
import { editionFigures } from '../../store/editionfigures.js';
import { insertProjects } from '../../store/projects.js';
import { type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

test('drafts, attendance, sessions that were missed and mail that did not leave count for nothing else', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  for (const [id, state, relay, heard] of [
    ['a-01', 'submitted', 'reseau', true],
    ['a-02', 'submitted', null, false],
    ['a-03', 'draft', 'reseau', false],
  ])
    await pool.query(
      `insert into application (edition, id, person, title, need, summary, state, started_at, relay, eligible, shortlisted)
       values ($1, $2, 'maison', 'T', 'soins', '', $3, now(), $4, true, $5)`,
      [bench.id, id, state, relay, heard],
    );
  const project = { id: 'p-01', application: 'a-01', title: 'Le bus', need: 'soins', applicant: 'maison', directorate: 'sante' };
  await insertProjects(pool, bench.id, [project, { ...project, id: 'p-02' }]);
  await pool.query(`update project set status = 'ended', outcome = 'dropped' where edition = $1 and id = 'p-02'`, [bench.id]);
  const on = (part: string) => ({ step: 'field', kind: 'session', project: 'p-01', part }) as const;
  const sessions = [on('2027-06-07'), on('2027-06-08')];
  await bench.live(bench.on('2027-06-07', '09:00'), bench.on('2027-06-08', '20:00'), sessions);
  const at = bench.on('2027-06-08', '20:00');
  await bench.answer(on('2027-06-07'), 'maison', { held: 'yes', attendance: '12', newcomers: '5' }, at);
  await bench.answer(on('2027-06-08'), 'maison', { held: 'no' }, at);
  await bench.deliver(at);
  expect(await editionFigures(pool, bench.id)).toMatchObject({
    ...{ relays: 0, applications: 2, heard: 1, retained: 2, sessions: 1, missed: 1, reached: 5 },
    ...{ agreements: 0, 'scale-ups': 0, ends: 1 },
    mails: (await bench.mails()).filter(({ state }) => state === 'accepted').length,
    need: [{ id: 'soins', n: 2 }],
    relay: [
      { name: bench.edition.people.find(({ id }) => id === 'reseau')?.name, n: 1 },
      { name: null, n: 1 },
    ].sort((a, b) => ((a.name ?? '~') < (b.name ?? '~') ? -1 : 1)),
  });
});

test('the days of a phase are working days, both ends included; none while a step of it runs', () => {
  const calendar = calendarOf({ timezone: 'Europe/Paris', holidays: 'FR', closures: [], schoolHolidays: [] });
  const foreseen = [
    { step: 'interviews', start: '2027-06-07', finish: '2027-06-11' },
    { step: 'diagnosis', start: '2027-06-14', finish: '2027-06-15' },
  ] as const;
  const [first, second] = phaseDays(foreseen, [{ step: 'interviews', start: '2027-06-07', finish: undefined }], calendar);
  expect([first, second]).toEqual([
    { phase: 'diagnostic', foreseen: 7, lived: undefined },
    { phase: 'call', foreseen: 0, lived: undefined },
  ]);
  expect(phaseDays(foreseen, foreseen, calendar)[0]?.lived).toBe(7);
});
