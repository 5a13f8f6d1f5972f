import { createHmac, timingSafeEqual } from 'node:crypto';

/** The seal of a link: HMAC-SHA256 of the installation key over the request and its number, so that nothing secret is stored. */
export function sealOf(linkKey: Buffer, request: string, n: number): string {
  return createHmac('sha256', linkKey).update(`${request}\n${n}`).digest('base64url');
}

/** Whether a seal is the one of a link, in constant time. */
export function isSeal(linkKey: Buffer, request: string, n: number, seal: string): boolean {
  const expected = Buffer.from(sealOf(linkKey, request, n));
  const given = Buffer.from(seal);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The address of a person's place in an ask. */
export const linkOf = (publicUrl: string, linkKey: Buffer, request: string, n: number): string =>
  `${publicUrl.replace(/\/$/, '')}/a/${request}/${sealOf(linkKey, request, n)}`;
