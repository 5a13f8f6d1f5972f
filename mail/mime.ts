import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import type { Rendered } from '../domain/mails.js';
import { oneLine } from './clean.js';

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
  /** A calendar entry (RFC 5546) that comes with the mail: `content` is the whole `VCALENDAR`, its METHOD the same as `method`. */
  event?: { method: 'REQUEST' | 'CANCEL'; content: string };
}

/**
 * A message as the bytes that leave: text and HTML of the same content, one recipient, no attachment, nothing remote.
 * Deterministic: the same input gives the same bytes, so that a second copy of a mail is recognised as one.
 */
export async function toBytes({
  rendered,
  from,
  to,
  messageId,
  date,
  thread,
  replyTo,
  listId,
  headers = {},
  event,
}: Envelope): Promise<Buffer> {
  const references = (thread?.references ?? []).map(header).filter((id) => id !== header(messageId));
  const composer = new MailComposer({
    from: address(from),
    to: address(to),
    ...(replyTo === undefined ? {} : { replyTo: address(replyTo) }),
    subject: header(rendered.subject),
    text: rendered.text,
    html: rendered.html,
    textEncoding: 'quoted-printable',
    messageId: header(messageId),
    date: new Date(date),
    ...(references.length === 0 ? {} : { references, inReplyTo: references.at(-1) }),
    headers: {
      'Auto-Submitted': 'auto-generated',
      'Content-Language': rendered.locale ?? 'fr',
      ...(listId === undefined ? {} : { 'List-Id': header(listId) }),
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, header(value)])),
    },
    ...(event === undefined ? {} : { icalEvent: { method: event.method, filename: 'invitation.ics', content: event.content } }),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const node = composer.compile();
  node.baseBoundary = createHash('sha256').update(messageId).digest('hex').slice(0, 24);
  return await node.build();
}

const header = (value: string): string => oneLine(value);

const address = (given: Address): { name: string; address: string } =>
  typeof given === 'string' ? { name: '', address: header(given) } : { name: header(given.name), address: header(given.address) };
