/** The board: what is read of which editions, before anybody is shown them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Installation } from '../../client/installation.js';
import type { Held } from '../../domain/rights.js';
import { addAccount } from '../../store/accounts.js';
import { audit } from '../../store/audit.js';
import { inTransaction } from '../../store/db.js';
import { recordIncident } from '../../store/incidents.js';
import { openSession } from '../../store/sessions.js';
import { createApp } from '../../web/app.js';
import type { BoardFilter, EditionPart, Journal } from '../../web/backend.js';
import { liveBackend } from '../../web/live.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey } from '../support/edition.js';
import { readable } from './support/client.js';
import { edition as editionView } from './support/views.js';

let database: BenchDatabase;
let ours: Bench;
const others: Bench[] = [];
const more = async () =>
  others.push(
    await database.bench((file) => {
      file.territory.id = 'ailleurs';
    }),
  );
beforeAll(async () => {
  database = await benchDatabase();
  ours = await database.bench();
  await more();
});
afterAll(() => database.drop());

/** A backend on the real database, and every statement that it takes. */
function counted() {
  const asked: string[] = [];
  const { pool } = database.store;
  const query = (text: string, values?: unknown[]) => {
    asked.push(`${text} ${JSON.stringify(values)}`);
    return pool.query(text, values);
  };
  const installation = {
    store: { ...database.store, pool: { ...pool, query } },
    linkKey,
    engine: { cohort: async () => undefined },
    realNow: () => ours.on('2027-06-10'),
  };
  return { backend: liveBackend(installation as unknown as Installation), asked };
}

/** The board of somebody, and every statement that it took. */
async function boardOf(held: Held, from = 0) {
  const { backend, asked } = counted();
  const { editions: lines, next } = await backend.editions([held], from);
  return { lines, next, asked };
}

test('the board is narrowed to a territory and a state, among what somebody may see', async () => {
  const { backend } = counted();
  const held = [{ right: 'admin' as const }];
  const ids = async (filter?: BoardFilter, of: Held[] = held) => (await backend.editions(of, 0, filter)).editions.map(({ id }) => id);
  const all = await backend.editions(held, 0);
  const territory = ours.edition.territory.id;
  expect(all.territories[territory]).toBe(ours.edition.territory.name);
  expect(await ids({ territory, state: 'running' })).toEqual([ours.id]);
  expect(await ids()).toContain(ours.id);
  expect(await ids({ territory: 'nulle-part' })).toEqual([]);
  expect(await ids({ state: 'over' })).toEqual([]);
  expect(await backend.editions([{ right: 'coordinator', edition: 'autre' }], 0, { territory })).toEqual({ editions: [], territories: {} });
});

test('an edition of somebody else costs the very statements of one that does not exist: nothing of it is read', async () => {
  const { backend: live, asked } = counted();
  const viewer = { account: 'a', name: 'A', email: 'a@b.example', session: 's', provedAt: 0, factor: false, strong: false };
  const backend = {
    ...live,
    viewer: async () => ({ ...viewer, held: [{ right: 'coordinator', edition: ours.id }] as const }),
  };
  const app = createApp(backend, { secure: true, baseUrl: 'https://essais.example' });
  const statements = async (id: string) => {
    asked.length = 0;
    for (const path of [`/editions/${id}`, `/editions/${id}/mails`, `/editions/${id}/mails/1`, `/api/editions/${id}`])
      expect((await app.request(`https://essais.example${path}`, { headers: { cookie: '__Host-session=s' } })).status).toBe(404);
    return asked.map((statement) => statement.replace(JSON.stringify([id]), ''));
  };
  const none = await statements('no-such-edition');
  expect(none).toEqual(Array(4).fill('select id as edition, territory from edition where id = $1 '));
  expect(await statements(others[0]?.id ?? '')).toEqual(none);
});

describe('the board', () => {
  test('reads of the editions that somebody sees, and costs no more when there are others', async () => {
    const coordinator: Held = { right: 'coordinator', edition: ours.id };
    const few = await boardOf(coordinator);
    for (let n = 0; n < 5; n++) await more();
    const many = await boardOf(coordinator);
    expect(many.lines).toMatchObject([{ id: ours.id, status: 'running', slackWorkingDays: expect.any(Number) }]);
    expect(many.asked.length).toBe(few.asked.length);
    for (const { id } of others) expect(many.asked.filter((statement) => statement.includes(`"${id}"`))).toEqual([]);
  });

  test('takes two statements more for a page of them, however many they are, and leads to the next', async () => {
    const territory: Held = { right: 'coordinator', territory: 'ailleurs' };
    expect((await boardOf(territory)).asked).toHaveLength(3);
    await database.store.pool.query(
      `insert into edition (id, title, territory, file, source, last_at, started_at)
       select 'copie-' || n, title, 'copies', file, source, last_at, started_at from edition, generate_series(1, 60) n where id = $1`,
      [ours.id],
    );
    const copies: Held = { right: 'coordinator', territory: 'copies' };
    const [first, second] = [await boardOf(copies), await boardOf(copies, 50)];
    expect([first.lines.length, first.next, first.asked.length]).toEqual([50, 50, 3]);
    expect([second.lines.length, second.next, second.asked.length]).toEqual([10, undefined, 3]);
    expect(new Set([...first.lines, ...second.lines].map(({ id }) => id)).size).toBe(60);
    await database.store.pool.query("delete from edition where territory = 'copies'");
  });

  test('makes no plan of what an admin only keeps in order: one statement says which there are', async () => {
    const { lines, asked } = await boardOf({ right: 'admin' });
    expect(lines).toHaveLength(others.length + 1);
    for (const line of lines) expect(line).toMatchObject({ territory: 'Pays du Plateau', status: 'running', kept: true });
    expect(asked).toHaveLength(1);
  });

  test('reads nothing of any edition for whom there is none', async () => {
    const { lines, asked } = await boardOf({ right: 'reader', territory: 'nulle-part' });
    expect([lines, asked.length]).toEqual([[], 1]);
  });
});

test('mails and journal of an edition are read a page at a time, at the cost of one', async () => {
  const bench = await database.bench();
  const { pool } = database.store;
  await pool.query(
    `insert into outbox (edition, key, person, template, state, subject, message_id, queued_at, due_at)
     select $1, $1 || '.' || n, (select min(id) from person where edition = $1), 'asks', 'accepted', 'Mail ' || n, n, now(), now() + n * interval '1 minute' from generate_series(1, 120) n`,
    [bench.id],
  );
  const line = (n: number) => ({
    edition: bench.id,
    at: bench.on('2027-06-10'),
    actor: 'programme',
    verb: 'ask.opened' as const,
    subject: `s${n}`,
  });
  await inTransaction(pool, (tx) => audit(tx, [...Array(120).keys()].map(line)));
  const { backend, asked } = counted();
  const none = { edition: editionView, at: 0 };
  const pages = async (list: 'mails' | 'journal') => {
    const costs: number[] = [];
    const seen: unknown[] = [];
    for (let from: number | undefined = 0; from !== undefined; ) {
      asked.length = 0;
      const part: EditionPart & { mails?: { subject: string }[]; journal?: Journal } =
        (await (list === 'mails' ? backend.mails(bench.id, { view: 'left', from }) : backend.journal(bench.id, { from }))) ?? none;
      seen.push(...(part.mails ?? part.journal?.lines ?? []).map(({ subject }) => subject));
      costs.push(asked.length);
      from = part.next;
    }
    return { costs, seen };
  };
  const mails = await pages('mails');
  expect(mails.seen).toEqual([...Array(120).keys()].map((n) => `Mail ${120 - n}`));
  const journal = await pages('journal');
  expect(journal.seen.slice(0, 120)).toEqual([...Array(120).keys()].map((n) => `s${119 - n}`));
  for (const cost of [...mails.costs, ...journal.costs]) expect(cost).toBeLessThanOrEqual(8);
  asked.length = 0;
  await backend.edition(bench.id);
  expect(asked.length).toBeLessThanOrEqual(15);
});

test('a page of the console takes fifteen statements at most, from its cookie to its last line', async () => {
  const bench = await database.bench();
  const { pool } = database.store;
  const { id: edition } = bench;
  const coordinator = bench.edition.people.find(({ role }) => role === 'coordinator');
  await bench.review(bench.on('2027-06-07'), [{ step: 'interviews', kind: 'interview' }]);
  const { backend, asked } = counted();
  const { id: account } = await inTransaction(pool, (tx) =>
    addAccount(tx, { id: 'lectrice', email: coordinator?.email ?? '', name: 'Lectrice', by: 'machine', realNow: ours.on('2027-06-10') }),
  );
  const { session } = await inTransaction(pool, (tx) =>
    openSession(tx, { account, way: 'key', device: '', wanted: '/', realNow: ours.on('2027-06-10') }),
  );
  const app = createApp(backend, { secure: true, baseUrl: 'https://essais.example' });
  const of = `/editions/${edition}`;
  const mails = ['', '?view=coming', '?view=waiting&who=a&state=held'].map((query) => `${of}/mails${query}`);
  for (const path of ['/', of, ...mails, `${of}/acts/message`, `${of}/journal`]) {
    asked.length = 0;
    const page = await app.request(`https://essais.example${path}`, { headers: { cookie: `__Host-session=${session}` } });
    expect([path, page.status]).toEqual([path, 200]);
    expect(asked.length).toBeLessThanOrEqual(15);
  }
});

test('whoever calls themselves by a word of the journal is not taken for whom that word stands for', async () => {
  const bench = await database.bench();
  const { pool } = bench.store;
  const names = ['coordinator', 'machine', 'account:none'];
  const { rows } = await pool.query<{ id: string }>('select id from person where edition = $1 order by id', [bench.id]);
  for (const [n, name] of names.entries()) {
    const person = rows[n]?.id ?? '';
    await pool.query('update person set name = $3 where edition = $1 and id = $2', [bench.id, person, name]);
    await audit(pool, [{ edition: bench.id, at: bench.on('2027-06-09'), actor: person, verb: 'language.chosen', subject: person }]);
  }
  const installation = { store: bench.store, linkKey, publicUrl: 'https://essais.example', realNow: () => bench.on('2027-06-10') };
  const viewer = { account: 'a', name: 'A', email: 'a@b.example', session: 's', provedAt: 0, factor: false, strong: false };
  const backend = {
    ...liveBackend(installation as unknown as Installation),
    viewer: async () => ({ ...viewer, held: [{ right: 'reader', edition: bench.id }] as const }),
  };
  const app = createApp(backend, { secure: true, baseUrl: 'https://essais.example' });
  const page = await app.request(`https://essais.example/editions/${bench.id}/journal`, { headers: { cookie: '__Host-session=s' } });
  const text = readable(await page.text());
  for (const name of names) expect(text).toContain(`${name} a choisi sa langue`);
});

test('a line says what is late, the next sitting, and what fails; nothing of it while there is nothing', async () => {
  const dates = ['2027-12-13', '2028-03-13', '2028-06-12', '2028-12-11'];
  const bench = await database.bench((file) => {
    file.territory.sessions = { conseil: { name: 'Conseil départemental', fileBy: '5wd', dates } };
    file.circuits = { ...file.circuits, 'outcome-approval': [{ by: 'direction', within: '5wd' }, { session: 'conseil' }] };
  });
  const ask = { step: 'interviews', kind: 'interview' } as const;
  await bench.review(bench.on('2027-06-07'), [ask]);
  const line = async (at: number) => {
    const installation = { store: bench.store, linkKey, engine: { cohort: async () => undefined }, realNow: () => at };
    const { editions } = await liveBackend(installation as unknown as Installation).editions(
      [{ right: 'coordinator', edition: bench.id }],
      0,
    );
    return editions[0];
  };
  const { due_at: dueAt } = await bench.ask(ask);
  const before = await line(dueAt.getTime() - 1);
  expect(before).not.toHaveProperty('late');
  expect(before).not.toHaveProperty('incidents');
  expect(before?.sitting?.body).toBe('Conseil départemental');
  expect(dates).toContain(before?.sitting?.date);
  await recordIncident(bench.store.pool, bench.id, { scope: 'delivery', message: 'cassé', at: bench.on('2027-06-07') });
  expect(await line(dueAt.getTime() + 60_000)).toMatchObject({ late: 1, incidents: 1 });
});
