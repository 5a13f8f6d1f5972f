import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FactSpec, factId } from '../../domain/facts.js';
import { cancelEdition } from '../../store/acts/cancel-edition.js';
import { journal } from '../../store/audit.js';
import { findEdition, raiseEpoch } from '../../store/editions.js';
import { factsOf } from '../../store/facts.js';
import { openIncidents, recordIncident } from '../../store/incidents.js';
import { projectsOf } from '../../store/projects.js';
import { owedWakes, oweWake } from '../../store/wakes.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
const stage = { step: 'diagnosis-approval', kind: 'approve', part: '1', after: '2027-06-04' } as const;
const said = { problems: 'Le médecin est loin.' };
const finished: FactSpec = { what: 'finished', step: 'interviews', version: 1, generation: 1, outcome: 'complete' };
const selected: FactSpec = { what: 'projects', step: 'selection-approval', version: 1, generation: 1 };

/** Everything of an edition that is in the database, but for how often we looked. */
async function everything({ store, id }: Bench): Promise<Record<string, unknown[]>> {
  const tables = ['ask', 'ask_person', 'rung', 'outbox', 'document', 'application', 'project', 'fact', 'audit', 'incident'];
  const found: Record<string, unknown[]> = {};
  for (const table of tables)
    found[table] = (await store.pool.query(`select t::text from ${table} t where edition = $1 order by 1`, [id])).rows;
  return found;
}

describe('a review', () => {
  test('asked for twice answers the same, and queues nothing new', async () => {
    const bench = await database.bench();
    await bench.review(bench.on('2027-06-07'), [interview, stage]);
    for (const person of ['sante', 'direction']) await bench.answer(interview, person, said, bench.on('2027-06-08'));
    const again = () => bench.review(bench.on('2027-06-09', '09:00'), [interview, stage], { facts: [finished] });
    const first = await again();
    const before = await everything(bench);
    expect(first.settled).toMatchObject([{ id: bench.idOf(interview), outcome: 'complete', on: '2027-06-08' }]);
    expect(first.recorded).toMatchObject([{ on: '2027-06-08' }]);
    expect(await again()).toEqual(first);
    expect(await everything(bench)).toEqual(before);
  });

  test('answers what was settled long ago, however often it is awaited', async () => {
    const bench = await database.bench();
    await bench.review(bench.on('2027-06-07'), [interview]);
    for (const person of ['sante', 'direction']) await bench.answer(interview, person, said, bench.on('2027-06-08'));
    const { settled } = await bench.review(bench.on('2027-06-08'), [interview]);
    expect(settled).toHaveLength(1);
    expect((await bench.review(bench.on('2027-06-09'), [interview, stage])).settled).toEqual(settled);
    expect((await bench.review(bench.on('2027-06-09'), [stage])).settled).toEqual([]);
  });

  test('run by several at one moment opens, settles and reminds once', async () => {
    const bench = await database.bench();
    const results = await Promise.all(Array.from({ length: 6 }, () => bench.review(bench.on('2027-06-07'), [interview, stage])));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect((await bench.mails()).length).toBe(3); // sante is asked twice, in one mail
    expect((await journal(bench.store.pool, bench.id)).map((line) => line.verb)).toEqual(['ask.opened', 'ask.opened']);
  });

  test('of an older run does nothing at all', async () => {
    const bench = await database.bench();
    await bench.review(bench.on('2027-06-07'), [interview]);
    for (const person of ['sante', 'direction']) await bench.answer(interview, person, said, bench.on('2027-06-08'));
    expect(await raiseEpoch(bench.store.pool, bench.id, { realNow: 0 })).toEqual({ epoch: 2, clockOffsetMs: 0 });
    const before = await everything(bench);
    const stale = await bench.review(bench.on('2027-06-09'), [interview, stage], {
      facts: [finished],
      incidents: [{ scope: 'project:p-01', message: 'x' }],
    });
    expect(stale).toMatchObject({ stale: true, settled: [], recorded: [], wakeAt: null, mail: false });
    expect(await everything(bench)).toEqual(before);
    expect(await owedWakes(bench.store.pool, Number.MAX_SAFE_INTEGER / 8)).toContain(bench.id);
    expect(await bench.review(bench.on('2027-06-09'), [interview], { epoch: 2 })).toMatchObject({ stale: false, settled: [{}] });
  });

  test('of an edition that is not is stale', async () => {
    const bench = await database.bench();
    expect(await bench.review(bench.on('2027-06-07'), [interview], { edition: 'nowhere' })).toMatchObject({ stale: true });
  });

  test('pays the wake that was owed', async () => {
    const bench = await database.bench();
    await oweWake(bench.store.pool, bench.id, 1);
    await oweWake(bench.store.pool, bench.id, 2);
    expect((await owedWakes(bench.store.pool, 1)).filter((id) => id === bench.id)).toEqual([bench.id]);
    await bench.review(bench.on('2027-06-07'));
    expect(await owedWakes(bench.store.pool, 2)).not.toContain(bench.id);
  });

  test('says when to look again: the next rung, the next end, the mail to come', async () => {
    const bench = await database.bench();
    expect(await bench.review(bench.on('2027-06-07'), [interview])).toMatchObject({ mail: true, wakeAt: bench.on('2027-06-11', '09:00') });
    expect((await bench.review(bench.on('2027-06-25', '10:00'), [interview])).wakeAt).toBe(bench.on('2027-06-28', '09:00'));
  });

  test('waits for a wake alone when nothing is asked, nothing moved and no slack is left to lose', async () => {
    const bench = await database.bench((file) => {
      file.target = '2027-10-01';
    });
    expect(await bench.review(bench.on('2027-06-07'))).toMatchObject({ settled: [], recorded: [], wakeAt: null, mail: false });
  });

  test('writes down what stories failed at, and that they run again', async () => {
    const bench = await database.bench();
    const report = (incidents: { scope: string; message?: string }[]) => bench.review(bench.on('2027-06-07'), [], { incidents });
    await report([{ scope: 'project:p-01', message: 'boum' }]);
    await report([{ scope: 'project:p-01', message: 'encore' }]);
    expect(await openIncidents(bench.store.pool, bench.id)).toMatchObject([{ scope: 'project:p-01', message: 'encore', times: 2 }]);
    await report([{ scope: 'project:p-01' }]);
    expect(await openIncidents(bench.store.pool, bench.id)).toEqual([]);
  });

  test('of an edition ended by hand opens nothing, and tells those who took part', async () => {
    const bench = await database.bench();
    await bench.review(bench.on('2027-06-07'), [interview]);
    await cancelEdition(bench.store, { edition: bench.id, reason: 'x', realNow: bench.on('2027-06-08', '22:00') });
    const result = await bench.review(bench.on('2027-06-09'), [interview, stage]);
    expect(result).toMatchObject({ ended: true, settled: [{ outcome: 'cancelled', on: '2027-06-08' }] });
    await bench.deliver(bench.on('2027-06-09'));
    expect((await bench.mails()).map((mail) => `${mail.person} ${mail.template} ${mail.state}`).sort()).toEqual([
      'direction asks dropped',
      'direction ended accepted',
      'sante asks dropped',
      'sante ended accepted',
    ]);
    expect(await cancelEdition(bench.store, { edition: bench.id, reason: 'x', realNow: bench.on('2027-06-10') })).toMatchObject({
      ok: false,
      reason: 'already-ended',
    });
  });
});

describe('a fact', () => {
  test('is recorded once, and answered as it was for ever', async () => {
    const bench = await database.bench();
    await bench.review(bench.on('2027-06-07'), [interview]);
    for (const person of ['sante', 'direction']) await bench.answer(interview, person, said, bench.on('2027-06-08'));
    await bench.review(bench.on('2027-06-08'), [interview]);
    const first = await bench.review(bench.on('2027-06-10'), [], { facts: [finished] });
    expect(first.recorded).toEqual([{ id: `${bench.id}.interviews.finished.-.v1.g1`, on: '2027-06-08', items: [] }]);
    const later = await bench.review(bench.on('2027-09-10'), [], { facts: [{ ...finished, outcome: 'partial' }] });
    expect(later.recorded).toEqual(first.recorded);
    expect(await factsOf(bench.store.pool, bench.id)).toMatchObject([{ outcome: 'complete' }]);
    expect((await journal(bench.store.pool, bench.id)).filter((line) => line.verb === 'fact.finished')).toHaveLength(1);
  });

  test('of an edition that is over is not recorded any more, and one from before still answers', async () => {
    const bench = await database.bench();
    await bench.review(bench.on('2027-06-07'), [], { facts: [finished] });
    await cancelEdition(bench.store, { edition: bench.id, reason: 'x', realNow: bench.on('2027-06-08') });
    const { recorded } = await bench.review(bench.on('2027-06-09'), [], { facts: [finished, selected] });
    expect(recorded.map(({ id }) => id)).toEqual([`${bench.id}.interviews.finished.-.v1.g1`]);
  });

  test('that the edition has ended closes it, cancels what is open, and mails nobody a reminder after', async () => {
    const bench = await database.bench();
    await bench.review(bench.on('2027-06-07'), [interview]);
    const ended: FactSpec = { what: 'edition-ended', step: 'restitution', version: 1, generation: 1, outcome: 'closed' };
    expect(await bench.review(bench.on('2027-06-08'), [interview], { facts: [ended] })).toMatchObject({
      ended: true,
      settled: [{ outcome: 'cancelled' }],
    });
    await bench.deliver(bench.on('2027-06-08'));
    await bench.live(bench.on('2027-06-08', '10:00'), bench.on('2027-09-08'), [interview]);
    expect(await findEdition(bench.store.pool, bench.id)).toMatchObject({ status: 'closed', closed_at: new Date(bench.on('2027-06-08')) });
    expect((await bench.mails()).map((mail) => mail.state)).toEqual(['dropped', 'dropped']);
  });
});

describe('the selection', () => {
  /** Four applications: two retained, one in reserve, one told out before; a draft that never was one. */
  async function selecting(): Promise<Bench> {
    const bench = await database.bench();
    const fates = [
      ['a-01', 'soins', 'retained', false],
      ['a-02', 'trajets', 'reserve', false],
      ['a-03', 'trajets', 'retained', false],
      ['a-04', 'soins', 'not-retained', true],
      ['a-05', null, null, false],
    ] as const;
    for (const [id, need, fate, out] of fates) {
      await bench.store.pool.query(
        `insert into person (edition, id, role, name, email) values ($1, $2, 'applicant', $2, $2 || '@asso.example')`,
        [bench.id, `p-${id}`],
      );
      await bench.store.pool.query(
        `insert into application (edition, id, person, title, need, summary, state, started_at, fate, out) values ($1, $2, $3, $4, $5, 'x', $6, $7, $8, $9)`,
        [bench.id, id, `p-${id}`, `Projet ${id}`, need, fate === null ? 'draft' : 'submitted', new Date(bench.on('2027-06-01')), fate, out],
      );
    }
    return bench;
  }

  test('makes projects once, each carried by its need’s directorate', async () => {
    const bench = await selecting();
    const { recorded } = await bench.review(bench.on('2027-06-08', '14:00'), [], { facts: [selected] });
    expect(recorded).toMatchObject([{ on: '2027-06-08', items: ['p-01', 'p-02'] }]);
    const projects = await projectsOf(bench.store.pool, bench.id);
    expect(projects).toMatchObject([
      { id: 'p-01', application: 'a-01', applicant: 'p-a-01', directorate: 'sante', status: 'running' },
      { id: 'p-02', application: 'a-03', applicant: 'p-a-03', directorate: 'transports', status: 'running' },
    ]);
    await bench.store.pool.query(`update application set fate = 'retained' where edition = $1 and id = 'a-02'`, [bench.id]);
    expect((await bench.review(bench.on('2027-06-09'), [], { facts: [selected] })).recorded).toEqual(recorded);
    expect(await projectsOf(bench.store.pool, bench.id)).toEqual(projects);
  });

  test.each([
    ['at once in working hours', '2027-06-08', '14:00', '2027-06-08 14:00'],
    ['at the next 9 h otherwise', '2027-06-11', '23:30', '2027-06-14 09:00'],
  ])('lets all letters leave together, %s; none to who was told out, nor to a draft', async (_, date, time, leaves) => {
    const bench = await selecting();
    const { wakeAt, mail } = await bench.review(bench.on(date, time), [], { facts: [selected] });
    await bench.deliver(mail ? bench.on(date, time) : (wakeAt ?? 0));
    for (const person of ['p-a-01', 'p-a-02', 'p-a-03']) expect(await bench.mailed(person)).toEqual([`${leaves} letter`]);
    expect(await bench.mails()).toHaveLength(3);
    expect((await bench.mails()).map(({ letter, state, context }) => [letter, state, context.fate])).toEqual([
      [true, 'accepted', 'retained'],
      [true, 'accepted', 'reserve'],
      [true, 'accepted', 'retained'],
    ]);
    expect(new Set((await bench.mails()).map((m) => m.due_at.getTime())).size).toBe(1);
  });

  test('and the end of a project: its asks are asked no more, and those who carried it are told', async () => {
    const bench = await selecting();
    await bench.review(bench.on('2027-06-08'), [], { facts: [selected] });
    const roadmap = { step: 'roadmap', kind: 'document', project: 'p-01', after: '2027-06-08' } as const;
    const other = { ...roadmap, project: 'p-02' } as const;
    await bench.review(bench.on('2027-06-09'), [roadmap, other]);
    const dropped: FactSpec = { what: 'project-ended', step: 'roadmap', project: 'p-01', version: 1, generation: 1, outcome: 'dropped' };
    const { settled } = await bench.review(bench.on('2027-06-10'), [roadmap, other], { facts: [dropped] });
    expect(settled).toMatchObject([{ id: bench.idOf(roadmap), outcome: 'cancelled' }]);
    expect(await projectsOf(bench.store.pool, bench.id)).toMatchObject([{ status: 'ended', outcome: 'dropped' }, { status: 'running' }]);
    const told = (await bench.mails()).filter((mail) => mail.template === 'outcome').map((mail) => mail.person);
    expect(told.sort()).toEqual(['coordo', 'incubateur', 'p-a-01', 'sante']);
    expect((await bench.review(bench.on('2027-06-11'), [{ ...roadmap, version: 2 }])).settled).toEqual([]);
    expect((await bench.store.pool.query('select 1 from ask where edition = $1 and version = 2', [bench.id])).rowCount).toBe(0);
  });

  test('and what failed is over with the project or the edition it was part of, but for mail that is left', async () => {
    const bench = await selecting();
    const { pool } = bench.store;
    const at = bench.on('2027-06-08');
    await bench.review(at, [], { facts: [selected] });
    const roadmap = { step: 'roadmap', kind: 'document', project: 'p-01', version: 3 } as const;
    const fact: FactSpec = { what: 'sessions', step: 'field', project: 'p-01', version: 1, generation: 1 };
    const ended = (project: string): FactSpec => ({ ...fact, what: 'project-ended', step: 'roadmap', project, outcome: 'dropped' });
    const others = ['project:p-02', bench.idOf({ ...roadmap, project: 'p-02' }), 'edition', bench.idOf(interview), 'start', 'calendar'];
    const mail = ['delivery', 'mail:7'];
    for (const scope of ['project:p-01', bench.idOf(roadmap), factId(bench.id, fact), ...others, ...mail])
      await recordIncident(pool, bench.id, { scope, message: 'cassé', at });
    const left = async () => (await openIncidents(pool, bench.id)).map(({ scope }) => scope).sort();

    await bench.review(bench.on('2027-06-09'), [], { facts: [ended('p-01')] });
    expect(await left()).toEqual([...others, ...mail].filter((scope) => scope !== 'calendar').sort());
    await cancelEdition(bench.store, { edition: bench.id, reason: 'x', realNow: bench.on('2027-06-10') });
    expect(await left()).toEqual(mail);
    await bench.review(bench.on('2027-06-11'), [], { incidents: [{ scope: 'project:p-02', message: 'boum' }] });
    expect(await left()).toEqual(mail);

    const other = await database.bench();
    await recordIncident(pool, other.id, { scope: 'edition', message: 'cassé', at });
    const over: FactSpec = { what: 'edition-ended', step: 'restitution', version: 1, generation: 1, outcome: 'closed' };
    await other.review(at, [], { facts: [over] });
    expect(await openIncidents(pool, other.id)).toEqual([]);
  });
});
