/** What a place in an ask means is its seat: whoever answers from it, the person asked, their substitute or whom they named. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { tellUndelivered } from '../../activities/undelivered.js';
import { delegate } from '../../store/acts/delegate.js';
import { listings } from '../../store/board.js';
import type { Db } from '../../store/db.js';
import { partsOf } from '../../store/digest.js';
import { companyOf, findEdition } from '../../store/editions.js';
import { peopleOf, personAt } from '../../store/people.js';
import { insertPairs, insertProjects, pairsOf } from '../../store/projects.js';
import { applicationsOf } from '../../store/selection.js';
import { viewNow } from '../../store/views/index.js';
import { readStage } from '../../store/views/stage.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase, scripted } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const prepare = { step: 'pitch-preparation', kind: 'prepare', after: '2027-06-04' } as const;
const deliberation = { step: 'pitch', kind: 'deliberation', after: '2027-06-18' } as const;
const approval = { step: 'diagnosis-approval', kind: 'approve', part: '1', after: '2027-06-04' } as const;
const seat = { step: 'jury', kind: 'seat', after: '2027-06-04' } as const;
const again = (asked: Asked): Asked => ({ ...asked, generation: 2 });

/** Applications of as many applicants, all on the shortlist. */
async function shortlisted({ store, id }: Bench, count: number): Promise<void> {
  await store.pool.query(
    `insert into person (edition, id, role, name, email)
     select $1, 'applicant-' || n, 'applicant', 'Porteur ' || n, 'porteur-' || n || '@projet.example' from generate_series(1, $2::int) n`,
    [id, count],
  );
  await store.pool.query(
    `insert into application (edition, id, person, title, need, summary, state, eligible, shortlisted, started_at)
     select $1, 'a-' || lpad(n::text, greatest(2, length(n::text)), '0'), 'applicant-' || n, 'Solution ' || n, 'soins', '', 'submitted', true, true, now()
     from generate_series(1, $2::int) n`,
    [id, count],
  );
}

const names = (bench: Bench, asked: Asked, person: string, at: number, n: number) =>
  delegate(bench.store, {
    request: bench.request(asked, person),
    name: `Suppléante ${n}`,
    email: `suppleante-${n}@projet.example`,
    realNow: at,
  });

test('an applicant whose delegate confirms goes on, with what the delegate sent; the delegate sees the application', async () => {
  const bench = await database.bench();
  await shortlisted(bench, 2);
  const [monday, tuesday] = [bench.on('2027-06-07'), bench.on('2027-06-08', '10:00')];
  await bench.review(monday, [prepare]);
  expect(await names(bench, prepare, 'applicant-1', tuesday, 1)).toMatchObject({ ok: true });
  const shown = await viewNow(bench.store, bench.request(prepare, 'applicant-1-1'), { realNow: tuesday });
  expect(shown?.application?.title).toBe('Solution 1');
  await bench.answer(prepare, 'applicant-1-1', { confirm: 'yes', material: 'Nos diapositives.' }, tuesday);
  await bench.answer(prepare, 'applicant-2', { confirm: 'yes' }, tuesday);
  await bench.review(tuesday, [prepare]);
  expect((await applicationsOf(bench.store.pool, bench.id)).map(({ id, out }) => `${id} ${out}`)).toEqual(['a-01 false', 'a-02 false']);
  expect(await bench.mailed('applicant-1')).not.toContainEqual(expect.stringContaining('told-out'));
  await bench.review(bench.on('2027-06-21'), [deliberation]);
  const jury = await viewNow(bench.store, bench.request(deliberation, 'coordo'), { realNow: bench.on('2027-06-21') });
  expect(jury?.applications.map(({ id, material }) => [id, material])).toEqual([
    ['a-01', 'Nos diapositives.'],
    ['a-02', undefined],
  ]);
});

test('whoever says no to the pitch is told so, not that they were silent, and is promised nothing that will not come', async () => {
  const bench = await database.bench();
  await shortlisted(bench, 2);
  const [monday, tuesday] = [bench.on('2027-06-07'), bench.on('2027-06-08', '10:00')];
  await bench.review(monday, [prepare]);
  await bench.answer(prepare, 'applicant-1', { confirm: 'no' }, tuesday);
  const transport = scripted();
  const receipts = (await sentBy(bench, transport, tuesday)).filter((text) => text.includes('Votre réponse est bien enregistrée'));
  expect(receipts).toHaveLength(1);
  expect(receipts[0]).not.toContain('ordre de passage');

  const end = (await bench.ask(prepare)).ends_at?.getTime() ?? 0;
  const morning = bench.calendar.instantAt(bench.calendar.onOrAfter(bench.calendar.dateOf(end)), '09:00');
  await bench.review(morning, [prepare]);
  const told = (await sentBy(bench, transport, morning)).filter((text) => text.includes('quitte la sélection'));
  const [one, other] = [told.find((text) => text.includes('Solution 1')), told.find((text) => text.includes('Solution 2'))];
  expect(one).toContain('il nous a été répondu que vous ne viendriez pas');
  expect(one).not.toContain('sans réponse');
  expect(other).toContain('la date est passée sans réponse de votre part');
});

/** Delivers what is due; subject and text of what was new. */
async function sentBy(bench: Bench, transport: ReturnType<typeof scripted>, at: number): Promise<string[]> {
  const before = transport.sent.length;
  await bench.deliver(at, transport);
  const read = await Promise.all(transport.sent.slice(before).map(({ bytes }) => simpleParser(bytes)));
  return read.map(({ subject, text }) => `${subject}\n${text}`);
}

describe.each([
  ['a juror', seat, { seat: 'yes' }],
  ['an approver', approval, { decision: 'approved' }],
] as const)('%s whose delegate has answered', (_, asked, answer) => {
  test('is not asked again in an extension; who was silent is', async () => {
    const bench = await database.bench();
    const [monday, tuesday] = [bench.on('2027-06-07'), bench.on('2027-06-08', '10:00')];
    await bench.review(monday, [asked]);
    await names(bench, asked, 'sante', tuesday, 1);
    await bench.answer(asked, 'sante-1', answer, tuesday);
    await bench.review(tuesday, [asked, again(asked)]);
    const places = await bench.places(again(asked));
    expect(places).toContain('transports open');
    expect(places.filter((place) => place.startsWith('sante'))).toEqual([]);
  });
});

test('from the hundredth on, ids are in the order of their numbers, and none is lost', async () => {
  const bench = await database.bench();
  await shortlisted(bench, 101);
  const { pool } = bench.store;
  const all = await applicationsOf(pool, bench.id);
  expect(all.slice(-3).map(({ id }) => id)).toEqual(['a-99', 'a-100', 'a-101']);
  const project = { id: 'p-01', application: 'a-01', title: 'Un', need: 'soins', applicant: 'applicant-1', directorate: 'sante' };
  await insertProjects(pool, bench.id, [project]);
  await insertPairs(pool, bench.id, { project: 'p-01', people: all.map(({ person }) => person), purpose: '' });
  const pairs = await pairsOf(pool, bench.id, 'p-01');
  expect([pairs.length, pairs.at(-1)?.id, pairs.at(-1)?.person]).toEqual([101, 'm-101', 'applicant-101']);
});

/** A database that says how it reads. */
function explaining(pool: Db): { db: Db; plans: string[] } {
  const plans: string[] = [];
  const query: Db['query'] = async (text, values) => {
    const { rows } = await pool.query<Record<string, string>>(`explain ${text}`, values);
    plans.push(...rows.flatMap((row) => Object.values(row)));
    return pool.query(text, values);
  };
  return { db: { query }, plans };
}

test('whom people may write to, and whose mail comes back, are found by indexes among thousands', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  await pool.query(
    `insert into person (edition, id, role, name, email, place)
     select $1, 'relais-' || n, 'relay', 'Relais ' || n, 'relais-' || n || '@reseau.example', 1000 + n from generate_series(1, 3000) n`,
    [bench.id],
  );
  await pool.query('update person set unreachable_at = now() where edition = $1 and id = $2', [bench.id, 'relais-7']);
  await pool.query('analyze person');
  const { db, plans } = explaining(pool);
  expect(await findEdition(db, bench.id)).toMatchObject({ contact: { email: 'coordo@plateau.example' } });
  expect(plans.join('\n')).toContain('person_contact');
  expect(await listings(db, bench.on('2027-06-07'), [bench.id])).toMatchObject([{ unreachable: ['Relais 7'] }]);
  expect(plans.join('\n')).toContain('person_unreachable');
});

test('to show one place of thousands, no other place is read', async () => {
  const relay = { step: 'call-open', kind: 'relay', after: '2027-06-04' } as const;
  const bench = await database.bench((file) => {
    file.relays = Array.from({ length: 2000 }, (_, n) => ({ id: `r-${n}`, name: `Relais ${n}`, email: `r-${n}@reseau.example` }));
  });
  const at = bench.on('2027-06-07');
  await bench.review(at, [relay]);
  const { pool } = bench.store;
  await pool.query('analyze');
  const row = await findEdition(pool, bench.id);
  if (row === undefined) throw new Error('it was just written');
  const db = await pool.connect();
  try {
    const read = async () => {
      await db.query('select pg_stat_force_next_flush()');
      const { rows } = await db.query<{ n: number }>(
        `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::bigint as n from pg_stat_user_tables where relname in ('ask_person', 'rung')`,
      );
      return rows[0]?.n ?? 0;
    };
    const before = await read();
    const stage = await readStage(db, row, { requests: [bench.request(relay, 'r-7')], at });
    expect(stage.places.map(({ person }) => person)).toEqual(['r-7']);
    expect((await read()) - before).toBeLessThan(50);
  } finally {
    db.release();
  }
});

test('an edition that every act reads does not grow with the people of its file', async () => {
  const withRelays = (count: number) =>
    database.bench((file) => {
      file.relays = Array.from({ length: count }, (_, n) => ({ id: `r-${n}`, name: `Relais ${n}`, email: `r-${n}@reseau.example` }));
    });
  const sizes: number[] = [];
  for (const count of [1, 2000]) {
    const bench = await withRelays(count);
    sizes.push(JSON.stringify((await findEdition(bench.store.pool, bench.id))?.file).length);
    expect(await companyOf(bench.store.pool, bench.id)).toMatchObject({ hasRelays: true, people: bench.edition.people.length });
  }
  expect((sizes[1] ?? 0) - (sizes[0] ?? 0)).toBeLessThan(10); // their ids are a letter longer
});

test('who has an address is found by an index among thousands, however it is written', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  await pool.query(
    `insert into person (edition, id, role, name, email)
     select $1, 'relais-' || n, 'relay', 'Relais ' || n, 'relais-' || n || '@collectivité.example' from generate_series(1, 3000) n`,
    [bench.id],
  );
  await pool.query('analyze person');
  const { db, plans } = explaining(pool);
  expect(await personAt(db, bench.id, 'Relais-2999@xn--collectivit-lbb.example')).toBe('relais-2999');
  expect(plans.join('\n')).toContain('person_mailbox');
  expect(await personAt(pool, bench.id, 'relais-2999@ailleurs.example')).toBeUndefined();
});

test('whoever a coordinator named for one question holds that place, and nothing of the coordinators', async () => {
  const bench = await database.bench();
  const [monday, tuesday] = [bench.on('2027-06-07'), bench.on('2027-06-08', '10:00')];
  const diagnosis = { step: 'diagnosis', kind: 'document', after: '2027-06-04' } as const;
  const writing = { step: 'call-writing', kind: 'document', after: '2027-06-08' } as const;
  await bench.review(monday, [diagnosis]);
  const holder = (await bench.holders(diagnosis))[0]?.person ?? '';
  expect(await names(bench, diagnosis, holder, tuesday, 1)).toMatchObject({ ok: true });
  const named = `${holder}-1`;
  const row = (await peopleOf(bench.store.pool, bench.id, [named])).get(named);
  expect(row?.role).toBe('delegate');
  await bench.answer(diagnosis, named, { title: 'Diagnostic', body: 'Le diagnostic.' }, tuesday);
  await bench.review(tuesday, [diagnosis, writing]);
  expect((await bench.holders(writing)).map(({ person }) => person)).not.toContain(named);

  // a mail of the edition is given up: its coordinators are told, and not whom one of them named
  const edition = await findEdition(bench.store.pool, bench.id);
  if (edition === undefined) throw new Error('the edition is there');
  await bench.store.pool.query(`update outbox set state = 'failed' where id = (select min(id) from outbox where edition = $1)`, [bench.id]);
  await tellUndelivered(bench.store, edition, tuesday);
  const { rows } = await bench.store.pool.query(
    `select person from outbox where edition = $1 and template = 'undelivered' order by person`,
    [bench.id],
  );
  expect(rows.map(({ person }) => person)).toEqual(['coordo', 'incubateur']);
  expect((await partsOf(bench.store.pool, edition, { projects: [] })).map(({ person }) => person)).not.toContain(named);
});
