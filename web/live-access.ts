/** The ways into the console over a real installation. */
import type { Installation } from '../client/installation.js';
import { askToEnter, enterByCode, enterByKey, enterByLink, showSignIn } from '../client/verbs/sign-in.js';
import { actorOf, chooseLocale } from '../store/accounts.js';
import { inTransaction } from '../store/db.js';
import {
  beginFactor,
  confirmFactor,
  newFactor,
  recoveryCodesLeft,
  removeFactor,
  renewRecoveryCodes,
  showFactor,
} from '../store/factors.js';
import { endSession, endSessions, newSecret, sessionsOf, viewerOf } from '../store/sessions.js';
import type { Access } from './access.js';

/** Access over an installation. */
export function liveAccess(installation: Installation): Access {
  const { store, linkKey } = installation;
  const db = store.pool;
  const realNow = () => installation.realNow();
  return {
    viewer: (session) => viewerOf(db, { session, realNow: realNow() }),
    newBrowser: newSecret,
    askToEnter: (input) => askToEnter(installation, input),
    showSignIn: (input) => showSignIn(installation, input),
    enterByLink: (input) => enterByLink(installation, input),
    enterByCode: (input) => enterByCode(installation, input),
    enterByKey: (input) => enterByKey(installation, input),
    providers: () => [],
    askProvider: async () => undefined,
    enterByProvider: async () => 'refused',
    showFactor: (input) => showFactor(db, { ...input, linkKey, realNow: realNow() }),
    signOut: async (session) => {
      await endSession(db, session);
      return undefined;
    },
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
  };
}
