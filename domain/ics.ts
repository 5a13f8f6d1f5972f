/** Calendar entries as iCalendar text (RFC 5545): what feeds, mails and exported plans are made of. */

import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import { onTheWire } from './address.js';
import { addDays, type CivilDate } from './calendar.js';
import type { Locale } from './words.js';

/** Who a calendar entry is from or for. */
export interface IcsParty {
  name: string;
  email: string;
}

/** One entry: whole days, both ends included, or an instant (epoch ms) where an hour is known. It never blocks anybody's time. */
export interface IcsEntry {
  uid: string;
  summary: string;
  description: string;
  when: { first: CivilDate; last: CivilDate } | { at: number; until?: number };
  /** When it was last changed: epoch ms. */
  changedAt: number;
  sequence?: number;
  cancelled?: boolean;
  place?: string;
}

/** What makes a calendar the invitation of one person to one event (RFC 5546): nothing else names an attendee (RFC 5545, 3.8.4.1). */
export interface IcsInvitation {
  method: 'REQUEST' | 'CANCEL';
  organizer: IcsParty;
  attendee: IcsParty;
}

/** A calendar: a feed or a file, or the invitation that a mail carries. */
export interface IcsCalendar {
  locale: Locale;
  name?: string;
  /** IANA name of the territory's zone, which readers of a feed show. */
  timezone?: string;
  /** With one entry. */
  invitation?: IcsInvitation;
  entries: readonly IcsEntry[];
}

/** How often a feed should be read again. */
const refreshSeconds = 4 * 3600;

// Control characters, marks that turn the direction of a text round, and half characters: none of them is a word.
// biome-ignore lint/suspicious/noControlCharactersInRegex: taking them out is the point
const notWords = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u206f\ufeff]|\p{Surrogate}/gu;
const lines = (text: string): string => text.replace(/\r\n?|\u2028|\u2029/g, '\n').replace(notWords, '');
const oneLine = (text: string): string => lines(text).replace(/\s+/g, ' ').trim();
/** The library writes a calendar's name as it is given. */
const escaped = (text: string): string => oneLine(text).replace(/[\\;,]/g, '\\$&');
/** A party as the library takes it: a quote cannot be written in a parameter (RFC 5545, 3.2), and a name is not empty. */
const partyOf = ({ name, email }: IcsParty): IcsParty => ({
  name: oneLine(name).replaceAll('"', "'") || oneLine(email),
  email: onTheWire(oneLine(email)), // as in the header of the mail that it came with
});
/** What a calendar without events holds: the zone that instants are written in. */
const utc = [
  ...['BEGIN:VTIMEZONE', 'TZID:UTC', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0000', 'TZOFFSETTO:+0000'],
  ...['END:STANDARD', 'END:VTIMEZONE', ''],
].join('\r\n');
/** An instant whose UTC date is the civil date: the library writes whole days without a zone. */
const utcDay = (date: CivilDate): Date => new Date(`${date}T00:00:00Z`);

/**
 * The text of a calendar. Whole days are civil dates, the same wherever they are read; an instant is written in UTC, which every
 * client converts, so that no zone has to be described (decision 0014).
 */
export function icsOf({ locale, name, timezone, invitation, entries }: IcsCalendar): string {
  const calendar = ical({ prodId: { company: 'Trois Mains', product: 'troismains', language: locale.toUpperCase() } });
  if (name !== undefined) calendar.name(escaped(name));
  if (invitation !== undefined) calendar.method(ICalCalendarMethod[invitation.method]);
  if (timezone !== undefined) calendar.ttl(refreshSeconds);
  for (const { uid, summary, description, when, changedAt, sequence, cancelled, place } of entries) {
    const event = calendar.createEvent({
      id: oneLine(uid),
      summary: oneLine(summary),
      ...('at' in when
        ? { start: new Date(when.at), ...(when.until === undefined ? {} : { end: new Date(when.until) }) }
        : { start: utcDay(when.first), end: utcDay(addDays(when.last, 1)), allDay: true }), // the end is exclusive (RFC 5545, 3.6.1)
      stamp: new Date(changedAt),
      lastModified: new Date(changedAt),
      transparency: ICalEventTransparency.TRANSPARENT,
      status: cancelled === true ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      ...(description === '' ? {} : { description: lines(description) }),
      ...(place === undefined ? {} : { location: oneLine(place) }),
      ...(sequence === undefined ? {} : { sequence }),
      ...(invitation === undefined ? {} : { organizer: partyOf(invitation.organizer) }),
    });
    if (invitation !== undefined) event.createAttendee({ ...partyOf(invitation.attendee), rsvp: false });
  }
  const text = `${calendar.toString()}\r\n`;
  // a calendar's properties come before what it holds, which is never nothing (RFC 5545, 3.6); the library would write them after, and nothing
  const shown = timezone === undefined ? '' : `X-WR-TIMEZONE:${escaped(timezone)}\r\n`;
  return text.replace(/(?=^BEGIN:VEVENT|^END:VCALENDAR)/m, `${shown}${entries.length === 0 ? utc : ''}`);
}
