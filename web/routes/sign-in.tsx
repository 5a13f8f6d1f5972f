/** The ways into the console: `/sign-in`, `/enter`, `/sign-out`. GET shows, POST enters; only a provider's answer comes by GET, held against its browser. */
import { type Context, Hono } from 'hono';
import { isAddress } from '../../domain/address.js';
import { tidy } from '../../domain/text.js';
import type { Entered } from '../access.js';
import type { Backend } from '../backend.js';
import { CodePage, EnterPage, FactorPage, LinkSentPage, RefusedPage, SignedOutPage, SignInPage } from '../console/access.js';
import { cookieOf, endCookie, keepCookie } from '../cookies.js';
import { deviceOf } from '../device.js';
import { idPattern, posted, readerLocale, shortForm, show } from '../http.js';
import { networkOf } from '../network.js';
import { oneOf } from '../pages/form.js';
import type { WebOptions } from '../security.js';
import { pathOfOurs, providersOf } from '../session.js';

const sessionSeconds = 12 * 3600;
/** Longer than any of its links holds. */
const browserSeconds = 3600;
/** A browser that was in is known for so long. */
const knownSeconds = 90 * 24 * 3600;
const secretPattern = /^[A-Za-z0-9_-]{32}$/;

/** The routes. */
export function signInRoutes(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  const { secure } = options;
  const device = (c: Context) => deviceOf(c.req.header('user-agent'));
  const browserOf = (c: Context) => {
    const given = cookieOf(c, 'browser', options);
    return given !== undefined && secretPattern.test(given) ? given : undefined;
  };
  /** The cookie that a link is bound to: kept where there is one, so that each of two links that were asked for opens. */
  const bound = (c: Context) => {
    const browser = browserOf(c) ?? backend.newBrowser();
    keepCookie(c, 'browser', { value: browser, secure, maxAge: browserSeconds });
    return browser;
  };
  const keepSession = async (c: Context, session: string) => {
    keepCookie(c, 'session', { value: session, secure, maxAge: sessionSeconds });
    const mark = await backend.knownMark(session);
    if (mark !== undefined) keepCookie(c, 'known', { value: mark, secure, maxAge: knownSeconds });
  };
  const enter = async (c: Context, { session, wanted, pending }: Entered) => {
    const former = cookieOf(c, 'session', options);
    if (former !== undefined) await backend.signOut(former);
    await keepSession(c, session);
    if (browserOf(c) !== undefined) endCookie(c, 'browser', options);
    return c.redirect(pending ? '/sign-in/factor' : pathOfOurs(wanted, options), 303);
  };
  const gone = (c: Context) => show(c, <RefusedPage locale={readerLocale(c)} why="gone" />, 403);
  const asking = (c: Context, to: unknown) => ({
    browser: bound(c),
    wanted: pathOfOurs(to, options),
    locale: readerLocale(c),
    network: networkOf(c, options),
  });

  app.get('/sign-in', (c) =>
    show(c, <SignInPage locale={readerLocale(c)} wanted="/" providers={providersOf(c, backend)} out={c.req.query('out') !== undefined} />),
  );
  app.post('/sign-in', async (c) => {
    const { email: given = '', to } = await posted(c, shortForm);
    const email = tidy([given].flat()[0] ?? '');
    const locale = readerLocale(c);
    if (!isAddress(email))
      return show(
        c,
        <SignInPage locale={locale} wanted={pathOfOurs(to, options)} providers={providersOf(c, backend)} email={email} />,
        422,
      );
    await backend.askToEnter({ email, known: cookieOf(c, 'known', options), ...asking(c, to) });
    return show(c, <LinkSentPage locale={locale} email={email} />, 202);
  });
  app.post('/sign-in/code', async (c) => {
    const code = oneOf(await posted(c, shortForm), 'code').slice(0, 20);
    const browser = browserOf(c);
    const entered = browser === undefined ? undefined : await backend.enterByCode({ browser, code, device: device(c) });
    return entered === undefined ? show(c, <LinkSentPage locale={readerLocale(c)} wrong />, 422) : enter(c, entered);
  });

  const link = `/enter/:id{${idPattern}}/:mac{[A-Za-z0-9_=-]{1,256}}`;
  /** What a link opens: something only in the browser that asked, whoever posts. */
  const opened =
    (here: (c: Context, found: { id: string; mac: string; browser: string | undefined }) => Promise<Response>) => async (c: Context) => {
      const { id = '', mac = '' } = c.req.param();
      const asked = { id, mac, browser: browserOf(c) };
      const found = await backend.showSignIn(asked);
      if (found.state === 'here') return here(c, asked);
      return found.state === 'gone' ? gone(c) : show(c, <CodePage locale={readerLocale(c)} code={found.code} />);
    };
  app.get(
    link,
    opened(async (c) => show(c, <EnterPage locale={readerLocale(c)} action={c.req.path} />)),
  );
  app.post(
    link,
    opened(async (c, asked) => {
      const entered = await backend.enterByLink({ ...asked, device: device(c) });
      return entered === undefined ? gone(c) : enter(c, entered);
    }),
  );

  app.get('/sign-in/factor', (c) => show(c, <FactorPage locale={readerLocale(c)} />));
  app.post('/sign-in/factor', async (c) => {
    const raw = await posted(c, shortForm);
    const session = cookieOf(c, 'session', options);
    const shown = session === undefined ? undefined : await backend.showFactor({ session, code: oneOf(raw, 'code').slice(0, 100) });
    if (shown?.ok) {
      await keepSession(c, shown.session);
      return c.redirect(pathOfOurs(raw.to ?? shown.wanted, options), 303);
    }
    if (shown === undefined || shown.reason === 'no-session') return c.redirect('/sign-in', 303);
    const wanted = pathOfOurs(raw.to, options);
    return show(c, <FactorPage locale={readerLocale(c)} problem={shown.reason} wanted={wanted} />, shown.reason === 'wrong' ? 422 : 429);
  });

  app.post('/sign-in/with/:provider{[a-z0-9-]{1,32}}', async (c) => {
    const { to, again } = await posted(c, shortForm);
    const asked = { provider: c.req.param('provider'), ...asking(c, to), ...(again === undefined ? {} : { again: true }) };
    const url = await backend.askProvider(asked);
    return url === undefined ? show(c, <RefusedPage locale={readerLocale(c)} why="away" />, 503) : c.redirect(url, 303);
  });
  app.get('/sign-in/from/:provider{[a-z0-9-]{1,32}}', async (c) => {
    const browser = browserOf(c);
    const url = new URL(c.req.path + new URL(c.req.url).search, options.baseUrl);
    const provider = c.req.param('provider');
    const entered = browser === undefined ? 'refused' : await backend.enterByProvider({ provider, browser, url, device: device(c) });
    if (typeof entered !== 'string') return enter(c, entered);
    return show(c, <RefusedPage locale={readerLocale(c)} why={entered} />, entered === 'away' ? 503 : 403);
  });

  const oneTime = '/sign-in/:key{[A-Za-z0-9_-]{32}}';
  app.get(oneTime, (c) => show(c, <EnterPage locale={readerLocale(c)} action={c.req.path} />));
  app.post(oneTime, async (c) => {
    const entered = await backend.enterByKey({ key: c.req.param('key'), device: device(c) });
    return entered === undefined ? gone(c) : enter(c, entered);
  });

  app.post('/sign-out', async (c) => {
    const id = cookieOf(c, 'session', options);
    const next = id === undefined ? undefined : await backend.signOut(id);
    endCookie(c, 'session', options);
    // a form may not lead to another site, even by a redirect: there, one follows a link
    return next === undefined ? c.redirect('/sign-in?out', 303) : show(c, <SignedOutPage locale={readerLocale(c)} next={next} />);
  });
  return app;
}
