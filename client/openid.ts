/** Signing in with OpenID Connect: where the browser is sent, and what is believed of what it brings back (docs/decisions/0025-openid-connect.md). */
import * as openid from 'openid-client';
import { z } from 'zod';
import type { ProviderConfig } from '../config.js';
import { isAddress, onTheWire } from '../domain/address.js';
import { oneLine, shorten } from '../domain/clean.js';
import { Away, isAway, openFetch, whatFailed } from './openidfetch.js';

/** What is kept on the server from the click to the answer, for that browser alone, once. */
export interface Flow {
  provider: string;
  state: string;
  nonce: string;
  verifier: string;
}

/** Why nobody enters: the provider's answer was not good, the person said no, the address or the level is not proven, or the provider cannot be reached. */
export type NotEntered = 'refused' | 'cancelled' | 'not-verified' | 'weak' | 'away';

/** Who somebody is, as a provider says. */
export interface Entered {
  ok: true;
  email: string;
  name?: string;
  /** One of the levels that the installation asks for was reached. */
  strong: boolean;
  /** Personal: for `leave`, and for nobody to read. */
  idToken: string;
}

/** The providers of an installation. */
export interface Providers {
  /** For the buttons. `origin`: where the browser is sent, which the page has to allow; the issuer's until the provider was reached once, which this begins. */
  list(): { id: string; name: string; origin: string }[];
  /** Where to send the browser, and what to keep until it is back. */
  begin(id: string, how?: Asking): Promise<{ url: string; flow: Flow } | 'unknown' | 'away'>;
  /** What a browser came back with; of its address only the query is looked at. */
  finish(id: string, currentUrl: URL, flow: Flow): Promise<Entered | { ok: false; reason: NotEntered }>;
  /** Where to send the browser so that it is signed out of the provider too, which brings it back with `state`; undefined where there is no such place. */
  leave(id: string, idToken: string, state: string): Promise<string | undefined>;
}

/** How a provider is asked; `again`: it is to ask who somebody is even where it knows (`prompt=login`). */
export interface Asking {
  again?: boolean;
}

/** What is around the providers. */
export interface Around {
  publicUrl: string;
  fetch?: typeof fetch;
  realNow?: () => number;
  /** How long a provider may take to answer one request. */
  limitMs?: number;
  /** Told why a provider could not be reached or was not believed, for the log: no token, no address, nothing that the provider wrote freely. */
  onProblem?: (problem: { provider: string; what: string }) => void;
}

/** How long what a provider says of itself is believed; its keys are looked for anew by themselves. */
const keptMs = 6 * 3_600_000;

const text = z.string().min(1).optional().catch(undefined);
/** `usual_name` is ProConnect's. */
const claimed = z.object({
  ...{ email: text, name: text, given_name: text, usual_name: text, family_name: text },
  email_verified: z.boolean().optional().catch(false),
});
type Claimed = z.output<typeof claimed>;

/** Opens the providers of an installation; nothing is asked of them yet. */
export function openProviders(configs: readonly ProviderConfig[], around: Around): Providers {
  const providers = new Map(configs.map((config) => [config.id, openProvider(config, around)]));
  const told = (provider: string, error: unknown) => around.onProblem?.({ provider, what: whatFailed(error) });
  return {
    list: () =>
      configs.map(({ id, name, issuer }) => {
        const provider = providers.get(id);
        provider?.reach().catch(() => undefined);
        return { id, name, origin: provider?.known()?.origin ?? new URL(issuer).origin };
      }),
    begin: async (id, how = {}) => {
      try {
        return (await providers.get(id)?.begin(how)) ?? 'unknown';
      } catch (error) {
        told(id, error);
        return 'away';
      }
    },
    finish: async (id, currentUrl, flow) => {
      const provider = providers.get(id);
      // each provider has an address of its own to come back to: an answer that comes to another's is not the one that was waited for
      if (provider === undefined || flow.provider !== id) return { ok: false, reason: 'refused' };
      try {
        return await provider.finish(currentUrl.search, flow);
      } catch (error) {
        const reason = reasonOf(error);
        if (reason !== 'cancelled') told(id, error);
        return { ok: false, reason };
      }
    },
    leave: async (id, idToken, state) => {
      try {
        return await providers.get(id)?.leave(idToken, state);
      } catch (error) {
        told(id, error);
        return undefined;
      }
    },
  };
}

function openProvider(config: ProviderConfig, { publicUrl, fetch: fetched = fetch, realNow = Date.now, limitMs = 10_000 }: Around) {
  const { id, issuer, clientId, clientSecret, scope, acrValues, addressesAreVerified, signedUserinfo } = config;
  const redirectUri = `${publicUrl}/sign-in/from/${id}`;
  let kept: { configuration: openid.Configuration; origin: string; at: number } | undefined;
  let pending: Promise<openid.Configuration> | undefined;

  async function discover(): Promise<openid.Configuration> {
    const configuration = await openid.discovery(new URL(issuer), clientId, undefined, authentication(clientSecret), {
      timeout: limitMs / 1000,
      [openid.customFetch]: openFetch(fetched),
      // left alone, the library trusts TLS and looks at no signature of what comes from the token endpoint
      execute: [openid.enableNonRepudiationChecks, ...(issuer.startsWith('http:') ? [openid.allowInsecureRequests] : [])],
    });
    const { issuer: said, userinfo_endpoint } = configuration.serverMetadata();
    // the library lets two providers answer in the name of others they host, whose people choose their own address
    if (new URL(said).href !== new URL(issuer).href) throw new Away('another issuer than the configured one');
    if (signedUserinfo) configuration[openid.customFetch] = openFetch(fetched, { signed: userinfo_endpoint });
    kept = { configuration, origin: openid.buildAuthorizationUrl(configuration, {}).origin, at: realNow() };
    return configuration;
  }
  const known = () => (kept !== undefined && realNow() < kept.at + keptMs ? kept : undefined);
  async function reach(): Promise<openid.Configuration> {
    const { configuration } = known() ?? {};
    if (configuration !== undefined) return configuration;
    pending ??= discover().finally(() => {
      pending = undefined;
    });
    try {
      return await pending;
    } catch (cause) {
      throw cause instanceof Away ? cause : new Away('what it says of itself cannot be read', { cause });
    }
  }

  return {
    known,
    reach,
    async begin({ again = false }: Asking): Promise<{ url: string; flow: Flow }> {
      const configuration = await reach();
      const flow = { provider: id, state: openid.randomState(), nonce: openid.randomNonce(), verifier: openid.randomPKCECodeVerifier() };
      const url = openid.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
        ...(again ? { prompt: 'login' } : {}),
        ...(acrValues === undefined ? {} : asked(acrValues, configuration.serverMetadata())),
      });
      return { url: url.href, flow };
    },
    async finish(query: string, flow: Flow): Promise<Entered | { ok: false; reason: NotEntered }> {
      const configuration = await reach();
      const tokens = await openid.authorizationCodeGrant(configuration, new URL(`${redirectUri}${query}`), {
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        pkceCodeVerifier: flow.verifier,
        idTokenExpected: true,
      });
      const { id_token: idToken } = tokens;
      const claims = tokens.claims();
      if (idToken === undefined || claims === undefined) throw new Error('what the library insists on is there');
      const strong = acrValues?.some((one) => one === claims.acr) ?? false;
      if (acrValues !== undefined && !strong) return { ok: false, reason: 'weak' };

      const inToken = claimed.parse(claims);
      const { userinfo_endpoint } = configuration.serverMetadata();
      const isAsked = signedUserinfo || userinfo_endpoint !== undefined;
      const inUserinfo: Claimed = isAsked ? claimed.parse(await openid.fetchUserInfo(configuration, tokens.access_token, claims.sub)) : {};
      // whether an address is verified is said beside it, and of no other
      const { email, email_verified } = inUserinfo.email === undefined ? inToken : inUserinfo;
      const isVerified = email_verified === true || (addressesAreVerified && email_verified === undefined);
      if (email === undefined || !isAddress(email) || !isVerified) return { ok: false, reason: 'not-verified' };
      const name = nameIn(inUserinfo) || nameIn(inToken);
      return { ok: true, email: onTheWire(email), ...(name === '' ? {} : { name }), strong, idToken };
    },
    async leave(idToken: string, state: string): Promise<string | undefined> {
      const configuration = await reach();
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined;
      const back = { id_token_hint: idToken, post_logout_redirect_uri: `${publicUrl}/`, state };
      return openid.buildEndSessionUrl(configuration, back).href;
    },
  };
}

/** How the secret is shown: in the form where the provider takes it there, else in the header, which every provider has to take (RFC 6749, 2.3.1). */
function authentication(secret: string): openid.ClientAuth {
  const [post, basic] = [openid.ClientSecretPost(secret), openid.ClientSecretBasic(secret)];
  return (server, ...request) =>
    (server.token_endpoint_auth_methods_supported?.includes('client_secret_post') ? post : basic)(server, ...request);
}

/** Levels that are asked for, as what must be where the provider knows that, else as what is wished; what both at once mean is not said (OpenID Connect Core, 5.5.1.1). */
const asked = (acrValues: readonly string[], { claims_parameter_supported }: openid.ServerMetadata): Record<string, string> =>
  claims_parameter_supported === true
    ? { claims: JSON.stringify({ id_token: { acr: { essential: true, values: acrValues } } }) }
    : { acr_values: acrValues.join(' ') };

const nameIn = ({ name, given_name = '', usual_name, family_name = '' }: Claimed): string =>
  shorten(oneLine(name ?? `${given_name} ${usual_name ?? family_name}`), 200);

function reasonOf(error: unknown): NotEntered {
  if (isAway(error)) return 'away';
  if (!(error instanceof openid.AuthorizationResponseError)) return 'refused';
  switch (error.error) {
    case 'access_denied':
      // what ProConnect says when the person has no second factor: "none of the requested ACRs could be obtained"
      return /\bacrs?\b/i.test(error.error_description ?? '') ? 'weak' : 'cancelled';
    case 'unmet_authentication_requirements':
      return 'weak';
    case 'server_error':
    case 'temporarily_unavailable':
      return 'away';
    default:
      return 'refused';
  }
}
