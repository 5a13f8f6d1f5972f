/** Small things every route needs: what was posted, the reader's language, pages as answers. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Child } from 'hono/jsx';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { type Field, lengthOf, longestOfEach } from '../domain/asks/forms.js';
import type { Locale } from '../domain/words.js';
import type { Raw } from './backend.js';
import { render } from './frame.js';

/** Ids in addresses: nothing else is looked up. */
export const idPattern = '[A-Za-z0-9_-]{1,128}';

/** How many of a list come before its page (`?from=`). */
export const fromOf = (c: Context): number => fromIn(c.req.query('from') ?? '');

/** The same, as it was given. */
export function fromIn(given: string): number {
  const from = Number(given);
  return Number.isInteger(from) && from > 0 && from < 1_000_000 ? from : 0;
}

/** A page as an answer. */
export const show = (c: Context, page: Child, status: ContentfulStatusCode = 200) => c.html(render(page), status);

/** How much a form may post: octets, and fields; what is above is refused before it is taken apart (413). */
export interface FormLimit {
  bytes: number;
  fields: number;
}

/** A form of a few lines: an address, a reason, a choice. */
export const shortForm: FormLimit = { bytes: 32 * 1024, fields: 50 };

/** Any form of ours, full: for one that is given back without knowing which it was. */
export const anyForm: FormLimit = { bytes: 1536 * 1024, fields: 1_000 };

/** An octet of a letter is three on its way (`%C3`), and a letter has three of them at most. */
const bytesPerCharacter = 9;
/** The mark of one row and column, with its name. */
const bytesPerMark = 512;

/** What a form of such fields may post, each of them full. */
export function limitOf(fields: readonly Field[]): FormLimit {
  const sizes = fields.map((field): FormLimit => {
    const marks = field.type === 'scores' ? field.rows.length * field.columns.length : field.type === 'options' ? field.options.length : 1;
    if (field.type === 'each') return { fields: field.rows.length, bytes: field.rows.length * longestOfEach * bytesPerCharacter };
    return { fields: marks, bytes: field.type === 'long' ? lengthOf(field) * bytesPerCharacter : marks * bytesPerMark };
  });
  return sizes.reduce((sum, { bytes, fields }) => ({ bytes: sum.bytes + bytes, fields: sum.fields + fields }), shortForm);
}

const tooBig = () => new HTTPException(413);

/** The body, as far as it is no longer than it may be. What is left of a longer one is not read. */
async function bodyOf(c: Context, most: number): Promise<Buffer> {
  if (Number(c.req.header('content-length') ?? 0) > most) throw tooBig();
  const chunks: Uint8Array[] = [];
  const reader = c.req.raw.body?.getReader();
  for (let size = 0; reader !== undefined; ) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) throw tooBig(); // not cancelled: that would close the connection before it is said
    chunks.push(value);
  }
  return Buffer.concat(chunks);
}

/** How often a text is in some bytes, counted no further than `most`. */
function timesIn(bytes: Buffer, text: string, most: number): number {
  let n = 0;
  for (let at = bytes.indexOf(text); at >= 0 && n <= most; at = bytes.indexOf(text, at + text.length)) n++;
  return n;
}

const read = new WeakMap<Request, Promise<Raw>>();

/** What a form posted: text only, a name given several times as a list. Read once; whoever may post is asked before. */
export function posted(c: Context, limit: FormLimit): Promise<Raw> {
  const { raw } = c.req;
  const before = read.get(raw);
  if (before !== undefined) return before;
  const now = parsed(c, limit);
  read.set(raw, now);
  return now;
}

async function parsed(c: Context, { bytes, fields }: FormLimit): Promise<Raw> {
  const type = c.req.header('content-type') ?? '';
  const isMultipart = /^multipart\/form-data\b/i.test(type);
  if (!isMultipart && !/^application\/x-www-form-urlencoded\b/i.test(type)) return {};
  const body = await bodyOf(c, bytes);
  const between = isMultipart ? `--${/boundary="?([^\s";]+)/i.exec(type)?.[1] ?? ''}` : '&';
  if (timesIn(body, between, fields) > fields) throw tooBig();
  const pairs = isMultipart
    ? await new Response(body, { headers: { 'content-type': type } }).formData().catch((cause: unknown) => {
        throw new HTTPException(400, { cause }); // a broken multipart body, which no browser writes
      })
    : new URLSearchParams(body.toString());
  const texts = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    if (typeof value !== 'string') continue;
    const others = texts.get(name);
    if (others === undefined) texts.set(name, [value]);
    else others.push(value);
  }
  return Object.fromEntries([...texts].map(([name, all]) => [name, all.length === 1 ? (all[0] ?? '') : all]));
}

/** What a program posted as JSON: an object; undefined for anything else. */
export async function postedJson(c: Context, { bytes }: FormLimit): Promise<Readonly<Record<string, unknown>> | undefined> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) return undefined;
  try {
    const value: unknown = JSON.parse((await bodyOf(c, bytes)).toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch (error) {
    if (error instanceof HTTPException) throw error;
    return undefined;
  }
}

/** What a form that is refused posted, to be given back; undefined where nothing was, or nothing can be read. What is too much is refused as such. */
export const typedIn = async (c: Context, limit = anyForm): Promise<Raw | undefined> =>
  c.req.method === 'POST'
    ? posted(c, limit).catch((error: unknown) => {
        if (error instanceof HTTPException && error.status === 413) throw error;
        return undefined;
      })
    : undefined;

/** The hidden field of a form that says which draft it was drawn from. */
export const versionField = 'draft-version';

/** What a form posted, and the number of the draft it was drawn from; forms drawn before there were numbers have none. */
export async function postedFrom(c: Context, limit: FormLimit): Promise<{ raw: Raw; from?: number }> {
  const { [versionField]: given, ...raw } = await posted(c, limit);
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
