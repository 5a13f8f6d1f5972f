import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { beatMs, leaseMs } from '../../activities/freeze.js';
import { createActivities } from '../../activities/index.js';
import type { Outgoing, SendResult } from '../../mail/transport.js';
import { extend } from '../../store/acts/extend.js';
import { resendMail } from '../../store/acts/resend.js';
import { journal } from '../../store/audit.js';
import { expireLeases } from '../../store/leaving.js';
import { findMail } from '../../store/outbox.js';
import { giveTurns, type Turns } from '../../store/pace.js';
import { queueMails } from '../../store/queue.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey, messageIds, scripted } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const relay = { step: 'call-open', kind: 'relay', after: '2027-06-04' } as const;
const interview = { step: 'interviews', kind: 'interview' } as const;
const minute = 60_000;
const pace = { perDomain: 60, overall: 600 };

// turns are given for the whole installation: each test lives a day later than the one before
let realDay = 1_800_000_000_000;
const aLaterDay = () => {
  realDay += 24 * 60 * minute;
  return realDay;
};

/** An edition whose call has just gone to so many relays, all at one domain. */
async function called(relays: number, domain = 'reseau.example'): Promise<Bench & { at: number }> {
  const bench = await database.bench((file) => {
    file.relays = Array.from({ length: relays }, (_, n) => ({ id: `r-${n}`, name: `Relais ${n}`, email: `r${n}@${domain}` }));
  });
  const at = bench.on('2027-06-07');
  await bench.review(at, [relay]);
  return { ...bench, at };
}

/** A clock that only sending moves: each mail takes so long. */
function slowly(at: number, eachMs: number, results: SendResult[] = []) {
  let now = at;
  const transport = scripted();
  return {
    sent: transport.sent,
    transport: {
      ...transport,
      send: async (mail: Outgoing): Promise<SendResult> => {
        transport.sent.push(mail);
        now += eachMs;
        return results.shift() ?? { state: 'accepted', response: '250 kept' };
      },
    },
    deps: { realNow: () => now },
  };
}
const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 20));
const allTimersBut = (faked: string) =>
  (['setInterval', 'setTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'Date', 'performance', 'hrtime'] as const).filter(
    (name) => name !== faked,
  );
const leftOf = async (bench: Bench) => (await bench.mails()).filter((mail) => mail.state !== 'accepted');

describe('the pace of an installation', () => {
  /** The mails of an edition that are given their turn at an instant; they leave. */
  async function look({ store, id, at }: Bench & { at: number }, realNow: number, after = 0): Promise<Turns> {
    const input = { edition: id, at: at + after, realNow: realNow + after, pace, limit: 200, open: true };
    const given = await giveTurns(store.pool, input);
    await store.pool.query(`update outbox set state = 'accepted' where id = any($1)`, [given.ids]);
    return given;
  }
  const turns = async (bench: Bench & { at: number }, realNow: number, after = 0) => (await look(bench, realNow, after)).ids;
  /** What leaves in each second, all editions looking once a second. */
  async function lived(benches: readonly (Bench & { at: number })[], realNow: number, from: number, to: number): Promise<number[][][]> {
    const seconds: number[][][] = [];
    for (let second = from; second <= to; second++) {
      const given: number[][] = [];
      for (const bench of benches) given.push(await turns(bench, realNow, second * 1000));
      seconds.push(given);
    }
    return seconds;
  }
  const count = (seconds: readonly number[][][], edition = 0) => seconds.map((given) => given[edition]?.length ?? 0);
  const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0);

  test('lets twenty mails to one domain leave at once, the others one by one, in an order that is not that of the file', async () => {
    const bench = await called(50, 'un.example');
    const seconds = await lived([bench], aLaterDay(), 0, 30);
    expect(count(seconds)).toEqual([20, ...Array(30).fill(1)]);
    const order = seconds.slice(1).flat(2);
    expect(order).not.toEqual([...order].sort((a, b) => a - b));
  });

  test('is kept whoever asks again, at the same moment too', async () => {
    const bench = await called(30, 'deux.example');
    const realNow = aLaterDay();
    const given = await Promise.all([turns(bench, realNow), turns(bench, realNow), turns(bench, realNow)]);
    expect(given.map((ids) => ids.length).sort()).toEqual([0, 0, 20]);
    expect(await turns(bench, realNow, 2000)).toHaveLength(2);
  });

  test('is one for all editions that write to a domain, and forgets what is long past', async () => {
    const first = await called(20, 'trois.example');
    const second = await called(20, 'trois.example');
    const realNow = aLaterDay();
    expect(await turns(first, realNow)).toHaveLength(20);
    expect(count(await lived([second], realNow, 0, 20))).toEqual([0, ...Array(20).fill(1)]);
    const third = await called(20, 'trois.example');
    expect(await turns(third, realNow, 10 * minute)).toHaveLength(20);
  });

  test('spreads hundreds over many domains too', async () => {
    const bench = await called(150, 'quatre.example');
    await bench.store.pool.query(`update person set email = id || '@' || id || '.example' where edition = $1`, [bench.id]);
    expect(count(await lived([bench], aLaterDay(), 0, 5))).toEqual([100, 10, 10, 10, 10, 10]);
  });

  test('does not hold up decision letters, nor what answers a person', async () => {
    const bench = await called(60, 'cinq.example');
    const letters = Array.from({ length: 30 }, (_, n) => ({ key: `l${n}`, person: `r-${n}`, template: 'ended' as const, letter: true }));
    const { pool } = bench.store;
    await queueMails(pool, { edition: bench.id, at: bench.at, dueAt: bench.at + 1, mails: letters });
    const given = await turns(bench, aLaterDay(), 1);
    const { rows } = await pool.query<{ letter: boolean }>('select letter from outbox where id = any($1)', [given]);
    expect(rows).toEqual(Array(30).fill({ letter: true })); // the letters have used up what leaves at once
  });

  test('is not spent on mails that have to wait for their domain: what is behind them leaves', async () => {
    const bench = await called(0, 'six.example');
    const { pool } = bench.store;
    await queueMany(bench, 2_500, 'six.example');
    await queueMany(bench, 5, 'sixbis.example');
    const given = await turns(bench, aLaterDay());
    expect(given).toHaveLength(25);
    const { rows } = await pool.query<{ n: number }>(
      `select count(*)::int as n from outbox where person like '%sixbis%' and id = any($1)`,
      [given],
    );
    expect(rows).toEqual([{ n: 5 }]);
  });

  test('is kept by senders: only a mail whose turn has come is taken', async () => {
    const bench = await called(25, 'sept.example');
    const realNow = aLaterDay();
    const sent = (after: number) => {
      const transport = scripted();
      const deps = { pace, realNow: () => realNow + after, stopping: () => transport.sent.length > 0 && transport.sent.length === left };
      return { transport, deps };
    };
    let left = 20;
    const first = sent(0);
    await bench.deliver(bench.at, first.transport, { deps: first.deps });
    left = 2;
    const second = sent(2000);
    await bench.deliver(bench.at + 2000, second.transport, { deps: second.deps });
    expect([first.transport.sent.length, second.transport.sent.length]).toEqual([20, 2]);
  });

  test('holds nobody back in the end: a delivery waits for the turns that are near', async () => {
    const bench = await called(23, 'huit.example');
    const transport = scripted();
    const deps = { pace: { perDomain: 600, overall: 6000 }, realNow: Date.now };
    expect(await bench.deliver(bench.at, transport, { deps })).toEqual({ sent: 23, more: false, nextAt: null });
    expect(new Set(messageIds(transport.sent)).size).toBe(23);
  });

  test('is not kept waiting by a clock that was once set wrong', async () => {
    const bench = await called(2, 'neuf.example');
    const realNow = aLaterDay();
    await bench.store.pool.query('update mail_pace set given_until = $1', [realNow + 400 * 24 * 60 * minute]);
    expect(await turns(bench, realNow)).toHaveLength(2);
  });

  test('holds on the next morning too: what waited overnight does not leave all at once', async () => {
    const bench = await called(60, 'dix.example');
    const deps = (realNow: number) => ({ pace, realNow: () => realNow });
    const evening = bench.on('2027-06-07', '18:59');
    const realNow = aLaterDay();
    const stopping = () => true; // twenty may leave, but this worker stops
    await bench.deliver(evening, scripted(), { deps: { ...deps(realNow), stopping } });
    expect(await leftOf(bench)).toHaveLength(60);
    await bench.deliver(bench.on('2027-06-07', '19:00'), scripted(), { deps: deps(realNow + minute) });
    const morning = bench.on('2027-06-08', '09:00');
    expect(await turns({ ...bench, at: morning }, realNow + 14 * 60 * minute)).toHaveLength(20);
  });

  test('gives another turn to a mail that was refused for now', async () => {
    const bench = await called(1, 'onze.example');
    const realNow = aLaterDay();
    const deps = { pace, realNow: () => realNow };
    const transport = scripted({ state: 'refused', permanent: false, code: 451, message: 'later' });
    expect(await bench.deliver(bench.at, transport, { deps })).toEqual({ sent: 0, more: false, nextAt: bench.at + minute });
    expect(await bench.deliver(bench.at + minute, transport, { deps })).toEqual({ sent: 1, more: false, nextAt: null });
  });

  /** Queues so many mails, to the domains in turn. */
  async function queueMany({ store, id, at }: Bench & { at: number }, mails: number, ...domains: string[]): Promise<void> {
    await store.pool.query(
      `insert into person (edition, id, role, name, email, place)
       select $1, 'p-' || d, 'relay', d, 'p@' || d, 1000 + n from unnest($2::text[]) with ordinality as t(d, n)`,
      [id, domains],
    );
    await store.pool.query(
      `insert into outbox (edition, key, person, template, due_at, queued_at, message_id)
       select $1, $1 || '-' || $4::text || n, 'p-' || ($2::text[])[1 + n % cardinality($2::text[])], 'ended', $3, $3, '' from generate_series(1, $5) n`,
      [id, domains, new Date(at), domains[0], mails],
    );
  }
  const domainsOf = (prefix: string, n: number) => Array.from({ length: n }, (_, index) => `${prefix}-${index}.example`);
  async function inTerritory(territory: string): Promise<Bench & { at: number }> {
    const bench = await database.bench((file) => {
      file.territory.id = territory;
    });
    return { ...bench, at: bench.on('2027-06-07') };
  }

  test('is shared: ten thousand mails of one territory put back those of another by five seconds at most, and it is not exceeded', async () => {
    const [many, few] = [await inTerritory('nord'), await inTerritory('sud')];
    await queueMany(many, 10_000, ...domainsOf('nord', 40));
    const realNow = aLaterDay();
    const alone = await lived([many], realNow, 0, 19);
    expect(count(alone)).toEqual([100, ...Array(19).fill(10)]);
    await queueMany(few, 30, ...domainsOf('sud', 10));
    const together = await lived([many, few], realNow, 20, 24);
    expect(sum(count(together, 1))).toBe(30);
    const all = [...alone, ...together].map((given) => given.flat().length);
    for (let second = 0; second < all.length; second++) expect(sum(all.slice(0, second + 1))).toBeLessThanOrEqual(100 + 10 * second);
    expect(sum(all)).toBe(100 + 10 * 24); // nor is any of it lost
  });

  test('is shared in each domain: ten thousand mails to one put back others to the same by five seconds at most', async () => {
    const [many, few] = [await inTerritory('nord'), await inTerritory('sud')];
    await queueMany(many, 10_000, 'tous.example');
    const realNow = aLaterDay();
    const alone = await lived([many], realNow, 0, 9);
    expect(count(alone)).toEqual([20, ...Array(9).fill(1)]);
    await queueMany(few, 5, 'tous.example');
    const together = await lived([many, few], realNow, 10, 15);
    expect(count(together, 1).slice(0, 6)).toEqual([0, 1, 1, 1, 1, 1]);
    expect(sum(count(together, 0))).toBe(1);
  });

  test('is shared evenly between territories, and in one between its editions, however often each of them looks', async () => {
    const [north, south, southToo] = [await inTerritory('nord'), await inTerritory('sud'), await inTerritory('sud')];
    for (const [index, bench] of [north, south, southToo].entries()) await queueMany(bench, 1_000, ...domainsOf(`de-${index}`, 20));
    const realNow = aLaterDay();
    const given = [0, 0, 0];
    for (let quarter = 0; quarter < 4 * 60; quarter++)
      for (const [index, bench] of [north, south, southToo].entries())
        if (index === 1 || quarter % 4 === index) {
          const mails = (await turns(bench, realNow, quarter * 250)).length;
          if (quarter >= 40) given[index] = (given[index] ?? 0) + mails; // the first has had what leaves at once before the others came
        }
    expect(Math.abs(sum(given) - 500)).toBeLessThan(20); // ten a second
    const share = given.map((mails) => mails / sum(given));
    for (const [index, due] of [0.5, 0.25, 0.25].entries()) expect(Math.abs((share[index] ?? 0) - due)).toBeLessThan(0.05);
  });

  test('costs no more looks the more editions wait, and loses nothing of the pace', async () => {
    const looked: number[] = [];
    for (const waiting of [40, 80]) {
      const realNow = aLaterDay();
      const benches: (Bench & { at: number; looksAt: number })[] = [];
      for (let n = 0; n < waiting; n++) {
        const bench = await inTerritory(`t-${n}`);
        await queueMany(bench, 20, ...domainsOf(`w-${waiting}-${n}`, 2));
        benches.push({ ...bench, looksAt: 0 });
      }
      let [looks, mails] = [0, 0];
      for (let now = 0; now < 20_000; now += 250)
        for (const bench of benches.filter(({ looksAt }) => looksAt <= now)) {
          const { ids, againInMs = 1_000 } = await look(bench, realNow, now);
          bench.looksAt = now + againInMs;
          looks++;
          mails += ids.length;
        }
      expect(mails).toBeGreaterThan((100 + 10 * 20) * 0.95);
      looked.push(looks);
    }
    const [n = 0, twice = 0] = looked;
    expect(twice).toBeLessThan(1.2 * n);
  });

  test('leaves no room for an edition that has ceased to look', async () => {
    const [gone, alive] = [await inTerritory('nord'), await inTerritory('sud')];
    await queueMany(gone, 500, ...domainsOf('parti', 20));
    await queueMany(alive, 500, ...domainsOf('present', 20));
    const realNow = aLaterDay();
    await lived([gone], realNow, 0, 1);
    const seconds = count(await lived([alive], realNow, 1, 20));
    expect(sum(seconds)).toBe(10 * 19);
  });
});

describe('a worker that is told to stop', () => {
  test('gives back what it has not handed to the server: nothing is uncertain, nothing leaves twice', async () => {
    const bench = await called(40);
    const transport = scripted();
    const stopping = () => transport.sent.length >= 7;
    const stopped = await bench.deliver(bench.at, transport, { deps: { stopping } });
    expect(stopped.more).toBe(true);
    const left = await leftOf(bench);
    expect(left).toHaveLength(40 - transport.sent.length);
    for (const mail of left) expect(mail).toMatchObject({ state: 'queued', attempts: 0, uncertain: 0 });
    await bench.deliver(bench.at + 1, transport);
    expect(await leftOf(bench)).toEqual([]);
    expect(new Set(messageIds(transport.sent)).size).toBe(40);
    expect(transport.sent).toHaveLength(40);
  });

  test('keeps in the books that a copy may be out', async () => {
    const bench = await database.bench();
    const at = bench.on('2027-06-07');
    await queueMails(bench.store.pool, { edition: bench.id, at, dueAt: at, mails: [{ key: 'one', person: 'sante', template: 'ended' }] });
    await bench.deliver(at, scripted({ state: 'uncertain', message: 'lost' }));
    await bench.deliver(at + minute, scripted(), { deps: { stopping: () => true } });
    expect(await bench.mails()).toMatchObject([{ state: 'uncertain', uncertain: 1, attempts: 1 }]);
    await bench.deliver(at + minute, scripted());
    expect(await bench.mails()).toMatchObject([{ state: 'accepted', uncertain: 1, attempts: 2 }]);
  });
});

describe('a server that takes its time', () => {
  test('does not make a mail leave that was answered while it waited for its lane', async () => {
    const bench = await called(12);
    const { transport, sent, deps } = slowly(bench.at, 0);
    let now = bench.at;
    const send = async (mail: Outgoing): Promise<SendResult> => {
      if (sent.length === 4) {
        now += 31_000;
        for (let n = 0; n < 12; n++) await bench.answer(relay, `r-${n}`, { spread: 'yes' }, now);
      }
      return transport.send(mail);
    };
    await bench.deliver(bench.at, { ...transport, send }, { deps: { ...deps, realNow: () => now } });
    const openings = (await bench.mails()).filter((mail) => mail.template === 'asks');
    const dropped = openings.filter((mail) => mail.state === 'dropped');
    expect(dropped.length).toBeGreaterThanOrEqual(3); // five lanes, so nine at most were out or on their way
    expect(openings.filter((mail) => mail.state === 'accepted')).toHaveLength(12 - dropped.length);
    expect(await bench.broken()).toEqual([]);
  });

  test('does not make leave at night what a review queued while the rest was put off', async () => {
    const bench = await database.bench();
    const evening = bench.on('2027-06-07', '18:59') + 59_900;
    const { pool } = bench.store;
    const query = async (text: string, values: unknown[]) => {
      const result = await pool.query(text, values);
      if (text.includes('due_at = $3')) await bench.review(evening, [interview]);
      return result;
    };
    const late = new Proxy(pool, { get: (of, name) => (name === 'query' ? query : Reflect.get(of, name).bind?.(of)) });
    const transport = scripted();
    await bench.deliver(evening + 200, transport, { deps: { store: { ...bench.store, pool: late } } });
    expect(transport.sent).toEqual([]);
    expect(await leftOf(bench)).toHaveLength(2);
    expect(await bench.deliver(bench.on('2027-06-08', '09:00'), transport)).toMatchObject({ sent: 2 });
    expect(await bench.broken()).toEqual([]);
  });

  test('does not make a mail leave after 19:00: what is left waits for the morning', async () => {
    const bench = await called(30);
    const evening = bench.on('2027-06-07', '19:00') - 16_000;
    const { transport, sent, deps } = slowly(evening, 4000);
    const morning = bench.on('2027-06-08', '09:00');
    expect(await bench.deliver(evening, transport, { deps })).toEqual({ sent: sent.length, more: false, nextAt: morning });
    expect(sent.length).toBeGreaterThanOrEqual(4);
    expect(sent.length).toBeLessThan(10); // what five lanes had begun
    for (const mail of await leftOf(bench)) expect(mail).toMatchObject({ state: 'queued', uncertain: 0 });
    expect(await bench.deliver(bench.on('2027-06-08', '09:00'), scripted())).toMatchObject({ sent: 30 - sent.length });
    expect(await bench.broken()).toEqual([]);
  });
});

describe('a database that fails while mail leaves', () => {
  /** A store whose statements of one kind fail from the nth on, so many times. */
  const failing = (bench: Bench, { sql, from = 1, times }: { sql: RegExp; from?: number; times: number }): Bench['store'] => {
    const { pool } = bench.store;
    let seen = 0;
    const query = (text: string, values: unknown[]) => {
      if (sql.test(text)) seen++;
      if (sql.test(text) && seen >= from && seen < from + times) return Promise.reject(new Error('terminating connection'));
      return pool.query(text, values);
    };
    return { ...bench.store, pool: new Proxy(pool, { get: (of, name) => (name === 'query' ? query : Reflect.get(of, name).bind?.(of)) }) };
  };
  const accepting = /set state = 'accepted'/;
  async function letters(count: number) {
    const bench = await called(count);
    await bench.store.pool.query('delete from outbox where edition = $1', [bench.id]);
    const mails = Array.from({ length: count }, (_, n) => ({ key: `l${n}`, person: `r-${n}`, template: 'ended' as const, letter: true }));
    await queueMails(bench.store.pool, { edition: bench.id, at: bench.at, dueAt: bench.at, mails });
    return bench;
  }

  test('for a moment costs nothing: what became of mails is written once more', async () => {
    const bench = await letters(30);
    const transport = scripted({ state: 'refused', permanent: false, code: 451, message: 'later' });
    const store = failing(bench, { sql: /set state = ([$]3|'accepted')/, times: 2 });
    expect(await bench.deliver(bench.at, transport, { deps: { store } })).toMatchObject({ sent: 29, more: false });
    expect(await leftOf(bench)).toMatchObject([{ state: 'queued', uncertain: 0, refusals: 1 }]);
  });

  test('leaves uncertain only what was handed over: everything else is given back, and nothing more leaves', async () => {
    const bench = await letters(100);
    const transport = scripted();
    const send = (mail: Outgoing) => soon().then(() => transport.send(mail));
    const store = failing(bench, { sql: accepting, from: 2, times: Number.POSITIVE_INFINITY });
    await expect(bench.deliver(bench.at, { ...transport, send }, { deps: { store } })).rejects.toThrow('terminating connection');
    const handedOver = transport.sent.length;
    expect(handedOver).toBeLessThan(100);
    await bench.deliver(bench.at + 3 * minute, transport);
    const states = (await bench.mails()).filter((mail) => mail.template === 'ended').map((mail) => mail.state);
    const uncertain = states.filter((state) => state === 'uncertain').length;
    expect(uncertain).toBeGreaterThan(0);
    expect(uncertain).toBeLessThan(handedOver);
    expect(states.filter((state) => state === 'accepted')).toHaveLength(100 - uncertain);
    expect(new Set(messageIds(transport.sent)).size).toBe(transport.sent.length); // no letter twice
  });

  test('when a refusal cannot be written, lets the other lanes finish what they do', async () => {
    const bench = await letters(50);
    const transport = scripted({ state: 'refused', permanent: false, code: 451, message: 'later' });
    const store = failing(bench, { sql: /refusals = refusals/, times: Number.POSITIVE_INFINITY });
    await expect(bench.deliver(bench.at, transport, { deps: { store } })).rejects.toThrow('terminating connection');
    expect((await bench.mails()).filter((mail) => mail.state === 'sending')).toHaveLength(1);
    await bench.deliver(bench.at + 3 * minute, transport);
    expect((await leftOf(bench)).filter((mail) => mail.template === 'ended')).toMatchObject([{ state: 'uncertain' }]);
  });
});

describe('a worker that is killed', () => {
  /** A pool that looks, each time acceptances are recorded, how many mails were handed over and are not recorded. */
  function doubted(sent: readonly Outgoing[]) {
    const { pool } = database.store;
    const seen = { groups: [] as number[], recorded: 0, most: 0 };
    const query = async (text: string, values: unknown[]) => {
      if (!text.includes("set state = 'accepted'")) return pool.query(text, values);
      await soon(); // what lanes may do meanwhile, they have done
      seen.most = Math.max(seen.most, sent.length - seen.recorded);
      const { rowCount } = await pool.query(text, values);
      seen.recorded += rowCount ?? 0;
      seen.groups.push(rowCount ?? 0);
      return { rowCount, rows: [] };
    };
    return {
      seen,
      store: {
        ...database.store,
        pool: new Proxy(pool, { get: (of, name) => (name === 'query' ? query : Reflect.get(of, name).bind?.(of)) }),
      },
    };
  }

  test('leaves at most five mails in doubt, one a lane: each was recorded before its lane handed over the next', async () => {
    const bench = await called(120);
    const transport = scripted();
    const { seen, store } = doubted(transport.sent);
    await bench.deliver(bench.at, transport, { deps: { store } });
    expect(await leftOf(bench)).toEqual([]);
    expect(seen.most).toBe(5);
    expect(seen.groups).toEqual(Array(24).fill(5)); // what is accepted together is recorded together
  });

  test('leaves five in doubt and not more when it delivers for several editions', async () => {
    const benches = [await called(30), await called(30), await called(30)];
    const transport = scripted();
    const { seen, store } = doubted(transport.sent);
    const installation = { mailFrom: 'Essais <essais@troismains.example>', publicUrl: 'https://troismains.example', linkKey };
    const rest = { heartbeat() {}, wake: async () => true, realNow: () => benches[0]?.at ?? 0 };
    const { deliver } = createActivities({ store, transport, ...installation, ...rest });
    await Promise.all(benches.map(({ id, at }) => deliver({ edition: id, epoch: 1, at })));
    for (const bench of benches) expect(await leftOf(bench)).toEqual([]);
    expect(seen.most).toBe(5);
  });
});

describe('a worker that was away for longer than its lease', () => {
  test('leaves to the other worker what that one has taken: nothing is given back twice, nothing marked that is not ours', async () => {
    const bench = await called(12);
    const { pool } = bench.store;
    let now = bench.at;
    const other = scripted();
    const ours = scripted();
    const send = async (mail: Outgoing): Promise<SendResult> => {
      if (ours.sent.length > 0) return ours.send(mail);
      await ours.send(mail);
      now += 3 * minute; // suspended
      await bench.deliver(now, other);
      return { state: 'refused', permanent: false, code: 451, message: 'later' };
    };
    await bench.deliver(bench.at, { ...ours, send }, { deps: { realNow: () => now } });
    expect((await leftOf(bench)).length).toBe(0);
    const { rows } = await pool.query<{ uncertain: number }>('select uncertain from outbox where edition = $1', [bench.id]);
    const copies = new Map<string, number>();
    for (const id of messageIds([...ours.sent, ...other.sent])) copies.set(id, (copies.get(id) ?? 0) + 1);
    expect(Math.max(...copies.values())).toBeLessThanOrEqual(2);
    expect(copies.size).toBe(12);
    expect(rows.every(({ uncertain }) => uncertain <= 1)).toBe(true);
  });

  test('hands over nothing whose lease may be over: what stood still with it is sent once, by whoever has it now', async () => {
    const bench = await called(12);
    let now = bench.at;
    const [ours, other] = [scripted(), scripted()];
    let still: Promise<void> | undefined;
    const suspended = async () => {
      now += leaseMs;
      await bench.deliver(now, other);
    };
    const send = async (mail: Outgoing): Promise<SendResult> => {
      const result = await ours.send(mail);
      still ??= suspended(); // by then five lanes have handed over one each
      await still;
      return result;
    };
    await bench.deliver(bench.at, { ...ours, send }, { deps: { realNow: () => now } });
    expect(await leftOf(bench)).toEqual([]);
    expect(ours.sent).toHaveLength(5);
    expect(other.sent).toHaveLength(12); // of five of them a copy may be out
  });

  test('when only its renewals do not arrive, gives back what it has not handed over, and takes it anew', async () => {
    const bench = await called(12);
    let now = bench.at;
    const transport = scripted();
    const leases: boolean[] = [];
    const send = async (mail: Outgoing): Promise<SendResult> => {
      const { rows } = await bench.store.pool.query<{ left: number }>(
        `select extract(epoch from lease_until - $2)::float8 * 1000 as left from outbox where message_id = $1`,
        [messageIds([mail])[0]?.slice(1, -1), new Date(now)],
      );
      leases.push((rows[0]?.left ?? 0) > beatMs);
      now += 3_000;
      return transport.send(mail);
    };
    await bench.deliver(bench.at, { ...transport, send }, { deps: { realNow: () => now } });
    expect(await leftOf(bench)).toEqual([]);
    expect(leases).toEqual(Array(12).fill(true));
    expect(new Set(messageIds(transport.sent)).size).toBe(12);
  });

  test('is not one that waits for a slow server: what it has written ahead stays its own', async () => {
    const bench = await called(250);
    const { pool } = bench.store;
    let now = bench.at;
    const lapsed: number[] = [];
    const kept = async () => {
      const { rows } = await pool.query<{ n: number }>(
        `select count(*)::int as n from outbox where edition = $1 and state = 'sending' and lease_until > $2::timestamptz + interval '10 seconds'`,
        [bench.id, new Date(now)],
      );
      return rows[0]?.n ?? 0;
    };
    const slowly = async () => {
      while ((await kept()) < 250) await soon(); // the next chunks are being written
      for (let beats = 1; beats <= 24; beats++) {
        now += beatMs;
        jest.advanceTimersByTime(beatMs);
        while ((await kept()) < 250) await soon();
        lapsed.push(await expireLeases(pool, { edition: bench.id, at: now }));
      }
    };
    let first: Promise<void> | undefined;
    const transport = scripted();
    const send = async (mail: Outgoing) => {
      first ??= slowly();
      await first;
      return transport.send(mail);
    };
    jest.useFakeTimers({ now: Date.now(), doNotFake: allTimersBut('setInterval') });
    try {
      await bench.deliver(bench.at, { ...transport, send }, { deps: { realNow: () => now } });
    } finally {
      jest.useRealTimers();
    }
    expect(lapsed).toEqual(Array(24).fill(0));
    expect(await leftOf(bench)).toEqual([]);
    expect(new Set(messageIds(transport.sent)).size).toBe(250);
    expect(transport.sent).toHaveLength(250);
  });
});

describe('a server that is away', () => {
  test('is asked once for all the mails that wait; none is given up, however long it takes', async () => {
    const bench = await called(12);
    const away: SendResult = { state: 'not-taken', message: 'ECONNREFUSED', server: true };
    const nobody = scripted(...Array.from({ length: 1000 }, () => away));
    let rounds = 0;
    let at = bench.at;
    for (const end = bench.on('2027-06-10', '09:00'); at < end; rounds++) {
      const { sent, nextAt } = await bench.deliver(at, nobody);
      expect(sent).toBe(0);
      expect(nextAt).toBeGreaterThan(at);
      at = nextAt ?? end;
    }
    expect(rounds).toBeGreaterThan(25);
    expect(nobody.sent.length).toBeLessThanOrEqual(5 * rounds); // one a lane
    const waiting = await leftOf(bench);
    expect(waiting).toHaveLength(12);
    for (const mail of waiting) expect(mail).toMatchObject({ state: 'queued', uncertain: 0 });
    // it is back, and has never seen us: that it was away is no fault of a mail
    const greylisted: SendResult = { state: 'refused', permanent: false, code: 451, message: 'greylisted' };
    expect(await bench.deliver(at, scripted(...Array.from({ length: 12 }, () => greylisted)))).toMatchObject({ nextAt: at + minute });
    expect((await leftOf(bench)).map(({ state, refusals }) => `${state} ${refusals}`)).toEqual(Array(12).fill('queued 1'));
    at += minute;
    const transport = scripted();
    expect(await bench.deliver(at, transport)).toEqual({ sent: 12, more: false, nextAt: null });
    expect(new Set(messageIds(transport.sent)).size).toBe(12);
  });
});

describe('a mail of asks that was refused for now', () => {
  const later: SendResult = { state: 'refused', permanent: false, code: 451, message: 'later' };
  async function dueOnFriday() {
    const bench = await database.bench();
    await bench.live(bench.on('2027-06-07'), bench.on('2027-06-17'), [interview]);
    const friday = bench.on('2027-06-18', '18:58');
    await bench.review(friday, [interview]);
    return { ...bench, friday };
  }
  const textOf = async (bench: Bench, person: string) => {
    const mail = (await bench.mails()).findLast((one) => one.person === person && one.asks.some(({ rung }) => rung === 'due'));
    const bytes = (await findMail(bench.store.pool, mail?.id ?? 0))?.bytes?.toString() ?? '';
    return bytes.replace(/=\r\n/g, '').replaceAll('=C3=AA', 'ê').replaceAll('=E2=80=99', '’');
  };

  test('says on Monday what is true on Monday', async () => {
    const bench = await dueOnFriday();
    await bench.deliver(bench.friday, scripted(later, later));
    expect(await textOf(bench, 'sante')).toContain('aujourd’hui');
    const transport = scripted();
    await bench.deliver(bench.on('2027-06-21', '09:00'), transport);
    expect(transport.sent).toHaveLength(2);
    expect(await textOf(bench, 'sante')).not.toContain('aujourd’hui');
  });

  test('says the due date that holds when it leaves', async () => {
    const bench = await database.bench();
    const monday = bench.on('2027-06-07');
    await bench.review(monday, [interview]);
    await bench.deliver(monday, scripted(later, later));
    const ask = await bench.ask(interview);
    await extend(bench.store, { ask: ask.id, date: '2027-07-12', reason: 'congés', realNow: monday + 1000 });
    const transport = scripted();
    await bench.deliver(monday + minute, transport);
    const words = transport.sent.map(({ bytes }) => bytes.toString().replace(/=\r\n/g, ''));
    expect(words).toHaveLength(2);
    for (const text of words) expect(text).toMatch(/lundi 12 juillet/);
    for (const text of words) expect(text).not.toMatch(/18 juin/);
  });

  test('leaves with the same words the same day, and with the same bytes when a copy may be out', async () => {
    const bench = await dueOnFriday();
    const transport = scripted({ state: 'uncertain', message: 'lost' }, later);
    await bench.deliver(bench.friday, transport);
    await bench.deliver(bench.on('2027-06-21', '09:00'), transport);
    const [first, second, third, fourth] = transport.sent;
    const copies = [third, fourth].filter((mail) => mail?.to === first?.to);
    expect(copies[0]?.bytes.equals(first?.bytes ?? Buffer.alloc(0))).toBe(true);
    const anew = [third, fourth].find((mail) => mail?.to === second?.to);
    expect(anew?.bytes.equals(second?.bytes ?? Buffer.alloc(0))).toBe(false);
  });
});

describe('a mail that was given up', () => {
  const never: SendResult = { state: 'refused', permanent: true, code: 550, message: '550 no such user' };

  test('is told to the coordinators, once, with whom it was for and what to do', async () => {
    const bench = await called(3);
    const transport = scripted(never, never);
    await bench.deliver(bench.at, transport);
    const notices = (await bench.mails()).filter((mail) => mail.template === 'undelivered');
    expect(notices.map(({ person, state }) => `${person} ${state}`).sort()).toEqual(['coordo accepted', 'incubateur accepted']);
    const bytes = (await findMail(bench.store.pool, notices[0]?.id ?? 0))?.bytes?.toString() ?? '';
    const text = bytes.replace(/=\r\n/g, '');
    expect(text).toMatch(/Relais \d/);
    expect(text).toContain('550 no such user');
    await bench.deliver(bench.on('2027-06-08'), transport);
    expect((await bench.mails()).filter((mail) => mail.template === 'undelivered')).toHaveLength(2);
  });

  test('is sent again when a coordinator says so: with fresh tries, and in the journal', async () => {
    const bench = await called(2);
    const { store } = bench;
    await bench.deliver(bench.at, scripted(never));
    const failed = (await bench.mails()).find((mail) => mail.state === 'failed');
    const again = (mail: number) => resendMail(store, { mail, reason: 'vérifié par téléphone', realNow: bench.on('2027-06-08', '21:00') });
    const morning = bench.on('2027-06-09', '09:00');
    expect(await again(failed?.id ?? 0)).toEqual({ ok: true, edition: bench.id, wake: true, person: failed?.person, at: morning });
    expect(await again(failed?.id ?? 0)).toEqual({ ok: false, reason: 'state', state: 'queued' });
    expect(await again(999_999)).toEqual({ ok: false, reason: 'unknown' });
    const transport = scripted();
    expect(await bench.deliver(morning, transport)).toMatchObject({ sent: 1 });
    expect(messageIds(transport.sent)).toEqual([`<${failed?.message_id}>`]);
    expect((await journal(store.pool, bench.id)).filter((entry) => entry.verb === 'mail.resent')).toMatchObject([
      { actor: 'coordinator', subject: `mail:${failed?.id}` },
    ]);
    expect(await bench.broken()).toEqual([]);
  });

  test('is told again when it was sent again and fails again, with what else has failed', async () => {
    const bench = await called(2);
    const notices = async () => (await bench.mails()).filter((mail) => mail.template === 'undelivered' && mail.person === 'coordo');
    await bench.deliver(bench.at, scripted(never));
    const first = (await bench.mails()).find((mail) => mail.state === 'failed');
    await resendMail(bench.store, { mail: first?.id ?? 0, reason: 'vérifié', realNow: bench.at + minute });
    const other = { key: 'other', person: 'sante', template: 'ended' as const };
    const dueAt = bench.at + minute;
    const ids = await queueMails(bench.store.pool, { edition: bench.id, at: dueAt, dueAt, mails: [other] });
    await bench.deliver(dueAt, scripted(never, never));
    const both = [String(first?.id), String(ids.get('other'))];
    expect((await notices()).map((mail) => [mail.state, mail.context.mails])).toEqual([
      ['accepted', [String(first?.id)]],
      ['accepted', both],
    ]);
    await bench.deliver(dueAt + minute, scripted());
    expect(await notices()).toHaveLength(2);
  });

  test('is not sent again when what it asked for was answered; a letter of which a copy may be out is the same letter', async () => {
    const bench = await called(1);
    const { store } = bench;
    const letter = { key: 'letter', person: 'sante', template: 'ended' as const, letter: true };
    await queueMails(store.pool, { edition: bench.id, at: bench.at, dueAt: bench.at, mails: [letter] });
    const first = scripted({ state: 'uncertain', message: 'lost' }, never); // a letter leaves first
    await bench.deliver(bench.at, first);
    await bench.answer(relay, 'r-0', { spread: 'yes' }, bench.at + minute);
    const given = (await bench.mails()).filter((mail) => mail.state === 'failed' || mail.state === 'uncertain');
    for (const { id } of given)
      expect(await resendMail(store, { mail: id, reason: 'rien reçu', realNow: bench.at + 2 * minute })).toMatchObject({ ok: true });
    const transport = scripted();
    await bench.deliver(bench.at + 2 * minute, transport);
    expect(transport.sent.filter((mail) => mail.to === 'sante@plateau.example').map((mail) => mail.bytes.toString())).toEqual(
      first.sent.filter((mail) => mail.to === 'sante@plateau.example').map((mail) => mail.bytes.toString()),
    );
    const ask = (await bench.mails()).find((mail) => mail.template === 'asks');
    expect(ask?.state).toBe('dropped');
  });

  test('at night is told in the morning; a notice that fails in its turn is not told of', async () => {
    const bench = await database.bench();
    const night = bench.on('2027-06-07', '22:00');
    await bench.review(bench.on('2027-06-07'), [interview]);
    await bench.deliver(bench.on('2027-06-07'));
    await bench.answer(interview, 'sante', { problems: 'Le médecin est loin.' }, night);
    await bench.deliver(night, scripted(never));
    expect((await bench.mails()).filter((mail) => mail.template === 'undelivered').map((mail) => mail.state)).toEqual(['queued', 'queued']);
    await bench.deliver(bench.on('2027-06-08', '09:00'), scripted(never, never));
    const notices = (await bench.mails()).filter((mail) => mail.template === 'undelivered');
    expect(notices.map((mail) => mail.state)).toEqual(['failed', 'failed']);
  });
});
