import type { ParsedMail } from 'mailparser';
import { judge, statusIn } from './judge.js';
import { bounce, type Reading } from './kinds.js';
import { type Headers, isFeedback, isServers, readReceipt } from './notices.js';
import { readOldStyle, reasonIn, split } from './oldstyle.js';
import { fieldsOf, type Reported, readReport } from './report.js';

export type { BounceKind, Reading } from './kinds.js';

/** A message in the bounce mailbox: what it is, and all that may say which mail it is about. */
export interface Returned {
  reading: Reading;
  /** The message's own Message-ID, without brackets; empty when it has none. */
  messageId: string;
  /** Whom it was sent to, and the id under which the mail was sent: a token is looked for here. */
  addressed: string;
  /** The Message-ID of the mail that came back, without brackets; empty when its headers did not. */
  returnedId: string;
}

/** Of a longer message only the beginning is read: a report stands before the mail that it returns. */
export const maxBounceBytes = 1024 * 1024;

/** Of one field this much is read: no server writes a longer one, and the library looks at the addresses of a field again and again. */
const maxField = 4_000;

/** A report that was not set apart, in a server's text. */
const reportedInText = /^action:\s*(?:failed|delayed)/im;

const addressedHeaders = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'original-recipient', 'to'];

/** Reads a message that came to the return path. Never throws: what cannot be read is not understood. */
export async function readReturned(bytes: Buffer): Promise<Returned> {
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(inShort(bytes.subarray(0, maxBounceBytes)), {
    keepDeliveryStatus: true,
    ignoreEmbedded: true, // the mail that came back is a part, never our words among the server's
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
  }).catch(() => undefined);
  if (mail === undefined) return { reading: { is: 'not-understood' }, messageId: '', addressed: '', returnedId: '' };
  const headers = headersOf(mail);
  // parts that are not where the headers say are one text
  const text = mail.text || (mail.html ? '' : bytes.toString('utf8', 0, maxBounceBytes).replace(/^[\s\S]*?\n\r?\n/, ''));
  const { words, copy } = split(text);
  const report = partOf(mail, /^message\/(?:global-)?delivery-status$/) ?? (isServers(headers) && reportedInText.test(words) ? words : '');
  const read = readReport(report);
  const returned = partOf(mail, /^(?:text\/rfc822-headers|message\/(?:rfc822|global|global-headers))$/) ?? copy;
  const readingOf = (): Reading => {
    if (read.recipients.length > 0) return reportedOf(read.recipients, words);
    if (isFeedback(headers, text, returned)) return { is: 'feedback' };
    return readReceipt(headers, partOf(mail, /^message\/disposition-notification$/) ?? '') ?? readOldStyle(mail, headers, words);
  };
  return {
    reading: readingOf(),
    messageId: bare(mail.messageId ?? ''),
    addressed: [...addressedHeaders.flatMap((name) => headers.get(name) ?? []), read.envelopeId].join('\n'),
    returnedId: bare(fieldsOf(returned.replace(/\r\n?/g, '\n').split('\n\n')[0] ?? '').get('message-id') ?? ''),
  };
}

/** What a report says as a whole: we write to one address, which an alias may have made several of. */
function reportedOf(recipients: readonly Reported[], words: string): Reading {
  const failed = recipients.filter(({ action, status }) => action === 'failed' || (action === '' && status.startsWith('5')));
  const reached = recipients.some(({ action }) => ['delivered', 'relayed', 'expanded'].includes(action));
  const judged = failed
    .map((one) => (one.diagnostic === '' ? { ...one, diagnostic: reasonIn(words) } : one))
    .map((one) => ({ ...one, ...judge(one) }));
  const worst = judged.find(({ gravity }) => gravity === 'hard') ?? judged[0];
  // an address behind which somebody was reached works
  if (worst !== undefined) return bounce(reached ? 'soft' : worst.gravity, worst);
  const late = recipients.find(({ action, status }) => action === 'delayed' || (action === '' && status.startsWith('4')));
  if (late !== undefined) return bounce('delayed', { ...late, status: late.status || statusIn(late.diagnostic) });
  return reached ? { is: 'ignored', why: 'delivered' } : { is: 'not-understood' };
}

/** A message whose fields, folded or not, are cut; so is what looks like one in its text. */
const inShort = (bytes: Buffer): Buffer =>
  Buffer.from(
    bytes
      .toString('latin1')
      .replace(/^[!-9;-~]{1,100}[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*/gm, (field) =>
        field.length > maxField ? field.slice(0, maxField).trimEnd() : field,
      ),
    'latin1',
  );

/** The headers as they came, unfolded, in their order. */
function headersOf(mail: ParsedMail): Headers {
  const headers = new Map<string, string[]>();
  for (const { key, line } of mail.headerLines) {
    const value = line
      .slice(line.indexOf(':') + 1)
      .replace(/\r?\n[ \t]+/g, ' ')
      .trim()
      .slice(0, maxField);
    const others = headers.get(key);
    if (others === undefined) headers.set(key, [value]);
    else others.push(value);
  }
  return headers;
}

/** The text of the first part of a type. */
const partOf = (mail: ParsedMail, type: RegExp): string | undefined =>
  mail.attachments
    .find(({ contentType }) => type.test(contentType))
    ?.content.subarray(0, 200_000)
    .toString('utf8');

/** A Message-ID without brackets, or nothing when it is no such thing: of printable ASCII, as RFC 5322 has it, which the database takes too. */
const bare = (id: string): string => /^<?([!-;=?-~]{1,250})(?:[>\s]|$)/.exec(id.trim())?.[1] ?? '';
