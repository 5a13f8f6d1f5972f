import { strong } from '../../domain/clean.js';
import { dateInWords } from '../../domain/instants.js';
import { theDocument as englishDocument } from '../../domain/kinds/en/document.js';
import { theDocument as frenchDocument } from '../../domain/kinds/fr/document.js';
import type { MailContent } from '../../domain/mails.js';
import { capital, inline } from '../../domain/phrases.js';
import { afterRefusal } from '../../domain/sentbackwords.js';
import { type Message, paragraph, sentences } from '../blocks.js';
import { askWords } from '../words/asks.js';
import { hello, kickerLine, personal, signature, whyLabel } from '../words/common.js';

type SentBack = Extract<MailContent, { template: 'sent-back' }>;

const sort = { fr: 'validation', en: 'approval' };
const because = {
  fr: 'Cette version vous était soumise, et votre réponse n’est plus nécessaire.',
  en: 'This version was put to you, and your answer is no longer needed.',
};
const read = { fr: 'Voir la demande', en: 'See the request' };

/** Somebody asked beside the reader has sent a version back, or refused it: nothing more is asked of them about it, and what comes next. */
export function sentBack({ edition, reader: { locale }, view, link }: SentBack): Message {
  const { sentBack: decided } = view;
  if (decided === undefined) throw new Error('a version that was not sent back');
  const { by, on, what } = decided;
  const n = view.ask.version;
  const heading =
    locale === 'fr'
      ? `La version ${n} ${frenchDocument(view).of} ${what === 'refused' ? 'est refusée' : 'est renvoyée pour être modifiée'}`
      : `Version ${n} of the ${englishDocument(view)} is ${what === 'refused' ? 'refused' : 'sent back for changes'}`;
  const thing = askWords(view.ask.kind, locale).thing(view).text;
  return {
    locale,
    subject: heading,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [
      paragraph(hello[locale]),
      paragraph(
        sentences(
          locale === 'fr'
            ? `${capital(thing)} : ${inline(by)} s'est prononcé·e le ${dateInWords(on, view, 'fr')}. Votre réponse sur cette version n'est plus nécessaire.`
            : `${capital(thing)}: ${inline(by)} answered on ${dateInWords(on, view, 'en')}. Your answer about this version is no longer needed.`,
          `${capital(afterRefusal(view, what, locale))}.`,
        ),
      ),
      { is: 'button', label: read[locale], href: link },
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`, personal[locale]],
    signature: signature(edition),
  };
}
