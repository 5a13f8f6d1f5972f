import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { close } from '../../store/acts/close.js';
import { extend } from '../../store/acts/extend.js';
import { journal } from '../../store/audit.js';
import { documentsOf } from '../../store/documents.js';
import { openIncidents } from '../../store/incidents.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
const stage = { step: 'diagnosis-approval', kind: 'approve', part: '1', after: '2027-06-04' } as const;
const diagnosis = { step: 'diagnosis', kind: 'document', after: '2027-06-04' } as const;
const said = { problems: 'Le médecin est loin.' };

/** Opened on Monday 7 June. Interviews are due on Friday 18, and may last until November before the target is missed. */
async function opened(...asks: Asked[]): Promise<Bench> {
  const bench = await database.bench();
  await bench.review(bench.on('2027-06-07'), asks);
  return bench;
}
const settled = async (bench: Bench, asked: Asked, date: string, time?: string) =>
  (await bench.review(bench.on(date, time), [asked])).settled.map(({ outcome, on, result }) => [outcome, on, result].join(' ').trim());

describe('an ask', () => {
  test('is complete with its last answer, and dated by it, whenever we look', async () => {
    const bench = await opened(interview);
    await bench.answer(interview, 'sante', said, bench.on('2027-06-08', '10:00'));
    expect(await settled(bench, interview, '2027-06-08', '10:01')).toEqual([]);
    await bench.answer(interview, 'direction', said, bench.on('2027-06-09', '23:30'));
    expect(await settled(bench, interview, '2027-06-14')).toEqual(['complete 2027-06-09']);
    expect((await bench.ask(interview)).closed_at?.getTime()).toBe(bench.on('2027-06-09', '23:30'));
  });

  test('is dated on the territory’s day, not on Greenwich’s', async () => {
    const bench = await opened(interview);
    await bench.answer(interview, 'sante', said, bench.on('2027-06-09', '00:30'));
    await bench.answer(interview, 'direction', said, bench.on('2027-06-09', '01:30'));
    expect(await settled(bench, interview, '2027-06-09')).toEqual(['complete 2027-06-09']);
  });

  test('is open until its end, the latest day its step can afford, and not a day longer', async () => {
    const bench = await opened(interview);
    const end = (await bench.ask(interview)).ends_at?.getTime() ?? 0;
    expect(end).toBeGreaterThan(bench.on('2027-06-19', '00:00'));
    const lastDay = bench.calendar.dateOf(end - 1);
    await bench.live(bench.on('2027-06-07'), end + 20 * 86_400_000, [interview]);
    expect(await bench.ask(interview)).toMatchObject({ outcome: 'none', closed_on: lastDay, closed_at: new Date(end) });
  });

  test('is partial when its end finds some answers: missed for who was silent, 23:59 of the last day for all', async () => {
    const bench = await opened(interview);
    await bench.answer(interview, 'sante', said, bench.on('2027-06-08'));
    const end = (await bench.ask(interview)).ends_at?.getTime() ?? 0;
    await bench.review(end - 1, [interview]);
    expect((await bench.ask(interview)).outcome).toBeNull();
    const { settled: found } = await bench.review(end + 3 * 86_400_000, [interview]); // nobody looked for three days
    expect(found).toEqual([{ id: bench.idOf(interview), outcome: 'partial', on: bench.calendar.dateOf(end - 1) }]);
    expect((await bench.ask(interview)).closed_at?.getTime()).toBe(end);
    expect(await bench.places(interview)).toEqual(expect.arrayContaining(['direction missed', 'sante answered']));
  });

  test('is not missed by a person whose substitute answered', async () => {
    const bench = await opened(interview);
    await bench.review(bench.on('2027-06-22'), [interview]);
    await bench.answer(interview, 'adjointe', said, bench.on('2027-06-23'));
    await bench.review((await bench.ask(interview)).ends_at?.getTime() ?? 0, [interview]);
    expect((await bench.ask(interview)).outcome).toBe('partial');
    expect(await bench.places(interview)).toEqual(['adjointe answered', 'direction not-needed', 'sante missed']);
  });

  test('that no answer has reached ends with nothing; a substitute was not asked in vain', async () => {
    const bench = await opened(interview);
    const end = (await bench.ask(interview)).ends_at?.getTime() ?? 0;
    await bench.live(bench.on('2027-06-22'), end, [interview]);
    expect(await bench.places(interview)).toEqual(['adjointe missed', 'direction missed', 'sante missed']);
  });

  test('without anybody to ask is settled with nothing, at once', async () => {
    const relay = { step: 'call-open', kind: 'relay', after: '2027-06-04' } as const;
    const bench = await database.bench((file) => void file.relays?.splice(0));
    expect(await settled(bench, relay, '2027-06-07')).toEqual(['none 2027-06-07']);
  });

  test('closed by hand is closed at that moment, with what there is', async () => {
    const bench = await opened(interview);
    await bench.answer(interview, 'sante', said, bench.on('2027-06-08'));
    expect(
      await close(bench.store, { ask: bench.idOf(interview), reason: 'assez', realNow: bench.on('2027-06-09', '11:00') }),
    ).toMatchObject({
      ok: true,
    });
    expect(
      await close(bench.store, { ask: bench.idOf(interview), reason: 'assez', realNow: bench.on('2027-06-09', '11:01') }),
    ).toMatchObject({
      reason: 'closed',
    });
    expect(await settled(bench, interview, '2027-06-11')).toEqual(['closed 2027-06-09']);
    expect(await bench.places(interview)).toEqual(['direction not-needed', 'sante answered']);
  });

  test('answered after its due day is complete on the day of the answer', async () => {
    const bench = await opened(interview);
    for (const person of ['sante', 'direction']) await bench.answer(interview, person, said, bench.on('2027-06-28', '11:00'));
    expect(await settled(bench, interview, '2027-06-28', '11:01')).toEqual(['complete 2027-06-28']);
  });

  test('moved by hand ends on its new day, whatever the plan says', async () => {
    const bench = await opened(interview);
    const before = (await bench.ask(interview)).ends_at?.getTime() ?? 0;
    await extend(bench.store, { ask: bench.idOf(interview), date: '2028-03-01', reason: 'x', realNow: bench.on('2027-06-08') });
    await bench.review(before + 1, [interview]);
    expect(await bench.ask(interview)).toMatchObject({
      outcome: null,
      due: '2028-03-01',
      ends_at: new Date(bench.on('2028-03-02', '00:00')),
    });
    expect(await settled(bench, interview, '2028-03-02', '00:00')).toEqual(['none 2028-03-01']);
  });

  test('that is endless waits, however late it is', async () => {
    const bench = await opened(diagnosis);
    expect(await settled(bench, diagnosis, '2029-06-07')).toEqual([]);
    expect((await bench.ask(diagnosis)).ends_at).toBeNull();
  });

  test('that all coordinators are told of is answered by one of them', async () => {
    const bench = await opened(diagnosis);
    await bench.answer(diagnosis, 'incubateur', { title: 'Le diagnostic', body: 'Tout.' }, bench.on('2027-06-09'));
    expect(await settled(bench, diagnosis, '2027-06-09')).toEqual(['complete 2027-06-09']);
    expect(await bench.places(diagnosis)).toEqual(['coordo not-needed', 'incubateur answered']);
    expect(await documentsOf(bench.store.pool, bench.id, { step: 'diagnosis', project: '' })).toMatchObject([
      { version: 1, author: 'incubateur', title: 'Le diagnostic', body: 'Tout.', frozen_at: new Date(bench.on('2027-06-09')) },
    ]);
  });

  test('of a call closed by hand takes the relays’ with it', async () => {
    const call = { step: 'call-open', kind: 'apply', after: '2027-06-04' } as const;
    const relay = { ...call, kind: 'relay' } as const;
    const bench = await opened(call, relay);
    await close(bench.store, { ask: bench.idOf(call), reason: 'x', realNow: bench.on('2027-06-09') });
    await bench.review(bench.on('2027-06-09'), [call, relay]);
    expect((await bench.ask(relay)).outcome).toBe('closed');
  });
});

describe('a stage of a circuit', () => {
  const yes = { decision: 'approved' };

  test('is approved by all', async () => {
    const bench = await opened(stage);
    await bench.answer(stage, 'sante', yes, bench.on('2027-06-08'));
    expect(await settled(bench, stage, '2027-06-08')).toEqual([]);
    await bench.answer(stage, 'transports', yes, bench.on('2027-06-10'));
    expect(await settled(bench, stage, '2027-06-11')).toEqual(['complete 2027-06-10 approved']);
  });

  test.each(['changes-requested', 'refused'])('is decided by the first who answers %s, and closes at once', async (decision) => {
    const bench = await opened(stage);
    expect(await bench.answer(stage, 'sante', { decision, remarks: 'À revoir.' }, bench.on('2027-06-08'))).toMatchObject({ wake: true });
    expect(await settled(bench, stage, '2027-06-10')).toEqual([`complete 2027-06-08 ${decision}`]);
    expect(await bench.places(stage)).toEqual(['sante answered', 'transports not-needed']);
    await bench.live(bench.on('2027-06-10'), bench.on('2027-07-30'), [stage]);
    expect((await bench.mailed('transports')).filter((line) => line > '2027-06-08' && !line.endsWith(' digest'))).toEqual([
      '2027-06-10 09:00 sent-back',
    ]);
  });

  test('is decided and dated by the first of two who object before anybody looks', async () => {
    const bench = await opened(stage);
    await bench.answer(stage, 'transports', { decision: 'refused', remarks: 'Non.' }, bench.on('2027-06-09'));
    await bench.answer(stage, 'sante', { decision: 'changes-requested', remarks: 'Bof.' }, bench.on('2027-06-10'));
    expect(await settled(bench, stage, '2027-06-11')).toEqual(['complete 2027-06-09 refused']);
  });

  test('that ends without all of them has decided nothing', async () => {
    const bench = await opened(stage);
    await bench.answer(stage, 'sante', yes, bench.on('2027-06-08'));
    const end = (await bench.ask(stage)).ends_at?.getTime() ?? 0;
    const { settled: found } = await bench.review(end, [stage]);
    expect(found).toMatchObject([{ outcome: 'partial' }]);
    expect(found[0]).not.toHaveProperty('result');
  });
});

describe('what breaks', () => {
  /** Marks that no column can hold: settling this ask fails in the database. */
  const spoil = ({ store, idOf }: Bench, asked: Asked) =>
    store.pool.query(`update ask_person set answer = '{"scores": {"a-01": {"need": "beaucoup"}}}' where ask = $1 and closed = 'answered'`, [
      idOf(asked),
    ]);
  const score = { step: 'pitch', kind: 'score', after: '2027-06-04' } as const;

  async function spoiled(): Promise<Bench> {
    const bench = await opened(interview, stage);
    // a juror's scores, of which the row is broken
    await bench.store.pool.query(
      `insert into ask (id, edition, step, kind, version, generation, day1, opens_at, opened_at, due, due_at, ends_at)
       values ($1, $2, 'pitch', 'score', 1, 1, '2027-06-07', $3, $3, '2027-06-07', $4, $4)`,
      [bench.idOf(score), bench.id, new Date(bench.on('2027-06-07')), new Date(bench.on('2027-06-07', '19:00'))],
    );
    await bench.store.pool.query(
      `insert into ask_person (ask, person, edition, seat, joined_at, request, closed, closed_at) values ($1, 'sante', $2, 'sante', $3, $4, 'answered', $3)`,
      [bench.idOf(score), bench.id, new Date(bench.on('2027-06-07', '10:00')), bench.request(score, 'sante')],
    );
    await spoil(bench, score);
    return bench;
  }

  test('costs one ask: an incident an admin sees, and the others go on', async () => {
    const bench = await spoiled();
    await bench.deliver(bench.on('2027-06-07'));
    for (const person of ['sante', 'direction']) await bench.answer(interview, person, said, bench.on('2027-06-08'));
    const { settled: found, stale } = await bench.review(bench.on('2027-06-11'), [interview, stage, score]);
    expect(stale).toBe(false);
    expect(found).toMatchObject([{ id: bench.idOf(interview), outcome: 'complete' }]);
    expect(await bench.mailed('transports')).toContain('2027-06-11 09:00 due approve');
    expect(await openIncidents(bench.store.pool, bench.id)).toMatchObject([
      { scope: bench.idOf(score), message: expect.stringContaining('numeric') },
    ]);
    expect((await bench.ask(score)).outcome).toBeNull();
  });

  test('is tried at every review, is one incident however often, and closed when it works', async () => {
    const bench = await spoiled();
    await bench.review(bench.on('2027-06-08'), [score]);
    await bench.review(bench.on('2027-06-09'), [score]);
    const [incident] = await openIncidents(bench.store.pool, bench.id);
    expect(incident?.times).toBeGreaterThan(1);
    expect(incident).toMatchObject({ first_at: new Date(bench.on('2027-06-08')), last_at: new Date(bench.on('2027-06-09')) });
    await bench.store.pool.query(`update ask_person set answer = '{"scores": {"a-01": {"need": 3}}}' where ask = $1`, [bench.idOf(score)]);
    expect(await settled(bench, score, '2027-06-10')).toEqual(['complete 2027-06-07']);
    expect(await openIncidents(bench.store.pool, bench.id)).toEqual([]);
  });

  test('in opening costs one ask, too, and leaves nothing of it behind', async () => {
    const bench = await database.bench();
    const broken = { step: 'field', kind: 'session', part: 'un mercredi', after: '2027-06-04' } as const;
    await bench.review(bench.on('2027-06-07'), [broken, interview]);
    expect(await bench.places(interview)).toEqual(['direction open', 'sante open']);
    expect(await openIncidents(bench.store.pool, bench.id)).toMatchObject([{ scope: bench.idOf(broken) }]);
    const { rows } = await bench.store.pool.query('select id from ask where edition = $1', [bench.id]);
    expect(rows).toEqual([{ id: bench.idOf(interview) }]);
  });

  test('leaves a journal of what was settled only', async () => {
    const bench = await spoiled();
    await bench.review(bench.on('2027-06-08'), [score]);
    expect((await journal(bench.store.pool, bench.id)).map((line) => `${line.verb} ${line.subject}`)).toEqual([
      `ask.opened ${bench.idOf(interview)}`,
      `ask.opened ${bench.idOf(stage)}`,
    ]);
  });
});
