/** Who may enter the console: accounts, what they may, and that both are asked anew each time. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Installation } from '../../client/installation.js';
import { addAccountTo, everyAccount, giveRightTo, removeAccount, takeRightFrom } from '../../client/verbs/accounts.js';
import { signInLink, trialLink } from '../../client/verbs/console.js';
import { installationJournal } from '../../domain/journal.js';
import { everyTerritory, may } from '../../domain/rights.js';
import { giveAddress } from '../../store/acts/address.js';
import { journal } from '../../store/audit.js';
import { verifyChain } from '../../store/chain.js';
import { enterByKey, viewerOf } from '../../store/sessions.js';
import { type Bench, type BenchDatabase, benchDatabase } from '../support/edition.js';
import { until } from '../support/waiting.js';

let database: BenchDatabase;
beforeAll(async () => {
  database = await benchDatabase();
});
afterAll(() => database.drop());

const now = Date.UTC(2027, 5, 7, 8);
/** What of an installation entering needs: no engine. */
const installation = ({ store } = database) =>
  ({ store, publicUrl: 'https://essais.example', realNow: () => now }) as unknown as Installation;
const enters = async (link: string | undefined) => {
  const key = link?.split('/').at(-1) ?? '';
  const { session = '' } = (await enterByKey(database.store.pool, { key, device: '', realNow: now })) ?? {};
  return { session, viewer: () => viewerOf(database.store.pool, { session, realNow: now }) };
};
const whereOf = ({ id, edition }: Bench) => ({ edition: id, territory: edition.territory.id });

describe('a coordinator', () => {
  test('enters with the address that the edition has of them, however it is written, and may do all in it and nothing elsewhere', async () => {
    const [bench, other] = [
      await database.bench(),
      await database.bench((file) => {
        for (const person of file.people) person.email = `autre-${person.email}`;
        file.territory.id = 'ailleurs';
      }),
    ];
    const { viewer } = await enters(await signInLink(installation(), ' COORDO@plateau.example'.trim()));
    const held = (await viewer())?.held ?? [];
    expect(may(held, 'edition.people', whereOf(bench))).toBe(true);
    expect(may(held, 'edition.see', whereOf(other))).toBe(false);
    expect(may(held, 'alerts.see')).toBe(false);
    expect(await everyAccount(installation())).toMatchObject([{ email: 'coordo@plateau.example', name: 'Coordination', rights: [] }]);
  });

  test('loses it at once when the edition has another address of them; the journal names the account that gave it', async () => {
    const bench = await database.bench();
    const { viewer } = await enters(await signInLink(installation(), 'coordo@plateau.example'));
    const account = (await viewer())?.account ?? '';
    expect(may((await viewer())?.held ?? [], 'edition.see', whereOf(bench))).toBe(true);
    await giveAddress(bench.store, {
      edition: bench.id,
      person: 'coordo',
      email: 'nouvelle@plateau.example',
      reason: 'départ',
      actor: `account:${account}`,
      realNow: bench.on('2027-06-07'),
    });
    expect(may((await viewer())?.held ?? [], 'edition.see', whereOf(bench))).toBe(false);
    expect((await journal(bench.store.pool, bench.id)).at(-1)).toMatchObject({ verb: 'person.address', actor: `account:${account}` });
  });

  test('of nobody’s edition does not enter: neither whom somebody named, nor an applicant', async () => {
    await database.bench();
    for (const address of ['maison@terrain.example', 'direction@plateau.example', 'nobody@plateau.example'])
      expect(await signInLink(installation(), address)).toBeUndefined();
  });
});

describe('an account', () => {
  test('is made with a right, given others, and blocked: its sessions end at once', async () => {
    const bench = await database.bench();
    const add = (more: object) => addAccountTo(installation(), { email: 'elue@plateau.example', ...more });
    expect(await add({ name: 'Élue', held: { right: 'reader', edition: bench.id } })).toMatchObject({ ok: true });
    const { viewer } = await enters(await signInLink(installation(), 'elue@plateau.example'));
    expect(await viewer()).toMatchObject({ name: 'Élue', held: [{ right: 'reader', edition: bench.id }] });
    await add({ held: { right: 'coordinator', territory: 'plateau' } });
    expect(may((await viewer())?.held ?? [], 'edition.people', whereOf(bench))).toBe(true);
    expect(
      await takeRightFrom(installation(), { email: 'elue@plateau.example', held: { right: 'coordinator', territory: 'plateau' } }),
    ).toMatchObject({ ok: true });
    expect(may((await viewer())?.held ?? [], 'edition.people', whereOf(bench))).toBe(false);
    await removeAccount(installation(), 'elue@plateau.example');
    expect(await viewer()).toBeUndefined();
    expect(await signInLink(installation(), 'elue@plateau.example')).toBeUndefined();
    // a right opens no account that was blocked, and makes one where there is none
    await giveRightTo(installation(), { email: 'elue@plateau.example', held: { right: 'reader', territory: 'plateau' } });
    expect(await signInLink(installation(), 'elue@plateau.example')).toBeUndefined();
    const neuve = { email: 'neuve@plateau.example', held: { right: 'reader', territory: 'plateau' } } as const;
    expect(await giveRightTo(installation(), neuve)).toMatchObject({ ok: true });
    await add({});
    expect(await viewer()).toBeUndefined();
    expect(await signInLink(installation(), 'elue@plateau.example')).toBeDefined();
  });

  test('has a name of one line, whoever typed it: no line of a journal can be forged by it', async () => {
    const nameOf = async (name: string) => {
      const email = `nom-${name.length}@plateau.example`;
      expect(await addAccountTo(installation(), { email, name })).toMatchObject({ ok: true });
      return (await everyAccount(installation())).find((one) => one.email === email)?.name;
    };
    expect(await nameOf('Une\nLigne\u0000 \u202eretournée\u001b[2J')).toBe('Une Ligne retournée[2J');
    expect(await nameOf('\u200b')).toBe('nom-1@plateau.example');
    expect((await nameOf('n'.repeat(300)))?.length).toBe(200);
  });

  test('is refused what cannot be: an address that is none, an edition that is none, a right that was not given, the last admin', async () => {
    const reader = (edition: string) => ({ right: 'reader', edition }) as const;
    expect(await addAccountTo(installation(), { email: 'nobody' })).toEqual({ ok: false, reason: 'address' });
    expect(await addAccountTo(installation(), { email: 'x@plateau.example', held: reader('none') })).toEqual({
      ok: false,
      reason: 'no-edition',
    });
    const everywhere = { right: 'coordinator', territory: everyTerritory } as const;
    for (const give of [addAccountTo, giveRightTo])
      expect(await give(installation(), { email: 'elue@plateau.example', held: everywhere })).toEqual({
        ok: false,
        reason: 'no-territory',
      });
    expect(await takeRightFrom(installation(), { email: 'y@plateau.example', held: { right: 'admin' } })).toEqual({
      ok: false,
      reason: 'no-account',
    });
    await addAccountTo(installation(), { email: 'dsi@plateau.example', held: { right: 'admin' } });
    expect(await takeRightFrom(installation(), { email: 'dsi@plateau.example', held: reader('x') })).toEqual({
      ok: false,
      reason: 'no-right',
    });
    expect(await removeAccount(installation(), 'dsi@plateau.example')).toEqual({ ok: false, reason: 'last-admin' });
    expect(await takeRightFrom(installation(), { email: 'dsi@plateau.example', held: { right: 'admin' } })).toEqual({
      ok: false,
      reason: 'last-admin',
    });
  });

  test('for trying things out keeps the installation in order and coordinates whatever there is, and whatever comes', async () => {
    const { viewer } = await enters(await trialLink(installation()));
    const bench = await database.bench();
    const held = (await viewer())?.held ?? [];
    expect([may(held, 'alerts.see'), may(held, 'edition.people', whereOf(bench))]).toEqual([true, true]);
  });
});

describe('accounts and rights', () => {
  let own: BenchDatabase;
  beforeEach(async () => {
    own = await benchDatabase();
    for (const email of ['one@plateau.example', 'two@plateau.example', 'blocked@plateau.example'])
      await addAccountTo(installation(own), { email, held: { right: 'admin' } });
    await removeAccount(installation(own), 'blocked@plateau.example');
  });
  afterEach(() => own.drop());
  const admin = (email: string) => ({ email, held: { right: 'admin' } }) as const;

  test('change with their journal, or not at all', async () => {
    const [here, { pool }] = [installation(own), own.store];
    await own.bench();
    await pool.query(`create function no_journal() returns trigger language plpgsql as $$ begin raise 'no journal'; end $$`);
    const before = await everyAccount(here);
    for (const [verb, change] of [
      ['account.opened', () => addAccountTo(here, admin('new@plateau.example'))],
      ['right.given', () => addAccountTo(here, admin('new@plateau.example'))],
      ['account.opened', () => addAccountTo(here, { email: 'blocked@plateau.example' })],
      ['right.taken', () => takeRightFrom(here, admin('one@plateau.example'))],
      ['account.blocked', () => removeAccount(here, 'one@plateau.example')],
      ['account.opened', () => signInLink(here, 'coordo@plateau.example')],
      ['right.given', () => trialLink(here)],
    ] as const) {
      await pool.query(
        `create trigger no_journal before insert on audit for each row when (new.verb = '${verb}') execute function no_journal()`,
      );
      await expect(change()).rejects.toThrow('no journal');
      await pool.query('drop trigger no_journal on audit');
      expect(await everyAccount(here)).toEqual(before);
    }
  });

  test('have an admin: of the last two, removed at one moment, one stays', async () => {
    const [here, { pool }] = [installation(own), own.store];
    const held = await pool.connect();
    await held.query('begin');
    await held.query('lock table account, account_right in exclusive mode'); // whoever has looked cannot change anything yet
    const done = Promise.all([removeAccount(here, 'one@plateau.example'), takeRightFrom(here, admin('two@plateau.example'))]);
    await until('the two never met', async () => {
      const { rows } = await pool.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`);
      return rows.length === 2;
    });
    await held.query('commit');
    held.release();
    expect((await done).map((one) => (one.ok ? 'done' : one.reason)).sort()).toEqual(['done', 'last-admin']);
  });
});

test('a name that is given to an account which is there is its name from then on; none leaves it', async () => {
  const at = { email: 'nommee@plateau.example' };
  const named = async () => (await everyAccount(installation())).find(({ email }) => email === at.email)?.name;
  await addAccountTo(installation(), { ...at, name: 'Ancien nom' });
  await addAccountTo(installation(), at);
  expect(await named()).toBe('Ancien nom');
  await addAccountTo(installation(), { ...at, name: 'Nouveau nom' });
  expect(await named()).toBe('Nouveau nom');
  expect((await journal(database.store.pool, installationJournal)).at(-1)).toMatchObject({ verb: 'account.renamed', actor: 'machine' });
});

describe('the journal of the installation', () => {
  test('says who entered, what was refused, and whose rights changed, by whom; it is chained as an edition’s is', async () => {
    const { pool } = database.store;
    const from = (await journal(pool, installationJournal)).length;
    await addAccountTo(installation(), { email: 'audit@plateau.example', name: 'Audit', held: { right: 'reader', territory: 'plateau' } });
    const { viewer } = await enters(await signInLink(installation(), 'audit@plateau.example'));
    const actor = `account:${(await viewer())?.account}`;
    await takeRightFrom(installation(), { email: 'audit@plateau.example', held: { right: 'reader', territory: 'plateau' } });
    await removeAccount(installation(), 'audit@plateau.example');
    for (let n = 0; n < 40; n++) expect(await enterByKey(pool, { key: `guess-${n}`, device: '', realNow: now })).toBeUndefined();
    const entries = (await journal(pool, installationJournal)).slice(from);
    expect(entries.slice(0, 5).map((entry) => [entry.verb, entry.actor, entry.subject, entry.detail])).toEqual([
      ['account.opened', 'machine', actor, {}],
      ['right.given', 'machine', actor, { right: 'reader', territory: 'plateau' }],
      ['session.opened', actor, actor, { way: 'key' }],
      ['right.taken', 'machine', actor, { right: 'reader', territory: 'plateau' }],
      ['account.blocked', 'machine', actor, {}],
    ]);
    // of forty guesses, what an hour holds: nobody fills it from outside
    expect(entries.slice(5).map(({ verb, actor: who }) => `${verb} ${who}`)).toEqual(Array(20).fill('session.refused visitor'));
    expect(JSON.stringify(entries)).not.toContain('@');
    expect((await verifyChain(pool, installationJournal)).ok).toBe(true);
  });
});
