/** The mailed way into the console, and the second factor: bound to the browser that asked, once, within limits, and the same whoever asks. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { Secret, TOTP } from 'otpauth';
import { mailOwedSignIns, mailSignIn } from '../../activities/sign-in.js';
import type { Installation } from '../../client/installation.js';
import { resetAccount } from '../../client/verbs/accounts.js';
import { askToEnter, enterByCode, enterByLink, knownMarkOf, showSignIn } from '../../client/verbs/sign-in.js';
import { installationJournal } from '../../domain/journal.js';
import { captureTransport, type SendResult } from '../../mail/transport.js';
import { addAccount, blockAccount, chooseLocale } from '../../store/accounts.js';
import { journal } from '../../store/audit.js';
import { inTransaction } from '../../store/db.js';
import { beginFactor, confirmFactor, newFactor, recoveryCodesLeft, removeFactor, showFactor } from '../../store/factors.js';
import { endSessions, enterByKey, forgetOldKeys, issueKey, sessionsOf, viewerOf } from '../../store/sessions.js';
import { forgetOldSignIns } from '../../store/signins.js';
import { type BenchDatabase, benchDatabase, linkKey } from '../support/edition.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const hour = 60 * 60_000;
const minute = 60_000;
let now = Date.UTC(2027, 5, 7, 8);
/** Each test has hours of its own: what one asks for counts against no other. */
beforeEach(() => {
  now += 30 * hour;
});

const device = 'Firefox, Linux';
const asked: string[] = [];
const installation = (change: Partial<Installation> = {}) =>
  ({
    store: database.store,
    publicUrl: 'https://essais.example',
    linkKey,
    realNow: () => now,
    mailSignIn: async (id: string) => asked.push(id) > 0,
    ...change,
  }) as unknown as Installation;
const mailing = (transport = captureTransport()) => ({
  ...installation(),
  transport,
  mailFrom: 'Trois Mains <essais@valdoise.example>',
  realNow: () => now,
});
let n = 0;
const account = async (email = `compte-${++n}@plateau.example`) => {
  const id = `acc-${++n}`;
  await inTransaction(database.store.pool, (tx) => addAccount(tx, { id, email, name: 'Compte', by: 'machine', realNow: now }));
  return { id, email };
};
const browser = () => `B${String(++n).padStart(31, '0')}`;
/** Asks, has the link mailed, and reads it. */
async function linkFor(email: string, here: string, wanted = '/editions/x') {
  asked.length = 0;
  await askToEnter(installation(), { email, browser: here, wanted, locale: 'fr' });
  const transport = captureTransport();
  for (const id of asked) await mailSignIn(mailing(transport), { id });
  const [mail] = transport.sent;
  if (mail === undefined) return undefined;
  const [, id = '', mac = ''] = /\/enter\/([\w-]+)\/([\w-]+)/.exec((await simpleParser(mail.bytes)).text ?? '') ?? [];
  return { id, mac, to: mail.to };
}
const need = <T>(given: T | undefined): T => {
  if (given === undefined) throw new Error('it is there');
  return given;
};

describe('a mailed link', () => {
  test('goes to the address as the account has it, however it was typed, and enters in the browser that asked, once', async () => {
    const { email, id } = await account('Première.Née@plateau.example');
    const here = browser();
    const link = need(await linkFor('PREMIÈRE.NÉE@PLATEAU.example'.normalize('NFD'), here));
    expect(link.to).toBe(email);
    expect(await showSignIn(installation(), { ...link, browser: here })).toEqual({ state: 'here' });
    const entered = need(await enterByLink(installation(), { ...link, browser: here, device }));
    expect(entered).toMatchObject({ wanted: '/editions/x', pending: false });
    expect(await viewerOf(database.store.pool, { session: entered.session, realNow: now })).toMatchObject({ account: id, provedAt: now });
    expect(await enterByLink(installation(), { ...link, browser: here, device })).toBeUndefined();
    expect(await showSignIn(installation(), { ...link, browser: here })).toEqual({ state: 'gone' });
  });

  test('is in the language that the account has chosen, else in that of the browser', async () => {
    const { email, id } = await account();
    const subject = async () => {
      const transport = captureTransport();
      asked.length = 0;
      await askToEnter(installation(), { email, browser: browser(), wanted: '/', locale: 'fr' });
      await mailSignIn(mailing(transport), { id: need(asked[0]) });
      return (await simpleParser(need(transport.sent[0]).bytes)).subject;
    };
    expect(await subject()).toBe('Votre lien pour ouvrir la console');
    await chooseLocale(database.store.pool, { id, locale: 'en' });
    expect(await subject()).toBe('Your link to open the console');
  });

  test('shows a code elsewhere, which enters in the browser that asked and in no other', async () => {
    const { email } = await account();
    const [here, there] = [browser(), browser()];
    const link = need(await linkFor(email, here));
    const shown = await showSignIn(installation(), { ...link, browser: there });
    const code = shown.state === 'elsewhere' ? shown.code : '';
    expect(code).toMatch(/^\d{6}$/);
    expect(await enterByLink(installation(), { ...link, browser: there, device })).toBeUndefined();
    expect(await enterByLink(installation(), { ...link, browser: undefined, device })).toBeUndefined();
    expect(await enterByCode(installation(), { browser: there, code, device })).toBeUndefined();
    expect(await enterByCode(installation(), { browser: here, code: ` ${code.slice(0, 3)} ${code.slice(3)}`, device })).toBeDefined();
    expect(await enterByCode(installation(), { browser: here, code, device })).toBeUndefined();
  });

  test('gives five tries, also of those that come at one moment; then neither code nor link opens', async () => {
    const { email } = await account();
    const here = browser();
    const link = need(await linkFor(email, here));
    const shown = await showSignIn(installation(), { ...link, browser: undefined });
    const code = shown.state === 'elsewhere' ? shown.code : '';
    const wrong = code === '000000' ? '000001' : '000000';
    await Promise.all(Array.from({ length: 5 }, () => enterByCode(installation(), { browser: here, code: wrong, device })));
    expect(await enterByCode(installation(), { browser: here, code, device })).toBeUndefined();
    expect(await enterByLink(installation(), { ...link, browser: here, device })).toBeUndefined();
  });

  test('that was asked for twice opens by either mail, and by the code of either', async () => {
    const { email } = await account();
    const here = browser();
    const [first, second] = [need(await linkFor(email, here)), need(await linkFor(email, here))];
    const shown = await showSignIn(installation(), { ...second, browser: undefined });
    expect(await enterByCode(installation(), { browser: here, code: shown.state === 'elsewhere' ? shown.code : '', device })).toBeDefined();
    expect(await enterByLink(installation(), { ...first, browser: here, device })).toBeDefined();
  });

  test('holds for a quarter of an hour, and opens nothing with another seal', async () => {
    const { email } = await account();
    const here = browser();
    const link = need(await linkFor(email, here));
    expect(await showSignIn(installation(), { ...link, mac: `${link.mac.slice(0, -2)}AA`, browser: here })).toEqual({ state: 'gone' });
    now += 15 * minute;
    expect(await enterByLink(installation(), { ...link, browser: here, device })).toBeUndefined();
    const transport = captureTransport();
    await mailSignIn(mailing(transport), { id: link.id });
    expect(transport.sent).toEqual([]);
  });

  test('is for nobody whom the console does not know, who is blocked, or who was when they open it', async () => {
    const { email, id } = await account();
    const here = browser();
    expect(await linkFor('personne@nulle.part.example', here)).toBeUndefined();
    const link = need(await linkFor(email, here));
    await inTransaction(database.store.pool, (tx) => blockAccount(tx, { id, blocked: true, by: 'machine', realNow: now }));
    expect(await enterByLink(installation(), { ...link, browser: here, device })).toBeUndefined();
    expect(await linkFor(email, here)).toBeUndefined();
  });

  test('lets a coordinator in by the address that their edition has of them, and not any more once it has another', async () => {
    await database.bench();
    const here = browser();
    const link = need(await linkFor('coordo@plateau.example', here));
    expect(await enterByLink(installation(), { ...link, browser: here, device })).toBeDefined();
    expect(await linkFor('jury1@plateau.example', here)).toBeUndefined();
  });

  test('is asked for five times an hour and mailbox and twenty a network, whether or not anybody has the address', async () => {
    const { email } = await account();
    const count = async (address: (i: number) => string, network?: string) => {
      asked.length = 0;
      for (let i = 0; i < 30; i++)
        await askToEnter(installation(), { email: address(i), browser: browser(), wanted: '/', locale: 'fr', network });
      return asked.length;
    };
    expect(await count((i) => email.replace('@', `+${i}@`))).toBe(5);
    expect(await count(() => 'personne@ailleurs.example')).toBe(5);
    expect(await count((i) => `personne${i}@ailleurs.example`, '203.0.113.7')).toBe(20);
  });

  test('is not asked for without end where networks are not known; what leads nowhere keeps nobody out', async () => {
    asked.length = 0;
    for (let i = 0; i < 310; i++)
      await askToEnter(installation(), { email: `rien${i}@ailleurs.example`, browser: browser(), wanted: '/', locale: 'fr' });
    expect(asked.length).toBe(300);
    expect(await linkFor((await account()).email, browser())).toBeDefined();
  });

  test('leaves for a browser that was in with the address, however often strangers have asked for it', async () => {
    const { email } = await account();
    const other = await account();
    const ask = (more: object) => askToEnter(installation(), { email, browser: browser(), wanted: '/', locale: 'fr', ...more });
    for (let i = 0; i < 30; i++) await ask({ network: '203.0.113.9' });
    asked.length = 0;
    await ask({});
    await ask({ known: knownMarkOf(installation(), other.email) });
    await ask({ known: 'x' });
    expect(asked.length).toBe(0);
    const known = knownMarkOf(installation(), email.toUpperCase());
    for (let i = 0; i < 10; i++) await ask({ known, network: '203.0.113.9' });
    expect(asked.length).toBe(5);
  });

  test('does the same statements for an address that is known and one that is not', async () => {
    const { email } = await account();
    const statements = async (address: string) => {
      const said: string[] = [];
      const { pool } = database.store;
      const counting = {
        query: (text: string, values?: unknown[]) => {
          said.push(text);
          return pool.query(text, values);
        },
        connect: async () => {
          const client = await pool.connect();
          const query: typeof client.query = (text, values) => {
            said.push(text);
            return client.query(text, values);
          };
          return { query, release: client.release };
        },
      };
      const store = { pool: counting, close: async () => {} } as unknown as Installation['store'];
      await askToEnter(installation({ store }), { email: address, browser: browser(), wanted: '/', locale: 'fr', network: '203.0.113.8' });
      return said;
    };
    const known = await statements(email);
    expect(known.length).toBeGreaterThan(5);
    expect(await statements('personne@inconnu.example')).toEqual(known);
  });

  test('that could not leave is tried again while it holds, by whoever comes first; what may have arrived is not', async () => {
    const { email } = await account();
    const ask = async () => {
      asked.length = 0;
      await askToEnter(installation(), { email, browser: browser(), wanted: '/', locale: 'fr' });
      return need(asked[0]);
    };
    const failing = (result: SendResult) => ({ ...captureTransport(), send: async () => result });
    const id = await ask();
    await expect(mailSignIn(mailing(failing({ state: 'not-taken', message: 'away' }) as never), { id })).rejects.toThrow('not-taken');
    const transport = captureTransport();
    expect(await mailOwedSignIns(mailing(transport), now - 15_000)).toBe(0);
    now += 20_000;
    expect(await mailOwedSignIns(mailing(transport), now - 15_000)).toBe(1);
    expect(await mailOwedSignIns(mailing(transport), now - 15_000)).toBe(0);
    expect(transport.sent).toHaveLength(1);
    const uncertain = await ask();
    await mailSignIn(mailing(failing({ state: 'uncertain', message: 'no answer' }) as never), { id: uncertain });
    await mailSignIn(mailing(transport), { id: uncertain });
    expect(transport.sent).toHaveLength(1);
  });

  test('is mailed once, when the engine and the sweep mail it at one moment', async () => {
    const { email } = await account();
    asked.length = 0;
    await askToEnter(installation(), { email, browser: browser(), wanted: '/', locale: 'fr' });
    const transport = captureTransport();
    await Promise.all(Array.from({ length: 4 }, () => mailSignIn(mailing(transport), { id: need(asked[0]) })));
    expect(transport.sent).toHaveLength(1);
  });

  test('leaves nothing behind: who asked is forgotten a day later', async () => {
    const { pool } = database.store;
    await linkFor((await account()).email, browser());
    await forgetOldSignIns(pool, now + 25 * hour);
    await forgetOldKeys(pool, now + 25 * hour);
    expect((await pool.query('select 1 from sign_in')).rows).toEqual([]);
    expect((await pool.query('select 1 from console_key')).rows).toEqual([]);
  });
});

const pool = () => database.store.pool;

describe('a second factor', () => {
  const enter = async (id: string) =>
    need(await enterByKey(pool(), { key: await issueKey(pool(), { account: id, realNow: now }), device, realNow: now }));
  const who = (session: string) => viewerOf(pool(), { session, realNow: now });
  async function withFactor() {
    const { id, email } = await account();
    const { session } = await enter(id);
    const own = { account: id, session: need(await who(session)).session };
    await beginFactor(pool(), { ...own, linkKey });
    const { secret, uri } = need(await newFactor(pool(), { ...own, email, linkKey }));
    const totp = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = (at = now) => totp.generate({ timestamp: at });
    const recovery = need(await confirmFactor(pool(), { ...own, code: code(), linkKey, realNow: now }));
    return { id, email, session, own, uri, code, recovery };
  }

  test('is set up by whoever has it in their app, and is then asked before a session opens', async () => {
    const { id, session, uri, code } = await withFactor();
    expect(uri).toContain('otpauth://totp/Trois%20Mains:');
    expect(await who(session)).toMatchObject({ factor: true, strong: true });
    now += minute;
    const half = await enter(id);
    expect(half.pending).toBe(true);
    expect(await who(half.session)).toBeUndefined();
    const shown = await showFactor(pool(), { session: half.session, code: code(), linkKey, realNow: now });
    expect(shown.ok).toBe(true);
    const next = shown.ok ? shown.session : '';
    expect(next).not.toBe(half.session);
    expect(await who(half.session)).toBeUndefined();
    expect(await who(next)).toMatchObject({ account: id, strong: true, provedAt: now });
  });

  test('is not set up by a code of another secret, nor in another session than the one that began', async () => {
    const { id, email } = await account();
    const [first, second] = [await enter(id), await enter(id)];
    const own = { account: id, session: need(await who(first.session)).session };
    const other = { account: id, session: need(await who(second.session)).session };
    await beginFactor(pool(), { ...own, linkKey });
    expect(await newFactor(pool(), { ...other, email, linkKey })).toBeUndefined();
    expect(await confirmFactor(pool(), { ...own, code: '000000', linkKey, realNow: now })).toBeUndefined();
    expect(await who(first.session)).toMatchObject({ factor: false });
  });

  test('takes each code once, of the last step, this one and the next; and no code of another account', async () => {
    const { id, code } = await withFactor();
    const other = await withFactor();
    const shows = async (typed: string) => {
      const { session } = await enter(id);
      return (await showFactor(pool(), { session, code: typed, linkKey, realNow: now })).ok;
    };
    expect(await shows(code())).toBe(false); // it set the factor up
    now += 2 * minute;
    expect(await shows(code(now - 90_000))).toBe(false);
    expect(await shows(other.code())).toBe(false);
    const inTwo = code();
    const { session } = await enter(id);
    const [a, b] = [session, (await enter(id)).session];
    const both = await Promise.all([a, b].map((one) => showFactor(pool(), { session: one, code: inTwo, linkKey, realNow: now })));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('gives ten recovery codes, each of which serves once', async () => {
    const { id, recovery } = await withFactor();
    expect(new Set(recovery).size).toBe(10);
    const shows = async (typed: string) => {
      const { session } = await enter(id);
      return (await showFactor(pool(), { session, code: typed, linkKey, realNow: now })).ok;
    };
    expect(await shows(` ${need(recovery[3]).toUpperCase()} `)).toBe(true);
    expect(await shows(need(recovery[3]))).toBe(false);
    expect(await recoveryCodesLeft(pool(), id)).toBe(9);
    const { rows } = await pool().query<{ all: string }>(
      'select account::text || recovery_code::text as all from account join recovery_code on account = id',
    );
    for (const code of recovery) expect(rows.map(({ all }) => all).join()).not.toContain(code.replaceAll('-', ''));
  });

  test('is tried five times in a quarter of an hour; the right one begins anew', async () => {
    const { id, code, recovery } = await withFactor();
    now += minute;
    const { session } = await enter(id);
    const show = (typed: string, of = session) => showFactor(pool(), { session: of, code: typed, linkKey, realNow: now });
    for (let i = 0; i < 4; i++) expect(await show('111111')).toEqual({ ok: false, reason: 'wrong' });
    expect((await show(code())).ok).toBe(true);
    now += minute;
    const again = (await enter(id)).session;
    for (let i = 0; i < 5; i++) expect(await show('111111', again)).toEqual({ ok: false, reason: 'wrong' });
    expect(await show(need(recovery[0]), again)).toEqual({ ok: false, reason: 'too-often' });
    const refused = (await journal(pool(), installationJournal)).filter(
      ({ verb, subject }) => verb === 'factor.refused' && subject === `account:${id}`,
    );
    expect(refused).toHaveLength(9);
  });

  test('proves again who one is, in a session that goes on', async () => {
    const { session, code } = await withFactor();
    now += hour;
    const shown = await showFactor(pool(), { session, code: code(), linkKey, realNow: now });
    expect(shown).toMatchObject({ ok: true });
    const viewer = need(await who(shown.ok ? shown.session : ''));
    expect(viewer.provedAt).toBe(now);
    now += 11 * hour - minute;
    expect(await who(shown.ok ? shown.session : '')).toBeUndefined(); // unused for two hours: no session is prolonged by its proof
  });

  test('that is taken away asks nothing any more, and makes no session strong', async () => {
    const { id, session } = await withFactor();
    const remove = () => inTransaction(pool(), (tx) => removeFactor(tx, { account: id, by: 'machine', realNow: now }));
    expect([await remove(), await remove()]).toEqual([true, false]);
    expect(await who(session)).toMatchObject({ factor: false, strong: false });
    expect((await enter(id)).pending).toBe(false);
  });

  test('is not to be read in the database, nor waits longer than ten minutes', async () => {
    const { id, uri } = await withFactor();
    const secret = /secret=([A-Z2-7]+)/.exec(uri)?.[1] ?? 'none';
    const { rows } = await pool().query<{ row: string }>(
      'select account::text as row from account union all select console_key::text from console_key',
    );
    expect(rows.map(({ row }) => row).join()).not.toContain(secret);
    const { session } = await enter(id);
    now += 10 * minute;
    expect(await showFactor(pool(), { session, code: '1', linkKey, realNow: now })).toEqual({ ok: false, reason: 'no-session' });
  });

  test('sessions are listed without what opens them, and ended one by one or all but one', async () => {
    const { id } = await account();
    const sessions = [(await enter(id)).session, (await enter(id)).session, (await enter(id)).session];
    const listed = await sessionsOf(pool(), { account: id, realNow: now });
    expect(listed).toHaveLength(3);
    expect(listed[0]).toMatchObject({ way: 'key', device, madeAt: now });
    for (const session of sessions) expect(JSON.stringify(listed)).not.toContain(session);
    const [here, there] = [need(await who(need(sessions[0]))).session, need(await who(need(sessions[1]))).session];
    const end = (which: { session?: string; but?: string }, of = id) =>
      inTransaction(pool(), (tx) => endSessions(tx, { account: of, ...which, by: `account:${of}`, realNow: now }));
    await end({ session: there }, (await account()).id);
    expect(await who(need(sessions[1]))).toBeDefined(); // somebody else's
    await end({ session: there });
    expect(await who(need(sessions[1]))).toBeUndefined();
    await end({ but: here });
    expect(await Promise.all(sessions.map(async (one) => (await who(one)) !== undefined))).toEqual([true, false, false]);
  });

  test('an account that is reset has neither session nor second factor, and no link that is out opens it', async () => {
    const { id, email, session } = await withFactor();
    const half = await enter(id);
    const key = await issueKey(pool(), { account: id, realNow: now });
    expect(await resetAccount(installation(), email)).toMatchObject({ ok: true });
    expect(await who(session)).toBeUndefined();
    expect(await showFactor(pool(), { session: half.session, code: '1', linkKey, realNow: now })).toMatchObject({ reason: 'no-session' });
    expect(await enterByKey(pool(), { key, device, realNow: now })).toBeUndefined();
    const again = await enter(id);
    expect([again.pending, await who(again.session)]).toEqual([false, expect.objectContaining({ factor: false, strong: false })]);
  });
});
