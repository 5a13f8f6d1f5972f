/** Entering the console over HTTP: the web as it is served, a real database, a strict provider; and what a stranger or a mail scanner makes of it. */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { Secret, TOTP } from 'otpauth';
import { mailSignIn } from '../../activities/sign-in.js';
import { type Installation, openInstallation } from '../../client/installation.js';
import { openProviders } from '../../client/openid.js';
import { addAccountTo } from '../../client/verbs/accounts.js';
import { signInLink } from '../../client/verbs/console.js';
import { INSTALLATION, readConfig } from '../../config.js';
import { installationJournal } from '../../domain/journal.js';
import { captureTransport } from '../../mail/transport.js';
import { journal } from '../../store/audit.js';
import { createApp } from '../../web/app.js';
import { liveBackend } from '../../web/live.js';
import { type BenchDatabase, benchDatabase } from '../support/edition.js';
import { openTestProvider, type TestProvider } from '../support/provider.js';
import { readable } from './support/client.js';

const publicUrl = 'https://essais.example';
const person = { email: 'labo@plateau.example', email_verified: true };
let database: BenchDatabase;
let installation: Installation;
let server: ReturnType<typeof serve>;
let served: string;
let providers: TestProvider[];
const asked: string[] = [];

beforeAll(async () => {
  database = await benchDatabase();
  const environment = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: process.env.TEST_TEMPORAL_ADDRESS ?? '',
    PUBLIC_URL: publicUrl,
    LINK_KEY: '0b'.repeat(32),
  };
  const client = (id: string) => ({ clientId: `client of ${id}`, clientSecret: `secret of ${id}, long enough` });
  const redirects = (id: string) => ({ redirectUri: `${publicUrl}/sign-in/from/${id}`, postLogoutRedirectUri: `${publicUrl}/` });
  providers = [
    await openTestProvider({ ...client('one'), ...redirects('one'), person }),
    await openTestProvider({ ...client('two'), ...redirects('two'), person, levels: ['high'] }),
  ];
  const said = { scope: 'openid email', addressesAreVerified: false, signedUserinfo: false };
  const configs = ['one', 'two'].map((id, i) => ({
    id,
    name: `Fournisseur ${id}`,
    issuer: providers[i]?.issuer ?? '',
    ...client(id),
    ...said,
  }));
  const opened = await openInstallation(readConfig(environment, INSTALLATION));
  installation = {
    ...opened,
    providers: openProviders(
      configs.map((config) => (config.id === 'two' ? { ...config, acrValues: ['high'] } : config)),
      { publicUrl },
    ),
    mailSignIn: async (id) => asked.push(id) > 0,
  };
  const app = createApp(liveBackend(installation), { secure: true, baseUrl: publicUrl });
  await new Promise<void>((ready) => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }: AddressInfo) => {
      served = `http://127.0.0.1:${port}`;
      ready();
    });
  });
  await addAccountTo(installation, {
    email: 'labo@plateau.example',
    name: 'Laboratoire',
    held: { right: 'coordinator', territory: 'plateau' },
  });
  await addAccountTo(installation, { email: 'dsi@plateau.example', name: 'DSI', held: { right: 'admin' } });
});
afterEach(() => {
  for (const provider of providers) provider.fault = undefined;
});
afterAll(async () => {
  await new Promise((done) => server.close(done));
  await Promise.all(providers.map((provider) => provider.close()));
  await installation.close();
  await database.drop();
});

/** A browser: it keeps cookies, follows nothing. */
function newBrowser() {
  const jar = new Map<string, string>();
  const ask = async (path: string, form?: Record<string, string>) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(`${served}${path}`, {
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
      headers: { cookie, 'sec-fetch-site': 'same-origin', 'user-agent': 'Mozilla/5.0 (X11; Linux) Firefox/140.0' },
      redirect: 'manual',
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (/Max-Age=0/.test(set)) jar.delete(name);
      else jar.set(name, value);
    }
    const text = await answer.text();
    return { status: answer.status, to: answer.headers.get('location'), text: readable(text), html: text };
  };
  const isIn = async () => (await ask('/')).status === 200;
  return { ask, isIn, jar };
}
type Browser = ReturnType<typeof newBrowser>;

const provider = (i: 0 | 1): TestProvider => {
  const [one, two] = providers;
  if (one === undefined || two === undefined) throw new Error('both are open');
  return i === 0 ? one : two;
};
const path = (url: URL) => url.pathname + url.search;
/** Goes to a provider and comes back to where it sends the browser. */
async function byProvider(browser: Browser, i: 0 | 1, to = '/') {
  const sent = await browser.ask(`/sign-in/with/${i === 0 ? 'one' : 'two'}`, { to });
  return browser.ask(path(await provider(i).signIn(sent.to ?? '')));
}
async function mailed(): Promise<string> {
  const transport = captureTransport();
  for (const id of asked.splice(0)) await mailSignIn({ ...installation, transport, mailFrom: 'essais@plateau.example' }, { id });
  const read = await simpleParser(transport.sent.at(-1)?.bytes ?? '');
  return /https:\/\/essais\.example(\/enter\/\S+)/.exec(read.text ?? '')?.[1] ?? '';
}

describe('by a provider', () => {
  test('whoever has an account enters, comes to the page they wanted, and is shown the way out of both', async () => {
    const browser = newBrowser();
    const came = await byProvider(browser, 0, '/account');
    expect([came.status, came.to]).toEqual([303, '/account']);
    expect((await browser.ask('/account')).text).toContain('avec Fournisseur one');
    const out = await browser.ask('/sign-out', {});
    const next = /href="(http:\/\/127[^"]+)"/.exec(out.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await provider(0).signOut(next)).origin).toBe(publicUrl);
    expect(await browser.isIn()).toBe(false);
  });

  test('nobody enters by an answer that was given to another browser, twice, or to another provider', async () => {
    const [browser, thief] = [newBrowser(), newBrowser()];
    const sent = await browser.ask('/sign-in/with/one', {});
    await thief.ask('/sign-in/with/one', {});
    const back = path(await provider(0).signIn(sent.to ?? ''));
    expect((await thief.ask(back)).status).toBe(403);
    expect((await newBrowser().ask(back)).status).toBe(403);
    expect((await browser.ask(back.replace('/from/one', '/from/two'))).status).toBe(403);
    expect((await browser.ask(back)).status).toBe(303);
    expect((await browser.ask(back)).status).toBe(403);
    expect(await thief.isIn()).toBe(false);
  });

  test.each(['wrong nonce', 'wrong issuer', 'wrong audience', 'expired', 'unsigned', 'wrong state', 'wrong iss'] as const)(
    'nobody enters by an answer with this fault: %s',
    async (fault) => {
      const browser = newBrowser();
      provider(0).fault = fault;
      const came = await byProvider(browser, 0);
      expect(came.status).toBe(403);
      expect(await browser.isIn()).toBe(false);
      provider(0).fault = undefined;
      expect((await byProvider(browser, 0)).status).toBe(303);
    },
  );

  test('a level that the installation asks for counts as a second factor, and a weaker one does not enter', async () => {
    const browser = newBrowser();
    provider(1).fault = 'weaker';
    expect((await byProvider(browser, 1)).text).toContain('preuve d’identité');
    provider(1).fault = undefined;
    expect((await byProvider(browser, 1)).status).toBe(303);
    const [row] = (await installation.store.pool.query<{ strong: boolean }>(`select strong from console_key where way = 'openid:two'`))
      .rows;
    expect(row?.strong).toBe(true);
  });

  test('whom the console does not know is told so, and gets no account', async () => {
    const { pool } = installation.store;
    await pool.query(`update account set blocked_at = now() where email = 'labo@plateau.example'`);
    const came = await byProvider(newBrowser(), 0);
    await pool.query(`update account set blocked_at = null where email = 'labo@plateau.example'`);
    expect([came.status, came.text]).toEqual([403, expect.stringContaining('n’ouvre pas cette console')]);
  });
});

describe('by mail', () => {
  test('a scanner that opens and posts every link of the mail enters nothing, and takes nothing from who asked', async () => {
    const [browser, scanner] = [newBrowser(), newBrowser()];
    expect((await browser.ask('/sign-in', { email: 'labo@plateau.example', to: '/account' })).status).toBe(202);
    const link = await mailed();
    for (let i = 0; i < 3; i++) for (const form of [undefined, {}]) expect((await scanner.ask(link, form)).status).toBe(200);
    expect(scanner.jar.size).toBe(0);
    expect(await scanner.isIn()).toBe(false);
    const entered = await browser.ask(link, {});
    expect([entered.status, entered.to]).toEqual([303, '/account']);
    expect((await browser.ask('/account')).text).toContain('Firefox, Linux celle-ci');
  });

  test('an address that is unknown is answered as one that is known, in status, headers and words, and nothing leaves', async () => {
    const answers = await Promise.all(
      ['labo@plateau.example', 'nul@plateau.example'].map(async (email) => {
        const { status, html } = await newBrowser().ask('/sign-in', { email });
        return `${status} ${html.replaceAll(email, '')}`;
      }),
    );
    expect(answers[0]).toBe(answers[1]);
    const { rows } = await installation.store.pool.query<{ n: number }>(
      'select count(*)::int as n from sign_in where email is null and provider is null',
    );
    expect(rows[0]?.n).toBe(1);
  });

  test('the code of another browser’s link opens it there, and nowhere else', async () => {
    const [desk, telephone] = [newBrowser(), newBrowser()];
    await desk.ask('/sign-in', { email: 'dsi@plateau.example' });
    const shown = await telephone.ask(await mailed());
    const code = /\d{3} \d{3}/.exec(shown.text)?.[0] ?? '';
    expect((await telephone.ask('/sign-in/code', { code })).status).toBe(422);
    expect((await desk.ask('/sign-in/code', { code })).status).toBe(303);
    expect(await desk.isIn()).toBe(true);
    expect(await telephone.isIn()).toBe(false);
  });
});

test('whoever asks for somebody’s links all day keeps them out of no browser in which they were in', async () => {
  const [owner, stranger] = [newBrowser(), newBrowser()];
  await byKey(owner, 'labo@plateau.example');
  await owner.ask('/sign-out', {});
  for (let i = 0; i < 25; i++) await stranger.ask('/sign-in', { email: 'labo@plateau.example' });
  asked.length = 0;
  await newBrowser().ask('/sign-in', { email: 'labo@plateau.example' });
  expect(asked).toEqual([]);
  await owner.ask('/sign-in', { email: 'labo@plateau.example' });
  expect((await owner.ask(await mailed(), {})).status).toBe(303);
});

test('what no database keeps is refused, not a failure', async () => {
  const browser = newBrowser();
  await byKey(browser, 'labo@plateau.example');
  await browser.ask('/sign-in/with/one', {});
  expect((await browser.ask('/sign-in/from/one?code=c&state=%00')).status).toBe(403);
  expect((await browser.ask('/account/sessions', { session: 'a\u0000' })).status).toBe(303);
  expect(await browser.isIn()).toBe(true);
});

const byKey = async (browser: Browser, email: string) =>
  browser.ask(((await signInLink(installation, email)) ?? '').replace(publicUrl, ''), {});

test('a session that was open before the second factor was set up neither reads its codes, replaces nor removes it', async () => {
  const email = 'deux@plateau.example';
  await addAccountTo(installation, { email, held: { right: 'reader', territory: 'plateau' } });
  const [owner, thief] = [newBrowser(), newBrowser()];
  for (const browser of [owner, thief]) await byKey(browser, email);
  await owner.ask('/account/factor', {});
  const secret = /<code>([A-Z2-7 ]+)<\/code>/.exec((await owner.ask('/account/factor')).html)?.[1]?.replaceAll(' ', '') ?? '';
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  expect((await owner.ask('/account/factor/confirm', { code })).status).toBe(200);
  for (const path of ['/account/factor', '/account/factor/codes', '/account/factor/remove'])
    expect((await thief.ask(path, {})).text).toContain('Confirmez que c’est vous');
  expect((await owner.ask('/account/factor/codes', {})).text).toContain('Vos codes de secours');
});

test('whoever administers opens an account, gives it a right, and the journal says who did', async () => {
  const browser = newBrowser();
  await byKey(browser, 'dsi@plateau.example');
  const opened = await browser.ask('/accounts', {
    email: 'elue@plateau.example',
    name: 'Élue',
    right: 'reader',
    scope: 'territory:plateau',
  });
  expect(opened.status).toBe(303);
  expect((await browser.ask(opened.to ?? '')).text).toContain('lecture · plateau');
  expect((await browser.ask('/accounts')).text).toContain('elue@plateau.example');
  const entries = (await journal(installation.store.pool, installationJournal)).slice(-2);
  expect(entries.map(({ verb }) => verb)).toEqual(['account.opened', 'right.given']);
  expect(new Set(entries.map(({ actor }) => actor)).size).toBe(1);
  expect(entries[0]?.actor).toMatch(/^account:/);
  const own = /action="\/accounts\/([\w-]+)\/block"/.exec(
    (await browser.ask((await browser.ask('/accounts')).html.match(/\/accounts\/[\w-]+(?=">DSI)/)?.[0] ?? '')).html,
  )?.[1];
  expect((await browser.ask(`/accounts/${own}/block`, {})).text).toContain('dernière personne qui administre');
});
