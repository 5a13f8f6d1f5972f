/** Mail addresses: what can be one, how it goes over the wire, when two are the same. One rule for files, forms, commands and envelopes. */

/** No space, no bracket, no separator, no way through other servers (`!`, `%`), nothing that cannot be seen; dots stand alone, and neither begin nor end it. */
const localPart = String.raw`[^\s.@<>",;:!%\\()[\]\p{C}]+(?:\.[^\s.@<>",;:!%\\()[\]\p{C}]+)*`;
/** Names with a dot between them, of letters, digits and inner hyphens; other scripts too. */
const label = String.raw`[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}·-]*[\p{L}\p{M}\p{N}])?`;
const pattern = new RegExp(`^${localPart}@(?:${label}\\.)+${label}$`, 'u');

/** RFC 5321, 4.5.3.1: of the local part, and of a path less its brackets; RFC 1035, 2.3.4: of a label. In octets, as servers count. */
const most = { local: 64, whole: 254, label: 63 } as const;

/** Longer than any domain that becomes one of `most.whole` octets: writing such a one in ASCII would take its length squared. */
const mostTyped = 1_000;

const octets = (text: string): number => new TextEncoder().encode(text).length;

function partsOf(address: string): { local: string; domain: string } {
  const at = address.lastIndexOf('@');
  return { local: address.slice(0, at).normalize('NFC'), domain: address.slice(at + 1) };
}

/** Whether a text can be a mail address: one line, one @, a domain with a dot in the letters it goes by, of the lengths that servers take. */
export function isAddress(text: string): boolean {
  if (!pattern.test(text) || !/[\p{L}\p{M}\p{N}]{2}$/u.test(text)) return false;
  const { local, domain } = partsOf(text);
  if (domain.normalize('NFKC') !== domain.normalize('NFC')) return false; // letters that only look like those of a domain
  const wire = onTheWire(text);
  const labels = partsOf(wire).domain.split('.');
  return octets(local) <= most.local && octets(wire) <= most.whole && labels.every((name) => name.length > 0 && name.length <= most.label);
}

/** An address as servers exchange it, in envelope and headers: the domain in ASCII (A-labels, RFC 5890), in small letters; the local part as it is. */
export function onTheWire(address: string): string {
  const { local, domain } = partsOf(address);
  if (domain.length > mostTyped) return `${local}@${domain.toLowerCase()}`;
  const host = URL.canParse(`http://${domain}`) ? new URL(`http://${domain}`).hostname : domain.toLowerCase();
  return `${local}@${host}`;
}

/** The domain of `Name <address>`, as servers exchange it. */
export const domainOf = (from: string): string => partsOf(onTheWire(mailboxOf(from).address)).domain;

/** What two addresses of one mailbox have in common, however their letters are composed, their domain is written, or in capitals. */
export const addressKey = (address: string): string => onTheWire(address.trim()).toLowerCase();

/** What addresses that lead to one mailbox have in common where servers know tags: as `addressKey`, without what follows a `+` before the @. */
export const untaggedKey = (address: string): string => addressKey(address).replace(/^([^+@]+)\+[^@]*@/, '$1@');

/** Whether two addresses are of one mailbox, as far as can be known. */
export const isSameAddress = (a: string, b: string): boolean => addressKey(a) === addressKey(b);

/** The two parts of `Name <address>`, the name without its quotes; of an address alone, no name. */
export function mailboxOf(text: string): { name: string; address: string } {
  const [, name = '', address = text.trim()] = /^(.*)<([^<>]+)>\s*$/s.exec(text) ?? [];
  return {
    name: name
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replace(/\\(.)/g, '$1'),
    address,
  };
}

/** Whether a server has to speak SMTPUTF8 (RFC 6531) to take mail for it: the part before the @ has no ASCII form. */
export const needsUtf8 = (address: string): boolean => /[^\p{ASCII}]/u.test(partsOf(address).local);
