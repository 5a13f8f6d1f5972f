/** What can be a mail address. A server has the last word. */

/** No space, no bracket, no separator, nothing that cannot be seen; dots stand alone, and neither begin nor end it. */
const local = String.raw`[^\s.@<>",;:\\()[\]\p{C}]+(?:\.[^\s.@<>",;:\\()[\]\p{C}]+)*`;
/** Names with a dot between them, of letters, digits and inner hyphens; other scripts too. */
const label = String.raw`[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}·-]*[\p{L}\p{M}\p{N}])?`;
const pattern = new RegExp(`^${local}@(?:${label}\\.)+${label}$`, 'u');

/** Whether a text can be a mail address: one line, one @, a domain with a dot that servers take, 254 characters at most (RFC 5321, 4.5.3). */
export const isAddress = (text: string): boolean => text.length <= 254 && pattern.test(text) && /[\p{L}\p{M}\p{N}]{2}$/u.test(text);
