/** Reads iCalendar text strictly (RFC 5545, 3.1): anything that is not as the standard wants it fails the test. */

/** One property: its name, its parameters, its value as written. */
export interface Property {
  name: string;
  parameters: Record<string, string>;
  value: string;
}

/** An event, its texts unescaped. */
export interface Event {
  uid: string;
  sequence: number;
  status: string;
  summary: string;
  description: string;
  /** `2023-06-15`, or an instant as it is written. */
  start: string;
  /** Exclusive; left out for an instant. */
  end?: string;
  stamp: string;
  properties: Property[];
}

/** A calendar: its own properties, and its events. */
export interface Calendar {
  method?: string;
  properties: Property[];
  events: Event[];
}

/** Reads a calendar. @throws when a line is longer than 75 octets, or not a property, or not ended by CRLF; when the nesting is wrong; when what is required lacks */
export function readIcs(text: string): Calendar {
  if (!text.endsWith('\r\n')) throw new Error('the last line does not end');
  const folded = text.slice(0, -2).split('\r\n');
  for (const line of folded) {
    if (Buffer.byteLength(line) > 75) throw new Error(`more than 75 octets: ${line}`);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the promise
    if (/[\u0000-\u0008\u000a-\u001f\u007f]/.test(line)) throw new Error(`a control character: ${JSON.stringify(line)}`);
    if (line.includes('\ufffd')) throw new Error(`half a character: ${line}`);
  }
  const lines = folded.join('\r\n').replaceAll('\r\n ', '').split('\r\n').map(propertyOf);
  const [begin, ...rest] = lines;
  const end = rest.pop();
  if (begin?.name !== 'BEGIN' || begin.value !== 'VCALENDAR' || end?.name !== 'END' || end.value !== 'VCALENDAR')
    throw new Error('not a calendar');
  const calendar: Calendar = { properties: [], events: [] };
  let event: Property[] | undefined;
  let zones = 0;
  for (let i = 0; i < rest.length; i++) {
    const line = rest[i] ?? { name: '', parameters: {}, value: '' };
    if (line.name === 'BEGIN') {
      if (event === undefined && line.value === 'VTIMEZONE') {
        const last = rest.findIndex(({ name, value }, at) => at > i && name === 'END' && value === 'VTIMEZONE');
        checkZone(rest.slice(i + 1, last));
        [i, zones] = [last, zones + 1];
        continue;
      }
      if (line.value !== 'VEVENT' || event !== undefined) throw new Error(`BEGIN:${line.value} here`);
      event = [];
    } else if (line.name === 'END') {
      if (line.value !== 'VEVENT' || event === undefined) throw new Error(`END:${line.value} here`);
      calendar.events.push(eventOf(event));
      event = undefined;
    } else (event ?? calendar.properties).push(line);
  }
  if (event !== undefined) throw new Error('an event without its end');
  for (const name of ['VERSION', 'PRODID'])
    if (calendar.properties.filter((p) => p.name === name).length !== 1) throw new Error(`${name}: exactly one`);
  if (calendar.events.length + zones === 0) throw new Error('a calendar of nothing (RFC 5545, 3.6)');
  const method = calendar.properties.find((p) => p.name === 'METHOD')?.value;
  checkParties(calendar, method);
  return method === undefined ? calendar : { ...calendar, method };
}

/** A zone: its name, and one rule at least, with all that a rule needs (RFC 5545, 3.6.5). */
function checkZone(lines: readonly Property[]): void {
  const names = lines.map(({ name, value }) => (name === 'BEGIN' || name === 'END' ? `${name}:${value}` : name));
  const shape = /^TZID(?: BEGIN:(STANDARD|DAYLIGHT) DTSTART TZOFFSETFROM TZOFFSETTO END:\1)+$/;
  if (!shape.test(names.join(' '))) throw new Error(`not a zone: ${names.join(' ')}`);
}

/** Who is named where: attendees in invitations only, which are of one event (RFC 5545, 3.8.4.1; RFC 5546, 3.2). */
function checkParties({ events }: Calendar, method: string | undefined): void {
  const count = (event: Event, party: string) => event.properties.filter(({ name }) => name === party).length;
  if (method === 'REQUEST' || method === 'CANCEL') {
    if (new Set(events.map(({ uid }) => uid)).size !== 1) throw new Error(`${method} of ${events.length} events`);
    for (const event of events) {
      if (count(event, 'ORGANIZER') !== 1) throw new Error(`${method} of nobody`);
      if (count(event, 'ATTENDEE') === 0) throw new Error(`${method} to nobody`);
      if ((event.status === 'CANCELLED') !== (method === 'CANCEL')) throw new Error(`${method} of what is ${event.status}`);
    }
  } else if (events.some((event) => count(event, 'ATTENDEE') > 0)) throw new Error(`an attendee with METHOD ${method ?? 'none'}`);
}

function propertyOf(line: string): Property {
  const match = /^([A-Z][A-Z0-9-]*)((?:;[A-Z][A-Z0-9-]*=(?:"[^"]*"|[^";:,]*))*):(.*)$/.exec(line);
  if (match === null) throw new Error(`not a property: ${line}`);
  const [, name = '', parameters = '', value = ''] = match;
  const read = [...parameters.matchAll(/;([A-Z0-9-]+)=(?:"([^"]*)"|([^";:,]*))/g)].map(([, key = '', quoted, bare]) => [
    key,
    quoted ?? bare ?? '',
  ]);
  return { name, parameters: Object.fromEntries(read), value };
}

/** The text of a value: a separator that is not escaped is none of ours. */
function unescaped(value: string): string {
  if (/(?<!\\)(?:\\\\)*[;,]/.test(value)) throw new Error(`not escaped: ${value}`);
  return value.replaceAll(/\\([\\;,nN])/g, (_, c: string) => (c === 'n' || c === 'N' ? '\n' : c));
}

const dateOf = (value: string): string => value.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');

function eventOf(properties: Property[]): Event {
  const all = (name: string) => properties.filter((p) => p.name === name);
  const one = (name: string): Property => {
    const [found, ...more] = all(name);
    if (found === undefined || more.length > 0) throw new Error(`${name}: exactly one`);
    return found;
  };
  const start = one('DTSTART');
  const end = all('DTEND')[0];
  const stamp = one('DTSTAMP').value;
  if (!/^\d{8}T\d{6}Z$/.test(stamp)) throw new Error(`DTSTAMP is not in UTC: ${stamp}`);
  for (const day of [start, end]) {
    if (day === undefined) continue;
    const pattern = day.parameters.VALUE === 'DATE' ? /^\d{8}$/ : /^\d{8}T\d{6}Z$/;
    if (!pattern.test(day.value)) throw new Error(`neither a date nor an instant in UTC: ${day.value}`);
  }
  if (end !== undefined && end.value <= start.value) throw new Error('an end that is not after its start');
  return {
    uid: one('UID').value,
    sequence: Number(one('SEQUENCE').value),
    status: one('STATUS').value,
    summary: unescaped(one('SUMMARY').value),
    description: unescaped(all('DESCRIPTION')[0]?.value ?? ''),
    start: dateOf(start.value),
    ...(end === undefined ? {} : { end: dateOf(end.value) }),
    stamp,
    properties,
  };
}
