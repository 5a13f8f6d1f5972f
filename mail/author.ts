import { mailboxOf } from '../domain/address.js';
import { oneLine, shorten } from '../domain/clean.js';
import type { MailContent } from '../domain/mails.js';
import type { Locale } from '../domain/words.js';

const experimentations: Record<Locale, string> = { fr: 'Expérimentations', en: 'Experimentations' };
/** As much of a name as mail programs show. */
const maxName = 100;

/**
 * Whom an edition's mail is from: the authority by its name, in the reader's language, at the address of `mailFrom` (`Name <address>` or an
 * address). Its own name is for mail that belongs to no edition.
 */
export function authorOf(
  { edition, reader }: Pick<MailContent, 'edition' | 'reader'>,
  mailFrom: string,
): { name: string; address: string } {
  const name = `${shorten(oneLine(edition.territory), maxName)} – ${experimentations[reader.locale]}`;
  return { name, address: mailboxOf(mailFrom).address };
}
