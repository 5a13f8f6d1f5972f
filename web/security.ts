/** Headers that keep tokens in, frames out and scripts ours; and whether a post comes from one of our own pages. */
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { WebMeasures } from './measures.js';

/** How the web is served. */
export interface WebOptions {
  /** Ends what would go on for ever, as the process stops. */
  stopping?: AbortSignal;
  /** Served over https: cookies are `Secure`, and browsers are told to stay on https. */
  secure: boolean;
  /** The address people use, without a path: `https://essais.valdoise.fr`. */
  baseUrl: string;
  /** How many proxies of ours stand in front; left out, none that is known. */
  proxies?: number;
  /** Whether coordinators and admins need a second factor. */
  needsFactor?: boolean;
  /** Told of every failure that became a page. */
  onError?: (error: unknown) => void;
  /** Measures for whoever shows the token; left out, there are none. */
  metrics?: WebMeasures & { token: string };
}

/** `mail`: a page that frames a mail, whose own style attributes may apply (its scripts may not). `drawing`: one that carries the schedule. */
export type Looseness = 'mail' | 'drawing';

function policy(loose?: Looseness, targets: readonly string[] = []): string {
  return [
    "default-src 'none'",
    `style-src 'self'${loose === 'mail' ? " 'unsafe-inline'" : ''}`,
    ...(loose === undefined ? [] : ["style-src-attr 'unsafe-inline'"]),
    loose === 'mail' ? "script-src 'none'" : "script-src 'self'",
    "connect-src 'self'",
    'img-src data:',
    "frame-src 'self'",
    ["form-action 'self'", ...targets].join(' '),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Lets a page carry style attributes of its own (`drawing`) or a framed mail (`mail`). */
export const loosen = (c: Context, loose: Looseness): void => c.header('Content-Security-Policy', policy(loose));

/** Lets the forms of a page lead to origins beside ours: browsers ask for that where an answer redirects (`form-action`). */
export const leadingTo = (c: Context, origins: readonly string[]): void => c.header('Content-Security-Policy', policy(undefined, origins));

/** The headers of every answer. Nothing is kept by caches, nothing is told to other sites, no frame, no guess of types. */
export function headers({ secure }: WebOptions): MiddlewareHandler {
  return async (c, next) => {
    c.header('Content-Security-Policy', policy());
    c.header('Referrer-Policy', 'no-referrer');
    c.header('X-Content-Type-Options', 'nosniff');
    c.header('X-Frame-Options', 'DENY');
    c.header('X-Robots-Tag', 'noindex, nofollow');
    c.header('Cross-Origin-Opener-Policy', 'same-origin');
    c.header('Cross-Origin-Resource-Policy', 'same-origin');
    c.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    c.header('Cache-Control', 'no-store');
    if (secure) c.header('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
    await next();
  };
}

/**
 * Refuses what acts and does not come from our own pages, whatever it carries. With `no-referrer`, browsers send `Origin: null`: then
 * `Sec-Fetch-Site` tells, and a browser too old for it is covered by the cookies being `SameSite=Lax`.
 */
export function sameOrigin({ baseUrl }: WebOptions): MiddlewareHandler {
  const own = new URL(baseUrl).origin;
  return async (c, next) => {
    const [site, origin] = [c.req.header('sec-fetch-site'), c.req.header('origin')];
    const isOurs = site === undefined ? [own, new URL(c.req.url).origin, 'null'].some((one) => one === origin) : site === 'same-origin'; // it alone tells
    if (!['GET', 'HEAD', 'OPTIONS'].includes(c.req.method) && !isOurs) throw new HTTPException(403);
    await next();
  };
}
