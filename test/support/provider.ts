import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, type GenerateKeyPairResult, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';

/** How tokens are signed. */
export type Alg = 'RS256' | 'PS256' | 'ES256';

/** What a provider does wrong, one thing at a time. */
export type Fault =
  | 'wrong nonce'
  | 'no nonce'
  | 'wrong issuer'
  | 'wrong audience'
  | 'one audience among others'
  | 'expired'
  | 'unsigned'
  | 'signed with the secret'
  | 'another key'
  | 'no token'
  | 'wrong subject'
  | 'userinfo by another key'
  | 'userinfo signed by nothing'
  | 'userinfo as JSON'
  | 'userinfo for somebody else'
  | 'weaker'
  | 'no level'
  | 'wrong iss'
  | 'no iss'
  | 'wrong state'
  | 'no state'
  | 'says no'
  | 'no second factor'
  | 'cannot be strong enough'
  | 'another issuer in its metadata'
  | 'fails'
  | 'hangs'
  | 'never stops'
  | 'userinfo fails';

/** What the provider knows of its clients and of the person who signs in there. */
export interface ProviderOptions {
  alg?: Alg;
  clientId: string;
  clientSecret: string;
  redirectUri: string;
  postLogoutRedirectUri: string;
  /** How the client shows its secret. */
  shown?: 'client_secret_post' | 'client_secret_basic';
  /** Levels that the person reaches. */
  levels?: string[];
  /** Levels are asked for with `claims`, as ProConnect wants it. */
  claimsParameter?: boolean;
  /** `signed`: a JWT, of `application/jwt`; `none`: the ID token has all. */
  userinfo?: 'json' | 'signed' | 'none';
  /** What it says of the person, beside the subject: to the endpoint of userinfo, or in the ID token. */
  person: JWTPayload;
  inToken?: JWTPayload;
}

/** A provider on this machine. */
export interface TestProvider {
  issuer: string;
  /** What it does wrong from now on. */
  fault: Fault | undefined;
  /** What was asked of it, `GET /path` each. */
  asked: string[];
  /** What a browser that signs in there is sent back with; throws with what is wrong with the request. */
  signIn(url: string): Promise<URL>;
  /** Where a browser that signs out there is sent back to; throws with what is wrong with the request. */
  signOut(url: string): Promise<URL>;
  /** It is gone, and nobody answers at its address. */
  close(): Promise<void>;
}

/** The keys that providers sign with, and others; the same for all: what is signed by one is still not another's word. */
const keysOf = async (alg: Alg): Promise<{ keys: GenerateKeyPairResult; otherKeys: GenerateKeyPairResult }> => {
  const [keys, otherKeys] = await Promise.all([1, 2].map(() => generateKeyPair(alg, { extractable: true })));
  if (keys === undefined || otherKeys === undefined) throw new Error('two are made');
  return { keys, otherKeys };
};
const made = new Map<Alg, ReturnType<typeof keysOf>>();
const subject = 'person-1';

/** A strict OpenID provider over HTTP: whatever a client leaves out or does otherwise than announced is refused with a 400 that says what. */
export async function openTestProvider(options: ProviderOptions): Promise<TestProvider> {
  const { alg = 'RS256', clientId, clientSecret, redirectUri, shown = 'client_secret_post', levels = [], userinfo = 'json' } = options;
  const making = made.get(alg) ?? keysOf(alg);
  made.set(alg, making);
  const { keys, otherKeys } = await making;
  const codes = new Map<string, { challenge: string; nonce: string; acr: string | undefined }>();
  const accessTokens = new Set<string>();
  const idTokens = new Set<string>();

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', provider.issuer);
    provider.asked.push(`${request.method} ${url.pathname}`);
    answer(request, response, url).catch((error: unknown) => {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: 'invalid_request', error_description: String(error) }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const provider: TestProvider = {
    issuer,
    fault: undefined,
    asked: [],
    signIn: (url) => follow(url, `${issuer}/authorize`),
    signOut: (url) => follow(url, `${issuer}/session/end`),
    close: () => closed(server),
  };
  return provider;

  async function answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const json = (body: unknown): void => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const back = (to: URL): void => {
      response.writeHead(303, { location: to.href });
      response.end();
    };
    const { fault } = provider;
    if (fault === 'fails') return void response.writeHead(503).end();
    if (fault === 'hangs') return;
    if (fault === 'never stops') {
      const more = (): void => void (response.destroyed || response.write('{'.repeat(65_536), more));
      return more();
    }
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /.well-known/openid-configuration':
        return json(metadata());
      case 'GET /jwks':
        return json({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k', alg, use: 'sig' }] });
      case 'GET /authorize':
        return back(authorize(url.searchParams));
      case 'POST /token':
        return json(await token(request, new URLSearchParams(await bodyOf(request))));
      case 'GET /userinfo': {
        if (fault === 'userinfo fails') return void response.writeHead(500).end();
        const claims = info(request);
        if (userinfo === 'json' || fault === 'userinfo as JSON') return json(claims);
        response.writeHead(200, { 'content-type': 'application/jwt' });
        const aud = fault === 'userinfo for somebody else' ? 'other' : clientId;
        return void response.end(await signed({ ...claims, iss: issuer, aud }, howUserinfo[fault ?? ''] ?? 'well'));
      }
      case 'GET /session/end':
        return back(endSession(url.searchParams));
      default:
        throw new Error(`no such endpoint: ${request.method} ${url.pathname}`);
    }
  }

  function metadata(): object {
    return {
      issuer: provider.fault === 'another issuer in its metadata' ? 'https://other.example' : issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      ...(userinfo === 'none' ? {} : { userinfo_endpoint: `${issuer}/userinfo` }),
      end_session_endpoint: `${issuer}/session/end`,
      response_types_supported: ['code'],
      subject_types_supported: ['pairwise'],
      code_challenge_methods_supported: ['S256'],
      // as careless providers do: what a client believes is the client's to choose
      id_token_signing_alg_values_supported: [alg, 'HS256', 'none'],
      userinfo_signing_alg_values_supported: [alg, 'HS256', 'none'],
      token_endpoint_auth_methods_supported: [shown],
      authorization_response_iss_parameter_supported: true,
      ...(options.claimsParameter ? { claims_parameter_supported: true } : {}),
    };
  }

  function authorize(query: URLSearchParams): URL {
    only(query, [
      'client_id',
      'redirect_uri',
      'response_type',
      'scope',
      'state',
      'nonce',
      'code_challenge',
      'code_challenge_method',
      options.claimsParameter ? 'claims' : 'acr_values',
    ]);
    same('client_id', query.get('client_id'), clientId);
    same('redirect_uri', query.get('redirect_uri'), redirectUri);
    same('response_type', query.get('response_type'), 'code');
    same('code_challenge_method', query.get('code_challenge_method'), 'S256');
    if (!query.get('scope')?.split(' ').includes('openid')) throw new Error('scope lacks openid');
    const [state, nonce, challenge] = ['state', 'nonce', 'code_challenge'].map((name) => {
      const value = query.get(name) ?? '';
      if (value.length < 32) throw new Error(`${name} has less than 32 characters`);
      return value;
    });
    const wanted = levelsIn(query);
    const acr =
      provider.fault === 'no level' ? undefined : provider.fault === 'weaker' ? 'weak' : wanted.find((one) => levels.includes(one));
    const code = randomBytes(16).toString('hex');
    codes.set(code, { challenge: challenge ?? '', nonce: nonce ?? '', acr });

    const to = new URL(redirectUri);
    const refusal = refusals[provider.fault ?? ''];
    for (const [name, value] of Object.entries(refusal ?? { code })) to.searchParams.set(name, value);
    if (provider.fault !== 'no state') to.searchParams.set('state', provider.fault === 'wrong state' ? randomUUID() : (state ?? ''));
    if (provider.fault !== 'no iss') to.searchParams.set('iss', provider.fault === 'wrong iss' ? 'https://other.example' : issuer);
    return to;
  }

  async function token(request: IncomingMessage, form: URLSearchParams): Promise<object> {
    same('the secret', secretIn(request, form), `${shown} ${clientId} ${clientSecret}`);
    same('grant_type', form.get('grant_type'), 'authorization_code');
    same('redirect_uri', form.get('redirect_uri'), redirectUri);
    const given = form.get('code') ?? '';
    const code = codes.get(given);
    codes.delete(given);
    if (code === undefined) throw new Error('no such code, or it was used');
    same(
      'code_verifier',
      createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url'),
      code.challenge,
    );
    const { fault } = provider;
    const idToken = await signed(
      {
        ...options.inToken,
        sub: subject,
        iss: fault === 'wrong issuer' ? 'https://other.example' : issuer,
        aud: fault === 'wrong audience' ? 'other' : fault === 'one audience among others' ? [clientId, 'other'] : clientId,
        ...(fault === 'no nonce' ? {} : { nonce: fault === 'wrong nonce' ? randomUUID() : code.nonce }),
        ...(code.acr === undefined ? {} : { acr: code.acr }),
        ...(fault === 'expired' ? { iat: seconds(-600), exp: seconds(-300) } : {}),
      },
      howToken(fault),
    );
    idTokens.add(idToken);
    const accessToken = randomBytes(16).toString('hex');
    accessTokens.add(accessToken);
    return { access_token: accessToken, token_type: 'Bearer', expires_in: 60, ...(fault === 'no token' ? {} : { id_token: idToken }) };
  }

  function info(request: IncomingMessage): JWTPayload {
    const [scheme, accessToken = ''] = (request.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || !accessTokens.delete(accessToken)) throw new Error('no such access token');
    return { ...options.person, sub: provider.fault === 'wrong subject' ? 'person-2' : subject };
  }

  function endSession(query: URLSearchParams): URL {
    only(query, ['client_id', 'id_token_hint', 'post_logout_redirect_uri', 'state']);
    same('post_logout_redirect_uri', query.get('post_logout_redirect_uri'), options.postLogoutRedirectUri);
    if (!idTokens.has(query.get('id_token_hint') ?? '')) throw new Error('no such ID token');
    const to = new URL(options.postLogoutRedirectUri);
    to.searchParams.set('state', query.get('state') ?? '');
    return to;
  }

  async function signed(claims: JWTPayload, how: How): Promise<string> {
    const payload = { iat: seconds(0), exp: seconds(60), ...claims };
    switch (how) {
      case 'unsigned':
        return new UnsecuredJWT(payload).encode();
      case 'signed with the secret':
        return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(clientSecret));
      case 'another key':
      case 'well':
        return new SignJWT(payload).setProtectedHeader({ alg, kid: 'k' }).sign((how === 'well' ? keys : otherKeys).privateKey);
    }
  }
}

/** How a token is signed, whatever it says. */
type How = 'well' | 'another key' | 'unsigned' | 'signed with the secret';

const howToken = (fault: Fault | undefined): How =>
  fault === 'another key' || fault === 'unsigned' || fault === 'signed with the secret' ? fault : 'well';
const howUserinfo: Partial<Record<string, How>> = { 'userinfo by another key': 'another key', 'userinfo signed by nothing': 'unsigned' };

const refusals: Partial<Record<string, Record<string, string>>> = {
  'says no': { error: 'access_denied', error_description: 'User Rejected for ada@example.fr' },
  'no second factor': { error: 'access_denied', error_description: 'none of the requested ACRs could be obtained' },
  'cannot be strong enough': { error: 'unmet_authentication_requirements' },
};

const seconds = (from: number): number => Math.floor(Date.now() / 1000) + from;

function levelsIn(query: URLSearchParams): string[] {
  const claims: { id_token?: { acr?: { essential?: boolean; values?: string[] } } } = JSON.parse(query.get('claims') ?? '{}');
  const { essential, values = [] } = claims.id_token?.acr ?? {};
  return essential === true ? values : (query.get('acr_values')?.split(' ') ?? []);
}

function secretIn(request: IncomingMessage, form: URLSearchParams): string {
  const [scheme, basic = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme !== 'Basic') return `client_secret_post ${form.get('client_id')} ${form.get('client_secret')}`;
  const [id, secret] = Buffer.from(basic, 'base64')
    .toString()
    .split(':')
    .map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
  return `client_secret_basic ${id} ${secret}`;
}

function only(query: URLSearchParams, names: readonly string[]): void {
  const wrong = [...query.keys()].find((name, i, all) => !names.includes(name) || all.indexOf(name) !== i);
  if (wrong !== undefined) throw new Error(`${wrong} is not known here, or there twice`);
}

function same(what: string, given: string | null, expected: string): void {
  if (given !== expected) throw new Error(`${what}: ${given} is not ${expected}`);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

async function follow(url: string, to: string): Promise<URL> {
  if (!url.startsWith(`${to}?`)) throw new Error(`${url} is not ${to}`);
  const response = await fetch(url, { redirect: 'manual' });
  if (response.status !== 303) throw new Error(await response.text());
  return new URL(response.headers.get('location') ?? '');
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((done) => server.close(() => done()));
}
