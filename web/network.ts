/** Where a request comes from, as far as is known: for limits only, never kept as it is. */
import { isIP, isIPv6 } from 'node:net';
import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/**
 * The network of a visitor: an IPv4 address, or the first 64 bits of an IPv6 one. Undefined where it is not known: behind a proxy that the
 * installation was not told of (`TRUSTED_PROXIES`), everybody would be one network.
 * @param proxies how many proxies of ours stand in front, each of which adds the address before it to `X-Forwarded-For`
 */
export function networkOf(c: Context, { proxies = 0 }: { proxies?: number | undefined }): string | undefined {
  const forwarded = (c.req.header('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  const remote = remoteOf(c);
  const address = proxies > 0 ? forwarded.at(-proxies) : isOurs(remote) && forwarded[0] !== '' ? undefined : remote;
  return address === undefined || isIP(address) === 0 ? undefined : networkOfAddress(address);
}

function remoteOf(c: Context): string | undefined {
  try {
    return getConnInfo(c).remote.address;
  } catch {
    return undefined; // no server: a test that calls the application itself
  }
}

const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** Whether an address is one of this machine, or of a network behind a router. */
function isOurs(address: string | undefined): boolean {
  if (address === undefined) return true;
  const plain = mapped.exec(address)?.[1] ?? address;
  return /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|::1$|f[cd][0-9a-f]{2}:|fe80:)/i.test(plain);
}

function networkOfAddress(address: string): string {
  const plain = mapped.exec(address)?.[1] ?? address;
  if (!isIPv6(plain)) return plain;
  const [head = '', tail = ''] = plain.toLowerCase().split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':'));
  const missing = Math.max(0, 8 - groups(head).length - groups(tail).length);
  const whole = plain.includes('::') ? [...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail)] : groups(head);
  return `${whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
