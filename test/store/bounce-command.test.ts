import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { main } from '../../cli/main.js';
import { bounceToken } from '../../mail/returnpath.js';
import { openTransport } from '../../mail/transport.js';
import { giveAddress } from '../../store/acts/address.js';
import { journal } from '../../store/audit.js';
import { peopleOf } from '../../store/people.js';
import { queueMails } from '../../store/queue.js';
import { complaint, exim, letter, postfix, vacation } from '../support/bounces.js';
import { type Bench, type BenchDatabase, benchDatabase, linkKey, scripted } from '../support/edition.js';
import { scriptedSmtp } from '../support/smtp.js';
import { hearing } from '../support/terminal.js';

// a wake that no Temporal takes is given two seconds
const heard = hearing();
const before = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'bounces-'));
const interview = { step: 'interviews', kind: 'interview' } as const;
const returnPath = 'bounces@example.org';
const closers: (() => unknown)[] = [];
let database: BenchDatabase;

beforeAll(async () => {
  database = await benchDatabase();
  // Nothing of Temporal is asked for: its address leads nowhere.
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    PUBLIC_URL: 'https://essais.example',
    LINK_KEY: linkKey.toString('hex'),
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Essais <essais@troismains.example>',
    RETURN_PATH: returnPath,
    LANG: 'fr_FR.UTF-8',
  });
});
afterAll(async () => {
  for (const close of closers.reverse()) await close();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  rmSync(folder, { recursive: true });
  await database.drop();
});

/** An edition on a real SMTP server, and what that server was told: the return path of each mail, the mail, by recipient. */
async function onSmtp() {
  const bench = await database.bench();
  const server = await scriptedSmtp(undefined, { extensions: ['DSN', 'PIPELINING'] });
  const transport = openTransport(server.url, { maxConnections: 1 });
  closers.push(server.close, () => transport.close());
  const deliver = (at: number, deps = {}) => bench.deliver(at, transport, { deps: { returnPath, ...deps } });
  /** Mails to somebody, oldest first; one connection, so that the commands and the messages are in one order. */
  const taken = () => {
    const of = (verb: RegExp) => server.seen.commands.filter((line) => verb.test(line)).map((line) => /<([^>]*)>/.exec(line)?.[1] ?? '');
    const [from, to] = [of(/^MAIL/), of(/^RCPT/)];
    return server.seen.messages.map((message, n) => ({ message, from: from[n] ?? '', to: to[n] ?? '' }));
  };
  const to = (address: string) => taken().filter((mail) => mail.to === address);
  /** Sets the edition's clock to an instant, for commands, which ask the real one. */
  const itIs = (at: number) =>
    bench.store.pool.query('update edition set clock_offset_ms = $2 where id = $1', [bench.id, Math.round(at - Date.now())]);
  return { ...bench, deliver, to, itIs };
}
const since = async ({ store, id }: Pick<Bench, 'store' | 'id'>, person: string) =>
  (await peopleOf(store.pool, id, [person])).get(person)?.unreachable_at;
const file = (name: string, bytes: Buffer) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const messageIdOf = async (message: string) => ((await simpleParser(message)).messageId ?? '').replace(/[<>]/g, '');

test('two mails that a server sends back are a person to mend: told, corrected, asked again', async () => {
  const edition = await onSmtp();
  const monday = edition.on('2027-06-07');
  const friday = edition.on('2027-06-11');
  for (const at of [monday, friday]) {
    await edition.review(at, [interview]);
    await edition.deliver(at);
  }
  const mails = edition.to('direction@plateau.example');
  expect(new Set(mails.map((mail) => mail.from)).size).toBe(2);
  for (const { from } of mails) expect(from).toMatch(/^bounces\+[0-9a-z]+-[0-9a-f]{20}@example\.org$/);

  await edition.itIs(friday + 3_600_000);
  const [first, second] = mails.map(({ from }, n) =>
    file(`${n}.eml`, n === 0 ? postfix({ to: from, id: `dsn-${n}@mx` }) : exim({ to: from })),
  );
  expect(await main(['mail', 'bounce', first ?? ''])).toBe(0);
  expect(heard.out).toMatch(/^direction \(essai-\d+\), message \d+ : l'adresse ne fonctionne pas \(5\.1\.1\)\.\n$/);
  expect(await since(edition, 'direction')).toBeNull();
  heard.out = '';
  expect(await main(['mail', 'bounce', second ?? ''])).toBe(0);
  expect(heard.out).toContain('ne peut plus être jointe : la coordination est prévenue');
  expect(await since(edition, 'direction')).toBeInstanceOf(Date);

  await edition.review(friday + 3_660_000, [interview]);
  await edition.deliver(friday + 3_660_000);
  const [told] = edition.to('coordo@plateau.example');
  const read = await simpleParser(told?.message ?? '');
  expect(read.subject).toBe('Direction ne reçoit plus nos messages');
  for (const words of ['direction@plateau.example', 'entretiens', 'Adjointe']) expect(read.text).toContain(words);
  expect(edition.to('adjointe@plateau.example')).toHaveLength(1);

  heard.out = '';
  expect(await main(['person', 'list', edition.id, '--unreachable', '--json'])).toBe(0);
  expect(JSON.parse(heard.out)).toMatchObject([{ id: 'direction', email: 'direction@plateau.example', unreachable: '2027-06-11' }]);
  heard.out = '';
  expect(await main(['ask', 'list', '--waiting', '--edition', edition.id, '--json'])).toBe(0);
  expect(JSON.parse(heard.out)).toContainEqual(
    expect.objectContaining({ person: 'direction', unreachable: '2027-06-11', substitute: 'adjointe' }),
  );
  heard.out = '';
  expect(await main(['mail', 'list', '--edition', edition.id])).toBe(0);
  expect(heard.out).toMatch(/2027-06-11 09:00 +direction +revenu\s: adresse refusée/);

  heard.out = '';
  const given = ['person', 'email', edition.id, 'direction', 'dg@plateau.example', '--reason', 'elle a changé de service'];
  expect(await main(given)).toBe(0);
  expect(heard.out).toBe("L'adresse de direction est changée. Liens envoyés : 1 ; messages renvoyés : 0.\n");
  // whoever types on the machine is not the coordinators
  const entries = await journal(edition.store.pool, edition.id);
  expect(entries.find(({ verb }) => verb === 'person.address')).toMatchObject({ actor: 'machine', subject: 'direction' });
  await edition.review(friday + 7_200_000, [interview]);
  await edition.deliver(friday + 7_200_000);
  const [again, ...more] = edition.to('dg@plateau.example');
  expect(more).toEqual([]);
  expect((await simpleParser(again?.message ?? '')).text).toMatch(/problèmes les plus aigus[\s\S]*\/a\//);
  expect(edition.to('direction@plateau.example')).toHaveLength(2);
  expect((await journal(edition.store.pool, edition.id)).map((entry) => entry.verb).filter((verb) => /^(mail|person)/.test(verb))).toEqual([
    'mail.bounced',
    'mail.bounced',
    'person.unreachable',
    'person.address',
  ]);

  const asks = async () => {
    heard.out = '';
    expect(await main(['ask', 'list', '--edition', edition.id])).toBe(0);
    return heard.out.split('\n').slice(1).filter(Boolean);
  };
  const [open, ...others] = await asks();
  expect(others).toEqual([]);
  expect(open).toMatch(/Entretiens .*…$/);
  expect(await main(['ask', 'close', open?.split(' ')[0] ?? '', '--reason', 'tout est dit'])).toBe(0);
  await edition.review(friday + 7_300_000, [interview]);
  expect(await asks()).toEqual([expect.stringMatching(/Entretiens .* close à la main$/)]);
});

describe('troismains mail bounce', () => {
  test('reads a Maildir once: what is understood is put away as seen, what is not, or names no mail of ours, is flagged', async () => {
    const edition = await onSmtp();
    const monday = edition.on('2027-06-07');
    await edition.review(monday, [interview]);
    await edition.deliver(monday);
    await edition.itIs(monday + 60_000);
    const [{ from } = { from: '' }] = edition.to('sante@plateau.example');
    const maildir = join(folder, 'Maildir');
    for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, part), { recursive: true });
    const put = (name: string, bytes: Buffer) => writeFileSync(join(maildir, 'new', name), bytes);
    const late = { action: 'delayed', status: '4.4.1', diagnostic: 'X-Postfix; timed out' };
    put('1.dsn', postfix({ to: from, id: 'late@mx' }, late));
    put('2.vacation', vacation({ to: from }));
    put('3.letter', letter({ to: from }));
    put('4.forged', postfix({ to: from.replace(/\+/, '+1') }));
    put('5.forged', postfix({ to: 'bounces+1-00000000000000000000@example.org' }));
    put('6.unnamed', postfix({ to: returnPath, returnedId: await messageIdOf(edition.to('sante@plateau.example')[0]?.message ?? '') }));
    put('7.complaint', complaint({ to: from }));
    expect(await main(['mail', 'bounce', '--mailbox', maildir, '--json'])).toBe(0);
    const done: { result: string; kind?: string }[] = JSON.parse(heard.out);
    expect(done.map((one) => one.kind ?? one.result)).toEqual([
      'delayed',
      'ignored',
      'not-understood',
      expect.any(String),
      'forged',
      'unnamed',
      'feedback',
    ]);
    expect(readdirSync(join(maildir, 'new'))).toEqual([]);
    expect(readdirSync(join(maildir, 'cur')).filter((name) => name.endsWith(':2,F'))).toEqual([
      '3.letter:2,F',
      '6.unnamed:2,F',
      '7.complaint:2,F',
    ]);
    heard.out = '';
    expect(await main(['mail', 'bounce', '--mailbox', maildir])).toBe(0);
    expect(heard.out).toBe('Aucun message.\n');
    expect(await since(edition, 'sante')).toBeNull();
  });

  test('reads a folder of .eml, and knows what it has recorded', async () => {
    const edition = await onSmtp();
    const monday = edition.on('2027-06-07');
    await edition.review(monday, [interview]);
    await edition.deliver(monday);
    await edition.itIs(monday + 60_000);
    const [{ from } = { from: '' }] = edition.to('sante@plateau.example');
    const box = join(folder, 'box');
    mkdirSync(box);
    for (const name of ['a.eml', 'b.eml']) writeFileSync(join(box, name), postfix({ to: from, id: 'twice@mx' }));
    writeFileSync(join(box, 'c.eml'), letter({ to: from }));
    writeFileSync(join(box, 'notes.txt'), 'rien');
    expect(await main(['mail', 'bounce', '--mailbox', box, '--json'])).toBe(0);
    expect(JSON.parse(heard.out).map((one: { result: string }) => one.result)).toEqual(['recorded', 'known', 'not-understood']);
    expect(readdirSync(box).sort()).toEqual(['done', 'not-understood', 'notes.txt']);
  });

  test('goes on past a message that fails: that one is said and stays, and the code says so', async () => {
    const edition = await onSmtp();
    const monday = edition.on('2027-06-07');
    await edition.review(monday, [interview]);
    await edition.deliver(monday);
    await edition.itIs(monday + 60_000);
    const [{ from } = { from: '' }] = edition.to('sante@plateau.example');
    const box = join(folder, 'poisoned');
    mkdirSync(box);
    symlinkSync(join(folder, 'nulle-part'), join(box, 'a.eml'));
    writeFileSync(join(box, 'b.eml'), postfix({ to: from, id: 'poison@mx' }));
    writeFileSync(join(box, 'c.eml'), postfix({ to: from, id: 'nul\u0000@mx' }));
    writeFileSync(join(box, 'd.eml'), postfix({ to: from, id: 'good@mx' }));
    await edition.store.pool.query("alter table bounce add constraint poison check (report <> 'poison@mx')");
    expect(await main(['mail', 'bounce', '--mailbox', box, '--json'])).toBe(1);
    expect(JSON.parse(heard.out)).toMatchObject([
      { file: join(box, 'a.eml'), result: 'failed', message: expect.stringContaining('ne peut pas être lu (ENOENT)') },
      { file: join(box, 'b.eml'), result: 'failed', message: expect.stringContaining('poison') },
      { file: join(box, 'c.eml'), result: 'recorded' },
      { file: join(box, 'd.eml'), result: 'recorded' },
    ]);
    expect(readdirSync(box).sort()).toEqual(['a.eml', 'b.eml', 'done']);
    for (const [lang, words] of [
      ['fr', 'reste à sa place'],
      ['en', 'it stays where it is'],
    ] as const) {
      heard.out = '';
      expect(await main(['mail', 'bounce', '--mailbox', box, '--lang', lang])).toBe(1);
      expect(heard.out.split('\n').filter((line) => line.includes(words))).toHaveLength(2);
    }
    await edition.store.pool.query('alter table bounce drop constraint poison');
    rmSync(join(box, 'a.eml'));
    heard.out = '';
    expect(await main(['mail', 'bounce', '--mailbox', box, '--json'])).toBe(0);
    expect(JSON.parse(heard.out)).toMatchObject([{ file: join(box, 'b.eml'), result: 'recorded' }]);
  });

  test('names a mail by its Message-ID where there is no return path of its own, and only there', async () => {
    const edition = await onSmtp();
    const monday = edition.on('2027-06-07');
    await edition.review(monday, [interview]);
    await edition.deliver(monday, { returnPath: undefined });
    await edition.itIs(monday + 60_000);
    const [sent] = edition.to('sante@plateau.example');
    expect(sent?.from).toBe('essais@troismains.example');
    const plain = postfix({ to: 'essais@troismains.example', returnedId: await messageIdOf(sent?.message ?? ''), id: 'plain@mx' });
    const path = file('plain.eml', plain);
    expect(await main(['mail', 'bounce', path, '--json'])).toBe(0);
    expect(JSON.parse(heard.out)).toMatchObject([{ result: 'unnamed' }]);
    process.env.RETURN_PATH = '';
    heard.out = '';
    expect(await main(['mail', 'bounce', path, '--json'])).toBe(0);
    process.env.RETURN_PATH = returnPath;
    expect(JSON.parse(heard.out)).toMatchObject([{ result: 'recorded', person: 'sante', kind: 'hard' }]);
  });

  const script = join(import.meta.dirname, '../../bin/troismains.mjs');
  const piped = (input: Buffer, env = {}) =>
    spawnSync(process.execPath, [script, 'mail', 'bounce'], { input, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', ...env } });

  test('ends well on a pipe whatever it is given, so that an alias bounces nothing', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(5_000_000, 'x'), vacation({ to: returnPath }), Buffer.from([0, 255, 13, 10])])
      expect(piped(bytes)).toMatchObject({ status: 0, stderr: '' });
  });

  test('ends with 4 when the database cannot be reached: the mail server keeps the message', () => {
    const away = { DATABASE_URL: 'postgres://u:p@127.0.0.1:1/x' };
    expect(piped(postfix({ to: `bounces+${bounceToken(linkKey, 1)}@example.org` }), away).status).toBe(4);
    expect(piped(vacation({ to: returnPath }), away).status).toBe(0); // what is not to be recorded needs none
  });

  test('refuses what it cannot read, and both a file and a mailbox', async () => {
    expect(await main(['mail', 'bounce', join(folder, 'nulle-part.eml')])).toBe(2);
    expect(await main(['mail', 'bounce', 'a.eml', '--mailbox', folder])).toBe(2);
    expect(await main(['mail', 'bounce', '--mailbox', join(folder, 'nulle-part')])).toBe(2);
  });
});

test('person email says what is wrong, and changes nothing', async () => {
  const edition = await onSmtp();
  const give = (...args: string[]) => main(['person', 'email', ...args, '--reason', 'vu']);
  expect(await give(edition.id, 'personne', 'x@y.fr')).toBe(2);
  expect(heard.err).toContain('troismains person list');
  expect(await give(edition.id, 'direction', 'sante@plateau.example')).toBe(2);
  expect(await give(edition.id, 'direction', 'direction')).toBe(2);
  expect(await give('nulle', 'direction', 'x@y.fr')).toBe(2);
  expect(await main(['person', 'email', edition.id, 'direction', 'x@y.fr'])).toBe(2);
  expect((await peopleOf(edition.store.pool, edition.id)).get('direction')?.email).toBe('direction@plateau.example');
});

test('a letter that leaves again to the address given since is not sent again by its number, and the command says under which it leaves', async () => {
  const bench = await database.bench();
  const monday = bench.on('2027-06-07');
  const letter = { key: 'letter', person: 'sante', template: 'ended' as const, letter: true };
  const ids = await queueMails(bench.store.pool, { edition: bench.id, at: monday, dueAt: monday, mails: [letter] });
  const id = String(ids.get('letter'));
  await bench.deliver(monday, scripted({ state: 'refused', permanent: true, code: 550, message: '550 no such user', command: 'RCPT TO' }));
  await giveAddress(bench.store, {
    edition: bench.id,
    person: 'sante',
    email: 's@nouveau.example',
    reason: 'vu',
    realNow: monday + 60_000,
  });
  const again = (await bench.mails()).find((mail) => mail.key.endsWith('.again'))?.id;
  const refused = async () => {
    heard.err = '';
    expect(await main(['mail', 'resend', id, '--reason', 'rien reçu'])).not.toBe(0);
    return heard.err.replace(/\s+/g, ' ');
  };
  expect(await refused()).toContain(`Le message ${id} repart sous le numéro ${again}`);
  await bench.deliver(monday + 120_000);
  expect(await refused()).toContain(`Le message ${id} est reparti sous le numéro ${again}`);
  process.env.LANG = 'en_GB.UTF-8';
  expect(await refused()).toContain(`Mail ${id} has left again as number ${again}`);
  process.env.LANG = 'fr_FR.UTF-8';
});
