/** Asks the application as a browser would: with the cookie of an opened link, from our own page. */
import type { AskView } from '../../../domain/view.js';
import { createApp } from '../../../web/app.js';
import type { Backend } from '../../../web/backend.js';
import type { WebOptions } from '../../../web/security.js';
import { fakeBackend, good } from './backend.js';

/** The address the application believes it is served at. */
export const baseUrl = 'https://essais.example';

/** An application over a fake backend, and ways to ask it. */
export function site(view?: AskView, change: Partial<Backend> = {}, options: Partial<WebOptions> = {}) {
  const { backend, acts } = fakeBackend(view, change);
  const app = createApp(backend, { secure: true, baseUrl, ...options });
  const cookie = `__Secure-link=${good.mac}; __Secure-preferences=${good.mac}; __Host-session=${good.session}`;
  const get = (path: string, headers: Record<string, string> = { cookie }, method = 'GET') =>
    Promise.resolve(app.request(`${baseUrl}${path}`, { method, headers }));
  const post = (path: string, form: Record<string, string | string[]>, headers: Record<string, string> = {}) =>
    Promise.resolve(
      app.request(`${baseUrl}${path}`, {
        method: 'POST',
        body: new URLSearchParams(
          Object.entries(form).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
        ).toString(),
        headers: { cookie, origin: baseUrl, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      }),
    );
  return { app, acts, get, post };
}

/** The text of a page as a person reads it: no tags, no styles, entities read. */
export function readable(html: string): string {
  return html
    .replace(/<(style|script|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<\/?(strong|span|a|em|code|small)\b[^>]*>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('\u00a0', ' ')
    .replace(/\s+/g, ' ');
}
