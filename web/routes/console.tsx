/** The console, behind a one-time link: editions, one edition, its mails, and the same as JSON. What can be done there: give an address anew. */
import { type Context, Hono } from 'hono';
import { type Deed, type Held, isVisible, may, type Where } from '../../domain/rights.js';
import { isReason } from '../../domain/text.js';
import { actorOf } from '../../store/accounts.js';
import type { Backend, EditionPage, Viewer } from '../backend.js';
import { SignInPage, SignInRefusedPage } from '../console/access.js';
import { EditionPageView, EnginePageView } from '../console/edition.js';
import { EditionsPage } from '../console/editions.js';
import { MailPageView } from '../console/mail.js';
import { cookieOf, endCookie, keepCookie } from '../cookies.js';
import { idPattern, posted, readerLocale, shortForm, show, typedIn } from '../http.js';
import { loosen, type WebOptions } from '../security.js';

const sessionSeconds = 12 * 3600;

/** The routes of the console: `/`, `/editions`, `/sign-in`, `/api`. */
export function consoleRoutes(backend: Backend, { secure }: WebOptions): Hono {
  const app = new Hono();
  const edition = `:edition{${idPattern}}`;
  const viewerOf = async (c: Context) => {
    const id = cookieOf(c, 'session', { secure });
    return id === undefined ? undefined : backend.viewer(id);
  };
  /** The page of somebody who is in; everybody else is told to sign in first. */
  const signedIn = (page: (c: Context, viewer: Viewer) => Promise<Response> | Response) => async (c: Context) => {
    const viewer = await viewerOf(c);
    if (viewer !== undefined) return page(c, viewer);
    return c.req.path.startsWith('/api/')
      ? c.json({ error: 'sign in first' }, 401)
      : show(c, <SignInRefusedPage locale={readerLocale(c)} why="needed" typed={await typedIn(c, shortForm)} />, 401);
  };
  /**
   * Something done in one edition: what somebody may not see does not exist (404), what they see and may not do is refused (403). Whoever may is
   * asked before a body is read.
   */
  const inEdition = (deed: Deed, page: (c: Context, viewer: Viewer, where: Where) => Promise<Response> | Response) =>
    signedIn(async (c, viewer) => {
      const where = await backend.where(c.req.param('edition') ?? '');
      if (where === undefined || !isVisible(viewer.held, where)) return nothing(c);
      if (may(viewer.held, deed, where)) return page(c, viewer, where);
      return c.req.path.startsWith('/api/')
        ? c.json({ error: 'not yours to do' }, 403)
        : show(c, <SignInRefusedPage locale={readerLocale(c)} why="right" typed={await typedIn(c, shortForm)} />, 403);
    });
  const nothing = (c: Context) => (c.req.path.startsWith('/api/') ? c.json({ error: 'no such edition' }, 404) : c.notFound());

  app.get('/sign-in/:key{[A-Za-z0-9_=-]{1,256}}', (c) => show(c, <SignInPage locale={readerLocale(c)} signInKey={c.req.param('key')} />));
  app.post('/sign-in/:key{[A-Za-z0-9_=-]{1,256}}', async (c) => {
    const session = await backend.signIn(c.req.param('key'));
    if (session === undefined) return show(c, <SignInRefusedPage locale={readerLocale(c)} why="used" />, 403);
    keepCookie(c, 'session', { value: session, secure, maxAge: sessionSeconds });
    return c.redirect('/', 303);
  });
  app.post('/sign-out', async (c) => {
    const id = cookieOf(c, 'session', { secure });
    if (id !== undefined) await backend.signOut(id);
    endCookie(c, 'session', { secure });
    return c.redirect('/', 303);
  });

  app.get(
    '/',
    signedIn(async (c, { held, name }) => {
      const [editions, alerts] = await Promise.all([backend.editions(held), may(held, 'alerts.see') ? backend.alerts() : []]);
      return show(c, <EditionsPage locale={readerLocale(c)} who={name} editions={editions} alerts={alerts} at={backend.now()} />);
    }),
  );
  app.get('/editions', (c) => c.redirect('/', 303));
  app.get(
    `/editions/${edition}`,
    signedIn(async (c, { held, name }) => {
      const id = c.req.param('edition') ?? '';
      const where = await backend.where(id);
      const page = where !== undefined && isVisible(held, where) ? await backend.edition(id) : undefined;
      if (where === undefined || page === undefined) return nothing(c);
      loosen(c, 'drawing');
      return may(held, 'edition.see', where)
        ? show(c, <EditionPageView locale={readerLocale(c)} who={name} page={shownTo(page, { held, where })} />)
        : show(c, <EnginePageView locale={readerLocale(c)} who={name} page={page} />);
    }),
  );
  app.post(
    `/editions/${edition}/people/:person{${idPattern}}`,
    inEdition('edition.people', async (c, { account, name, held }, where) => {
      const { edition: id = '', person = '' } = c.req.param();
      const raw = await posted(c, shortForm);
      const typed = (field: string) => [raw[field] ?? ''].flat().join(' ').trim();
      const [email, reason] = [typed('email'), typed('reason')];
      const act = { edition: id, person, email, reason: reason.slice(0, 2_000), actor: actorOf(account) };
      const done = isReason(reason) ? await backend.giveAddress(act) : 'reason';
      if (done === 'done') return c.redirect(`/editions/${id}`, 303);
      const page = done === 'unknown' ? undefined : await backend.edition(id);
      if (done === 'unknown' || page === undefined) return c.notFound();
      loosen(c, 'drawing');
      return show(
        c,
        <EditionPageView
          locale={readerLocale(c)}
          who={name}
          page={shownTo(page, { held, where })}
          tried={{ person, email, reason, problem: done }}
        />,
        422,
      );
    }),
  );
  app.get(
    `/editions/${edition}/mails/:mail{${idPattern}}`,
    inEdition('edition.mails', async (c, { name }) => {
      const { edition: id = '', mail = '' } = c.req.param();
      const [page, letter] = await Promise.all([backend.edition(id), backend.mail(id, mail)]);
      if (page === undefined || letter === undefined) return c.notFound();
      loosen(c, 'mail');
      return show(c, <MailPageView locale={readerLocale(c)} who={name} edition={page.edition} at={page.at} mail={letter} />);
    }),
  );
  app.get(
    `/api/editions/${edition}`,
    inEdition('edition.document', async (c) => {
      const document = await backend.document(c.req.param('edition') ?? '');
      return document === undefined ? nothing(c) : c.json(document);
    }),
  );
  return app;
}

/** The page of an edition, less what somebody may not read of it. */
function shownTo(page: EditionPage, { held, where }: { held: readonly Held[]; where: Where }): EditionPage {
  const { mails, failing, workflow, ...rest } = page;
  const mayReason = may(held, 'edition.reasons', where);
  return {
    ...rest,
    ...(may(held, 'edition.mails', where) && mails !== undefined ? { mails } : {}),
    ...(may(held, 'edition.people', where) && failing !== undefined ? { failing } : {}),
    ...(may(held, 'edition.engine', where) && workflow !== undefined ? { workflow } : {}),
    incidents: may(held, 'edition.engine', where) ? page.incidents : [],
    journal: mayReason ? page.journal : { ...page.journal, lines: page.journal.lines.map(({ reason: _, ...line }) => line) },
  };
}
