/** The console, behind a one-time link: editions, one edition, its mails, and the same as JSON. What can be done there: give an address anew. */
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { isReason } from '../../domain/text.js';
import type { Backend } from '../backend.js';
import { SignInPage, SignInRefusedPage } from '../console/access.js';
import { EditionPageView } from '../console/edition.js';
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
  const hasSession = async (c: Context) => {
    const id = cookieOf(c, 'session', { secure });
    return id !== undefined && (await backend.session(id));
  };
  const signedIn: MiddlewareHandler = async (c, next) => {
    if (await hasSession(c)) return next();
    return c.req.path.startsWith('/api/')
      ? c.json({ error: 'sign in first' }, 401)
      : show(c, <SignInRefusedPage locale={readerLocale(c)} why="needed" typed={await typedIn(c, shortForm)} />, 401);
  };

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

  app.get('/', signedIn, async (c) => {
    const [editions, alerts] = await Promise.all([backend.editions(), backend.alerts()]);
    return show(c, <EditionsPage locale={readerLocale(c)} editions={editions} alerts={alerts} at={backend.now()} />);
  });
  app.get('/editions', (c) => c.redirect('/', 303));
  app.get(`/editions/${edition}`, signedIn, async (c) => {
    const page = await backend.edition(c.req.param('edition'));
    if (page === undefined) return c.notFound();
    loosen(c, 'drawing');
    return show(c, <EditionPageView locale={readerLocale(c)} page={page} />);
  });
  app.post(`/editions/${edition}/people/:person{${idPattern}}`, signedIn, async (c) => {
    const { edition: id, person } = c.req.param();
    const raw = await posted(c, shortForm);
    const typed = (name: string) => [raw[name] ?? ''].flat().join(' ').trim();
    const [email, reason] = [typed('email'), typed('reason')];
    const done = isReason(reason) ? await backend.giveAddress({ edition: id, person, email, reason: reason.slice(0, 2_000) }) : 'reason';
    if (done === 'done') return c.redirect(`/editions/${id}`, 303);
    const page = done === 'unknown' ? undefined : await backend.edition(id);
    if (done === 'unknown' || page === undefined) return c.notFound();
    loosen(c, 'drawing');
    return show(c, <EditionPageView locale={readerLocale(c)} page={page} tried={{ person, email, reason, problem: done }} />, 422);
  });
  app.get(`/editions/${edition}/mails/:mail{${idPattern}}`, signedIn, async (c) => {
    const { edition: id, mail } = c.req.param();
    const [page, letter] = await Promise.all([backend.edition(id), backend.mail(id, mail)]);
    if (page === undefined || letter === undefined) return c.notFound();
    loosen(c, 'mail');
    return show(c, <MailPageView locale={readerLocale(c)} edition={page.edition} at={page.at} mail={letter} />);
  });
  app.get(`/api/editions/${edition}`, signedIn, async (c) => {
    const document = await backend.document(c.req.param('edition'));
    return document === undefined ? c.json({ error: 'no such edition' }, 404) : c.json(document);
  });
  return app;
}
