/** The ways into the console, and what their owner does with an account: its sessions, its second factor. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { untaggedKey } from '../../domain/address.js';
import type { Locale } from '../../domain/words.js';
import { accountAt, coordinates } from '../../store/accounts.js';
import { inTransaction } from '../../store/db.js';
import type { Limit } from '../../store/limits.js';
import { isSignInSeal, keyed, signInCodeOf } from '../../store/links.js';
import { type Entered, endSession, noteRefused, openSession, enterByKey as spendKey } from '../../store/sessions.js';
import { type Flow, findByCode, findSignIn, keepSignIn, type OpenSignIn, spendSignIn, takeFlow } from '../../store/signins.js';
import type { Installation } from '../installation.js';
import type { NotEntered } from '../openid.js';
import { changingAccounts } from './accounts.js';
import { accountOf } from './console.js';

export type { Entered };

const hourMs = 60 * 60_000;
/** So many may be sent to a provider from one network in an hour: an office is one. */
const mostAsking = 100;
/** So many links may be asked for in an hour that lead nowhere, and so many that lead somewhere, wherever they are asked for: nobody fills a database. */
const mostLinks = 300;
const newId = () => randomBytes(12).toString('base64url');

/** Somebody who asks to enter: from which browser (its cookie), where to, and from which network, as far as is known. */
export interface Asking {
  browser: string;
  wanted: string;
  locale: Locale;
  network?: string | undefined;
}

/** What a browser keeps in which an address was in: it opens nothing, and nobody else has it. */
export const knownMarkOf = ({ linkKey }: Pick<Installation, 'linkKey'>, email: string): string =>
  keyed(linkKey, `known:${untaggedKey(email)}`);

function isSame(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Has a link mailed to an address, if it opens the console. The answer never says whether it does, nor whether a limit was reached; what is done is the
 * same, whoever asks. A browser that was in with it (`known`, its mark) counts apart: strangers who ask keep nobody out of where they enter.
 */
export async function askToEnter(
  installation: Installation,
  { email, network, known, ...asking }: Asking & { email: string; known?: string | undefined },
): Promise<void> {
  const { store, linkKey } = installation;
  const limit = (kind: string, of: string, most: number): Limit => ({ kind, who: keyed(linkKey, of), most, withinMs: hourMs });
  const to = await addressOf(installation, email);
  const mark = knownMarkOf(installation, email);
  const isKnown = known !== undefined && isSame(known, mark);
  const mailbox = limit('sign-in.mailbox', isKnown ? mark : untaggedKey(email), 5);
  const limits = [
    mailbox,
    { ...mailbox, most: 20, withinMs: 24 * hourMs },
    ...(network === undefined || isKnown ? [] : [limit('sign-in.network', network, 20)]),
    // apart: whoever asks for what leads nowhere keeps nobody out
    ...(isKnown ? [] : [limit('sign-in.all', to === undefined ? 'nowhere' : 'somewhere', mostLinks)]),
  ];
  const id = newId();
  const asked = { id, ...asking, ...(to === undefined ? {} : { email: to }), limits, realNow: installation.realNow() };
  if (await keepSignIn(store.pool, asked)) void installation.mailSignIn(id).catch(() => undefined);
}

/** Where a link for whoever typed an address goes: as it is written in their account or an edition's people, which is not always as it was typed. */
async function addressOf({ store }: Installation, typed: string): Promise<string | undefined> {
  const [account, [person]] = await Promise.all([accountAt(store.pool, typed), coordinates(store.pool, typed)]);
  return account === undefined ? person?.email : account.blocked ? undefined : account.email;
}

/** What a mailed link opens: the console, in the browser that asked; a code to type there, in any other; nothing, once it is used or too old. */
export type LinkShown = { state: 'here' } | { state: 'elsewhere'; code: string } | { state: 'gone' };

/** A mailed link, opened. */
export async function showSignIn(
  installation: Installation,
  { id, mac, browser }: { id: string; mac: string; browser: string | undefined },
): Promise<LinkShown> {
  const { store, linkKey, realNow } = installation;
  const found = isSignInSeal(linkKey, id, mac) ? await findSignIn(store.pool, { id, browser, realNow: realNow() }) : undefined;
  if (found === undefined) return { state: 'gone' };
  return found.here ? { state: 'here' } : { state: 'elsewhere', code: signInCodeOf(linkKey, id) };
}

/** Enters by a mailed link, in the browser that asked. */
export async function enterByLink(
  installation: Installation,
  { id, mac, browser, device }: { id: string; mac: string; browser: string | undefined; device: string },
): Promise<Entered | undefined> {
  const { store, linkKey } = installation;
  const realNow = installation.realNow();
  const found = isSignInSeal(linkKey, id, mac) ? await findSignIn(store.pool, { id, browser, realNow }) : undefined;
  if (found?.here) return entered(installation, { ...found, device, realNow });
  return inTransaction(store.pool, (tx) => noteRefused(tx, realNow));
}

/** Enters by the code that a mailed link showed on another device. */
export async function enterByCode(
  installation: Installation,
  { browser, code, device }: { browser: string; code: string; device: string },
): Promise<Entered | undefined> {
  const { store, linkKey } = installation;
  const realNow = installation.realNow();
  const isCode = (id: string) => isSame(code.replace(/\s/g, ''), signInCodeOf(linkKey, id));
  const found = await inTransaction(
    store.pool,
    async (tx) => (await findByCode(tx, { browser, isCode, realNow })) ?? noteRefused(tx, realNow),
  );
  return found === undefined ? undefined : entered(installation, { ...found, device, realNow });
}

/** Spends what was asked: whoever lost their account, or their edition, since they asked does not enter. */
async function entered(
  installation: Installation,
  { id, email, wanted, device, realNow }: OpenSignIn & { device: string; realNow: number },
): Promise<Entered | undefined> {
  return changingAccounts(installation, async (tx) => {
    const account = await accountOf(tx, installation, email, 'programme');
    if (account === undefined || account.blocked || !(await spendSignIn(tx, { id, realNow }))) return undefined;
    return openSession(tx, { account: account.id, way: 'mail', device, wanted, realNow });
  });
}

/** Where a provider asks who somebody is; undefined where there is no such provider, it is away, or too many ask. */
export async function askProvider(
  { store, linkKey, providers, realNow }: Installation,
  { provider, again = false, network, ...asking }: Asking & { provider: string; again?: boolean },
): Promise<string | undefined> {
  const begun = await providers.begin(provider, { again });
  if (typeof begun === 'string') return undefined;
  const limits =
    network === undefined ? [] : [{ kind: 'sign-in.provider', who: keyed(linkKey, network), most: mostAsking, withinMs: hourMs }];
  const flow: Flow = { ...begun.flow };
  const asked = { id: newId(), ...asking, provider: { id: provider, flow }, limits, realNow: realNow() };
  return (await keepSignIn(store.pool, asked)) ? begun.url : undefined;
}

/** What `begin` draws; nothing else is looked up. */
const statePattern = /^[\w-]{1,128}$/;

/** Why a provider's answer let nobody in. */
export type ProviderRefusal = NotEntered | 'no-account';

/** Enters by a provider's answer, in the browser that was sent there: by the address that it has verified. */
export async function enterByProvider(
  installation: Installation,
  { provider, browser, url, device }: { provider: string; browser: string; url: URL; device: string },
): Promise<Entered | ProviderRefusal> {
  const { store, providers } = installation;
  const realNow = installation.realNow();
  const state = url.searchParams.get('state') ?? '';
  const taken = statePattern.test(state)
    ? await inTransaction(store.pool, (tx) => takeFlow(tx, { browser, provider, state, realNow }))
    : undefined;
  const who = taken === undefined ? undefined : await providers.finish(provider, url, flowOf(taken.flow));
  const refused = (why: ProviderRefusal) => inTransaction(store.pool, async (tx) => (await noteRefused(tx, realNow)) ?? why);
  if (taken === undefined || who === undefined) return refused('refused');
  if (!who.ok) return who.reason === 'cancelled' || who.reason === 'away' ? who.reason : refused(who.reason);
  const { email, strong, idToken: proof } = who;
  const entered = await changingAccounts(installation, async (tx) => {
    const account = await accountOf(tx, installation, email, 'programme');
    if (account === undefined || account.blocked) return undefined;
    return openSession(tx, { account: account.id, way: `openid:${provider}`, device, wanted: taken.wanted, strong, proof, realNow });
  });
  return entered ?? refused('no-account');
}

const flowOf = ({ provider = '', state = '', nonce = '', verifier = '' }: Flow) => ({ provider, state, nonce, verifier });

/** Ends a session; where the provider that let it in ends its own, if it says. */
export async function leave({ store, providers, realNow }: Installation, session: string): Promise<string | undefined> {
  const ended = await endSession(store.pool, { session, realNow: realNow() });
  const provider = ended?.way?.startsWith('openid:') ? ended.way.slice('openid:'.length) : undefined;
  return provider === undefined || ended?.proof == null ? undefined : providers.leave(provider, ended.proof, newId());
}

/** Enters by a one-time link of the command line. */
export const enterByKey = (
  { store, realNow }: Installation,
  { key, device }: { key: string; device: string },
): Promise<Entered | undefined> => spendKey(store.pool, { key, device, realNow: realNow() });
