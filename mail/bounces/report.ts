/** `message/delivery-status` (RFC 3464): what became of a mail, for each of its recipients. */

/** One recipient of a report; fields in small letters, as the server wrote them. */
export interface Reported {
  action: string;
  /** Enhanced status, `5.1.1`; empty when there is none. */
  status: string;
  diagnostic: string;
}

/** A report: under which id the mail was sent, and its recipients. */
export interface Report {
  envelopeId: string;
  recipients: Reported[];
}

/** More recipients than this in one report are not read: we write to one. */
const maxRecipients = 50;

/** Reads the text of a report. Lines that are no fields are passed over; a group without an action or a status is none. */
export function readReport(text: string): Report {
  const groups = text
    .replace(/\r\n?/g, '\n')
    .split(/\n[ \t]*\n/)
    .map(fieldsOf)
    .filter((fields) => fields.size > 0);
  const recipients = groups.slice(0, maxRecipients + 1).flatMap((fields): Reported[] => {
    const status = /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0] ?? '';
    const action = (fields.get('action') ?? '').split(/[\s(;]/)[0]?.toLowerCase() ?? '';
    if (action === '' && status === '') return [];
    return [{ action, status, diagnostic: afterType(fields.get('diagnostic-code') ?? '') }];
  });
  return { envelopeId: unxtext(groups[0]?.get('original-envelope-id') ?? ''), recipients };
}

/** Header fields of a group, folded lines joined; of one written twice the first counts. */
export function fieldsOf(group: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of group.replace(/\n[ \t]+/g, ' ').split('\n')) {
    const [, name = '', value = ''] = /^([!-9;-~]{1,100}):(.*)$/.exec(line) ?? [];
    if (name !== '' && !fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), value.trim());
  }
  return fields;
}

/** `smtp; 550 5.1.1 …` without its type. */
const afterType = (value: string): string => value.replace(/^[\w-]+\s*;\s*/, '');

/** Undoes the encoding of an envelope id (RFC 3461, xtext). */
const unxtext = (text: string): string =>
  text.replace(/\+([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
