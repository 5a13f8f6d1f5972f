/** The ways into the console over a real installation. */
import type { Installation } from '../client/installation.js';
import { addAccountTo, giveRightTo, removeAccount, resetAccount, takeRightFrom } from '../client/verbs/accounts.js';
import {
  askProvider,
  askToEnter,
  enterByCode,
  enterByKey,
  enterByLink,
  enterByProvider,
  knownMarkOf,
  leave,
  showSignIn,
} from '../client/verbs/sign-in.js';
import { actorOf, chooseLocale, findAccount, listAccounts, listed } from '../store/accounts.js';
import { inTransaction } from '../store/db.js';
import { editionHeads } from '../store/editions.js';
import {
  beginFactor,
  confirmFactor,
  hasFactor,
  newFactor,
  recoveryCodesLeft,
  removeFactor,
  renewRecoveryCodes,
  showFactor,
} from '../store/factors.js';
import { endSessions, newSecret, noteRefusedRight, sessionsOf, viewerOf } from '../store/sessions.js';
import type { Access } from './access.js';

/** A page shows so many accounts. */
const pageOfAccounts = 50;

/** Access over an installation. */
export function liveAccess(installation: Installation): Access {
  const { store, linkKey } = installation;
  const db = store.pool;
  const realNow = () => installation.realNow();
  return {
    viewer: (session, how = {}) => viewerOf(db, { session, realNow: realNow(), ...how }),
    newBrowser: newSecret,
    knownMark: async (session) => {
      const viewer = await viewerOf(db, { session, realNow: realNow() });
      return viewer && knownMarkOf(installation, viewer.email);
    },
    askToEnter: (input) => askToEnter(installation, input),
    showSignIn: (input) => showSignIn(installation, input),
    enterByLink: (input) => enterByLink(installation, input),
    enterByCode: (input) => enterByCode(installation, input),
    enterByKey: (input) => enterByKey(installation, input),
    providers: () => installation.providers.list(),
    askProvider: (input) => askProvider(installation, input),
    enterByProvider: (input) => enterByProvider(installation, input),
    showFactor: (input) => showFactor(db, { ...input, linkKey, realNow: realNow() }),
    signOut: (session) => leave(installation, session),
    sessions: (account) => sessionsOf(db, { account, realNow: realNow() }),
    endSessions: ({ account, session, which }) =>
      inTransaction(db, (tx) =>
        endSessions(tx, {
          ...(which === 'others' ? { but: session } : { session: which }),
          account,
          by: actorOf(account),
          realNow: realNow(),
        }),
      ),
    chooseLocale: ({ account, locale }) => chooseLocale(db, { id: account, locale }),
    newFactor: (input) => newFactor(db, { ...input, linkKey }),
    beginFactor: (input) => beginFactor(db, { ...input, linkKey }),
    confirmFactor: (input) => confirmFactor(db, { ...input, linkKey, realNow: realNow() }),
    removeFactor: ({ account }) =>
      inTransaction(db, async (tx) => void (await removeFactor(tx, { account, by: actorOf(account), realNow: realNow() }))),
    recoveryCodesLeft: (account) => recoveryCodesLeft(db, account),
    renewRecoveryCodes: ({ account }) => renewRecoveryCodes(db, { account, realNow: realNow() }),
    accounts: async (from) => {
      const accounts = await listAccounts(db, { from, limit: pageOfAccounts + 1 });
      return { accounts: accounts.slice(0, pageOfAccounts), more: accounts.length > pageOfAccounts };
    },
    account: async (id) => {
      const found = await findAccount(db, id);
      const [account] = found === undefined ? [] : await listed(db, [found]);
      if (account === undefined) return undefined;
      return { account, factor: await hasFactor(db, id), sessions: await sessionsOf(db, { account: id, realNow: realNow() }) };
    },
    scopes: async () => {
      const editions = await editionHeads(db);
      return { territories: [...new Set(editions.map(({ territory }) => territory))].sort(), editions };
    },
    addAccount: (input) => addAccountTo(installation, input),
    giveRight: ({ by, email, held }) => giveRightTo(installation, { by, email, held }),
    endSession: ({ by, account, which }) => inTransaction(db, (tx) => endSessions(tx, { account, session: which, by, realNow: realNow() })),
    takeRight: (input) => takeRightFrom(installation, input),
    blockAccount: ({ email, by }) => removeAccount(installation, email, by),
    resetAccount: ({ email, by }) => resetAccount(installation, email, by),
    noteRefused: (input) => noteRefusedRight(db, { ...input, realNow: realNow() }),
  };
}
