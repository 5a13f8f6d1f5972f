/** The two parts of a mail as they are read, the address of each link where the link is; empty where a part is lacking. */
export interface MailText {
  plain: string;
  html: string;
}

/**
 * Reads the bytes of a mail, decoded as UTF-8: boundaries, transfer encodings and markup undone. A rehearsal reads each of its mails, so
 * this knows what such mails are made of and no more: text in UTF-8, no attachment.
 */
export function mailText(bytes: string): MailText {
  const { type, body } = entityOf(bytes);
  if (type.is.startsWith('multipart/')) {
    const parts = partsOf(body, type.boundary).map(mailText);
    return { plain: joined(parts.map(({ plain }) => plain)), html: joined(parts.map(({ html }) => html)) };
  }
  if (type.is === 'text/html') return { plain: '', html: readHtml(body) };
  return { plain: type.is === 'text/plain' ? body.replaceAll('\r\n', '\n') : '', html: '' };
}

/** The HTML part of a mail as it was written; empty where it has none. */
export function mailHtml(bytes: string): string {
  const { type, body } = entityOf(bytes);
  if (type.is.startsWith('multipart/')) return joined(partsOf(body, type.boundary).map(mailHtml));
  return type.is === 'text/html' ? body : '';
}

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n');

/** A part with its head taken off and its body decoded. */
function entityOf(raw: string): { type: { is: string; boundary: string }; body: string } {
  const end = /\r?\n\r?\n/.exec(raw);
  const head = (end === null ? raw : raw.slice(0, end.index)).replaceAll(/\r?\n[ \t]+/g, ' ');
  const body = end === null ? '' : raw.slice(end.index + end[0].length);
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const type = field('content-type');
  const boundary = /boundary=(?:"([^"]*)"|([^;\s]*))/i.exec(type);
  return {
    type: { is: (type.split(';')[0] ?? '').trim().toLowerCase() || 'text/plain', boundary: boundary?.[1] ?? boundary?.[2] ?? '' },
    body: decoded(body, field('content-transfer-encoding').toLowerCase()),
  };
}

function decoded(body: string, encoding: string): string {
  switch (encoding) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8');
    case 'quoted-printable':
      return quotedPrintable(body.replaceAll(/[ \t]+(?=\r?\n)/g, '').replaceAll(/=\r?\n/g, ''));
    default:
      return body;
  }
}

/** Byte by byte: replacing by pattern takes a millisecond a mail. */
function quotedPrintable(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const hex = bytes[at] === 0x3d ? bytes.toString('latin1', at + 1, at + 3) : '';
    const isByte = /^[0-9a-f]{2}$/i.test(hex);
    bytes[length++] = isByte ? Number.parseInt(hex, 16) : (bytes[at] ?? 0);
    if (isByte) at += 2;
  }
  return bytes.toString('utf8', 0, length);
}

/** What stands between the lines of a boundary: what comes before the first and after the closing one is no part. */
function partsOf(body: string, boundary: string): string[] {
  const lines = `\n${body}`.split(`\n--${boundary}`);
  const last = lines.findIndex((part, index) => index > 0 && part.startsWith('--'));
  return lines.slice(1, last === -1 ? undefined : last).map((part) => part.replace(/^[ \t]*\r?\n/, '').replace(/\r$/, ''));
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** HTML as it is read: an address before the words of its link, a line end where a block ends. */
function readHtml(html: string): string {
  return html
    .replaceAll(/<!--.*?-->|<(head|style|script)\b.*?<\/\1\s*>/gis, '')
    .replaceAll(/<a\b[^>]*?\shref\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>/gi, (_, double, single) => ` ${double ?? single} `)
    .replaceAll(/<\/?(?:a|b|em|i|span|strong)\b[^>]*>/gi, '')
    .replaceAll(/<[^>]*>/g, '\n')
    .replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
      name === undefined
        ? String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
        : (entities[name.toLowerCase()] ?? whole),
    )
    .replaceAll(/[ \t\r]*\n\s*/g, '\n')
    .trim();
}
