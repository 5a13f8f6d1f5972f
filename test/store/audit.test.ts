import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { runner } from 'node-pg-migrate';
import { cancelEdition } from '../../store/acts/cancel-edition.js';
import { close } from '../../store/acts/close.js';
import { extend } from '../../store/acts/extend.js';
import { nudge } from '../../store/acts/nudge.js';
import { audit, journal, type Written } from '../../store/audit.js';
import { chainStart, entryHash, jsonbText, readChain, verifyChain } from '../../store/chain.js';
import { type Db, inSavepoint, inTransaction, openStore } from '../../store/db.js';
import { MIGRATIONS_DIR, migrate } from '../../store/migrate.js';
import { untoldOf } from '../../store/untold.js';
import { createEmptyDatabase } from '../support/database.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';

/** A transaction whose journal is written as it is said, and not at its end. */
const atOnce = (tx: Db): Db => ({ query: (text, values) => tx.query(text, values) });

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
const at = Date.parse('2027-06-07T09:00:00.123Z');
const line = (edition: string, subject: string, more: Partial<Written> = {}): Written => ({
  edition,
  at,
  actor: 'programme',
  verb: 'ask.opened',
  subject,
  ...more,
});
const write = ({ store }: Bench, ...entries: Written[]) => inTransaction(store.pool, (tx) => audit(tx, entries));
const subjects = async ({ store, id }: Bench) => (await readChain(store.pool, id)).chained.map((entry) => entry.subject);

/** A bench whose journal has five entries, the third with a reason. */
async function written(): Promise<Bench> {
  const bench = await database.bench();
  for (const n of [1, 2, 3, 4, 5]) await write(bench, line(bench.id, `s${n}`, n === 3 ? { reason: 'Trop tard, dit Marthe.' } : {}));
  return bench;
}

/** What an owner of the database can do who sets aside the triggers. */
const asOwner = ({ store }: Bench, ...statements: string[]) =>
  inTransaction(store.pool, async (tx) => {
    await tx.query("set local session_replication_role = 'replica'");
    for (const statement of statements) await tx.query(statement);
  });

describe('a chain', () => {
  test('takes entries in the order in which they were written, each after the one before', async () => {
    const bench = await database.bench();
    await write(bench, line(bench.id, 'a'), line(bench.id, 'b'), line(bench.id, 'c'));
    await write(bench, line(bench.id, 'd'));
    const { ok, head, chained } = await readChain(bench.store.pool, bench.id);
    expect(ok).toBe(true);
    expect(chained.map(({ n, subject }) => `${n} ${subject}`)).toEqual(['1 a', '2 b', '3 c', '4 d']);
    expect(chained.map(({ prev }) => prev)).toEqual([chainStart, ...chained.slice(0, 3).map(({ hash }) => hash)]);
    expect(head).toEqual({ n: 4, hash: chained[3]?.hash });
  });

  test('follows the order of commits, whichever entry was written first', async () => {
    const bench = await database.bench();
    await inTransaction(bench.store.pool, async (slow) => {
      await audit(atOnce(slow), [line(bench.id, 'begun first')]);
      await write(bench, line(bench.id, 'committed first'));
    });
    expect(await subjects(bench)).toEqual(['committed first', 'begun first']);
    expect(await verifyChain(bench.store.pool, bench.id)).toMatchObject({ ok: true, entries: 2 });
  });

  test('knows nothing of what was rolled back, whole or to a savepoint', async () => {
    const bench = await database.bench();
    await inTransaction(bench.store.pool, async (tx) => {
      await audit(atOnce(tx), [line(bench.id, 'kept')]);
      await tx.query('savepoint part');
      await audit(atOnce(tx), [line(bench.id, 'undone')]);
      await tx.query('rollback to savepoint part');
      await audit(atOnce(tx), [line(bench.id, 'kept too')]);
    });
    await inTransaction(bench.store.pool, async (tx) => {
      await audit(tx, [line(bench.id, 'undone')]);
      throw new Error('undone');
    }).catch(() => undefined);
    expect(await subjects(bench)).toEqual(['kept', 'kept too']);
  });

  test('is written at the end of its transaction, all of it at once and in order, without what a part that failed would have written', async () => {
    const bench = await database.bench();
    await inTransaction(bench.store.pool, async (tx) => {
      await audit(tx, [line(bench.id, 'first')]);
      for (const name of ['works', 'fails', 'works too'])
        await inSavepoint(tx, async () => {
          await audit(tx, [line(bench.id, name)]);
          if (name === 'fails') throw new Error(name);
        });
      expect(await subjects(bench)).toEqual([]);
    });
    expect(await subjects(bench)).toEqual(['first', 'works', 'works too']);
  });

  test('is one an edition: another edition changes nothing in it', async () => {
    const [one, other] = [await written(), await database.bench()];
    const before = await verifyChain(one.store.pool, one.id);
    await write(other, line(other.id, 's1'));
    expect(await verifyChain(one.store.pool, one.id)).toEqual(before);
    expect((await verifyChain(other.store.pool, other.id)).head?.n).toBe(1);
  });

  test('of no entry at all has no head', async () => {
    expect(await verifyChain(database.store.pool, 'nowhere')).toEqual({ ok: true, head: null, entries: 0, faults: [] });
  });

  test('is hashed as documented: a known entry has a known hash', () => {
    const entry = { prev: chainStart, edition: 'essai', n: 1, at, actor: 'coordo', verb: 'ask.nudged', subject: 'essai.été' };
    const detail = { people: ['sante', 'direction'], to: null, ok: true, n: 12 };
    expect(
      jsonbText([entry.prev, entry.edition, entry.n, new Date(at).toISOString(), entry.actor, entry.verb, entry.subject, detail]),
    ).toBe(
      `["${chainStart}", "essai", 1, "2027-06-07T09:00:00.123Z", "coordo", "ask.nudged", "essai.été", {"n": 12, "ok": true, "to": null, "people": ["sante", "direction"]}]`,
    );
    expect(entryHash({ ...entry, detail })).toBe('b5c51bbf7b2d80477382141fa1d5c6186493a278efefd6c5600fe807965e50e7');
  });
});

test('JSON is written as Postgres writes it, whatever it says', async () => {
  const word = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replaceAll('\u0000', ''));
  const scalar = fc.oneof(word, fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
  const detail = fc.dictionary(word, fc.oneof(scalar, fc.array(word, { maxLength: 4 })), { maxKeys: 6, noNullPrototype: true });
  const details = fc.sample(detail, 2000);
  const { rows } = await database.store.pool.query<{ text: string }>(
    'select e::text as text from jsonb_array_elements($1::jsonb) with ordinality as x(e, n) order by n',
    [JSON.stringify(details)],
  );
  expect(details.map((one) => jsonbText(one))).toEqual(rows.map((row) => row.text));
});

describe('twenty who answer at one moment, while it is reviewed', () => {
  test('are chained one after the other, without a fork, a gap or a deadlock', async () => {
    const people = Array.from({ length: 20 }, (_, n) => `juge-${n}`);
    const bench = await database.bench((file) => {
      for (const id of people) file.people.push({ id, role: 'field', name: id, email: `${id}@terrain.example` });
      file.interviews = people;
    });
    const store = openStore(database.url, { maxConnections: 24 });
    try {
      await bench.review(bench.on('2027-06-07'), [interview]);
      const acts = people.map((person) => bench.answer(interview, person, { problems: 'Loin.' }, bench.on('2027-06-08')));
      const lines = Array.from({ length: 20 }, (_, n) =>
        inTransaction(store.pool, (tx) => audit(tx, [line(bench.id, `x${n}`), line(bench.id, `y${n}`)])),
      );
      const reviews = [1, 2, 3].map((n) => bench.review(bench.on('2027-06-08', `10:0${n}`), [interview]));
      expect((await Promise.all(acts)).every((act) => act.ok)).toBe(true);
      await Promise.all([...lines, ...reviews]);
      await bench.review(bench.on('2027-06-08', '11:00'), [interview]);
      const { ok, faults, chained } = await readChain(store.pool, bench.id);
      expect({ ok, faults }).toEqual({ ok: true, faults: [] });
      expect(chained.filter((entry) => entry.verb === 'ask.answered')).toHaveLength(20);
      expect(chained.filter((entry) => entry.verb === 'ask.settled')).toHaveLength(1);
      const pairs = chained.flatMap((entry) => (/^[xy]\d/.test(entry.subject) ? [entry.subject] : []));
      for (let n = 0; n < pairs.length; n += 2) expect(pairs[n]?.replace('x', 'y')).toBe(pairs[n + 1]);
    } finally {
      await store.close();
    }
  });
});

describe('the journal and its chain', () => {
  const refusals = [
    "update audit set actor = 'somebody'",
    'update audit set actor = actor where false',
    'delete from audit',
    'truncate audit',
    'update audit_chain set n = n + 1',
    'delete from audit_chain',
    'truncate audit_chain',
    "insert into audit_chain (edition, n, entry, hash) values ('essai-1', 99, 99, '')",
  ];
  test.each(refusals)('refuse, even a superuser: %s', async (statement) => {
    const bench = await written();
    await expect(bench.store.pool.query(statement)).rejects.toThrow('the journal is only ever added to');
    expect(await verifyChain(bench.store.pool, bench.id)).toMatchObject({ ok: true, entries: 5 });
  });

  test('are held by right too: the owner, and a role that only runs, may add and read', async () => {
    const bench = await written();
    const names = `audit_${process.pid}`;
    await inTransaction(bench.store.pool, async (tx) => {
      await tx.query(`create role ${names}_owner; create role ${names}_runs`);
      await tx.query(`alter table audit owner to ${names}_owner; alter table audit_chain owner to ${names}_owner;
        alter function audit_chain_entry owner to ${names}_owner; grant select, insert on audit to ${names}_runs; grant select on audit_chain, audit_reason to ${names}_runs; grant insert on audit_reason to ${names}_runs`);
      await tx.query('savepoint part');
      const refused = async (role: string, statement: string) => {
        await tx.query(`set local role ${role}`);
        const said = await tx.query(statement).then(
          () => 'done',
          (error: unknown) => (error instanceof Error ? error.message : ''),
        );
        await tx.query('rollback to savepoint part');
        return said;
      };
      for (const role of [`${names}_owner`, `${names}_runs`])
        for (const table of ['audit', 'audit_chain'])
          for (const statement of [`update ${table} set edition = ''`, `delete from ${table}`, `truncate ${table}`])
            expect(await refused(role, statement)).toBe(`permission denied for table ${table}`);
      expect(await refused(`${names}_runs`, `insert into audit_chain values ('x', 1, 1, '')`)).toBe(
        'permission denied for table audit_chain',
      );

      await tx.query(`set local role ${names}_runs`);
      await audit(atOnce(tx), [line(bench.id, 'added')]);
      await tx.query('set constraints all immediate');
      expect((await verifyChain(tx, bench.id)).head?.n).toBe(6);
      throw new Error('roles are not kept');
    }).catch((error: Error) => expect(error.message).toBe('roles are not kept'));
  });
});

describe('whoever sets the triggers aside and', () => {
  const faults = async (bench: Bench, head?: string) => (await verifyChain(bench.store.pool, bench.id, { head })).faults;
  const idOf = async (bench: Bench, n: number) => (await readChain(bench.store.pool, bench.id)).chained[n - 1]?.id ?? 0;

  test.each([
    ['who', "actor = 'coordo'"],
    ['when', "at = at + interval '1 millisecond'"],
    ['what', "verb = 'ask.closed'"],
    ['about what', "subject = 's9'"],
    ['with what', `detail = '{"due": "2027-06-21"}'`],
  ])('changes %s, is seen', async (_, change) => {
    const bench = await written();
    const entry = await idOf(bench, 2);
    await asOwner(bench, `update audit set ${change} where id = ${entry}`);
    expect(await faults(bench)).toEqual([{ what: 'changed', n: 2, entry }]);
  });

  test('removes an entry, is seen; its link too, is seen; and numbers the links again, is seen', async () => {
    const bench = await written();
    const [third, fourth] = [await idOf(bench, 3), await idOf(bench, 4)];
    await asOwner(bench, `delete from audit where id = ${third}`);
    expect(await faults(bench)).toEqual([{ what: 'removed', n: 3, entry: third }]);
    await asOwner(bench, `delete from audit_chain where entry = ${third}`);
    expect(await faults(bench)).toEqual([{ what: 'gap', n: 3 }]);
    await asOwner(
      bench,
      `update audit_chain set n = n - 1 where edition = '${bench.id}' and n = 4`,
      `update audit_chain set n = 4 where edition = '${bench.id}' and n = 5`,
    );
    expect(await faults(bench)).toEqual([
      { what: 'changed', n: 3, entry: fourth },
      { what: 'changed', n: 4, entry: fourth + 1 },
    ]);
  });

  test('slips in an entry, is seen', async () => {
    const bench = await written();
    await asOwner(
      bench,
      `insert into audit (edition, at, actor, verb, subject) values ('${bench.id}', now(), 'coordo', 'ask.closed', 's1')`,
    );
    expect(await faults(bench)).toEqual([{ what: 'unchained', entry: (await idOf(bench, 5)) + 1 }]);
  });

  test('moves an entry to another edition, is seen in both', async () => {
    const [bench, other] = [await written(), await written()];
    const entry = await idOf(bench, 5);
    await asOwner(bench, `update audit set edition = '${other.id}' where id = ${entry}`);
    expect(await faults(bench)).toEqual([{ what: 'removed', n: 5, entry }]);
    expect(await faults(other)).toEqual([{ what: 'unchained', entry }]);
  });

  test('changes an entry and its hash, is seen at the next', async () => {
    const bench = await written();
    const { chained } = await readChain(bench.store.pool, bench.id);
    const [, second, third] = chained;
    if (second === undefined || third === undefined) throw new Error('five were written');
    const forged = { ...second, actor: 'coordo' };
    await asOwner(
      bench,
      `update audit set actor = 'coordo' where id = ${second.id}`,
      `update audit_chain set hash = '${entryHash(forged)}' where entry = ${second.id}`,
    );
    expect(await faults(bench)).toEqual([{ what: 'changed', n: 3, entry: third.id }]);
  });

  test('cuts off the end, is seen by whoever has noted the head', async () => {
    const bench = await written();
    const { head } = await verifyChain(bench.store.pool, bench.id);
    expect(await faults(bench, head?.hash)).toEqual([]);
    const last = await idOf(bench, 5);
    await asOwner(bench, `delete from audit where id = ${last}`, `delete from audit_chain where entry = ${last}`);
    expect(await faults(bench)).toEqual([]);
    expect(await faults(bench, head?.hash)).toEqual([{ what: 'head', hash: head?.hash }]);
  });

  test('changes a reason, is seen', async () => {
    const bench = await written();
    await bench.store.pool.query(`update audit_reason set text = 'Tout va bien.' where edition = $1`, [bench.id]);
    expect(await faults(bench)).toEqual([{ what: 'reason', n: 3, entry: await idOf(bench, 3) }]);
  });
});

describe('a reason', () => {
  test('is kept beside the journal, which keeps none of its words', async () => {
    const bench = await database.bench();
    await bench.review(bench.on('2027-06-07'), [interview]);
    const reason = 'Marthe est en congé.';
    expect(await close(bench.store, { ask: bench.idOf(interview), reason, realNow: bench.on('2027-06-08') })).toMatchObject({ ok: true });
    expect(JSON.stringify(await journal(bench.store.pool, bench.id))).not.toContain('Marthe');
    const { rows } = await bench.store.pool.query<{ text: string }>('select text from audit_reason where edition = $1', [bench.id]);
    expect(rows).toEqual([{ text: reason }]);
  });

  test('may be erased: the chain still verifies', async () => {
    const bench = await written();
    await bench.store.pool.query('delete from audit_reason where edition = $1', [bench.id]);
    expect(await verifyChain(bench.store.pool, bench.id)).toMatchObject({ ok: true, entries: 5 });
  });
});

test('asks that end with their edition each have their outcome in the journal, after why it ended', async () => {
  const bench = await database.bench();
  await bench.review(bench.on('2027-06-07'), [interview, { step: 'diagnosis', kind: 'document' }]);
  await cancelEdition(bench.store, { edition: bench.id, reason: 'Reporté.', realNow: bench.on('2027-06-08') });
  const lines = (await journal(bench.store.pool, bench.id)).slice(2).map(({ verb, subject }) => `${verb} ${subject}`);
  expect(lines).toEqual([
    `edition.cancelled ${bench.id}`,
    ...[bench.idOf({ step: 'diagnosis', kind: 'document' }), bench.idOf(interview)].sort().map((id) => `ask.settled ${id}`),
  ]);
});

describe('what is true and the journal', () => {
  async function settled(): Promise<Bench> {
    const bench = await database.bench();
    await write(bench, line(bench.id, bench.id, { actor: 'coordinator', verb: 'edition.started' }));
    await bench.review(bench.on('2027-06-07'), [interview]);
    for (const person of ['direction', 'sante']) await bench.answer(interview, person, { problems: 'Loin.' }, bench.on('2027-06-08'));
    await bench.review(bench.on('2027-06-09'), [interview]);
    return bench;
  }

  test('agree on every opening, answer and outcome', async () => {
    const bench = await settled();
    expect(await untoldOf(bench.store.pool, bench.id)).toEqual([]);
  });

  test('do not when the end of the journal was cut off, though its chain verifies', async () => {
    const bench = await settled();
    const last = `(select max(entry) from audit_chain where edition = '${bench.id}')`;
    await asOwner(bench, `delete from audit where id = ${last}`, `delete from audit_chain where entry = ${last}`);
    expect(await verifyChain(bench.store.pool, bench.id)).toMatchObject({ ok: true });
    expect(await untoldOf(bench.store.pool, bench.id)).toEqual([
      { verb: 'ask.settled', subject: bench.idOf(interview), actor: null, found: 0 },
    ]);
  });

  test('do not when the cut-off end held only what coordinators did', async () => {
    const bench = await database.bench();
    await write(bench, line(bench.id, bench.id, { actor: 'coordinator', verb: 'edition.started' }));
    await bench.review(bench.on('2027-06-07'), [interview]);
    await bench.deliver(bench.on('2027-06-07'));
    const { pool } = bench.store;
    const asked = { ask: bench.idOf(interview), reason: 'Reporté.' };
    const { rows } = await pool.query<{ n: number }>('select max(n) as n from audit_chain where edition = $1', [bench.id]);
    const cut = async (after: number) => {
      await asOwner(
        bench,
        `delete from audit where id in (select entry from audit_chain where edition = '${bench.id}' and n > ${after})`,
        `delete from audit_chain where edition = '${bench.id}' and n > ${after}`,
      );
      expect(await verifyChain(pool, bench.id)).toMatchObject({ ok: true });
      return (await untoldOf(pool, bench.id)).map(({ verb, found }) => `${verb} ${found}`);
    };
    const last = rows[0]?.n ?? 0;
    for (const date of ['2027-06-24', '2027-06-25'])
      expect(await extend(bench.store, { ...asked, date, realNow: bench.on('2027-06-08') })).toMatchObject({ ok: true });
    expect(await nudge(bench.store, { ...asked, realNow: bench.on('2027-06-10') })).toMatchObject({ ok: true });
    expect(await close(bench.store, { ...asked, realNow: bench.on('2027-06-11') })).toMatchObject({ ok: true });
    expect(await untoldOf(pool, bench.id)).toEqual([]);
    expect(await cut(last + 3)).toEqual(['ask.closed 0']);
    expect(await cut(last + 2)).toEqual(['ask.closed 0', 'ask.nudged 0']);
    expect(await cut(last + 1)).toEqual(['ask.closed 0', 'ask.extended 0', 'ask.nudged 0']); // what is left says another day
    expect(await cut(last)).toEqual(['ask.closed 0', 'ask.extended 0', 'ask.nudged 0']);
  });

  test('do not when an edition is cancelled, or there at all, and nothing says so', async () => {
    const bench = await database.bench();
    const begun = line(bench.id, bench.id, { actor: 'coordinator', verb: 'edition.started' });
    const untold = async () => (await untoldOf(bench.store.pool, bench.id)).map(({ verb, found }) => `${verb} ${found}`);
    expect(await untold()).toEqual(['edition.started 0']);
    await write(bench, begun);
    await cancelEdition(bench.store, { edition: bench.id, reason: 'Reporté.', realNow: at });
    expect(await untold()).toEqual([]);
    await asOwner(
      bench,
      `delete from audit where edition = '${bench.id}' and verb = 'edition.cancelled'`,
      `delete from audit_chain where edition = '${bench.id}' and n = 2`,
    );
    expect(await untold()).toEqual(['edition.cancelled 0']);

    const story = await database.bench();
    await write(story, { ...begun, edition: story.id, subject: story.id });
    const over = { what: 'edition-ended', step: 'restitution', version: 1, generation: 1, outcome: 'cancelled' } as const;
    await story.review(story.on('2027-06-07'), [], { facts: [over] });
    expect(await untoldOf(story.store.pool, story.id)).toEqual([]);
  });

  test('do not when an application was begun and nothing says so', async () => {
    const bench = await database.bench();
    await write(bench, line(bench.id, bench.id, { actor: 'coordinator', verb: 'edition.started' }));
    await bench.store.pool.query(`insert into application (edition, id, person, started_at) values ($1, 'a-01', 'maison', $2)`, [
      bench.id,
      new Date(at),
    ]);
    const untold = { verb: 'application.started', subject: 'a-01', actor: 'maison', found: 0 };
    expect(await untoldOf(bench.store.pool, bench.id)).toEqual([untold]);
    await write(bench, line(bench.id, 'a-01', { actor: 'maison', verb: 'application.started' }));
    expect(await untoldOf(bench.store.pool, bench.id)).toEqual([]);
  });

  test('do not when an outcome was edited, or taken back', async () => {
    const bench = await settled();
    const id = bench.idOf(interview);
    const untrue = { verb: 'ask.settled', subject: id, actor: null, found: 1 };
    await bench.store.pool.query(`update ask set outcome = 'partial' where id = $1`, [id]);
    expect(await untoldOf(bench.store.pool, bench.id)).toEqual([{ ...untrue, found: 0 }, untrue]);
    await bench.store.pool.query('update ask set outcome = null, closed_at = null where id = $1', [id]);
    expect(await untoldOf(bench.store.pool, bench.id)).toEqual([untrue]);
  });

  test('do not when an answer is not told, or told under another name', async () => {
    const bench = await settled();
    await asOwner(bench, `update audit set actor = 'coordo' where edition = '${bench.id}' and actor = 'sante'`);
    expect(await untoldOf(bench.store.pool, bench.id)).toEqual([
      { verb: 'ask.answered', subject: bench.idOf(interview), actor: 'sante', found: 0 },
    ]);
  });
});

test('a substitute who is asked too is in the journal, with whom they stand in for', async () => {
  const bench = await database.bench();
  await bench.live(bench.on('2027-06-07'), bench.on('2027-06-22', '10:00'), [interview]);
  const asked = (await journal(bench.store.pool, bench.id)).filter((entry) => entry.verb === 'ask.substituted');
  expect(asked).toMatchObject([
    {
      actor: 'programme',
      at: bench.on('2027-06-22'),
      subject: bench.idOf(interview),
      detail: { to: 'adjointe', for: 'direction', seat: 'direction' },
    },
  ]);
});

test('entries from before the chain are chained in the order of their ids, and keep no reason', async () => {
  const { url, drop } = await createEmptyDatabase();
  const store = openStore(url);
  try {
    const until = {
      databaseUrl: url,
      dir: MIGRATIONS_DIR,
      ignorePattern: '(?!.*\\.sql$).*',
      migrationsTable: 'migrations',
      log: () => undefined,
    };
    await runner({ ...until, direction: 'up', count: 1 });
    await store.pool.query(
      `insert into edition (id, title, territory, file, source, last_at, started_at) values ('a', '', '', '{}', '', now(), now())`,
    );
    await store.pool.query(
      `insert into audit (edition, at, actor, verb, subject, detail) values
       ('b', now(), 'x', 'ask.opened', 's1', '{}'), ('a', now(), 'x', 'ask.opened', 's2', '{"due": "2027-06-18", "people": 2}'),
       ('b', now(), 'x', 'ask.opened', 's3', '{}'), ('a', now(), 'x', 'ask.nudged', 's4', '{"reason": "Marthe.", "people": []}')`,
    );
    await migrate(url);
    const { ok, chained, reasons } = await readChain(store.pool, 'a');
    expect([ok, chained.map(({ n, subject }) => `${n} ${subject}`)]).toEqual([true, ['1 s2', '2 s4']]);
    expect(chained[1]?.detail).toEqual({ people: [], reason: [...reasons.keys()][0] });
    expect([...reasons.values()]).toEqual(['Marthe.']);
    expect(await verifyChain(store.pool, 'b')).toMatchObject({ ok: true, entries: 2, head: { n: 2 } });
    await audit(store.pool, [line('a', 's5')]);
    expect(await verifyChain(store.pool, 'a')).toMatchObject({ ok: true, head: { n: 3 } });
  } finally {
    await store.close();
    await drop();
  }
});
