/** `--as ADDRESS`: every command that acts, in every name. Generated from what is declared, so that no command is forgotten. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse, stringify } from 'yaml';
import type { Declared } from '../../cli/help.js';
import { COMMANDS, main } from '../../cli/main.js';
import { type Installation, openInstallation } from '../../client/installation.js';
import { addAccountTo, removeAccount } from '../../client/verbs/accounts.js';
import { INSTALLATION, readConfig } from '../../config.js';
import type { Held } from '../../domain/rights.js';
import { actorOf } from '../../store/accounts.js';
import { askToApply, beginApplication } from '../../store/acts/start.js';
import { troismains } from '../support/command.js';
import { type BenchDatabase, benchDatabase, linkKey } from '../support/edition.js';
import { hearing } from '../support/terminal.js';

const heard = hearing();
const before = { ...process.env };
const folder = mkdtempSync(join(tmpdir(), 'acting-'));
const interview = { step: 'interviews', kind: 'interview' } as const;
const addresses = {
  machine: undefined,
  reader: 'lectrice@plateau.example',
  'coordinator of another edition': 'ailleurs@plateau.example',
  coordinator: 'ici@plateau.example',
  'coordinator of the territory': 'territoire@plateau.example',
  admin: 'dsi@plateau.example',
  blocked: 'partie@plateau.example',
  nobody: 'personne@plateau.example',
} as const;
type Who = keyof typeof addresses;
const everybody = Object.keys(addresses) as Who[];

/** What of the command line acts: how it is typed, in whose names it may be done, and what the journal then says; `spawned`: what it does needs the build. */
type Acting = { typed(id: string, mail: number): string[]; may: readonly Who[]; verb?: string; spawned?: boolean };
const inEdition: readonly Who[] = ['machine', 'coordinator', 'coordinator of the territory'];
const inInstallation: readonly Who[] = ['machine', 'admin'];
const why = ['--reason', 'un essai'];
const acting: Readonly<Record<string, Acting>> = {
  'ask nudge': { typed: (id) => [askOf(id), ...why], may: inEdition, verb: 'ask.nudged' },
  'ask extend': { typed: (id) => [askOf(id), '2027-07-01', ...why], may: inEdition, verb: 'ask.extended' },
  'ask close': { typed: (id) => [askOf(id), ...why], may: inEdition, verb: 'ask.closed' },
  'cohort start': { typed: () => [file], may: ['machine', 'coordinator of the territory'], verb: 'edition.started' },
  'cohort calendar': { typed: (id) => [id, '--renew', ...why], may: inEdition, verb: 'calendar.renewed' },
  'cohort act': {
    typed: (id) => [id, 'closure', '--from', '2027-06-14', '--until', '2027-06-18', ...why],
    may: inEdition,
    verb: 'edition.closure',
  },
  'cohort cancel': { typed: (id) => [id, ...why], may: inEdition, verb: 'edition.cancelled' },
  'person email': { typed: (id) => [id, 'sante', 'sante@plateau.example', ...why], may: inEdition, verb: 'person.address' },
  'person add': {
    typed: (id) => [id, '--name', 'Nadia', '--email', 'nadia@plateau.example', '--role', 'expert', ...why],
    may: inEdition,
    verb: 'person.added',
  },
  'person edit': { typed: (id) => [id, 'sante', '--name', 'Santé publique', ...why], may: inEdition, verb: 'person.edited' },
  'person replace': { typed: (id) => [id, 'sante', '--to', 'maison', ...why], may: inEdition, verb: 'person.replaced' },
  'person leave': { typed: (id) => [id, 'maison', ...why], may: inEdition, verb: 'person.left' },
  'person address': { typed: (id) => [id, 'sante', '--email', 'sante@plateau.example', ...why], may: inEdition, verb: 'person.address' },
  'application discard': { typed: (id) => [id, '--before', '2027-06-10', ...why], may: inEdition, verb: 'application.discarded' },
  'mail resend': { typed: (_, mail) => [String(mail), ...why], may: inEdition, verb: 'mail.resent' },
  repair: { typed: (id) => [id, ...why], may: inInstallation, verb: 'edition.restarted', spawned: true },
  'verify-deploy': { typed: () => ['--restart', ...why], may: inInstallation, spawned: true }, // of what runs, all replays
  'account add': { typed: (id) => [`${id}@plateau.example`], may: inInstallation, verb: 'account.opened' },
  'account right': {
    typed: (id) => [`${id}@plateau.example`, 'reader', '--territory', 'plateau'],
    may: inInstallation,
    verb: 'right.given',
  },
  'account reset': { typed: () => ['dernier@plateau.example'], may: inInstallation, verb: 'account.reset' },
  'account remove': { typed: () => ['dernier@plateau.example'], may: inInstallation, verb: 'account.blocked' },
};
/** What reads, or is the machine's own; `console --as` says to whom it opens. */
const others = ['up', 'new', 'schema', 'plan', 'rehearse', 'cohort list', 'cohort show', 'ask list', 'person list'].concat([
  'application list',
  'mail list',
  'mail show',
  'mail bounce',
  'audit',
  'account list',
  'console',
  'demo advance', // its --as says whom one plays; whoever is on the machine moves its clock
  'worker',
  'web',
  'doctor',
]);

const own = `acting-${process.pid}`;
const file = join(folder, 'edition.yaml');
const askOf = (id: string) => `${id}.interviews.interview.-.v1.-.g1`;
let database: BenchDatabase;
let environment: Record<string, string>;
let installation: Installation;
let count = 0;

beforeAll(async () => {
  database = await benchDatabase();
  environment = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS ?? '',
    TASK_QUEUE: own,
    PUBLIC_URL: 'https://essais.example',
    LINK_KEY: linkKey.toString('hex'),
    LANG: 'fr_FR.UTF-8',
  };
  Object.assign(process.env, environment);
  installation = await openInstallation(readConfig(environment, INSTALLATION));
  await edition({ coordinator: addresses['coordinator of another edition'], territory: 'ailleurs' });
  const account = (who: Who, held: Held) => addAccountTo(installation, { email: addresses[who] ?? '', held });
  await account('admin', { right: 'admin' });
  await account('coordinator of the territory', { right: 'coordinator', territory: 'plateau' });
  await account('blocked', { right: 'admin' });
  await account('blocked', { right: 'coordinator', territory: 'plateau' });
  await removeAccount(installation, addresses.blocked);
});
afterAll(async () => {
  for await (const { workflowId } of installation.client.workflow.list({ query: `TaskQueue = '${own}' and ExecutionStatus = 'Running'` }))
    await installation.client.workflow.getHandle(workflowId).terminate('the test is over');
  await installation.close();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
  Object.assign(process.env, before);
  rmSync(folder, { recursive: true });
  await database.drop();
});

/** An edition on its tenth of June, with something asked, a mail that failed and the draft of an application. */
async function edition({ coordinator, territory }: { coordinator: string; territory: string }): Promise<{ id: string; mail: number }> {
  const bench = await database.bench((given) => {
    given.id = `${own}-${++count}`;
    given.territory.id = territory;
    for (const person of given.people)
      if (person.role === 'coordinator') person.email = `${person.id === 'coordo' ? '' : 'x-'}${coordinator}`;
  });
  const { id, store, on } = bench;
  await bench.review(on('2027-06-07'), [interview, { step: 'call-open', kind: 'apply', after: '2027-06-04' }]);
  await bench.deliver(on('2027-06-07', '10:00'));
  const { rows } = await store.pool.query<{ id: number }>(`update outbox set state = 'failed' where edition = $1 returning id`, [id]);
  const typed = { name: 'Une', email: `une@${id}.example`, title: 'Un projet', message: '' };
  await askToApply(store, { id, edition: id, ...typed, limits: [], realNow: on('2027-06-07', '12:00') });
  expect(await beginApplication(store, { id, realNow: on('2027-06-07', '12:00') })).toMatchObject({ ok: true });
  await store.pool.query('update edition set clock_offset_ms = $2 where id = $1', [id, on('2027-06-10') - installation.realNow()]);
  return { id, mail: rows[0]?.id ?? 0 };
}

type Edition = Awaited<ReturnType<typeof edition>>;
let untouched: Promise<Edition> | undefined;

/** An edition to which nothing was done yet, with what commands need to be typed: whoever is refused leaves it to the next. */
async function anEdition(): Promise<Edition> {
  const made = await edition({ coordinator: addresses.coordinator, territory: 'plateau' });
  await addAccountTo(installation, { email: addresses.reader, held: { right: 'reader', edition: made.id } });
  await addAccountTo(installation, { email: 'dernier@plateau.example' });
  const { rows } = await installation.store.pool.query<{ source: string }>('select source from edition where id = $1', [made.id]);
  writeFileSync(file, stringify({ ...parse(rows[0]?.source ?? ''), id: `${made.id}-new`, start: '2098-06-09', target: '2099-06-22' }));
  return made;
}

test('of all commands, these act and take --as', async () => {
  const walk = (path: string, { commands = {}, run, options = {} }: Declared): { path: string; as: boolean }[] => [
    ...(run === undefined ? [] : [{ path, as: '--as <address>' in options }]),
    ...Object.entries(commands).flatMap(([name, sub]) => walk(`${path} ${name}`, sub)),
  ];
  const declared: { path: string; as: boolean }[] = [];
  for (const [name, { load }] of Object.entries(COMMANDS)) declared.push(...walk(name, (await load()).command));
  expect(declared.map(({ path }) => path).sort()).toEqual([...Object.keys(acting), ...others].sort());
  expect(declared.flatMap(({ path, as }) => (as && path !== 'console' ? [path] : [])).sort()).toEqual(Object.keys(acting).sort());
});

test('account right names the edition that there is not', async () => {
  heard.err = '';
  expect(await main(['account', 'right', addresses.reader, 'reader', '--edition', 'nulle-part'])).toBe(2);
  expect(heard.err).toContain("Pas d'édition nulle-part");
});

describe.each(Object.entries(acting))('troismains %s', (path, { typed, may, verb, spawned = false }) => {
  const said = async (id: string, mail: number, who: Who) => {
    const as = addresses[who];
    const args = [...path.split(' '), ...typed(id, mail), ...(as === undefined ? [] : ['--as', as])];
    if (spawned && may.includes(who)) return troismains(environment, ...args);
    heard.err = '';
    return { code: await main(args), err: heard.err };
  };
  const journalled = async (after: number) =>
    (
      await installation.store.pool.query<{ id: number; verb: string; actor: string; via: string | null }>(
        `select id, verb, actor, detail->>'via' as via from audit where id > $1`,
        [after],
      )
    ).rows;

  test.each(everybody)('in the name of: %s', async (who) => {
    const { pool } = installation.store;
    untouched ??= anEdition();
    const { id, mail } = await untouched;
    const last = Math.max(...(await journalled(0)).map((entry) => entry.id));

    const { code, err } = await said(id, mail, who);
    if (!may.includes(who)) {
      expect([code, await journalled(last)]).toEqual([2, []]);
      const why = who === 'blocked' ? 'est bloqué' : who === 'nobody' ? 'Aucun compte' : who === 'reader' ? 'ne peut pas faire cela' : '';
      expect(err).toContain(why);
      if (who !== 'coordinator of another edition') return;
      const none = await said('no-such-edition', 999_999, who);
      expect(none.err.replaceAll('no-such-edition', id).replaceAll('999999', String(mail))).toBe(err);
      return;
    }
    untouched = undefined;
    expect({ code, err }).toEqual({ code: 0, err: expect.any(String) }); // a launcher that builds first says so
    const { rows: accounts } = await pool.query<{ id: string }>('select id from account where email = $1', [addresses[who] ?? '']);
    const actor = who === 'machine' ? 'machine' : actorOf(accounts[0]?.id ?? 'nobody');
    const via = who === 'machine' ? null : 'machine'; // its word is all there is: it is not taken for a session
    if (verb !== undefined) expect(await journalled(last)).toContainEqual(expect.objectContaining({ verb, actor, via }));
  });
});

test('an account replaces no address to which mail arrives, as in the console', async () => {
  const { id } = await edition({ coordinator: addresses.coordinator, territory: 'plateau' });
  const email = (...as: string[]) => main(['person', 'email', id, 'sante', 'autre@plateau.example', ...why, ...as]);
  expect([await email('--as', addresses.coordinator), heard.err]).toEqual([2, expect.stringContaining('Sans --as, elle est remplacée')]);
  expect(await email()).toBe(0);
});

test('a right opens no account that was blocked: that is asked for by its name', async () => {
  const state = async () =>
    (
      await installation.store.pool.query<{ open: boolean }>('select blocked_at is null as open from account where email = $1', [
        addresses.blocked,
      ])
    ).rows[0]?.open;
  expect(await main(['account', 'right', addresses.blocked, 'reader', '--territory', 'plateau'])).toBe(0);
  expect(await state()).toBe(false);
  expect(await main(['account', 'add', addresses.blocked])).toBe(0);
  expect(await state()).toBe(true);
});
