import { createHmac, timingSafeEqual } from 'node:crypto';
import { mailboxOf } from '../domain/address.js';
import type { Outgoing } from './transport.js';

/** The longest local part a return path may have: RFC 5321 allows 64 characters, and a token takes up to 33 of them. */
export const maxReturnPathLocal = 31;

const sealLength = 20;
const seal = (linkKey: Buffer, mail: number): string =>
  createHmac('sha256', linkKey).update(`return-path\n${mail}`).digest('hex').slice(0, sealLength);

/**
 * What names a mail in its envelope: its number and a seal of the installation key, so that nobody bounces a mail by guessing. Nothing of it is
 * personal, and it survives a server that writes local parts in capitals or small letters.
 */
export const bounceToken = (linkKey: Buffer, mail: number): string => `${mail.toString(36)}-${seal(linkKey, mail)}`;

/** What a text says of which mail it is about: a mail's number, or that it carries a token that is not ours. */
export type Named = { mail: number } | 'forged' | undefined;

/** The mail that the first good token of a text names; `forged` when there are only others. */
export function readToken(linkKey: Buffer, text: string): Named {
  const tokens = [...text.matchAll(/(?<![0-9a-z])([0-9a-z]{1,11})-([0-9a-f]{20})(?![0-9a-z])/gi)];
  for (const [, number = '', given = ''] of tokens.slice(0, 20)) {
    const mail = Number.parseInt(number, 36);
    if (!Number.isSafeInteger(mail)) continue;
    if (timingSafeEqual(Buffer.from(seal(linkKey, mail)), Buffer.from(given.toLowerCase()))) return { mail };
  }
  return tokens.length === 0 ? undefined : 'forged';
}

/** What decides where bounces go. */
export interface ReturnPath {
  /** `Name <address>` or an address. */
  mailFrom: string;
  /** The address bounces go to, a token added to it for each mail; left out, that of `mailFrom` as it is. */
  returnPath?: string | undefined;
  linkKey: Buffer;
}

/** The envelope sender of a mail (VERP: one for each), and the id under which servers report on it where they offer to (RFC 3461). */
export function senderOf({ mailFrom, returnPath, linkKey }: ReturnPath, mail: number): Required<Pick<Outgoing, 'from' | 'dsn'>> {
  const id = bounceToken(linkKey, mail);
  return { from: returnPath === undefined ? mailboxOf(mailFrom).address : returnPath.replace(/@(?=[^@]*$)/, `+${id}@`), dsn: { id } };
}
