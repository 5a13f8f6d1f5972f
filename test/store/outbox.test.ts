import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freezeChunk, leaseMs } from '../../activities/freeze.js';
import type { Outgoing, SendResult } from '../../mail/transport.js';
import { resendMail } from '../../store/acts/resend.js';
import { findEdition } from '../../store/editions.js';
import { openIncidents } from '../../store/incidents.js';
import { expireLeases } from '../../store/leaving.js';
import { findMail, mailOfMessage, messageIdOf } from '../../store/outbox.js';
import { queueMails } from '../../store/queue.js';
import { publicUrl } from '../support/chronicle.js';
import { type Asked, type Bench, type BenchDatabase, benchDatabase, linkKey, messageIds, scripted } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const interview = { step: 'interviews', kind: 'interview' } as const;
const diagnosis = { step: 'diagnosis', kind: 'document', after: '2027-06-04' } as const;
const said = { problems: 'Le médecin est loin.' };
const later: SendResult = { state: 'refused', permanent: false, code: 451, message: 'try later' };
const never: SendResult = { state: 'refused', permanent: true, code: 550, message: 'no such user' };
const unknown: SendResult = { state: 'uncertain', message: 'connection lost' };
const minute = 60_000;

async function opened(...asks: Asked[]): Promise<Bench & { monday: number }> {
  const bench = await database.bench();
  const monday = bench.on('2027-06-07');
  await bench.review(monday, asks);
  return { ...bench, monday };
}
/** The mails, but for the notices that tell coordinators of those that were given up. */
const mailsOf = async (bench: Bench) => (await bench.mails()).filter((mail) => mail.template !== 'undelivered');
/** What was sent to the one person whom these tests write to: their coordinators are told of what was given up. */
const toSante = (transport: { sent: Outgoing[] }) => transport.sent.filter((mail) => mail.to === 'sante@plateau.example');
const states = async (bench: Bench) => (await mailsOf(bench)).map((mail) => `${mail.person} ${mail.state}`).sort();
const toOf = (mails: readonly Outgoing[]) => mails.map((mail) => mail.to).sort();
/** Takes what is due, as a sender that then says nothing more. */
async function take({ store, id }: Bench, at: number, { epoch = 1, among }: { epoch?: number; among?: number[] } = {}) {
  const row = await findEdition(store.pool, id);
  if (row === undefined) throw new Error(`there is no ${id}`);
  const deps = {
    store,
    transport: scripted(),
    publicUrl,
    linkKey,
    mailFrom: 'Essais <essais@troismains.example>',
    realNow: () => at,
    heartbeat() {},
  };
  return (await freezeChunk(deps, { row, epoch, at, open: true, ...(among === undefined ? {} : { among }) })).ready;
}
/** One letter and one notice beside the ladder. */
const write = ({ store, id }: Bench, at: number, key: string, letter = false) =>
  queueMails(store.pool, { edition: id, at, dueAt: at, mails: [{ key, person: 'sante', template: 'ended', letter }] });

describe('a mail', () => {
  test('is queued once, whatever its key is queued with a second time', async () => {
    const bench = await database.bench();
    const at = bench.on('2027-06-07');
    expect([...(await write(bench, at, 'one')).keys()]).toEqual(['one']);
    expect([...(await write(bench, at + 1, 'one', true)).keys()]).toEqual([]);
    const all = await Promise.all(Array.from({ length: 5 }, () => write(bench, at, 'two')));
    expect(all.flatMap((ids) => [...ids.keys()])).toEqual(['two']);
    expect(await bench.mails()).toMatchObject([{ key: `${bench.id}.one`, letter: false }, { key: `${bench.id}.two` }]);
  });

  test('of the same key in two editions is two mails', async () => {
    const benches = [await database.bench(), await database.bench()];
    for (const bench of benches) expect((await write(bench, bench.on('2027-06-07'), 'one')).size).toBe(1);
  });

  test('carries a Message-ID made of its key and the sender’s domain, an address, a date and the link', async () => {
    const bench = await opened(interview);
    const transport = scripted();
    expect(await bench.deliver(bench.monday, transport)).toEqual({ sent: 2, more: false, nextAt: null });
    expect(toOf(transport.sent)).toEqual(['direction@plateau.example', 'sante@plateau.example']);
    const mails = await bench.mails();
    expect(messageIds(transport.sent).sort()).toEqual(mails.map((mail) => `<${messageIdOf(mail.key, 'troismains.example')}>`).sort());
    expect(messageIds(transport.sent).sort()).toEqual(mails.map((mail) => `<${mail.message_id}>`).sort());
    for (const { bytes } of transport.sent) expect(bytes.toString()).toMatch(/^References: <[0-9a-f]{32}@troismains\.example>/m);
    expect(mails).toMatchObject([{ state: 'accepted', attempts: 1, sent_at: new Date(bench.monday) }, { state: 'accepted' }]);
  });

  test('keeps the Message-ID under which it first left, or may have, whatever the sender’s domain is since', async () => {
    const bench = await database.bench();
    const at = bench.on('2027-06-07', '09:00');
    await write(bench, at, 'one');
    const transport = scripted({ state: 'uncertain', message: 'no answer' }, later);
    const { nextAt } = await bench.deliver(at, transport);
    const [mail] = await bench.mails();
    expect(mail?.message_id).toMatch(/@troismains\.example$/);
    // as mails that left before their ids had a domain
    await bench.store.pool.query("update outbox set message_id = 'out@troismains', bytes = null where id = $1", [mail?.id]);
    const moved = { deps: { mailFrom: 'Essais <essais@collectivité.example>' } };
    await bench.deliver(nextAt ?? 0, transport, moved);
    expect(messageIds(transport.sent).at(-1)).toBe('<out@troismains>');
    expect(await mailOfMessage(bench.store.pool, 'out@troismains')).toBe(mail?.id);
    await write(bench, at, 'two');
    await bench.deliver(at, transport, moved);
    expect(messageIds(transport.sent).at(-1)).toMatch(/^<[0-9a-f]{32}@xn--collectivit-lbb\.example>$/);
  });

  test('leaves once, whoever delivers at the same moment', async () => {
    const bench = await opened(interview, diagnosis);
    const transport = scripted();
    await Promise.all(Array.from({ length: 4 }, () => bench.deliver(bench.monday, transport)));
    expect(toOf(transport.sent)).toEqual(['coordo', 'direction', 'incubateur', 'sante'].map((id) => `${id}@plateau.example`));
  });

  test('is left alone before its time, and nothing is sent of nothing', async () => {
    const bench = await database.bench();
    await write(bench, bench.on('2027-06-08'), 'one');
    const transport = scripted();
    expect(await bench.deliver(bench.on('2027-06-07'), transport)).toEqual({ sent: 0, more: false, nextAt: bench.on('2027-06-08') });
    expect(transport.sent).toEqual([]);
  });

  test('is taken by the current run only', async () => {
    const bench = await opened(interview);
    await bench.store.pool.query('update edition set epoch = 2 where id = $1', [bench.id]);
    const transport = scripted();
    expect(await bench.deliver(bench.monday, transport)).toEqual({ sent: 0, more: false, nextAt: null });
    expect(await take(bench, bench.monday, { epoch: 1 })).toEqual([]);
    expect(transport.sent).toEqual([]);
    expect(await bench.deliver(bench.monday, transport, { epoch: 2 })).toMatchObject({ sent: 2 });
  });

  test('that a person asked for leaves at night; others wait for the morning', async () => {
    const bench = await opened(interview);
    const night = bench.on('2027-06-07', '22:00');
    await bench.answer(interview, 'sante', said, night);
    expect(await bench.deliver(night, scripted())).toMatchObject({ sent: 1, nextAt: bench.on('2027-06-08', '09:00') });
    expect(await states(bench)).toEqual(['direction queued', 'sante accepted', 'sante queued']);
    await bench.deliver(bench.on('2027-06-08', '09:00'));
    expect(await states(bench)).toEqual(['direction accepted', 'sante accepted', 'sante dropped']);
  });

  test('that breaks when it is written costs itself only, and is an incident until it can be written', async () => {
    const bench = await opened(interview);
    const at = bench.monday;
    await queueMails(bench.store.pool, {
      edition: bench.id,
      at,
      dueAt: at,
      mails: [{ key: 'broken', person: 'coordo', template: 'risk', context: { body: 'nobody', sitting: '2027-06-07', slack: 1 } }],
    });
    expect(await bench.deliver(at)).toMatchObject({ sent: 4, more: false }); // with what tells the two coordinators
    const failed = (await bench.mails()).find((mail) => mail.state === 'failed');
    expect(failed).toMatchObject({ person: 'coordo', error: expect.stringContaining('nobody') });
    const incidents = () => openIncidents(bench.store.pool, bench.id);
    expect(await incidents()).toMatchObject([{ scope: `mail:${failed?.id}` }]);
    const again = async (realNow: number) => {
      expect(await resendMail(bench.store, { mail: failed?.id ?? 0, reason: 'réparé', realNow })).toMatchObject({ ok: true });
      await bench.deliver(realNow);
    };
    await again(at + minute);
    expect(await incidents()).toMatchObject([{ scope: `mail:${failed?.id}`, times: 2 }]);
    await bench.store.pool.query(`update outbox set context = '{"slack": 1, "steps": [], "target": "2028-06-23"}' where id = $1`, [
      failed?.id,
    ]);
    await again(at + 2 * minute);
    expect(await findMail(bench.store.pool, failed?.id ?? 0)).toMatchObject({ state: 'accepted' });
    expect(await incidents()).toEqual([]);
  });

  test.each([250, 100])('of %i people leaves whole, chunk after chunk', async (many) => {
    const bench = await database.bench((file) => {
      file.relays = Array.from({ length: many }, (_, n) => ({ id: `r-${n}`, name: `Relais ${n}`, email: `r${n}@reseau.example` }));
    });
    const at = bench.on('2027-06-07');
    await bench.review(at, [{ step: 'call-open', kind: 'relay', after: '2027-06-04' }]);
    const transport = scripted();
    expect(await bench.deliver(at, transport)).toEqual({ sent: many, more: false, nextAt: null });
    expect(new Set(toOf(transport.sent)).size).toBe(many);
    expect(new Set(messageIds(transport.sent)).size).toBe(many);
  });
});

describe('what was answered between queueing and sending', () => {
  test('falls out of a mail; what is left leaves', async () => {
    const writing = { ...diagnosis, step: 'call-writing' } as const;
    const bench = await opened(diagnosis, writing);
    await bench.answer(diagnosis, 'coordo', { title: 'Titre', body: 'Texte' }, bench.monday);
    await bench.review(bench.monday, [diagnosis, writing]);
    await bench.deliver(bench.monday);
    const mail = (await bench.mails()).find(({ person, asks }) => person === 'coordo' && asks.length > 0);
    expect(mail).toMatchObject({ state: 'accepted', asks: [{ ask: bench.idOf(writing), rung: 'opening' }] });
    const bytes = (await findMail(bench.store.pool, mail?.id ?? 0))?.bytes?.toString() ?? '';
    expect(bytes).toContain(bench.request(writing, 'coordo'));
    expect(bytes).not.toContain(bench.request(diagnosis, 'coordo'));
  });

  test('leaves nothing of an empty mail, without a review having seen the answer', async () => {
    const bench = await opened(diagnosis);
    await bench.answer(diagnosis, 'coordo', { title: 'Titre', body: 'Texte' }, bench.monday);
    const transport = scripted();
    await bench.deliver(bench.monday, transport);
    expect(toOf(transport.sent)).toEqual(['coordo@plateau.example']); // the receipt
    expect(await states(bench)).toEqual(['coordo accepted', 'coordo dropped', 'incubateur dropped']);
  });

  test('by the person who is late falls out of what the coordinators and the substitute are told', async () => {
    const bench = await opened(interview);
    await bench.deliver(bench.monday);
    const late = bench.on('2027-06-22');
    await bench.review(late, [interview]);
    await bench.answer(interview, 'direction', said, late);
    await bench.deliver(late);
    expect((await bench.mailed('coordo')).at(-1)).toBe('2027-06-22 09:00 late-2 interview (sante)');
    expect((await bench.mails()).find((mail) => mail.person === 'adjointe')?.state).toBe('dropped');
    expect(await bench.broken()).toEqual([]);
  });

  test('falls out of a mail that is tried again, whose bytes are written anew under the same Message-ID', async () => {
    const writing = { ...diagnosis, step: 'call-writing' } as const;
    const bench = await opened(diagnosis, writing);
    const transport = scripted(later, later);
    await bench.deliver(bench.monday, transport);
    await bench.answer(diagnosis, 'incubateur', { title: 'Titre', body: 'Texte' }, bench.monday + 1);
    await bench.deliver(bench.monday + minute, transport);
    const [first, , ...rest] = transport.sent;
    const again = rest.find(
      (mail) =>
        mail.to === first?.to && mail.bytes.toString().includes('-Version: 1.0') && messageIds([mail])[0] === messageIds([first])[0],
    );
    expect(first?.bytes.equals(again?.bytes ?? Buffer.alloc(0))).toBe(false);
    expect((await bench.mails()).filter((mail) => mail.asks.length > 0).map((mail) => mail.asks)).toEqual([
      [{ ask: bench.idOf(writing), rung: 'opening' }],
      [{ ask: bench.idOf(writing), rung: 'opening' }],
    ]);
  });
});

describe('a refusal', () => {
  test('for now is tried again after 1, 5, 15, 60 and then every 240 minutes, under the same Message-ID', async () => {
    const bench = await database.bench();
    let at = bench.on('2027-06-07', '09:00');
    await write(bench, at, 'one');
    const transport = scripted(later, later, later, later, later, later);
    const waits: number[] = [];
    for (let tries = 0; tries < 6; tries++) {
      const { sent, nextAt } = await bench.deliver(at, transport);
      expect([sent, await bench.deliver((nextAt ?? 0) - 1, transport)]).toMatchObject([0, { sent: 0 }]);
      waits.push(((nextAt ?? 0) - at) / minute);
      at = nextAt ?? 0;
      if (bench.calendar.timeOf(at) >= '15:00') at = bench.on('2027-06-08', '09:00');
    }
    expect(waits).toEqual([1, 5, 15, 60, 240, 240]);
    expect(await bench.deliver(at, transport)).toMatchObject({ sent: 1 });
    expect(transport.sent).toHaveLength(7);
    expect(new Set(messageIds(transport.sent)).size).toBe(1);
  });

  test('for good ends it, and is not tried again', async () => {
    const bench = await database.bench();
    await write(bench, bench.on('2027-06-07'), 'one');
    const transport = scripted(never);
    expect(await bench.deliver(bench.on('2027-06-07'), transport)).toEqual({ sent: 2, more: false, nextAt: null });
    await bench.deliver(bench.on('2027-06-09'), transport);
    expect(toSante(transport)).toHaveLength(1);
    expect(await mailsOf(bench)).toMatchObject([{ state: 'failed', error: 'no such user' }]);
  });

  test('for ever “for now” ends after twenty tries', async () => {
    const bench = await database.bench();
    await write(bench, bench.on('2027-06-07'), 'one');
    const transport = scripted(...Array.from({ length: 99 }, () => later));
    for (let at: number | null = bench.on('2027-06-07'); at !== null; ) at = (await bench.deliver(at, transport)).nextAt;
    expect((await mailsOf(bench))[0]?.state).toBe('failed');
    expect(toSante(transport).length).toBeGreaterThanOrEqual(20);
    expect(toSante(transport).length).toBeLessThan(25);
  });

  test('of one mail holds up no other', async () => {
    const bench = await opened(interview, diagnosis);
    const transport = scripted(later, never);
    expect(await bench.deliver(bench.monday, transport)).toMatchObject({ sent: 4, nextAt: bench.monday + minute });
    expect((await states(bench)).map((line) => line.split(' ')[1]).sort()).toEqual(['accepted', 'accepted', 'failed', 'queued']);
  });
});

describe('a mail of which the server may have taken a copy', () => {
  test('is sent once more, a minute later, with the same bytes and Message-ID; then it is for a person to judge', async () => {
    const bench = await database.bench();
    const at = bench.on('2027-06-07');
    await write(bench, at, 'one');
    const transport = scripted(unknown, unknown);
    expect(await bench.deliver(at, transport)).toMatchObject({ sent: 0, nextAt: at + minute });
    expect(await bench.deliver(at + minute, transport)).toEqual({ sent: 2, more: false, nextAt: null });
    await bench.deliver(bench.on('2027-06-09'), transport);
    const [first, second, ...others] = toSante(transport);
    expect(first?.bytes.equals(second?.bytes ?? Buffer.alloc(0))).toBe(true);
    expect(others).toEqual([]);
    expect(await mailsOf(bench)).toMatchObject([{ state: 'uncertain', uncertain: 2, next_try_at: null }]);
  });

  test('is never sent again when it is a decision letter', async () => {
    const bench = await database.bench();
    const at = bench.on('2027-06-07');
    await write(bench, at, 'letter', true);
    const transport = scripted(unknown);
    expect(await bench.deliver(at, transport)).toEqual({ sent: 2, more: false, nextAt: null });
    await bench.deliver(bench.on('2027-06-09'), transport);
    expect(toSante(transport)).toHaveLength(1);
    expect(await mailsOf(bench)).toMatchObject([{ state: 'uncertain' }]);
  });

  test('stays so in the books when it was answered meanwhile', async () => {
    const bench = await opened(diagnosis);
    await bench.deliver(bench.monday, scripted(unknown, unknown));
    await bench.answer(diagnosis, 'coordo', { title: 'Titre', body: 'Texte' }, bench.monday + 1);
    const transport = scripted();
    await bench.deliver(bench.monday + minute, transport);
    // the receipt, and what tells the two coordinators
    expect(toOf(transport.sent)).toEqual(['coordo@plateau.example', 'coordo@plateau.example', 'incubateur@plateau.example']);
    expect(await states(bench)).toEqual(['coordo accepted', 'coordo uncertain', 'incubateur uncertain']);
  });
});

describe('what a mail costs the database', () => {
  test('is two writes of its row, as it is taken and as it is accepted, whether a pace is kept or not', async () => {
    const { pool } = database.store;
    await pool.query(`create table written (mail bigint);
      create function note_written() returns trigger language plpgsql as $$ begin insert into written values (new.id); return null; end $$;
      create trigger note_written after update on outbox for each row execute function note_written()`);
    try {
      for (const deps of [{}, { pace: { perDomain: 600, overall: 6000 } }]) {
        const bench = await opened(interview, diagnosis);
        expect(await bench.deliver(bench.monday, scripted(), { deps })).toMatchObject({ sent: 4 });
        const { rows } = await pool.query<{ times: number }>(
          'select count(*)::int as times from written w join outbox o on o.id = w.mail where o.edition = $1 group by w.mail',
          [bench.id],
        );
        expect(rows.map(({ times }) => times)).toEqual([2, 2, 2, 2]);
      }
    } finally {
      await pool.query('drop trigger note_written on outbox; drop function note_written; drop table written');
    }
  });
});

describe('what is due', () => {
  test('leaves with letters first, however much was due before', async () => {
    const bench = await database.bench();
    const at = bench.on('2027-06-07');
    for (let n = 0; n < 250; n++) await write(bench, at, `n${n}`);
    await write(bench, at + 1, 'letter', true);
    const taken = (await take(bench, at + 1)).map(({ row }) => row.key);
    expect([taken.length, taken[0], taken[1]]).toEqual([200, `${bench.id}.letter`, `${bench.id}.n0`]);
  });
});

describe('a lease', () => {
  test('keeps what is taken from everybody else, until it runs out', async () => {
    const bench = await opened(interview, diagnosis);
    const among = (await bench.mails()).slice(0, 3).map(({ id }) => id);
    const [first, second] = [await take(bench, bench.monday, { among }), await take(bench, bench.monday)];
    expect([first.length, second.length]).toEqual([3, 1]);
    expect(await take(bench, bench.monday + 1)).toEqual([]);
    expect(await expireLeases(bench.store.pool, { edition: bench.id, at: bench.monday + leaseMs - 1 })).toBe(0);
    expect(await expireLeases(bench.store.pool, { edition: bench.id, at: bench.monday + leaseMs })).toBe(4);
  });

  test('that runs out before a byte was written queues the mail again', async () => {
    const bench = await opened(interview);
    await take(bench, bench.monday);
    await bench.store.pool.query('update outbox set bytes = null where edition = $1', [bench.id]); // bytes and lease are one write
    const transport = scripted();
    const over = bench.monday + leaseMs;
    expect(await bench.deliver(over - 1, transport)).toEqual({ sent: 0, more: false, nextAt: over });
    expect(await bench.deliver(over, transport)).toMatchObject({ sent: 2 });
    expect(await bench.mails()).toMatchObject([
      { state: 'accepted', uncertain: 0, attempts: 2 },
      { state: 'accepted', uncertain: 0, attempts: 2 },
    ]);
  });

  /** A sender that dies with mail in its hands. */
  const dying = async () => {
    throw new Error('killed');
  };

  test('that runs out with bytes written makes it uncertain, sent once more with the same bytes, then left to a person', async () => {
    const bench = await database.bench();
    const at = bench.on('2027-06-07');
    await write(bench, at, 'one');
    const transport = scripted(dying, dying);
    await expect(bench.deliver(at, transport)).rejects.toThrow('killed');
    expect(await bench.mails()).toMatchObject([{ state: 'sending' }]);
    await expect(bench.deliver(at + 2 * minute, transport)).rejects.toThrow('killed');
    expect(await bench.deliver(at + 4 * minute, transport)).toEqual({ sent: 2, more: false, nextAt: null });
    expect(toSante(transport)).toHaveLength(2);
    expect(new Set(messageIds(toSante(transport))).size).toBe(1);
    expect(await mailsOf(bench)).toMatchObject([{ state: 'uncertain', uncertain: 2, error: 'sender stopped while sending' }]);
  });

  test('of a sender that is killed is over fifteen seconds later: what it left is sent then', async () => {
    const bench = await database.bench();
    const at = bench.on('2027-06-07');
    await write(bench, at, 'one');
    await expect(bench.deliver(at, scripted(dying))).rejects.toThrow('killed');
    const transport = scripted();
    expect(await bench.deliver(at + 14_999, transport)).toEqual({ sent: 0, more: false, nextAt: at + 15_000 });
    expect(await bench.deliver(at + 15_000, transport)).toEqual({ sent: 1, more: false, nextAt: null });
  });

  test('that runs out with a letter written leaves it to a person at once', async () => {
    const bench = await database.bench();
    const at = bench.on('2027-06-07');
    await write(bench, at, 'letter', true);
    const transport = scripted(dying);
    await expect(bench.deliver(at, transport)).rejects.toThrow('killed');
    expect(await bench.deliver(at + 2 * minute, transport)).toEqual({ sent: 2, more: false, nextAt: null });
    expect(toSante(transport)).toHaveLength(1);
    expect(await mailsOf(bench)).toMatchObject([{ state: 'uncertain', next_try_at: null }]);
  });
});
