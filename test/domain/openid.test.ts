import { afterEach, describe, expect, test } from '@jest/globals';
import { type Around, type Flow, openProviders } from '../../client/openid.js';
import type { ProviderConfig } from '../../config.js';
import { type Fault, openTestProvider, type ProviderOptions, type TestProvider } from '../support/provider.js';

const publicUrl = 'https://essais.example.fr';
const opened: TestProvider[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((provider) => provider.close()));
});

interface Given {
  id?: string;
  options?: Partial<ProviderOptions>;
  config?: Partial<ProviderConfig>;
  around?: Partial<Around>;
}

const person = { email: 'Ada@Example.fr', email_verified: true, given_name: 'Ada', usual_name: 'Martin' };

async function providerOf({ id = 'test', options = {}, config = {} }: Given): Promise<{ provider: TestProvider; config: ProviderConfig }> {
  const client = { clientId: `client of ${id}`, clientSecret: `secret%of:${id} and some more characters` };
  const provider = await openTestProvider({
    ...client,
    redirectUri: `${publicUrl}/sign-in/from/${id}`,
    postLogoutRedirectUri: `${publicUrl}/`,
    person,
    ...options,
  });
  opened.push(provider);
  const defaults = { scope: 'openid email profile', addressesAreVerified: false, signedUserinfo: false };
  return { provider, config: { id, name: 'Essai', issuer: provider.issuer, ...client, ...defaults, ...config } };
}

/** A provider and the console that signs in with it; what went wrong is in `problems`. */
async function stage(given: Given = {}) {
  const { provider, config } = await providerOf(given);
  const problems: string[] = [];
  const onProblem: Around['onProblem'] = ({ what }) => void problems.push(what);
  const providers = openProviders([config], { publicUrl, onProblem, ...given.around });
  return { provider, providers, config, problems };
}
type Stage = Awaited<ReturnType<typeof stage>>;

async function begin({ providers }: Pick<Stage, 'providers'>, id = 'test'): Promise<{ url: string; flow: Flow }> {
  const begun = await providers.begin(id);
  if (typeof begun === 'string') throw new Error(begun);
  return begun;
}

/** What comes of a click on the button. */
async function signIn(stage: Stage) {
  const { url, flow } = await begin(stage);
  return stage.providers.finish('test', await stage.provider.signIn(url), flow);
}

const entered = { ok: true, email: 'Ada@example.fr', name: 'Ada Martin' };

describe('somebody enters', () => {
  const ways = (['RS256', 'PS256', 'ES256'] as const).flatMap((alg) =>
    (['json', 'signed'] as const).map((userinfo) => ({ alg, userinfo })),
  );

  test.each(ways)('with tokens signed by $alg, userinfo $userinfo', async ({ alg, userinfo }) => {
    const { problems, ...on } = await stage({ options: { alg, userinfo }, config: { signedUserinfo: userinfo === 'signed' } });
    expect(await signIn({ problems, ...on })).toEqual({ ...entered, strong: false, idToken: expect.stringMatching(/^ey/) });
    expect(problems).toEqual([]);
  });

  test('of a provider that signs userinfo although nobody insists, and whose signature is looked at', async () => {
    const on = await stage({ options: { userinfo: 'signed' } });
    on.provider.fault = 'userinfo by another key';
    expect(await signIn(on)).toEqual({ ok: false, reason: 'refused' });
    on.provider.fault = undefined;
    expect(await signIn(on)).toMatchObject(entered);
  });

  test('of a provider that says all in the ID token', async () => {
    expect(await signIn(await stage({ options: { userinfo: 'none', inToken: person } }))).toMatchObject(entered);
  });

  test('of a provider that wants the secret in the header', async () => {
    expect(await signIn(await stage({ options: { shown: 'client_secret_basic' } }))).toMatchObject(entered);
  });

  test('asked who they are even where the provider knows, when they are to prove it again', async () => {
    const { providers } = await stage();
    const asked = async (how?: { again: boolean }) => {
      const begun = await providers.begin('test', how);
      return typeof begun === 'string' ? begun : new URL(begun.url).searchParams.get('prompt');
    };
    expect([await asked(), await asked({ again: true })]).toEqual([null, 'login']);
  });

  test('without a name, or with one on one line', async () => {
    expect(await signIn(await stage({ options: { person: { email: 'a@b.fr', email_verified: true } } }))).not.toHaveProperty('name');
    const named = { ...person, name: ' Ada\n\u202eMartin ' };
    expect(await signIn(await stage({ options: { person: named } }))).toMatchObject({ name: 'Ada Martin' });
  });

  test.each([false, true])(
    'strongly, where one of the levels that were asked for came back; asked with `claims`: %j',
    async (claimsParameter) => {
      const on = await stage({
        options: { levels: ['eidas3', 'eidas1-mfa'], claimsParameter },
        config: { acrValues: ['eidas2', 'eidas1-mfa'] },
      });
      expect(await signIn(on)).toMatchObject({ ...entered, strong: true });
    },
  );
});

describe('nobody enters, and for this alone', () => {
  const strong = { options: { levels: ['high'] }, config: { acrValues: ['high'] } };
  const signed = { options: { userinfo: 'signed' as const }, config: { signedUserinfo: true } };
  const faults: { fault: Fault; reason: string; said: string; given?: Given }[] = [
    { fault: 'wrong nonce', reason: 'refused', said: '"nonce" claim value' },
    { fault: 'no nonce', reason: 'refused', said: '"nonce" (nonce) claim missing' },
    { fault: 'wrong issuer', reason: 'refused', said: '"iss" (issuer) claim value' },
    { fault: 'wrong audience', reason: 'refused', said: '"aud" (audience) claim value' },
    { fault: 'one audience among others', reason: 'refused', said: 'additional untrusted audiences' },
    { fault: 'expired', reason: 'refused', said: '"exp" (expiration time) claim value' },
    { fault: 'unsigned', reason: 'refused', said: 'unsupported JWS "alg"' },
    { fault: 'signed with the secret', reason: 'refused', said: 'unsupported JWS algorithm' },
    { fault: 'another key', reason: 'refused', said: 'signature verification failed' },
    { fault: 'no token', reason: 'refused', said: '"id_token" property' },
    { fault: 'wrong subject', reason: 'refused', said: '"sub" property value' },
    { fault: 'wrong subject', reason: 'refused', said: '"sub" property value', given: signed },
    { fault: 'userinfo by another key', reason: 'refused', said: 'signature verification failed', given: signed },
    { fault: 'userinfo signed by nothing', reason: 'refused', said: 'unsupported JWS "alg"', given: signed },
    { fault: 'userinfo for somebody else', reason: 'refused', said: '"aud" (audience) claim value', given: signed },
    { fault: 'userinfo as JSON', reason: 'refused', said: 'not signed', given: signed },
    { fault: 'userinfo fails', reason: 'away', said: 'status 500' },
    { fault: 'weaker', reason: 'weak', said: '', given: strong },
    { fault: 'no level', reason: 'weak', said: '', given: strong },
    { fault: 'no second factor', reason: 'weak', said: 'access_denied', given: strong },
    { fault: 'cannot be strong enough', reason: 'weak', said: 'unmet_authentication_requirements', given: strong },
    { fault: 'says no', reason: 'cancelled', said: '' },
    { fault: 'wrong iss', reason: 'refused', said: '"iss" (issuer) response parameter value' },
    { fault: 'no iss', reason: 'refused', said: '"iss" (issuer) missing' },
    { fault: 'wrong state', reason: 'refused', said: '"state" response parameter value' },
    { fault: 'no state', reason: 'refused', said: '"state" missing' },
  ];

  test.each(faults)('$fault: $reason ($said)', async ({ fault, reason, said, given }) => {
    const { problems, ...on } = await stage(given);
    on.provider.fault = fault;
    expect(await signIn({ problems, ...on })).toEqual({ ok: false, reason });
    expect(problems).toEqual(said === '' ? [] : [expect.stringContaining(said)]);
    on.provider.fault = undefined;
    expect(await signIn({ problems, ...on })).toMatchObject(entered);
  });

  const unproven: [string, Given][] = [
    ['it is not verified', { options: { person: { ...person, email_verified: false } } }],
    ['nothing says that it is verified', { options: { person: { ...person, email_verified: undefined } } }],
    ['it is verified in other words', { options: { person: { ...person, email_verified: 'true' } } }],
    ['there is none', { options: { person: { ...person, email: undefined } } }],
    ['it is no address', { options: { person: { ...person, email: 'ada@martin@example.fr' } } }],
    [
      'another was verified',
      { options: { person: { email: 'ada@example.fr' }, inToken: { email: 'eve@example.fr', email_verified: true } } },
    ],
    [
      'it is not verified, whatever the installation believes',
      { options: { person: { ...person, email_verified: false } }, config: { addressesAreVerified: true } },
    ],
  ];

  test.each(unproven)('an address: %s', async (_, given) => {
    expect(await signIn(await stage(given))).toEqual({ ok: false, reason: 'not-verified' });
    expect(await signIn(await stage({ ...given, options: { ...given.options, person } }))).toMatchObject(entered);
  });

  test('an address of which nothing says that it is verified is, where the installation says so of all', async () => {
    const given = { options: { person: { ...person, email_verified: undefined } } };
    expect(await signIn(await stage(given))).toEqual({ ok: false, reason: 'not-verified' });
    expect(await signIn(await stage({ ...given, config: { addressesAreVerified: true } }))).toMatchObject(entered);
  });

  test('a secret that the provider does not know', async () => {
    const on = await stage({ config: { clientSecret: 'another' } });
    expect(await signIn(on)).toEqual({ ok: false, reason: 'refused' });
    expect(on.problems).toEqual([expect.stringContaining('invalid_request')]);
  });
});

describe('an answer is that of one flow, once', () => {
  async function two() {
    const [one, other] = [await providerOf({ id: 'one' }), await providerOf({ id: 'other' })];
    const providers = openProviders([one.config, other.config], { publicUrl });
    const click = async (id: 'one' | 'other') => {
      const { url, flow } = await begin({ providers }, id);
      return { flow, back: await (id === 'one' ? one : other).provider.signIn(url) };
    };
    return { providers, click, one };
  }
  const refused = { ok: false, reason: 'refused' };

  test('each provider has an address of its own to come back to, and a flow of another opens nothing there', async () => {
    const { providers, click } = await two();
    const { flow, back } = await click('one');
    expect(back.href).toMatch(`${publicUrl}/sign-in/from/one?`);
    expect(await providers.finish('other', back, flow)).toEqual(refused);
    expect(await providers.finish('other', back, { ...flow, provider: 'other' })).toEqual(refused);
    expect(await providers.finish('one', back, flow)).toMatchObject(entered);
  });

  test('a provider that sends browsers on to another opens nothing with what they bring back', async () => {
    const { providers, one } = await two();
    const { url, flow } = await begin({ providers }, 'other');
    const sentOn = new URL(`${one.provider.issuer}/authorize${new URL(url).search}`);
    sentOn.searchParams.set('client_id', one.config.clientId);
    sentOn.searchParams.set('redirect_uri', `${publicUrl}/sign-in/from/one`);
    const back = await one.provider.signIn(sentOn.href);
    expect(await providers.finish('one', back, flow)).toEqual(refused);
    expect(await providers.finish('one', back, { ...flow, provider: 'one' })).toMatchObject(entered);
  });

  test("a provider's code is not taken to another, even with its name on it", async () => {
    const { providers, click } = await two();
    const [one, other] = [await click('one'), await click('other')];
    const mixed = new URL(other.back);
    mixed.searchParams.set('code', one.back.searchParams.get('code') ?? '');
    expect(await providers.finish('other', mixed, other.flow)).toEqual(refused);
    expect(await providers.finish('other', other.back, other.flow)).toMatchObject(entered);
  });

  test("another person's code does not enter: neither with their state nor with one's own", async () => {
    const { providers, click } = await two();
    const [mine, theirs] = [await click('one'), await click('one')];
    expect(await providers.finish('one', theirs.back, mine.flow)).toEqual(refused);
    const injected = new URL(mine.back);
    injected.searchParams.set('code', theirs.back.searchParams.get('code') ?? '');
    expect(await providers.finish('one', injected, mine.flow)).toEqual(refused);
    expect(await providers.finish('one', mine.back, mine.flow)).toMatchObject(entered);
  });

  test('a second time it opens nothing', async () => {
    const { providers, click } = await two();
    const { flow, back } = await click('one');
    expect(await providers.finish('one', back, flow)).toMatchObject(entered);
    expect(await providers.finish('one', back, flow)).toEqual(refused);
  });

  test('the address that it is brought to is ours, whatever the proxy calls it', async () => {
    const { providers, click } = await two();
    const { flow, back } = await click('one');
    expect(await providers.finish('one', new URL(`http://10.0.0.1:8080/elsewhere${back.search}`), flow)).toMatchObject(entered);
  });
});

describe('a provider that is away', () => {
  test.each<Fault>(['fails', 'hangs', 'never stops', 'another issuer in its metadata'])(
    '(%s) is said to be, is asked again, and harms no other',
    async (fault) => {
      const [away, well] = [await providerOf({ id: 'away' }), await providerOf({ id: 'test' })];
      const providers = openProviders([away.config, well.config], { publicUrl, limitMs: 2_000 });
      away.provider.fault = fault;
      expect(await providers.begin('away')).toBe('away');
      expect(await signIn({ provider: well.provider, providers, config: well.config, problems: [] })).toMatchObject(entered);
      away.provider.fault = undefined;
      const { url, flow } = await begin({ providers }, 'away');
      const back = await away.provider.signIn(url);
      if (fault === 'another issuer in its metadata') return;
      away.provider.fault = fault;
      expect(await providers.finish('away', back, flow)).toEqual({ ok: false, reason: 'away' });
    },
  );

  test('is one at whose address nobody is', async () => {
    const on = await stage();
    await on.provider.close();
    expect(await on.providers.begin('test')).toBe('away');
    expect(on.problems).toEqual([expect.stringContaining('ECONNREFUSED')]);
    expect(await on.providers.leave('test', 'token', 'state')).toBeUndefined();
  });

  test('and one that is not there is unknown', async () => {
    const on = await stage();
    expect(await on.providers.begin('nobody')).toBe('unknown');
    const { url, flow } = await begin(on);
    expect(await on.providers.finish('nobody', await on.provider.signIn(url), { ...flow, provider: 'nobody' })).toEqual({
      ok: false,
      reason: 'refused',
    });
    expect(await on.providers.leave('nobody', 'token', 'state')).toBeUndefined();
  });

  test('that answers in the name of those whom it hosts is not believed', async () => {
    const issuer = 'https://login.microsoftonline.com/common/v2.0';
    const fetched = async () =>
      Response.json({ issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0', authorization_endpoint: `${issuer}/authorize` });
    const { providers, problems } = await stage({ config: { issuer }, around: { fetch: fetched } });
    expect(await providers.begin('test')).toBe('away');
    expect(problems).toEqual(['another issuer than the configured one']);
  });

  test.each([
    ['http://pc.example/authorize', 'only requests to HTTPS are allowed'],
    ['nowhere', 'authorization server metadata does not contain a valid "as.authorization_endpoint"'],
  ])('that sends browsers to %s sends nobody there, and the page of the others still shows', async (endpoint, said) => {
    const issuer = 'https://pc.example';
    const fetched = async () => Response.json({ issuer, authorization_endpoint: endpoint });
    const { providers, problems } = await stage({ config: { issuer }, around: { fetch: fetched } });
    expect(await providers.begin('test')).toBe('away');
    expect(problems).toEqual([expect.stringContaining(said)]);
    expect(providers.list()).toMatchObject([{ origin: issuer }]);
  });
});

describe('what a provider says of itself', () => {
  const looked = ({ asked }: TestProvider) => asked.filter((one) => one.includes('.well-known')).length;

  test('is asked when it is first needed, once for all who click at once, and again after some hours', async () => {
    let now = 0;
    const on = await stage({ around: { realNow: () => now } });
    expect(on.provider.asked).toEqual([]);
    await Promise.all([begin(on), begin(on), begin(on)]);
    now += 5 * 3_600_000;
    await begin(on);
    expect(looked(on.provider)).toBe(1);
    now += 3_600_000;
    await begin(on);
    expect(looked(on.provider)).toBe(2);
  });

  test('tells where the browser is sent, and until then its issuer does', async () => {
    const issuer = 'https://pc.example/api/v2';
    const fetched = async () => Response.json({ issuer, authorization_endpoint: 'https://login.pc.example/authorize' });
    const { providers } = await stage({ config: { issuer }, around: { fetch: fetched } });
    expect(providers.list()).toEqual([{ id: 'test', name: 'Essai', origin: 'https://pc.example' }]);
    await begin({ providers });
    expect(providers.list()).toEqual([{ id: 'test', name: 'Essai', origin: 'https://login.pc.example' }]);
  });
});

test('whoever leaves is signed out of the provider too, and comes back', async () => {
  const on = await stage();
  const result = await signIn(on);
  const url = await on.providers.leave('test', result.ok ? result.idToken : '', 'a state of its own');
  expect((await on.provider.signOut(url ?? '')).href).toBe(`${publicUrl}/?state=a+state+of+its+own`);
});

test('what goes wrong is told without a token, an address or a secret', async () => {
  const every: Fault[] = [
    'wrong nonce',
    'wrong audience',
    'another key',
    'expired',
    'wrong subject',
    'userinfo as JSON',
    'wrong state',
    'cannot be strong enough',
  ];
  for (const fault of every) {
    const on = await stage({ options: { userinfo: 'signed', inToken: person }, config: { signedUserinfo: true } });
    on.provider.fault = fault;
    const { url, flow } = await begin(on);
    const back = await on.provider.signIn(url);
    await on.providers.finish('test', back, flow);
    expect(on.problems).toHaveLength(1);
    for (const secret of [
      ...Object.values(flow).slice(1),
      back.searchParams.get('code') ?? '?',
      on.config.clientSecret,
      'xample.fr',
      'Ada',
      'person-1',
      'eyJ',
    ])
      expect(on.problems.join()).not.toContain(secret);
  }
});
