/** To whom a free message may go: everybody, roles, or the holders of asks. */
import { PERSON_ROLES } from './roles.js';

/** The groups that a message may name beside asks. `applicant`: whose application was submitted. */
export const AUDIENCES = ['everybody', ...PERSON_ROLES, 'relay', 'applicant'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Whether a word names a group; any other is the id of an ask. */
export const isAudience = (word: string): word is Audience => AUDIENCES.some((one) => one === word);

/** How long a message may be, in characters: its subject, and its text. */
export const longestMessage = { subject: 150, text: 5_000 } as const;
/** So many messages may leave in an hour, and in a day, of one edition. */
export const mostMessages = { hour: 5, day: 20 } as const;
const mostWords = 20;

/** Whom a text names: groups and asks, each once, between commas; undefined when it names nobody, or what cannot be one. */
export function audienceOf(text: string): readonly string[] | undefined {
  const words = [...new Set(text.split(/[\s,]+/).filter((word) => word !== ''))].sort();
  return words.length > 0 && words.length <= mostWords && words.every((word) => /^[\w.-]{1,200}$/.test(word)) ? words : undefined;
}
