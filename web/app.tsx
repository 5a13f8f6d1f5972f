/** Everything people see, as a function of a `Backend`. A page that is read never acts; what acts is a POST from our own page. */
import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { withoutEnd } from '../domain/clean.js';
import { assets } from './assets.js';
import type { Backend } from './backend.js';
import { readerLocale, show, typedIn } from './http.js';
import { ErrorPage, PlainPage } from './pages/plain.js';
import { accountRoutes } from './routes/account.js';
import { accountsRoutes } from './routes/accounts.js';
import { actRoutes } from './routes/acts.js';
import { calendarRoutes } from './routes/calendar.js';
import { callRoutes } from './routes/call.js';
import { clockRoutes } from './routes/clock.js';
import { consoleRoutes } from './routes/console.js';
import { engineRoutes } from './routes/engine.js';
import { healthRoutes } from './routes/health.js';
import { liveRoutes } from './routes/live.js';
import { mailRoutes } from './routes/mails.js';
import { peopleRoutes } from './routes/people.js';
import { oneClickRoutes, preferencesRoutes } from './routes/preferences.js';
import { readingRoutes } from './routes/reading.js';
import { requestRoutes } from './routes/request.js';
import { searchRoutes } from './routes/search.js';
import { signInRoutes } from './routes/sign-in.js';
import { headers, sameOrigin, type WebOptions } from './security.js';
import { wordsOf } from './words/index.js';

/** What mail programs and people leave behind a link: punctuation, brackets, quotes, a space. Paths come decoded. */
const trailing = /[\s.,;:!?)\]}>/'"»”’]/u;

/** The web application: stakeholders' pages, the public call, the console, the JSON API. */
export function createApp(backend: Backend, options: WebOptions): Hono {
  const app = new Hono();
  if (options.metrics !== undefined) app.use(options.metrics.counting);
  app.use(headers(options));
  app.route('/', oneClickRoutes(backend, options));
  app.use(sameOrigin(options));

  for (const { path, type, body } of assets)
    app.get(path, (c) => c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' }));
  app.get('/robots.txt', (c) => c.text('User-agent: *\nDisallow: /\n'));
  app.get('/accessibility', (c) => {
    const locale = readerLocale(c);
    return show(c, <PlainPage locale={locale} {...wordsOf(locale).call.accessibility} />);
  });
  app.get('/data', (c) => {
    const locale = readerLocale(c);
    return show(c, <PlainPage locale={locale} {...wordsOf(locale).call.data} />);
  });

  app.route('/', healthRoutes(backend, options));
  app.route('/', requestRoutes(backend, options));
  app.route('/', preferencesRoutes(backend, options));
  app.route('/', calendarRoutes(backend, options));
  app.route('/', callRoutes(backend, options));
  app.route('/', signInRoutes(backend, options));
  app.route('/', accountRoutes(backend, options));
  app.route('/', accountsRoutes(backend, options));
  app.route('/', consoleRoutes(backend, options));
  app.route('/', engineRoutes(backend, options));
  app.route('/', mailRoutes(backend, options));
  app.route('/', actRoutes(backend, options));
  app.route('/', clockRoutes(backend, options));
  app.route('/', liveRoutes(backend, options));
  app.route('/', readingRoutes(backend, options));
  app.route('/', peopleRoutes(backend, options));
  app.route('/', searchRoutes(backend, options));

  const failed = async (c: Context, what: 'notFound' | 'foreign' | 'broken', status: ContentfulStatusCode) =>
    show(c, <ErrorPage locale={readerLocale(c)} what={what} typed={await typedIn(c).catch(() => undefined)} />, status);
  app.notFound((c) => {
    const path = withoutEnd(c.req.path, trailing);
    // our own pages only: a path that begins with two slashes would lead to somebody else's
    if (c.req.method === 'GET' && path !== c.req.path && /^\/[a-z]/i.test(path))
      return c.redirect(`${encodeURI(path)}${new URL(c.req.url).search}`, 302);
    return failed(c, 'notFound', 404);
  });
  app.onError((error, c) => {
    if (error instanceof HTTPException && error.status === 413) {
      c.header('Connection', 'close'); // what is left of the body is not read: no other request may follow it
      return show(c, <ErrorPage locale={readerLocale(c)} what="tooBig" />, 413);
    }
    if (error instanceof HTTPException && error.status === 403) return failed(c, 'foreign', 403);
    if (error instanceof HTTPException && error.status === 400) return failed(c, 'broken', 400);
    options.onError?.(error);
    return failed(c, 'broken', 500);
  });
  return app;
}
