import { clean, strong } from '../../domain/clean.js';
import type { MailContent } from '../../domain/mails.js';
import { inline } from '../../domain/phrases.js';
import type { Words } from '../../domain/words.js';
import { type Message, paragraph } from '../blocks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';

type Written = Extract<MailContent, { template: 'message' }>;

const sort: Words = { fr: 'message de la coordination', en: 'message from the coordinators' };
const intro: Words = { fr: 'La coordination vous écrit :', en: 'The coordinators write to you:' };
const because: Words = {
  fr: "Vous prenez part à cette édition. Ce message ne remplace aucune demande : répondez-y, si besoin, à l'adresse ci-dessous.",
  en: 'You take part in this edition. This message replaces no request: answer it, if need be, at the address below.',
};

/** What coordinators write of their own accord: plain text, its links as they were written. */
export function message({ edition, reader: { locale }, subject, body }: Written): Message {
  const heading = inline(subject, 150);
  const paragraphs = clean(body)
    .split(/\n\s*\n/)
    .map((text) => text.trim())
    .filter((text) => text !== '');
  return {
    locale,
    subject: heading,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [paragraph(hello[locale]), paragraph(intro[locale]), ...paragraphs.map((text) => ({ is: 'quote' as const, text }))],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`],
    signature: signature(edition),
  };
}
