/** What the web needs to let people into the console, and to give them their account: a part of the port. Implemented in live-access.ts. */
import type { AccountDone } from '../client/verbs/accounts.js';
import type { Entered, LinkShown, ProviderRefusal } from '../client/verbs/sign-in.js';
import type { Deed, Held } from '../domain/rights.js';
import type { Locale } from '../domain/words.js';
import type { ListedAccount } from '../store/accounts.js';
import type { FactorShown, NewFactor } from '../store/factors.js';
import type { OpenSession, Viewer } from '../store/sessions.js';

export type { AccountDone, Entered, FactorShown, LinkShown, ListedAccount, NewFactor, OpenSession, ProviderRefusal, Viewer };

/** Whoever holds an account, in one of its sessions. */
export type Own = Pick<Viewer, 'account' | 'session'>;

/** An OpenID provider, as a page offers it; `origin`: where its button leads. */
export interface Provider {
  id: string;
  name: string;
  origin: string;
}

/** An account, whole: for whoever administers. */
export interface AccountView {
  account: ListedAccount;
  /** Whether it has a second factor. */
  factor: boolean;
  sessions: OpenSession[];
}

/** What a right can be on: territories and editions, by id. */
export interface Scopes {
  territories: string[];
  editions: { id: string; title: string }[];
}

/** The ways in, and what the owner of an account does with it. `browser`: the cookie of the browser that asked; `device`: that browser, in words. */
export interface Access {
  /** Who is in by a session, and what they may. */
  viewer(session: string, how?: { byItself?: boolean }): Promise<Viewer | undefined>;
  /** What tells one browser from all others, for its cookie. */
  newBrowser(): string;
  /** Has a link mailed to an address, if it opens the console; never says whether it does. `known`: the mark of a browser that was in; `network`: where they come from. */
  askToEnter(input: {
    email: string;
    browser: string;
    known?: string | undefined;
    wanted: string;
    locale: Locale;
    network?: string | undefined;
  }): Promise<void>;
  /** The mark for a browser in which a session is open; undefined where none is. */
  knownMark(session: string): Promise<string | undefined>;
  /** What a mailed link opens in a browser. */
  showSignIn(input: { id: string; mac: string; browser: string | undefined }): Promise<LinkShown>;
  /** Enters by a mailed link, in the browser that asked. */
  enterByLink(input: { id: string; mac: string; browser: string | undefined; device: string }): Promise<Entered | undefined>;
  /** Enters by the code that the link showed on another device. */
  enterByCode(input: { browser: string; code: string; device: string }): Promise<Entered | undefined>;
  /** Spends a one-time key of the command line. */
  enterByKey(input: { key: string; device: string }): Promise<Entered | undefined>;
  providers(): Provider[];
  /** Where a provider asks who somebody is – `again`, even if it knows –; undefined where there is no such provider, it is away, or too many ask. */
  askProvider(input: {
    provider: string;
    again?: boolean;
    browser: string;
    wanted: string;
    locale: Locale;
    network?: string | undefined;
  }): Promise<string | undefined>;
  /** Enters by a provider's answer: the address it came back to. */
  enterByProvider(input: { provider: string; browser: string; url: URL; device: string }): Promise<Entered | ProviderRefusal>;
  /** Shows the second factor that a session waits for, or proves again; the session goes on under another id. */
  showFactor(input: { session: string; code: string }): Promise<FactorShown>;
  /** Ends a session, on every device that has its cookie; where its provider ends its own, if one let it in. */
  signOut(session: string): Promise<string | undefined>;
  /** The open sessions of an account, the last used first. */
  sessions(account: string): Promise<OpenSession[]>;
  /** Ends the session that is named, or every other one. */
  endSessions(input: Own & { which: string | 'others' }): Promise<void>;
  chooseLocale(input: Own & { locale: Locale }): Promise<void>;
  /** The second factor that a session is setting up. */
  newFactor(input: Own & { email: string }): Promise<NewFactor | undefined>;
  beginFactor(input: Own): Promise<void>;
  /** Sets it up; the recovery codes, or nothing where the code is not its own. */
  confirmFactor(input: Own & { code: string }): Promise<string[] | undefined>;
  removeFactor(input: Own): Promise<void>;
  recoveryCodesLeft(account: string): Promise<number>;
  /** New recovery codes: the former ones are dead. */
  renewRecoveryCodes(input: Own): Promise<string[]>;
  /** Accounts by address, from one on, and whether more follow. */
  accounts(from: number): Promise<{ accounts: ListedAccount[]; more: boolean }>;
  account(id: string): Promise<AccountView | undefined>;
  scopes(): Promise<Scopes>;
  /** Makes an account, or opens one again that is blocked; with a right if one is given. `by`: the journal's actor. */
  addAccount(input: { by: string; email: string; name?: string; held?: Held }): Promise<AccountDone>;
  giveRight(input: { by: string; email: string; held: Held }): Promise<AccountDone>;
  takeRight(input: { by: string; email: string; held: Held }): Promise<AccountDone>;
  blockAccount(input: { by: string; email: string }): Promise<AccountDone>;
  /** Ends a session of an account, by whoever administers. */
  endSession(input: { by: string; account: string; which: string }): Promise<void>;
  /** Ends all sessions of an account, and removes its second factor. */
  resetAccount(input: { by: string; email: string }): Promise<AccountDone>;
  /** Journals that somebody asked for what is not theirs to do. */
  noteRefused(input: { account: string; deed: Deed; edition?: string }): Promise<void>;
}
