import type { AskKind } from '../../domain/asks.js';
import { kindWords } from '../../domain/kinds/languages.js';
import type { MailWords } from '../../domain/kinds/words.js';
import type { Locale } from '../../domain/words.js';

/** What mails say of an ask of this kind in this language. */
export const askWords = (kind: AskKind, locale: Locale): MailWords => kindWords[locale][kind].mail;
