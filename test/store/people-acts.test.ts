/** Acts on people and their places: what passes, what never does, who is told (console.md, "People"). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { doAct } from '../../activities/preview.js';
import type { ActSpec } from '../../domain/acts.js';
import type { Raw } from '../../domain/asks/forms.js';
import { answer } from '../../store/acts/answer.js';
import { answerFor } from '../../store/acts/answer-for.js';
import { delegate } from '../../store/acts/delegate.js';
import { findEdition } from '../../store/editions.js';
import { peopleOf } from '../../store/people.js';
import { untoldOf } from '../../store/untold.js';
import { viewNow } from '../../store/views/index.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';
import { actOn, previewOn } from '../support/previews.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
const approval = { step: 'diagnosis-approval', kind: 'approve', part: '1' } as const;
const relay = { step: 'call-open', kind: 'relay', after: '2027-06-04' } as const;
const seat = { step: 'jury', kind: 'seat', after: '2027-06-04' } as const;
const interests = { step: 'pitch-preparation', kind: 'interests', after: '2027-06-04' } as const;
const said: Raw = { problems: 'La nuit.' };

async function asked(...asks: Asked[]): Promise<Bench & { at: number }> {
  const bench = await database.bench();
  const at = bench.on('2027-06-08', '10:00');
  await bench.live(bench.on('2027-06-07'), at, asks);
  return { ...bench, at };
}
const act = async (bench: Bench & { at: number }, spec: ActSpec, at = bench.at + 60_000) => {
  const { basis, refused } = await previewOn(bench, spec, at);
  const done = await doAct(bench.store, { ...actOn(bench, spec, at), basis });
  if (!done.ok) {
    const code = 'refused' in done ? done.refused.reason : 'moved';
    expect(code).toBe(refused?.code);
    return code;
  }
  expect(refused).toBeUndefined();
  return 'done';
};
/** The text of a mail that left. */
async function textTo({ store, id }: Bench, person: string, template: string): Promise<string> {
  const { rows } = await store.pool.query<{ bytes: Buffer }>(
    'select bytes from outbox where edition = $1 and person = $2 and template = $3',
    [id, person, template],
  );
  return rows[0] === undefined ? '' : ((await simpleParser(rows[0].bytes)).text ?? '').replace(/\s+/g, ' ');
}
const newcomer = { name: 'Nadia Ferrand', email: 'nadia@plateau.example' };

describe('reassigned', () => {
  test('a place is asked anew of somebody else, by the same day; its links are dead, its former holder is told', async () => {
    const bench = await asked(interview);
    const before = await bench.ask(interview);
    const ask = bench.idOf(interview);
    expect(await act(bench, { act: 'reassign', ask, person: 'sante', to: 'maison' })).toBe('done');
    await bench.live(bench.at + 120_000, bench.on('2027-06-08', '18:00'), [interview]);
    expect(await bench.places(interview)).toEqual(['direction open', 'maison open', 'sante not-needed']);
    expect((await bench.ask(interview)).due).toBe(before.due);
    const told = await textTo(bench, 'sante', 'handed-over');
    expect(told).toContain('a confié à Maison de santé ce qui vous était demandé');
    expect(told).not.toContain('vu en réunion'); // reasons are never mailed
    expect(await bench.mailed('maison')).toEqual(['2027-06-08 10:02 opening interview']);
    expect((await bench.mailed('sante')).slice(1)).toEqual(['2027-06-08 10:02 handed-over']);
    const view = await viewNow(bench.store, bench.request(interview, 'sante'), { realNow: bench.at + 180_000 });
    expect([view?.linkN, view?.closed]).toMatchObject([2, { relieved: true, by: 'Maison de santé' }]);
    expect(await answer(bench.store, { request: bench.request(interview, 'sante'), raw: said, realNow: bench.at + 180_000 })).toMatchObject(
      {
        ok: false,
        reason: 'already-answered',
      },
    );
    expect((await bench.answer(interview, 'maison', said, bench.at + 180_000)).ok).toBe(true);
    expect(await bench.broken()).toEqual([]);
  });

  test('is refused where they are asked already, of whoever is not awaited, and of what is nobody else’s', async () => {
    const bench = await asked(interview, seat);
    for (const juror of ['direction', 'sante', 'transports']) await bench.answer(seat, juror, { seat: 'yes' }, bench.at + 1);
    await bench.live(bench.at + 2, bench.at + 50_000, [interview, seat, interests]);
    const ask = bench.idOf(interview);
    expect(await act(bench, { act: 'reassign', ask, person: 'sante', to: 'direction' })).toBe('in-already');
    expect(await act(bench, { act: 'reassign', ask, person: 'transports', to: 'maison' })).toBe('not-awaited');
    expect(await act(bench, { act: 'reassign', ask, person: 'sante', to: 'sante' })).toBe('same');
    expect(await act(bench, { act: 'reassign', ask, person: 'sante', to: 'nul' })).toBe('no-person');
    expect(await act(bench, { act: 'reassign', ask, person: 'sante', name: '', email: 'x@plateau.example' })).toBe('name');
    expect(await act(bench, { act: 'reassign', ask: bench.idOf(interests), person: 'sante', to: 'maison' })).toBe('own');
  });

  test('comes back to whoever had it, by a link', async () => {
    const bench = await asked(interview);
    const ask = bench.idOf(interview);
    await act(bench, { act: 'reassign', ask, person: 'sante', ...newcomer });
    expect(await act(bench, { act: 'reassign', ask, person: 'sante-1', to: 'sante' }, bench.at + 600_000)).toBe('done');
    await bench.live(bench.at + 700_000, bench.on('2027-06-08', '18:00'), [interview]);
    expect(await bench.places(interview)).toEqual(['direction open', 'sante open', 'sante-1 not-needed']);
    expect((await bench.mailed('sante')).slice(1)).toEqual(['2027-06-08 10:11 handed-over', '2027-06-08 10:11 link']);
  });

  test('of whoever was named, the one who named them does not say that they answer after all', async () => {
    const bench = await asked(interview);
    const named = await delegate(bench.store, {
      request: bench.request(interview, 'sante'),
      name: 'Remplaçante',
      email: 'r@plateau.example',
      realNow: bench.at + 1,
    });
    expect(named.ok).toBe(true);
    await act(bench, { act: 'reassign', ask: bench.idOf(interview), person: 'sante-1', to: 'maison' });
    const { rows } = await bench.store.pool.query<{ request: string }>(
      `select request from ask_person where edition = $1 and person = 'sante-1'`,
      [bench.id],
    );
    const view = await viewNow(bench.store, rows[0]?.request ?? '', { realNow: bench.at + 180_000 });
    expect(view?.closed).toMatchObject({ relieved: true, by: 'Maison de santé' });
    expect(view?.closed?.takenBack).toBeUndefined();
  });
});

describe('replaced', () => {
  test('somebody is replaced in open asks, in those to come and in the rules; marks and interests pass to nobody', async () => {
    const bench = await asked(interview, approval, seat);
    await bench.answer(seat, 'sante', { seat: 'yes' }, bench.at + 1);
    expect(await act(bench, { act: 'replace', person: 'sante', ...newcomer })).toBe('done');
    const at = bench.at + 120_000;
    await bench.live(at, bench.on('2027-06-08', '18:00'), [interview, approval, seat, interests]);
    expect(await bench.places(interview)).toEqual(['direction open', 'sante not-needed', 'sante-1 open']);
    expect(await bench.places(approval)).toEqual(['sante not-needed', 'sante-1 open', 'transports open']);
    expect(await bench.places(seat)).toContain('sante answered');
    expect(await bench.places(interests)).toEqual(['sante-1 open']); // hers to declare
    const row = await findEdition(bench.store.pool, bench.id);
    expect(JSON.stringify(row?.file)).not.toContain('"sante"');
    const people = await peopleOf(bench.store.pool, bench.id);
    expect(people.get('sante-1')).toMatchObject({ role: 'directorate', place: 5, name: 'Nadia Ferrand' });
    expect(people.get('sante')).toMatchObject({ place: null, successor: 'sante-1' });
    const { rows } = await bench.store.pool.query('select act, detail from override where edition = $1', [bench.id]);
    expect(rows).toEqual([{ act: 'replace', detail: { person: 'sante', to: 'sante-1' } }]);
    expect((await bench.mailed('sante')).filter((mail) => mail.includes('handed-over'))).toHaveLength(1);
    expect(await act(bench, { act: 'replace', person: 'sante', to: 'maison' })).toBe('left');
    expect(await bench.broken()).toEqual([]);
  });

  test('whoever is asked already keeps their place; the former one closes, and is waited for no more', async () => {
    const bench = await asked(interview);
    expect(await act(bench, { act: 'replace', person: 'sante', to: 'direction' })).toBe('done');
    expect(await bench.places(interview)).toEqual(['direction open', 'sante not-needed']);
    await bench.answer(interview, 'direction', said, bench.at + 120_000);
    await bench.live(bench.at + 130_000, bench.on('2027-06-08', '18:00'), [interview]);
    expect((await bench.ask(interview)).outcome).toBe('complete');
  });

  test('open interests close with their juror', async () => {
    const bench = await asked(seat);
    for (const juror of ['direction', 'sante', 'transports']) await bench.answer(seat, juror, { seat: 'yes' }, bench.at + 1);
    await bench.live(bench.at + 2, bench.at + 60_000, [seat, interests]);
    expect(await act(bench, { act: 'replace', person: 'sante', ...newcomer }, bench.at + 120_000)).toBe('done');
    expect(await bench.places(interests)).toEqual(['direction open', 'sante not-needed', 'transports open']);
  });

  test('an applicant’s place, what is to come and their letters are those of whoever replaced them; the application stays', async () => {
    const prepare = { step: 'pitch-preparation', kind: 'prepare', after: '2027-06-04' } as const;
    const bench = await database.bench();
    const { pool } = bench.store;
    await pool.query(
      `insert into person (edition, id, role, name, email) values ($1, 'applicant-1', 'applicant', 'Porteuse', 'porteuse@projet.example')`,
      [bench.id],
    );
    await pool.query(
      `insert into application (edition, id, person, title, need, state, eligible, shortlisted, started_at)
       values ($1, 'a-01', 'applicant-1', 'Solution', 'soins', 'submitted', true, true, now())`,
      [bench.id],
    );
    const at = bench.on('2027-06-08', '10:00');
    await bench.live(bench.on('2027-06-07'), at, [prepare]);
    expect(await act({ ...bench, at }, { act: 'replace', person: 'applicant-1', ...newcomer })).toBe('done');
    expect(await bench.places(prepare)).toEqual(['applicant-1 not-needed', 'applicant-1-1 open']);
    const view = await viewNow(bench.store, bench.request(prepare, 'applicant-1-1'), { realNow: at + 120_000 });
    expect(view?.application?.title).toBe('Solution');
    await bench.answer(prepare, 'applicant-1-1', { confirm: 'no' }, at + 120_000);
    await bench.live(at + 130_000, bench.on('2027-06-08', '18:00'), [prepare]);
    expect((await bench.mailed('applicant-1-1')).join()).toContain('told-out');
    expect((await bench.mailed('applicant-1')).join()).not.toContain('told-out');
  });

  test('who declared their interests and is replaced is not asked for marks, nor is anybody instead', async () => {
    const score = { step: 'pitch', kind: 'score', after: '2027-06-04' } as const;
    const bench = await database.bench((file) => {
      file.plan.pitch = '2d';
    });
    const at = bench.on('2027-06-08', '10:00');
    await bench.store.pool.query(
      `with someone as (insert into person (edition, id, role, name, email) values ($1, 'applicant-1', 'applicant', 'Porteuse', 'porteuse@projet.example'))
       insert into application (edition, id, person, title, need, state, eligible, shortlisted, started_at)
       values ($1, 'a-01', 'applicant-1', 'Solution', 'soins', 'submitted', true, true, now())`,
      [bench.id],
    );
    const jury = ['direction', 'sante', 'transports'];
    await bench.live(bench.on('2027-06-07'), at, [seat]);
    for (const juror of jury) await bench.answer(seat, juror, { seat: 'yes' }, at + 1);
    await bench.live(at + 2, at + 10_000, [seat, interests]);
    for (const juror of jury) await bench.answer(interests, juror, {}, at + 10_001);
    await bench.live(at + 10_002, at + 20_000, [seat, interests]);
    expect(await act({ ...bench, at }, { act: 'replace', person: 'sante', ...newcomer })).toBe('done');
    await bench.live(at + 130_000, bench.on('2027-06-09', '10:00'), [score]);
    expect(await bench.places(score)).toEqual(['direction open', 'transports open']);
  });

  test('a substitute who is asked already answers for themselves, and is reminded', async () => {
    const bench = await asked(interview);
    const late = bench.on('2027-06-23', '10:00'); // direction is late, adjointe was asked in their place
    await bench.live(bench.at + 1, late, [interview]);
    expect(await bench.places(interview)).toContain('adjointe open');
    expect(await act(bench, { act: 'replace', person: 'direction', to: 'adjointe' }, late + 1)).toBe('done');
    expect((await bench.holders(interview)).find(({ person }) => person === 'adjointe')).toMatchObject({
      joined: 'delegate',
      closed: null,
    });
  });
});

describe('who leaves', () => {
  test('closes their places, in the rules too; nobody is awaited there', async () => {
    const bench = await database.bench((file) => file.interviews.push('maison'));
    const at = bench.on('2027-06-08', '10:00');
    await bench.live(bench.on('2027-06-07'), at, [interview]);
    expect(await act({ ...bench, at }, { act: 'leave', person: 'maison' })).toBe('done');
    expect(await bench.places(interview)).toContain('maison not-needed');
    for (const person of ['direction', 'sante']) await bench.answer(interview, person, said, at + 120_000);
    await bench.live(at + 130_000, bench.on('2027-06-08', '18:00'), [interview]);
    expect((await bench.ask(interview)).outcome).toBe('complete');
    expect((await findEdition(bench.store.pool, bench.id))?.file.interviews).toEqual(['direction', 'sante']);
  });

  test('where nobody is left, nothing was answered', async () => {
    const bench = await database.bench((file) => {
      file.interviews = ['maison'];
    });
    const at = bench.on('2027-06-08', '10:00');
    await bench.live(bench.on('2027-06-07'), at, [interview]);
    await act({ ...bench, at }, { act: 'leave', person: 'maison' });
    await bench.review(at + 120_000, [interview]);
    expect(await bench.ask(interview)).toMatchObject({ outcome: 'none', closed_on: '2027-06-08' });
  });

  test('is refused of whoever the programme cannot do without', async () => {
    const bench = await asked(interview);
    expect(await act(bench, { act: 'leave', person: 'sante' })).toBe('directorate');
    expect(await act(bench, { act: 'leave', person: 'direction' })).toBe('approver');
    expect(await act(bench, { act: 'leave', person: 'coordo' })).toBe('done');
    expect(await act(bench, { act: 'leave', person: 'incubateur' })).toBe('last-coordinator');
    expect(await act(bench, { act: 'leave', person: 'nul' })).toBe('no-person');
  });
});

describe('added', () => {
  test('a forgotten juror and a relay are asked at once; a coordinator may answer for all', async () => {
    const bench = await asked(seat, relay);
    expect(await act(bench, { act: 'add', ...newcomer, role: 'expert', into: 'jury' })).toBe('done');
    expect(await act(bench, { act: 'add', name: 'Radio', email: 'radio@reseau.example', role: 'relay' })).toBe('done');
    await bench.live(bench.at + 120_000, bench.on('2027-06-08', '18:00'), [seat, relay]);
    expect(await bench.places(seat)).toContain('expert-1 open');
    expect(await bench.places(relay)).toContain('relay-1 open');
    expect(await bench.mailed('expert-1')).toEqual(['2027-06-08 10:02 opening seat']);
    expect(await act(bench, { act: 'add', ...newcomer, role: 'official' })).toBe('taken');
    expect((await findEdition(bench.store.pool, bench.id))?.file.selection.jury).toContain('expert-1');
  });
});

describe('an answer that is reopened', () => {
  test('counts until it is sent again; one mail, no reminder', async () => {
    const bench = await asked(interview);
    await bench.answer(interview, 'sante', said, bench.at + 1);
    const ask = bench.idOf(interview);
    expect(await act(bench, { act: 'reopen', ask, person: 'direction' })).toBe('unanswered');
    expect(await act(bench, { act: 'reopen', ask, person: 'sante' })).toBe('done');
    expect(await act(bench, { act: 'reopen', ask, person: 'sante' })).toBe('reopened');
    const view = await viewNow(bench.store, bench.request(interview, 'sante'), { realNow: bench.at + 70_000 });
    expect(view).toMatchObject({ reopened: true, draft: said });
    expect(await bench.places(interview)).toEqual(['direction open', 'sante answered']);
    expect((await bench.answer(interview, 'sante', { problems: 'Le jour aussi.' }, bench.at + 180_000)).ok).toBe(true);
    expect((await bench.answer(interview, 'sante', { problems: 'Encore.' }, bench.at + 190_000)).ok).toBe(false);
    const { rows } = await bench.store.pool.query('select answer from ask_person where ask = $1 and person = $2', [ask, 'sante']);
    expect(rows).toEqual([{ answer: { problems: 'Le jour aussi.' } }]);
    await bench.live(bench.at + 200_000, bench.on('2027-06-30'), [interview]);
    expect((await bench.mailed('sante')).slice(1).map((mail) => mail.slice(17))).toEqual(['receipt', 'link', 'receipt']);
    expect(await bench.broken()).toEqual([]);
  });

  test('is told once in the journal, whoever wrote it down, and so is its correction', async () => {
    const bench = await asked(interview);
    const told = async () => (await untoldOf(bench.store.pool, bench.id)).filter(({ verb }) => verb.startsWith('ask.answered'));
    const of = { edition: bench.id, ask: bench.idOf(interview), person: 'sante', reason: 'au téléphone' };
    expect((await answerFor(bench.store, { ...of, raw: said, realNow: bench.at + 1 })).ok).toBe(true);
    expect(await told()).toEqual([]);
    await act(bench, { act: 'reopen', ask: of.ask, person: 'sante' });
    expect((await answerFor(bench.store, { ...of, raw: { problems: 'Le jour.' }, realNow: bench.at + 120_000 })).ok).toBe(true);
    expect(await told()).toEqual([]);
  });

  test('settles as it was; afterwards it is closed', async () => {
    const bench = await asked(interview);
    await bench.answer(interview, 'sante', said, bench.at + 1);
    await act(bench, { act: 'reopen', ask: bench.idOf(interview), person: 'sante' });
    await bench.answer(interview, 'direction', said, bench.at + 120_000);
    await bench.live(bench.at + 130_000, bench.on('2027-06-08', '18:00'), [interview]);
    expect((await bench.ask(interview)).outcome).toBe('complete');
    expect((await bench.answer(interview, 'sante', { problems: 'Trop tard.' }, bench.at + 190_000)).ok).toBe(false);
    expect(await act(bench, { act: 'reopen', ask: bench.idOf(interview), person: 'direction' }, bench.on('2027-06-08', '18:01'))).toBe(
      'closed',
    );
  });
});
