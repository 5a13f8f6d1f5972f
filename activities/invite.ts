import { eventEntry } from '../domain/eventwords.js';
import { icsOf } from '../domain/ics.js';
import type { MailContent } from '../domain/mails.js';
import { authorOf } from '../mail/author.js';
import type { Envelope } from '../mail/mime.js';
import { type EntryRow, eventViews } from '../store/calendar.js';
import type { Db } from '../store/db.js';
import type { EditionRow } from '../store/editions.js';
import { calendarPathOf } from '../store/feeds.js';
import type { PersonRow } from '../store/people.js';
import type { LinkBase } from './dependencies.js';

/**
 * A mail about events, and what it carries: an invitation for each (RFC 5546, 3.2.2: one UID an invitation), which puts, moves or takes away
 * its entry, and which a later one moves and takes away (decision 0014).
 */
export async function calendarMail(
  db: Db,
  {
    edition,
    entries,
    frame,
    person,
    links,
  }: {
    edition: EditionRow;
    entries: readonly EntryRow[];
    frame: Pick<MailContent, 'edition' | 'reader' | 'at'>;
    person: Pick<PersonRow, 'ref' | 'calendar_n'>;
    links: LinkBase;
  },
): Promise<{ content: MailContent; with: Pick<Envelope, 'invitations'> }> {
  const events = await eventViews(db, edition, entries);
  const { reader } = frame;
  const path = calendarPathOf({ whose: 'person', ref: person.ref, n: person.calendar_n }, links.linkKey);
  // answers go nowhere: nothing is asked. Clients check that changes come from whoever invited, which is the sender of the mail
  const { name, address: email } = authorOf(frame, links.mailFrom);
  const organizer = { name, email };
  const invitations = events.map((event) => {
    const method = event.state === 'cancelled' ? ('CANCEL' as const) : ('REQUEST' as const);
    const entries = [eventEntry(event, { locale: reader.locale, edition: edition.title })];
    return { method, content: icsOf({ locale: reader.locale, invitation: { method, organizer, attendee: reader }, entries }) };
  });
  return {
    content: { ...frame, template: 'calendar', events, calendar: `${links.publicUrl}${path}` },
    with: { invitations },
  };
}
