/** One's own account: `/account`. */
import { type Context, Hono } from 'hono';
import type { Viewer } from '../access.js';
import type { Backend } from '../backend.js';
import { AccountPage, NewFactorPage, RecoveryCodesPage } from '../console/account.js';
import { posted, shortForm, show } from '../http.js';
import { oneOf } from '../pages/form.js';
import { loosen, type WebOptions } from '../security.js';
import { guards, localeOf, pathOfOurs, withTo } from '../session.js';

/** The routes. */
export function accountRoutes(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  const { signedIn, proven } = guards(backend, options);
  const done = (c: Context) => c.redirect('/account?done', 303);

  app.get(
    '/account',
    signedIn(async (c, viewer) => {
      const [sessions, codesLeft] = await Promise.all([backend.sessions(viewer.account), backend.recoveryCodesLeft(viewer.account)]);
      const shown = { sessions, codesLeft, providers: backend.providers(), at: backend.now(), done: c.req.query('done') !== undefined };
      return show(c, <AccountPage locale={localeOf(c, viewer)} viewer={viewer} {...shown} />);
    }),
  );
  app.post(
    '/account/language',
    signedIn(async (c, { account, session }) => {
      const locale = oneOf(await posted(c, shortForm), 'locale');
      if (locale === 'fr' || locale === 'en') await backend.chooseLocale({ account, session, locale });
      return done(c);
    }),
  );
  app.post(
    '/account/sessions',
    signedIn(
      proven(async (c, { account, session }) => {
        await backend.endSessions({ account, session, which: oneOf(await posted(c, shortForm), 'session') });
        return done(c);
      }),
    ),
  );

  const setUp = async (c: Context, viewer: Viewer, { wanted, wrong = false }: { wanted: string; wrong?: boolean }) => {
    loosen(c, 'drawing');
    const factor = await backend.newFactor(viewer);
    const needed = options.needsFactor === true && !viewer.strong;
    return show(
      c,
      <NewFactorPage locale={localeOf(c, viewer)} viewer={viewer} {...{ factor, needed, wrong, wanted }} />,
      wrong ? 422 : 200,
    );
  };
  app.get(
    '/account/factor',
    signedIn(
      (c, viewer) => {
        if (!viewer.factor) return setUp(c, viewer, { wanted: pathOfOurs(c.req.query('to'), options) });
        return c.redirect(viewer.strong ? '/account#factor' : '/sign-in/factor', 303);
      },
      { settingUp: true },
    ),
  );
  app.post(
    '/account/factor',
    signedIn(
      proven(async (c, viewer) => {
        const { to } = await posted(c, shortForm);
        await backend.beginFactor(viewer);
        return c.redirect(withTo('/account/factor', pathOfOurs(to, options)), 303);
      }),
      { settingUp: true },
    ),
  );
  app.post(
    '/account/factor/confirm',
    signedIn(
      proven(async (c, viewer) => {
        const raw = await posted(c, shortForm);
        const [code, wanted] = [oneOf(raw, 'code').slice(0, 20), pathOfOurs(raw.to, options)];
        const codes = await backend.confirmFactor({ account: viewer.account, session: viewer.session, code });
        return codes === undefined
          ? setUp(c, viewer, { wanted, wrong: true })
          : show(c, <RecoveryCodesPage locale={localeOf(c, viewer)} viewer={viewer} codes={codes} wanted={wanted} />);
      }),
      { settingUp: true },
    ),
  );
  app.post(
    '/account/factor/codes',
    signedIn(
      proven(async (c, viewer) =>
        viewer.factor
          ? show(c, <RecoveryCodesPage locale={localeOf(c, viewer)} viewer={viewer} codes={await backend.renewRecoveryCodes(viewer)} />)
          : done(c),
      ),
    ),
  );
  app.post(
    '/account/factor/remove',
    signedIn(
      proven(async (c, viewer) => {
        await backend.removeFactor(viewer);
        return done(c);
      }),
    ),
  );
  return app;
}
