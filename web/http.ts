/** Small things every route needs: what was posted, the reader's language, pages as answers. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Locale } from '../domain/words.js';
import type { Raw } from './backend.js';
import { render } from './frame.js';

/** Ids in addresses: nothing else is looked up. */
export const idPattern = '[A-Za-z0-9_-]{1,128}';

/** A page as an answer. */
export const show = (c: Context, page: Child, status: ContentfulStatusCode = 200) => c.html(render(page), status);

/** What a form posted: text only, a name given several times as a list. */
export async function posted(c: Context): Promise<Raw> {
  const body = await c.req.parseBody({ all: true }).catch((cause: unknown) => {
    throw new HTTPException(400, { cause }); // a broken multipart body, which no browser writes
  });
  const texts = (value: unknown): string[] => [value].flat().filter((one): one is string => typeof one === 'string');
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]): [string, string | string[]][] => {
      const [first, ...more] = texts(value);
      if (first === undefined) return [];
      return [[name, more.length > 0 ? [first, ...more] : first]];
    }),
  );
}

/** What a form that is refused posted, to be given back; undefined where nothing was, or nothing can be read. */
export const typedIn = async (c: Context): Promise<Raw | undefined> =>
  c.req.method === 'POST' ? posted(c).catch(() => undefined) : undefined;

/** The hidden field of a form that says which draft it was drawn from. */
export const versionField = 'draft-version';

/** What a form posted, and the number of the draft it was drawn from; forms drawn before there were numbers have none. */
export async function postedFrom(c: Context): Promise<{ raw: Raw; from?: number }> {
  const { [versionField]: given, ...raw } = await posted(c);
  return typeof given === 'string' && /^\d{1,9}$/.test(given) ? { raw, from: Number(given) } : { raw };
}

/** The language of who has no person's page: the one asked for, else the browser's, else French. */
export function readerLocale(c: Context): Locale {
  const asked = c.req.query('lang');
  if (asked === 'fr' || asked === 'en') return asked;
  const [first] = (c.req.header('accept-language') ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .filter((language) => language === 'fr' || language === 'en');
  return first === 'en' ? 'en' : 'fr';
}
