/** An ask to thousands in which nothing is due is not read, and nothing that changes what is due in it is missed (decision 0028). */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { review } from '../../activities/review/index.js';
import { askId } from '../../domain/asks.js';
import { delegate, takeBack } from '../../store/acts/delegate.js';
import { inTransaction, openStore } from '../../store/db.js';
import { findEdition } from '../../store/editions.js';
import { readSnapshot } from '../../store/snapshot.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const relay = { step: 'call-open', kind: 'relay', after: '2027-06-04' } as const;
const minute = 60_000;

/** An edition whose relays, the first with a substitute, were asked yesterday and have their mail: nothing is due. */
async function quiet(relays = 3): Promise<Bench & { at: number }> {
  const bench = await database.bench((file) => {
    file.relays = Array.from({ length: relays }, (_, n) => ({
      id: `r-${n}`,
      name: `Relais ${n}`,
      email: `r${n}@reseau.example`,
      ...(n === 0 ? { substitute: 'adjointe' } : {}),
    }));
  });
  const [monday, tuesday] = [bench.on('2027-06-07'), bench.on('2027-06-08')];
  await bench.live(monday, tuesday, [relay]);
  await bench.review(tuesday, [relay]);
  return { ...bench, at: tuesday };
}

/** Whether a review at an instant would leave the ask unread. */
const isQuiet = ({ store, id }: Bench, at: number) =>
  inTransaction(store.pool, async (tx) => {
    const row = await findEdition(tx, id);
    if (row === undefined) throw new Error('it is there');
    const ask = askId(id, { version: 1, generation: 1, ...relay });
    const seen = await readSnapshot(tx, { row, open: [ask], awaited: [], at, movedSince: at, first: false, trusting: true });
    await tx.query('insert into stirred (edition) select $1 where $2', [id, seen.stirred]); // as it was
    return seen.quiet.has(ask);
  });

test('a review in which nothing is due reads no more of an ask to 800 than of one to 50', async () => {
  const read = async (relays: number) => {
    const bench = await quiet(relays);
    const store = openStore(database.url, { maxConnections: 1 });
    const rows = async () => {
      await store.pool.query('select pg_stat_force_next_flush()');
      const { rows: found } = await store.pool.query<{ read: string }>(
        'select sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)) as read from pg_stat_user_tables',
      );
      return Number(found[0]?.read);
    };
    try {
      await store.pool.query('analyze');
      const before = await rows();
      const asks = [{ version: 1, generation: 1, ...relay }];
      await review(store, { edition: bench.id, epoch: 1, at: bench.at + minute, facts: [], incidents: [], asks });
      return (await rows()) - before;
    } finally {
      await store.close();
    }
  };
  const [few, many] = [await read(50), await read(800)];
  expect(many).toBeLessThan(few * 1.5 + 20);
});

test('nothing that is due is late: what a quiet ask sends is what one sends that is read at every look', async () => {
  const lives = async (stir: boolean) => {
    const bench = await quiet();
    await bench.answer(relay, 'r-1', { spread: 'yes' }, bench.at + minute);
    for (let at: number | null = bench.at + 2 * minute; at !== null && at < bench.on('2027-07-20'); ) {
      if (stir) await bench.store.pool.query('update ask set quiet_until = null where edition = $1', [bench.id]);
      const { wakeAt, mail } = await bench.review(at, [relay]);
      if (mail) await bench.deliver(at);
      at = wakeAt;
    }
    const { outcome } = await bench.ask(relay);
    return { outcome, mailed: await Promise.all(['r-0', 'r-1', 'r-2', 'adjointe', 'coordo'].map((person) => bench.mailed(person))) };
  };
  const [calm, read] = [await lives(false), await lives(true)];
  expect(calm).toEqual(read);
  expect(calm.mailed[2]?.length).toBeGreaterThan(1); // somebody was reminded
});

test('the last answer settles it', async () => {
  const bench = await quiet();
  for (const person of ['r-0', 'r-1', 'r-2']) {
    await bench.review(bench.at + minute, [relay]);
    expect((await bench.ask(relay)).outcome).toBeNull();
    expect(await bench.answer(relay, person, { spread: 'yes' }, bench.at + 2 * minute)).toMatchObject({ ok: true });
  }
  await bench.review(bench.at + 3 * minute, [relay]);
  expect((await bench.ask(relay)).outcome).toBe('complete');
});

describe('is quiet no more', () => {
  const stirs: Record<string, (bench: Bench & { at: number }) => Promise<unknown>> = {
    'when somebody names a delegate': ({ store, request, at }) =>
      delegate(store, { request: request(relay, 'r-1'), name: 'Une Autre', email: 'autre@reseau.example', realNow: at + minute }),
    'when its end moves': ({ store, id }) =>
      store.pool.query(`update ask set ends_at = ends_at + interval '1 day' where edition = $1 and kind = 'relay'`, [id]),
    'when mail to somebody comes back': ({ store, id, at }) =>
      store.pool.query(`update person set unreachable_at = $2 where edition = $1 and id = 'r-0'`, [id, new Date(at)]),
    'when somebody has another substitute': ({ store, id }) =>
      store.pool.query(`update person set substitute = 'sante' where edition = $1 and id = 'r-0'`, [id]),
    'when somebody joins the edition': ({ store, id }) =>
      store.pool.query(
        `insert into person (edition, id, role, name, email, place) values ($1, 'x', 'coordinator', 'X', 'x@x.example', 99)`,
        [id],
      ),
    'when the rules change': ({ store, id }) => store.pool.query('update edition set file = file where id = $1', [id]),
  };
  test.each(Object.keys(stirs))('%s', async (name) => {
    const bench = await quiet();
    expect(await isQuiet(bench, bench.at + 2 * minute)).toBe(true);
    await stirs[name]?.(bench);
    expect(await isQuiet(bench, bench.at + 2 * minute)).toBe(false);
    await bench.review(bench.at + 2 * minute, [relay]);
    await bench.review(bench.at + 3 * minute, [relay]);
    expect(await isQuiet(bench, bench.at + 4 * minute)).toBe(true);
  });

  test('when a delegate is taken back', async () => {
    const bench = await quiet();
    const given = { request: bench.request(relay, 'r-1'), realNow: bench.at + minute };
    expect(await delegate(bench.store, { ...given, name: 'Une Autre', email: 'autre@reseau.example' })).toMatchObject({ ok: true });
    for (const n of [2, 3]) await bench.review(bench.at + n * minute, [relay]);
    expect(await isQuiet(bench, bench.at + 4 * minute)).toBe(true);
    expect(await takeBack(bench.store, given)).toMatchObject({ ok: true });
    expect(await isQuiet(bench, bench.at + 4 * minute)).toBe(false);
  });
});

test('what was committed while a review read is seen by the next, whichever commits first', async () => {
  const bench = await quiet();
  await bench.store.pool.query('update ask set quiet_until = null where edition = $1', [bench.id]); // the next review marks it anew
  await inTransaction(bench.store.pool, async (late) => {
    await late.query(`update person set unreachable_at = $2 where edition = $1 and id = 'r-0'`, [bench.id, new Date(bench.at)]);
    await bench.review(bench.at + minute, [relay]);
    expect((await bench.ask(relay)).quiet_until).not.toBeNull(); // it saw nothing of it
  });
  await bench.review(bench.at + 2 * minute, [relay]);
  await bench.deliver(bench.at + 2 * minute);
  expect(await bench.mailed('adjointe')).toEqual(['2027-06-08 09:02 late-2 relay']);
});
