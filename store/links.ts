import { createHmac, timingSafeEqual } from 'node:crypto';

/** The seal of a link: HMAC-SHA256 of the installation key over the request and its number, so that nothing secret is stored. */
export function sealOf(linkKey: Buffer, request: string, n: number): string {
  return createHmac('sha256', linkKey).update(`${request}\n${n}`).digest('base64url');
}

/** A text that stands for another, and from which nobody without the installation's key can tell it. */
export const keyed = (linkKey: Buffer, text: string): string => createHmac('sha256', linkKey).update(`keyed:${text}`).digest('base64url');

/** Whether a seal is the one of a link, in constant time. */
export function isSeal(linkKey: Buffer, request: string, n: number, seal: string): boolean {
  const expected = Buffer.from(sealOf(linkKey, request, n));
  const given = Buffer.from(seal);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The address of a person's place in an ask. */
export const linkOf = (publicUrl: string, linkKey: Buffer, request: string, n: number): string =>
  `${publicUrl.replace(/\/$/, '')}/a/${request}/${sealOf(linkKey, request, n)}`;

const startOf = (id: string): string => `start:${id}`;

/** Whether a seal opens what somebody typed to begin an application, in constant time. */
export const isStartSeal = (linkKey: Buffer, id: string, seal: string): boolean => isSeal(linkKey, startOf(id), 1, seal);

/** The address of the page on which an application begins. */
export const startLinkOf = (publicUrl: string, linkKey: Buffer, id: string): string =>
  `${publicUrl.replace(/\/$/, '')}/b/${id}/${sealOf(linkKey, startOf(id), 1)}`;

const signInOf = (id: string): string => `sign-in:${id}`;

/** Whether a seal opens a mailed way into the console, in constant time. */
export const isSignInSeal = (linkKey: Buffer, id: string, seal: string): boolean => isSeal(linkKey, signInOf(id), 1, seal);

/** The address of the page that a mailed link into the console opens. */
export const signInLinkOf = (publicUrl: string, linkKey: Buffer, id: string): string =>
  `${publicUrl.replace(/\/$/, '')}/enter/${id}/${sealOf(linkKey, signInOf(id), 1)}`;

/** The code of six digits that the link of a sign-in shows elsewhere than in the browser that asked. */
export const signInCodeOf = (linkKey: Buffer, id: string): string =>
  String(createHmac('sha256', linkKey).update(`sign-in-code:${id}`).digest().readUInt32BE() % 1_000_000).padStart(6, '0');

/** What a preferences seal is made over: no place has a colon in its id, so that a link of one kind opens nothing of the other. */
const preferencesOf = (ref: string): string => `preferences:${ref}`;

/** What a link to preferences opens: a person's (`person.ref`), and which number of links is valid (`person.preferences_n`). */
export interface PreferencesLink {
  ref: string;
  n: number;
}

/** Whether a seal opens a person's preferences, in constant time. */
export const isPreferencesSeal = (linkKey: Buffer, { ref, n }: PreferencesLink, seal: string): boolean =>
  isSeal(linkKey, preferencesOf(ref), n, seal);

/** The address of a person's preferences. It holds until their address is given anew. */
export const preferencesLinkOf = (publicUrl: string, linkKey: Buffer, { ref, n }: PreferencesLink): string =>
  `${publicUrl.replace(/\/$/, '')}/p/${ref}/${sealOf(linkKey, preferencesOf(ref), n)}`;

/** What a link to a calendar opens: a person's feed (`person.ref`) or an edition's (its id), and which number of links is valid. */
export interface CalendarLink {
  whose: 'person' | 'edition';
  ref: string;
  n: number;
}

const calendarOf = ({ whose, ref }: CalendarLink): string => `calendar:${whose}:${ref}`;

/** The seal of a link to a calendar: it opens nothing else, and nothing else opens a calendar. */
export const calendarSealOf = (linkKey: Buffer, link: CalendarLink): string => sealOf(linkKey, calendarOf(link), link.n);

/** Whether a seal opens a calendar, in constant time. */
export const isCalendarSeal = (linkKey: Buffer, link: CalendarLink, seal: string): boolean =>
  isSeal(linkKey, calendarOf(link), link.n, seal);
