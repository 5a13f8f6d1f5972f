import { createHash } from 'node:crypto';
import { encodeWord, encodeWords, foldLines, isPlainText, quoteString } from 'nodemailer/lib/mime-funcs';
import { encode, wrap } from 'nodemailer/lib/qp';
import { onTheWire } from '../domain/address.js';
import { oneLine } from '../domain/clean.js';
import type { Rendered } from '../domain/mails.js';

/** Who a mail is from or to: an address, or a name with it. */
export type Address = string | { name: string; address: string };

/** All that the bytes of a mail depend on. */
export interface Envelope {
  rendered: Rendered;
  from: Address;
  to: Address;
  /** `<left@right>`; the same message always has the same. */
  messageId: string;
  /** Business instant of the mail, epoch ms. */
  date: number;
  /** The mails before this one about the same ask, oldest first: clients show them as one thread. */
  thread?: { references: string[] };
  replyTo?: Address;
  /** Which edition it belongs to, for people who sort their mail by rule. */
  listId?: string;
  /** Further headers, by name. */
  headers?: Record<string, string>;
  /**
   * Invitations (RFC 5546) that come with the mail: `content` is the whole `VCALENDAR`, its METHOD the same as `method`. Where there are
   * several they come as files only: a client that takes invitations out of messages takes one.
   */
  invitations?: readonly { method: 'REQUEST' | 'CANCEL'; content: string }[];
}

/**
 * A message as the bytes that leave: text and HTML of the same content, one recipient, nothing remote. Written here in one pass, on the
 * library's encoders, because its composer's streams cost half of what a mail costs (decision 0017).
 * Deterministic: the same input gives the same bytes, so that a second copy of a mail is recognised as one.
 */
export function toBytes({
  rendered,
  from,
  to,
  messageId,
  date,
  thread,
  replyTo,
  listId,
  headers = {},
  invitations = [],
}: Envelope): Buffer {
  const id = oneLine(messageId);
  const references = (thread?.references ?? []).map(oneLine).filter((one) => one !== id);
  const base = createHash('sha256').update(messageId).digest('hex').slice(0, 24);
  const alternative = multipart('alternative', `=_${base}-1`, [
    textPart('text/plain', rendered.text),
    textPart('text/html', rendered.html),
    ...(invitations.length > 1 ? [] : invitations.map(({ method, content }) => textPart(`text/calendar; method=${method}`, content))),
  ]);
  const files = invitations.map(({ content }, i) => attachment(content, i === 0 ? 'invitation.ics' : `invitation-${i + 1}.ics`));
  const body = files.length === 0 ? alternative : multipart('mixed', `=_${base}-2`, [alternative, ...files]);
  const lines = [
    field('From', mailbox(from)),
    field('To', mailbox(to)),
    ...(replyTo === undefined ? [] : [field('Reply-To', mailbox(replyTo))]),
    field('Subject', words(rendered.subject)),
    field('Message-ID', id),
    ...(references.length === 0 ? [] : [field('In-Reply-To', references.at(-1) ?? ''), field('References', references.join(' '))]),
    field('Date', new Date(date).toUTCString().replace('GMT', '+0000')),
    field('Auto-Submitted', 'auto-generated'),
    field('X-Auto-Response-Suppress', 'All'), // Exchange's word for it: no absence, no receipt
    field('Content-Language', rendered.locale ?? 'fr'),
    ...(listId === undefined ? [] : [field('List-Id', words(listId))]),
    ...Object.entries(headers).map(([name, value]) => field(fieldName(name), words(value))),
    field('MIME-Version', '1.0'),
    body,
  ];
  return Buffer.from(lines.join('\r\n'));
}

/** One header, folded; ASCII by then. */
const field = (name: string, value: string): string => foldLines(`${name}: ${value}`, 76);

/**
 * A header's value of any words, on one line. What was typed is never an encoded word: left as it is, one would be decoded by readers into
 * characters that were not cleaned.
 */
function words(value: string): string {
  const line = oneLine(value);
  return line.includes('=?') ? encodeWord(line, 'Q', 52) : encodeWords(line, 'Q', 52, true);
}

function fieldName(name: string): string {
  if (!/^[A-Za-z][A-Za-z-]*$/.test(name)) throw new Error(`${JSON.stringify(name)} is not the name of a header`);
  return name;
}

/** `Name <address>`: the name quoted or encoded, so that nothing in it is read as an address. */
function mailbox(given: Address): string {
  const { name, address } = typeof given === 'string' ? { name: '', address: given } : given;
  const plain = oneLine(name);
  const at = onTheWire(oneLine(address).replace(/[<>\s,;]/g, ''));
  if (plain === '') return at;
  if (/^[\w ]*$/.test(plain)) return `${plain} <${at}>`;
  return `${isPlainText(plain) && !plain.includes('=?') ? quoteString(plain) : encodeWord(plain, 'Q', 52)} <${at}>`;
}

const inLines = (text: string): string => text.replace(/\r\n?|\n/g, '\r\n');

const textPart = (type: string, text: string): string =>
  `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${wrap(encode(inLines(text)), 76)}`;

const multipart = (kind: string, boundary: string, parts: readonly string[]): string =>
  `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;

/** A calendar entry as a file: clients that do not read it inside the message open it. */
function attachment(content: string, name: string): string {
  const base64 = Buffer.from(inLines(content)).toString('base64').replace(/.{76}/g, '$&\r\n');
  return `Content-Type: application/ics; name=${name}\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=${name}\r\n\r\n${base64}`;
}
