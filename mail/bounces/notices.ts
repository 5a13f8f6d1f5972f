/** Whose word a message is: a server's own, a person's program that answers by itself, or somebody who complains of our mail. */
import type { Reading } from './kinds.js';

/** Headers as they came, unfolded, in their order, by name in small letters. */
export type Headers = ReadonlyMap<string, readonly string[]>;

const first = (headers: Headers, name: string): string => headers.get(name)?.[0] ?? '';

/** What says that it answers a mail by itself: vacation notices, and servers' reports (RFC 3834, and what came before it). */
const isReply = (headers: Headers): boolean =>
  /^auto-replied/i.test(first(headers, 'auto-submitted')) ||
  /^auto_reply/i.test(first(headers, 'precedence')) ||
  ['x-autoreply', 'x-autorespond'].some((name) => first(headers, name) !== '');

/** The same, and what only says that a machine wrote it. */
export const isAutomatic = (headers: Headers): boolean =>
  isReply(headers) ||
  /^auto-/i.test(first(headers, 'auto-submitted')) ||
  /^(?:bulk|junk)/i.test(first(headers, 'precedence')) ||
  first(headers, 'x-auto-response-suppress') !== '';

/** Whether it is surely a mail server's own word, not a person's nor their program's, whatever its headers say of answers. */
export const isServers = (headers: Headers): boolean =>
  /mailer-daemon|mail delivery (?:sub)?system|microsoftexchange[\da-f]{32}/i.test(first(headers, 'from')) ||
  ['x-failed-recipients', 'x-ms-exchange-message-is-ndr'].some((name) => headers.has(name)) ||
  /report-type="?delivery-status/i.test(first(headers, 'content-type'));

/** Whether it is written under a name that servers take, and now and then a person. */
export const isPostmaster = (headers: Headers): boolean => /post_?master/i.test(first(headers, 'from'));

/** Whether it may be a server's that does not say its name: a person's absence has a null return path too (RFC 3834). */
export const isUnnamed = (headers: Headers): boolean => /^<>/.test(first(headers, 'return-path')) && !isReply(headers);

/** What a receipt (RFC 8098) is, or nothing when it is none. Sieve refuses by one that says "deleted", which is no receipt; nor is a server's own. */
export function readReceipt(headers: Headers, disposition: string): Reading | undefined {
  if (!/report-type="?disposition-notification/i.test(first(headers, 'content-type'))) return undefined;
  const refused =
    isServers(headers) || isPostmaster(headers) || /^disposition:[^;]{0,200};\s*(?:deleted|denied|failed)/im.test(disposition);
  return refused ? { is: 'not-understood' } : { is: 'ignored', why: 'read-receipt' };
}

/** Whether somebody complains of a mail, or a provider of how it is signed: ARF (RFC 5965), or one of its forerunners. */
export const isFeedback = (headers: Headers, text: string, returned: string): boolean =>
  /report-type="?feedback-report/i.test(first(headers, 'content-type')) ||
  /^x-hmxmroriginalrecipient:/im.test(returned) || // Outlook.com, beside the copy of the mail
  first(headers, 'x-apple-unsubscribe') !== '' || // iCloud, from whoever wants no more
  /"notificationType"\s*:\s*"Complaint"/.test(text); // Amazon SES
