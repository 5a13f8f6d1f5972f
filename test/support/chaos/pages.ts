import type { Raw } from '../../../domain/asks/forms.js';
import { mailText } from '../../../rehearsal/mailtext.js';
import type { Copy } from './sink.js';

/** What becomes of the wake that an act causes. */
export type Wake = 'sent' | 'lost' | 'doubled';

/** How one act was answered by the pages: what the first answer that arrived said, and how many, of how many posts, said that it was recorded. */
export interface Posted {
  status: number;
  recorded: number;
  times: number;
}

/** A post as it is made. `times`: at the same moment. */
export interface Posting {
  path: string;
  fields: Raw;
  /** The real instant, had time passed: the edition's clock is shifted from it. */
  realNow: number;
  wake: Wake;
  times: number;
  /** Where a page keeps what is typed in it. */
  drafts?: string;
}

/** How people use pages: links out of their mails, a browser that keeps cookies, patience. */
export interface Pages {
  /** A mail has arrived: its links are known from now on. */
  arrived(copy: Copy): void;
  /** Whether somebody has a link to a place. */
  hasLink(request: string): boolean;
  /** Opens the link of a place, then posts to one of its addresses. Throws when the web answers nobody for too long. */
  post(request: string, posting: Posting): Promise<Posted>;
  /** Asks for an application on the public page, opens the link that is mailed, and begins it there. */
  apply(edition: string, posting: Omit<Posting, 'path'>): Promise<Posted>;
}

/** So long somebody tries again before leaving it for later. */
const patienceMs = 8_000;
const answersWithinMs = 5_000;

const linkPattern = /\/a\/([A-Za-z0-9_-]+)\/[A-Za-z0-9_=-]+/g;

/** The places to which the links in the bytes of a mail lead. */
export const requestsIn = (text: string): string[] => [...mailText(text).plain.matchAll(linkPattern)].map(([, request = '']) => request);

/**
 * Pages at an address, behind which webs are asked in turn, as somebody who shares requests out does; `startOf`: the path of the link that was last
 * mailed to an address to begin an application, if one was.
 */
export function openPages(
  { base, webs }: { base: string; webs: readonly string[] },
  startOf: (email: string) => Promise<string | undefined>,
): Pages {
  const links = new Map<string, string>();
  const cookies = new Map<string, string>();
  let asked = 0;
  const ask = async (
    path: string,
    { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string },
  ) => {
    const response = await fetch(`${webs[asked++ % webs.length]}${path}`, {
      method,
      redirect: 'manual',
      headers: { origin: base, connection: 'close', ...headers },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(answersWithinMs),
    });
    await response.arrayBuffer();
    return response;
  };
  const send = async (cookie: string, { path, fields, realNow, wake, times, drafts }: Posting): Promise<Posted> => {
    const entries = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one]));
    const headers = {
      cookie,
      'content-type': 'application/x-www-form-urlencoded',
      'x-chaos-now': String(realNow),
      ...(wake === 'sent' ? {} : { 'x-chaos-wake': wake }),
    };
    const body = new URLSearchParams(entries).toString();
    const once = (to = path) => ask(to, { method: 'POST', headers, body }).then(({ status }) => status);
    // a page that is open keeps what is typed in it, also while it is being sent
    const kept = Array.from({ length: times > 1 && drafts !== undefined ? 3 : 0 }, () => once(drafts).catch(() => 0));
    const answers = await Promise.allSettled(Array.from({ length: times }, () => once()));
    await Promise.all(kept);
    const statuses = answers.map((answer) => (answer.status === 'fulfilled' ? answer.value : 0));
    const recorded = statuses.filter((status) => status === 303).length;
    // whoever hears once that it was recorded believes it; otherwise any answer that is one
    return { status: recorded > 0 ? 303 : (statuses.find((status) => status > 0 && status < 500) ?? 0), recorded, times };
  };
  const patiently = async <T>(attempt: () => Promise<T | undefined>): Promise<T> => {
    for (const began = Date.now(); ; await new Promise((soon) => setTimeout(soon, 50))) {
      const done = await attempt().catch(() => undefined);
      if (done !== undefined) return done;
      if (Date.now() - began > patienceMs) throw new Error('the pages answer nobody');
    }
  };
  const seal = async (request: string, realNow: number): Promise<string | undefined> => {
    const known = cookies.get(request);
    if (known !== undefined) return known;
    const { status, headers } = await ask(links.get(request) ?? '', { headers: { 'x-chaos-now': String(realNow) } });
    const cookie = /^link=[^;]*/.exec(headers.get('set-cookie') ?? '')?.[0];
    if (status >= 500) return undefined;
    if (status !== 303 || cookie === undefined) return '';
    cookies.set(request, cookie);
    return cookie;
  };
  return {
    arrived({ text }) {
      const { pathname } = new URL(base);
      for (const [path, request = ''] of mailText(text).plain.matchAll(linkPattern))
        links.set(request, `${pathname.replace(/\/$/, '')}${path}`);
    },
    hasLink: (request) => links.has(request),
    post: (request, posting) =>
      patiently(async () => {
        const cookie = await seal(request, posting.realNow);
        if (cookie === undefined) return undefined;
        const posted = await send(cookie, posting);
        return posted.status === 0 ? undefined : posted;
      }),
    apply: (edition, posting) =>
      patiently(async () => {
        const asked = await send('', { ...posting, path: `/call/${edition}`, wake: 'sent', times: 1 });
        if (asked.status !== 202) return asked.status === 0 ? undefined : asked;
        const path = await startOf(String(posting.fields.email));
        if (path === undefined) return { ...asked, status: 409 }; // over a limit: none left
        const posted = await send('', { ...posting, path, fields: {} });
        return posted.status === 0 ? undefined : posted;
      }),
  };
}
