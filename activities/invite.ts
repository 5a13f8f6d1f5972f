import { bareAddress } from '../domain/address.js';
import { type EventView, eventEntry } from '../domain/eventwords.js';
import { icsOf } from '../domain/ics.js';
import type { MailContent } from '../domain/mails.js';
import type { Envelope } from '../mail/mime.js';
import { type EntryRow, eventViews } from '../store/calendar.js';
import type { Db } from '../store/db.js';
import type { EditionRow } from '../store/editions.js';
import { calendarPath } from '../store/feeds.js';
import type { LinkBase } from './compose.js';

/**
 * A mail about events, and what it carries: one event is an invitation that puts, moves or takes away its entry by itself; several cannot be
 * (RFC 5546, 3.2.2: one UID an invitation), and come as a file whose entries later invitations move and take away (decision 0014).
 */
export async function calendarMail(
  db: Db,
  {
    edition,
    entries,
    frame,
    ref,
    links,
  }: {
    edition: EditionRow;
    entries: readonly EntryRow[];
    frame: Pick<MailContent, 'edition' | 'reader' | 'at'>;
    ref: string;
    links: LinkBase;
  },
): Promise<{ content: MailContent; with: Pick<Envelope, 'event'> }> {
  const events = await eventViews(db, edition, entries);
  const { reader } = frame;
  const path = await calendarPath(db, { whose: 'person', ref, linkKey: links.linkKey });
  const method = methodOf(events);
  const content = icsOf({
    locale: reader.locale,
    method,
    // answers go nowhere: nothing is asked. Clients check that changes come from whoever invited, which is the sender of the mail
    organizer: { name: frame.edition.title, email: bareAddress(links.mailFrom) },
    attendee: reader,
    entries: events.map((event) => eventEntry(event, { locale: reader.locale, edition: edition.title })),
  });
  return {
    content: { ...frame, template: 'calendar', events, calendar: `${links.publicUrl}${path ?? ''}` },
    with: { event: { method, content } },
  };
}

function methodOf([event, ...more]: readonly EventView[]): 'REQUEST' | 'CANCEL' | 'PUBLISH' {
  if (more.length > 0) return 'PUBLISH';
  return event?.state === 'cancelled' ? 'CANCEL' : 'REQUEST';
}
