/** Private calendars: a page that says how to subscribe, and the feed itself. Both only read; the link is the key. */
import { createHash } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { icsOf } from '../../domain/ics.js';
import type { Backend } from '../backend.js';
import { idPattern, readerLocale, show } from '../http.js';
import { CalendarPage } from '../pages/calendar.js';
import { ErrorPage } from '../pages/plain.js';
import type { WebOptions } from '../security.js';
import { wordsOf } from '../words/index.js';

const seal = '[A-Za-z0-9_-]{1,256}';

/** The routes under `/c`. */
export function calendarRoutes(backend: Backend, { baseUrl }: WebOptions): Hono {
  const app = new Hono();

  app.get(`/c/:ref{${idPattern}}/:file{${seal}\\.ics}`, async (c) => {
    const { ref, file } = c.req.param();
    const feed = await backend.calendar(ref, file.slice(0, -'.ics'.length));
    if (feed === undefined) return c.text('', 404);
    const { edition, locale, whose, entries } = feed;
    const name = `${edition.title}${whose === 'edition' ? ` (${wordsOf(locale).calendar.whole})` : ''}`;
    const body = icsOf({ locale, name, timezone: edition.timezone, entries });
    const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
    c.header('ETag', tag);
    c.header('Cache-Control', 'private, no-cache'); // kept by its reader alone, who asks each time whether it still holds
    if (holds(c, tag)) return c.body(null, 304);
    return c.body(body, 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'inline; filename="trois-mains.ics"',
    });
  });

  app.get(`/c/:ref{${idPattern}}/:mac{${seal}}`, async (c) => {
    const { ref, mac } = c.req.param();
    const feed = await backend.calendar(ref, mac);
    if (feed === undefined) return show(c, <ErrorPage locale={readerLocale(c)} what="notFound" />, 404);
    return show(c, <CalendarPage feed={feed} address={`${baseUrl.replace(/\/$/, '')}/c/${ref}/${mac}.ics`} />);
  });

  return app;
}

/** Whether the reader already has what the tag names (RFC 9110, 13.1.2). */
function holds(c: Context, tag: string): boolean {
  const known = (c.req.header('if-none-match') ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return known.includes(tag) || known.includes('*');
}
