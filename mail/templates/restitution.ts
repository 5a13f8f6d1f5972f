import { clean, strong } from '../../domain/clean.js';
import type { MailContent } from '../../domain/mails.js';
import { inline } from '../../domain/phrases.js';
import type { Words } from '../../domain/words.js';
import { type Message, paragraph } from '../blocks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';

type Restitution = Extract<MailContent, { template: 'restitution' }>;

const sort: Words = { fr: 'restitution', en: 'results' };
const intro: Words = {
  fr: "L'édition s'achève. Voici ce qu'elle a donné, tel que l'équipe l'a écrit.",
  en: 'The edition comes to its end. Here is what came of it, as the team wrote it.',
};
const thanks: Words = {
  fr: "Merci d'y avoir pris part.",
  en: 'Thank you for having taken part.',
};
const because: Words = { fr: 'Vous avez pris part à cette édition.', en: 'You took part in this edition.' };

/** The results of the edition, to everyone who took part. */
export function restitution({ edition, reader: { locale }, title, body }: Restitution): Message {
  const heading = inline(title, 150);
  const paragraphs = clean(body)
    .split(/\n\s*\n/)
    .map((text) => text.trim())
    .filter((text) => text !== '');
  return {
    locale,
    subject: `${locale === 'fr' ? 'Résultats' : 'Results'}${locale === 'fr' ? ' : ' : ': '}${heading}`,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [
      paragraph(hello[locale]),
      paragraph(intro[locale]),
      ...paragraphs.map((text) => ({ is: 'quote' as const, text })),
      paragraph(thanks[locale]),
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`],
    signature: signature(edition),
  };
}
