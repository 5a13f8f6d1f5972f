import type { Locale } from '../domain/words.js';

/** One piece of a message. Text may carry the marks of `strong`. Each piece has one shape in HTML and one in text, so that both always say the same. */
export type Block =
  | { is: 'paragraph'; text: string; soft?: boolean }
  | { is: 'heading'; text: string }
  | { is: 'button'; label: string; href: string }
  | { is: 'list'; items: string[] }
  /** A list of which each item has an address of its own. */
  | { is: 'links'; items: { text: string; label: string; href: string }[] }
  /** Words of somebody, line ends kept. */
  | { is: 'quote'; text: string }
  | { is: 'rule' };

/** A whole message before it becomes HTML and text. */
export interface Message {
  locale: Locale;
  subject: string;
  /** The small line on top: which edition, what sort of message. */
  kicker: string;
  heading: string;
  blocks: Block[];
  /** Why this message, what if I am away: below the line, small. */
  footer: string[];
  /** Who to write to. */
  signature: string;
}

/** A paragraph. */
export const paragraph = (text: string): Block => ({ is: 'paragraph', text });
/** A paragraph in small, for what need not be read to answer. */
export const aside = (text: string): Block => ({ is: 'paragraph', text, soft: true });
/** Several sentences as one paragraph; empty ones fall out. */
export const sentences = (...said: (string | undefined)[]): string => said.filter((one) => one !== undefined && one !== '').join(' ');
