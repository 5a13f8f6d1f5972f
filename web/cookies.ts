/** Cookies that nobody else can have set: over https their names begin with a prefix that browsers hold to (RFC 6265bis, 4.1.3). */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

/** What our cookies hold: a console's session, what tells the browser that asked to enter from others, the mark of one that was in, or the seal of a link, which only its pages receive. */
const PATHS = {
  session: () => '/',
  browser: () => '/',
  known: () => '/sign-in',
  link: (request: string) => `/r/${request}`,
  preferences: (ref: string) => `/preferences/${ref}`,
} as const;
type Name = keyof typeof PATHS;

/** `__Host-` is for cookies of the whole site; one with a path of its own is `__Secure-`. */
const prefixOf = (name: Name) => (PATHS[name]('') === '/' ? 'host' : 'secure');

/** Keeps a value: until the browser closes, or for `maxAge` seconds. */
export function keepCookie(
  c: Context,
  name: Name,
  { value, of = '', secure, maxAge }: { value: string; of?: string; secure: boolean; maxAge?: number },
): void {
  const options = { path: PATHS[name](of), httpOnly: true, sameSite: 'Lax', ...(maxAge === undefined ? {} : { maxAge }) } as const;
  setCookie(c, name, value, secure ? { ...options, secure, prefix: prefixOf(name) } : options);
}

/** What a cookie holds; undefined where there is none. */
export const cookieOf = (c: Context, name: Name, { secure }: { secure: boolean }): string | undefined =>
  secure ? getCookie(c, name, prefixOf(name)) : getCookie(c, name);

/** Ends a cookie. */
export function endCookie(c: Context, name: Name, { of = '', secure }: { of?: string; secure: boolean }): void {
  const path = PATHS[name](of);
  deleteCookie(c, name, secure ? { path, secure, prefix: prefixOf(name) } : { path });
}
