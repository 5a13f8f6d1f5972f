/** A person's preferences, opened from the foot of any mail: GET shows, only POST acts. */
import { type Context, Hono } from 'hono';
import type { Backend } from '../backend.js';
import { cookieOf, keepCookie } from '../cookies.js';
import { idPattern, posted, readerLocale, shortForm, show } from '../http.js';
import { oneOf } from '../pages/form.js';
import { CookiesPage, PlainPage } from '../pages/plain.js';
import { PreferencesPage } from '../pages/preferences.js';
import type { WebOptions } from '../security.js';
import { wordsOf } from '../words/index.js';

const link = `/p/:ref{${idPattern}}/:mac{[A-Za-z0-9_=-]{1,256}}`;
const page = `/preferences/:ref{${idPattern}}`;

const locked = (c: Context, { secure }: { secure: boolean }) => {
  const locale = readerLocale(c);
  if (c.req.query('opened') !== undefined && cookieOf(c, 'preferences', { secure }) === undefined)
    return show(c, <CookiesPage locale={locale} />, 403);
  return show(c, <PlainPage locale={locale} {...wordsOf(locale).preferences.locked} />, 403);
};

/**
 * The one click of a mail program (RFC 8058): it comes from no page of ours and carries no cookie, so it is served before posts from elsewhere
 * are refused. Its address is the key; its body says that a person pressed.
 */
export function oneClickRoutes(backend: Backend, { secure }: Pick<WebOptions, 'secure'>): Hono {
  const app = new Hono();
  app.post(link, async (c) => {
    const { ref, mac } = c.req.param();
    if (!(await backend.checkPreferences(ref, mac))) return locked(c, { secure });
    const asked = oneOf(await posted(c, shortForm), 'List-Unsubscribe') === 'One-Click';
    const view = asked ? await backend.preferences(ref) : undefined;
    if (view === undefined) return locked(c, { secure });
    await backend.savePreferences({ ref, digest: false });
    return show(c, <PlainPage locale={view.locale} {...wordsOf(view.locale).preferences.stopped} />);
  });
  return app;
}

/** The routes under `/p` (links in mails) and `/preferences` (clean addresses). */
export function preferencesRoutes(backend: Backend, { secure }: WebOptions): Hono {
  const app = new Hono();
  const opened = async (c: Context, ref: string) => {
    const mac = cookieOf(c, 'preferences', { secure });
    return mac !== undefined && (await backend.checkPreferences(ref, mac)) ? backend.preferences(ref) : undefined;
  };

  app.get(link, async (c) => {
    const { ref, mac } = c.req.param();
    if (!(await backend.checkPreferences(ref, mac))) return locked(c, { secure });
    keepCookie(c, 'preferences', { value: mac, of: ref, secure });
    return c.redirect(`/preferences/${ref}?opened`, 303);
  });

  app.get(page, async (c) => {
    const ref = c.req.param('ref');
    const view = await opened(c, ref);
    if (view === undefined) return locked(c, { secure });
    if (c.req.query('opened') !== undefined) return c.redirect(`/preferences/${ref}`, 303);
    return show(c, <PreferencesPage view={view} done={(['saved', 'renewed'] as const).find((what) => c.req.query(what) !== undefined)} />);
  });

  app.post(`${page}/calendar`, async (c) => {
    const ref = c.req.param('ref');
    if ((await opened(c, ref)) === undefined) return locked(c, { secure });
    await backend.renewCalendar(ref);
    return c.redirect(`/preferences/${ref}?renewed`, 303);
  });

  app.post(page, async (c) => {
    const ref = c.req.param('ref');
    if ((await opened(c, ref)) === undefined) return locked(c, { secure });
    const raw = await posted(c, shortForm);
    const [digest, locale] = [oneOf(raw, 'digest'), oneOf(raw, 'locale')];
    await backend.savePreferences({
      ref,
      ...(digest === 'on' || digest === 'off' ? { digest: digest === 'on' } : {}),
      ...(locale === 'fr' || locale === 'en' ? { locale } : {}),
    });
    return c.redirect(`/preferences/${ref}?saved`, 303);
  });

  return app;
}
