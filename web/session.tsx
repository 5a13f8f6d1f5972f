/** Who may open which page of the console: somebody who is in, with the right, who has shown who they are lately where that is asked. */
import type { Context } from 'hono';
import { type Deed, isVisible, may, type Where } from '../domain/rights.js';
import type { Locale } from '../domain/words.js';
import type { Provider, Viewer } from './access.js';
import type { Backend } from './backend.js';
import { ConfirmPage, RefusedPage, SignInPage } from './console/access.js';
import { cookieOf } from './cookies.js';
import { readerLocale, shortForm, show, typedIn } from './http.js';
import { leadingTo, type WebOptions } from './security.js';

/** Rights and addresses change within so long of showing who one is, in milliseconds. */
const provenForMs = 15 * 60_000;

/** A page of somebody who is in. */
export type Page = (c: Context, viewer: Viewer) => Promise<Response> | Response;

/** The language of somebody who is in: the one asked for in the address, else their own choice, else the browser's. */
export const localeOf = (c: Context, { locale }: Pick<Viewer, 'locale'>): Locale =>
  locale === undefined || c.req.query('lang') !== undefined ? readerLocale(c) : locale;

/** A path of ours that somebody may be led to; anything else leads to the board. */
export function pathOfOurs(given: unknown, { baseUrl }: Pick<WebOptions, 'baseUrl'>): string {
  if (typeof given !== 'string' || given.length > 300 || !/^\/(?![/\\])[!-~]*$/.test(given)) return '/';
  const { origin, pathname, search } = new URL(given, baseUrl);
  // dots go away: "/.//elsewhere" would become "//elsewhere", another site
  return origin === new URL(baseUrl).origin && !pathname.startsWith('//') ? pathname + search : '/';
}

/** Where to lead somebody once they are in: the page they asked for, or the one on which they posted something. */
function wantedOf(c: Context): string {
  if (c.req.method === 'GET') return c.req.path + new URL(c.req.url).search;
  return /^\/(?:editions|accounts)\/[^/]+|^\/accounts?/.exec(c.req.path)?.[0] ?? '/';
}

/** The providers that a page offers; its forms may lead there. */
export function providersOf(c: Context, backend: Pick<Backend, 'providers'>): Provider[] {
  const providers = backend.providers();
  if (providers.length > 0)
    leadingTo(
      c,
      providers.map(({ origin }) => origin),
    );
  return providers;
}

/** A path that remembers where somebody was going. */
export const withTo = (path: string, wanted: string): string => (wanted === '/' ? path : `${path}?to=${encodeURIComponent(wanted)}`);

/** What guards the pages of the console. */
export function guards(backend: Backend, options: WebOptions) {
  const isApi = (c: Context) => c.req.path.startsWith('/api/');

  /** The page of somebody who is in; everybody else is told to sign in first. `settingUp`: also of whoever still lacks the second factor they need. */
  const signedIn =
    (page: Page, { settingUp = false } = {}) =>
    async (c: Context): Promise<Response> => {
      const id = cookieOf(c, 'session', options);
      const byItself = c.req.header('x-by-itself') !== undefined || c.req.path.endsWith('/live'); // an open page keeps no session open
      const viewer = id === undefined ? undefined : await backend.viewer(id, { byItself });
      if (viewer === undefined) {
        if (isApi(c)) return c.json({ error: 'sign in first' }, 401);
        const typed = await typedIn(c, shortForm);
        return show(
          c,
          <SignInPage locale={readerLocale(c)} wanted={wantedOf(c)} providers={providersOf(c, backend)} needed typed={typed} />,
          401,
        );
      }
      if (!settingUp && needsFactor(viewer))
        return isApi(c) ? c.json({ error: 'set up a second factor first' }, 403) : c.redirect(withTo('/account/factor', wantedOf(c)), 303);
      return page(c, viewer);
    };

  const needsFactor = ({ strong, held }: Viewer) =>
    options.needsFactor === true && !strong && held.some(({ right }) => right === 'admin' || right === 'coordinator');

  /**
   * What changes rights or addresses: by somebody who has shown who they are lately, with two factors where they have a second one. A session that was
   * open before it was set up changes nothing of it.
   */
  const proven =
    (page: Page): Page =>
    async (c, viewer) => {
      if (backend.now() - viewer.provedAt < provenForMs && (viewer.strong || !viewer.factor)) return page(c, viewer);
      if (isApi(c)) return c.json({ error: 'show who you are first: sign in again' }, 403);
      const typed = await typedIn(c, shortForm);
      const locale = localeOf(c, viewer);
      return show(
        c,
        <ConfirmPage locale={locale} viewer={viewer} wanted={wantedOf(c)} providers={providersOf(c, backend)} typed={typed} />,
        403,
      );
    };

  const nothing = (c: Context) => (isApi(c) ? c.json({ error: 'no such edition' }, 404) : c.notFound());

  /**
   * Something done in one edition: what somebody may not see does not exist (404), what they see and may not do is refused (403). Whoever may is
   * asked before a body is read.
   */
  const inEdition = (deed: Deed, page: (c: Context, viewer: Viewer, where: Where) => Promise<Response> | Response) =>
    signedIn(async (c, viewer) => {
      const where = await backend.where(c.req.param('edition') ?? '');
      if (where === undefined || !isVisible(viewer.held, where)) return nothing(c);
      if (may(viewer.held, deed, where)) return page(c, viewer, where);
      await backend.noteRefused({ account: viewer.account, deed, ...(where.edition === undefined ? {} : { edition: where.edition }) });
      return isApi(c)
        ? c.json({ error: 'not yours to do' }, 403)
        : show(c, <RefusedPage locale={localeOf(c, viewer)} why="right" typed={await typedIn(c, shortForm)} />, 403);
    });

  /** Something done in the installation: for whoever may not, there is no such page. */
  const inInstallation = (deed: Deed, page: Page) =>
    signedIn(async (c, viewer) => {
      if (may(viewer.held, deed)) return page(c, viewer);
      await backend.noteRefused({ account: viewer.account, deed });
      return c.notFound();
    });

  return { signedIn, proven, inEdition, inInstallation, nothing };
}
