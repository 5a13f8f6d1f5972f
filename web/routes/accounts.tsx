/** Accounts, for whoever administers: `/accounts`. */
import { type Context, Hono } from 'hono';
import { isAddress } from '../../domain/address.js';
import { tidy, tidyLine } from '../../domain/text.js';
import { actorOf } from '../../store/accounts.js';
import type { AccountDone, Viewer } from '../access.js';
import type { Backend } from '../backend.js';
import { AccountAdminPage, type AccountProblem, AccountsPage, type ChosenRight, heldOf, type TriedAccount } from '../console/accounts.js';
import { fromOf, idPattern, posted, shortForm, show } from '../http.js';
import { oneOf } from '../pages/form.js';
import type { WebOptions } from '../security.js';
import { guards, localeOf } from '../session.js';

const perPage = 50;

/** The routes. */
export function accountsRoutes(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  const { proven, inInstallation } = guards(backend, options);

  const list = async (c: Context, viewer: Viewer, tried?: TriedAccount) => {
    const from = fromOf(c);
    const [{ accounts, more }, scopes] = await Promise.all([backend.accounts(from), backend.scopes()]);
    const shown = { accounts, from, next: more ? from + perPage : undefined, scopes };
    return show(
      c,
      <AccountsPage locale={localeOf(c, viewer)} viewer={viewer} {...shown} {...(tried === undefined ? {} : { tried })} />,
      tried ? 422 : 200,
    );
  };
  app.get(
    '/accounts',
    inInstallation('accounts', (c, viewer) => list(c, viewer)),
  );
  app.post(
    '/accounts',
    inInstallation(
      'accounts',
      proven(async (c, viewer) => {
        const raw = await posted(c, shortForm);
        const [email, name] = [tidy(oneOf(raw, 'email')), tidyLine(oneOf(raw, 'name'))];
        const [right, scope] = [oneOf(raw, 'right'), oneOf(raw, 'scope')];
        const held = right === '' ? undefined : heldOf(right, scope);
        const tried = { email, name, right, scope };
        if (!isAddress(email)) return list(c, viewer, { ...tried, problem: 'address' });
        if (right !== '' && held === undefined) return list(c, viewer, { ...tried, problem: 'scope' });
        const by = actorOf(viewer.account);
        const done = await backend.addAccount({ by, email, ...(name === '' ? {} : { name }), ...(held === undefined ? {} : { held }) });
        return done.ok ? c.redirect(`/accounts/${done.id}?done`, 303) : list(c, viewer, { ...tried, problem: done.reason });
      }),
    ),
  );

  const path = `/accounts/:account{${idPattern}}`;
  const one = async (c: Context, viewer: Viewer, problem?: AccountProblem, chosen?: ChosenRight) => {
    const [view, scopes] = await Promise.all([backend.account(c.req.param('account') ?? ''), backend.scopes()]);
    if (view === undefined) return c.notFound();
    const shown = {
      view,
      scopes,
      providers: backend.providers(),
      at: backend.now(),
      done: c.req.query('done') !== undefined,
      problem,
      chosen,
    };
    return show(c, <AccountAdminPage locale={localeOf(c, viewer)} viewer={viewer} {...shown} />, problem === undefined ? 200 : 422);
  };
  app.get(
    path,
    inInstallation('accounts', (c, viewer) => one(c, viewer)),
  );
  /** What is done to one account, by whoever has shown who they are lately. */
  const act = (does: (c: Context, what: { by: string; email: string; account: string }) => Promise<AccountDone | 'scope'>) =>
    inInstallation(
      'accounts',
      proven(async (c, viewer) => {
        const id = c.req.param('account') ?? '';
        const view = await backend.account(id);
        if (view === undefined) return c.notFound();
        const done = await does(c, { by: actorOf(viewer.account), email: view.account.email, account: id });
        if (done !== 'scope' && done.ok) return c.redirect(`/accounts/${id}?done`, 303);
        const raw = await posted(c, shortForm);
        return one(c, viewer, done === 'scope' ? done : done.reason, { right: oneOf(raw, 'right'), scope: oneOf(raw, 'scope') });
      }),
    );
  const chosen = async (c: Context) => {
    const raw = await posted(c, shortForm);
    return heldOf(oneOf(raw, 'right'), oneOf(raw, 'scope'));
  };
  app.post(
    `${path}/rights`,
    act(async (c, what) => {
      const held = await chosen(c);
      return held === undefined ? 'scope' : backend.giveRight({ ...what, held });
    }),
  );
  app.post(
    `${path}/rights/remove`,
    act(async (c, what) => {
      const held = await chosen(c);
      return held === undefined ? 'scope' : backend.takeRight({ ...what, held });
    }),
  );
  app.post(
    `${path}/sessions`,
    act(async (c, { by, email, account }) => {
      await backend.endSession({ by, account, which: oneOf(await posted(c, shortForm), 'session') });
      return { ok: true, email, id: account };
    }),
  );
  app.post(
    `${path}/reset`,
    act((_, what) => backend.resetAccount(what)),
  );
  app.post(
    `${path}/block`,
    act((_, what) => backend.blockAccount(what)),
  );
  app.post(
    `${path}/unblock`,
    act((_, what) => backend.addAccount(what)),
  );
  return app;
}
