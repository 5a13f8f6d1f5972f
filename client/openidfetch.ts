/** How providers are asked, and what may be said of what went wrong: never a token, an address, or what a provider wrote freely. */
import { AuthorizationResponseError, ClientError, type CustomFetch, ResponseBodyError } from 'openid-client';
import { z } from 'zod';

/** A provider does not answer, or answers that something is wrong with itself. */
export class Away extends Error {
  override name = 'Away';
}

/** What a provider answers is a few kilobytes; its keys may be more. */
const mostBytes = 1 << 20;

const statusOf = ({ status }: Response): string => `status ${status}`;

/**
 * A fetch that reads the whole answer within the time limit of the request, and throws `Away` when there is none.
 * @param fetched what asks
 * @param signed an address whose answers have to be signed (JWT): others are refused
 */
export function openFetch(fetched: typeof fetch, { signed }: { signed?: string | undefined } = {}): CustomFetch {
  return async (url, options) => {
    const { response, body } = await whole(() => fetched(url, options as RequestInit)).catch((cause: unknown) => {
      throw cause instanceof Away ? cause : new Away(codeOf(cause), { cause });
    });
    if (response.status >= 500 || response.status === 429) throw new Away(statusOf(response));
    if (
      signed !== undefined &&
      url === new URL(signed).href &&
      response.ok &&
      response.headers.get('content-type')?.split(';')[0] !== 'application/jwt'
    )
      throw new ClientError('userinfo is not signed');
    return new Response(body.length > 0 ? body : null, { status: response.status, headers: response.headers });
  };
}

async function whole(ask: () => Promise<Response>): Promise<{ response: Response; body: Buffer<ArrayBuffer> }> {
  const response = await ask();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Away('an endless answer');
    chunks.push(chunk);
  }
  return { response, body: Buffer.concat(chunks) };
}

/** An error, of whichever library or realm. */
const failure = z.object({
  name: z.string(),
  message: z.string(),
  code: z.string().optional().catch(undefined),
  cause: z.unknown().optional(),
});

/** `ECONNREFUSED` rather than `TypeError`, wherever it stands in what was caught. */
function codeOf(error: unknown): string {
  const { data } = failure.safeParse(error);
  if (data === undefined) return 'no answer';
  return data.code ?? (data.cause === undefined ? data.name : codeOf(data.cause));
}

/** Whether something went wrong because a provider is away. */
export const isAway = (error: unknown): boolean => causesOf(error).some((one) => one instanceof Away);

/** What went wrong, in words of the libraries and codes of the protocol. */
export const whatFailed = (error: unknown): string => [...new Set(causesOf(error).map(said))].join(': ');

function said(error: unknown): string {
  if (error instanceof ResponseBodyError || error instanceof AuthorizationResponseError)
    return /^[a-z_]{1,60}$/.test(error.error) ? error.error : 'an error of its own';
  const { data } = failure.safeParse(error);
  const plain = error instanceof ClientError || error instanceof Away || data?.code?.startsWith('OAUTH_');
  return plain && error instanceof Error ? error.message : (data?.name ?? 'Error');
}

function causesOf(error: unknown): unknown[] {
  const { data } = failure.safeParse(error);
  const left = error instanceof ResponseBodyError || error instanceof AuthorizationResponseError; // their cause is what the provider wrote
  return data === undefined ? [] : [error, ...(left ? [] : causesOf(data.cause))];
}
