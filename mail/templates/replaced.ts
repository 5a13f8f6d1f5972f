import { strong } from '../../domain/clean.js';
import type { MailContent } from '../../domain/mails.js';
import { inline } from '../../domain/phrases.js';
import type { Words } from '../../domain/words.js';
import { type Message, paragraph } from '../blocks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';

type Replaced = Extract<MailContent, { template: 'replaced' }>;

const sort: Words = { fr: 'votre adresse', en: 'your address' };
const heading: Words = { fr: 'Votre adresse a été remplacée', en: 'Your address was replaced' };
const because: Words = {
  fr: "Ce message part une seule fois vers l'ancienne adresse, pour que personne ne soit remplacé sans le savoir.",
  en: 'This message leaves once for the former address, so that nobody is replaced without knowing.',
};

/** Told to the address where somebody was written to until another was given: what it changes, and whom to tell if it was not them. */
export function replaced({ edition, reader: { locale } }: Replaced): Message {
  const title = inline(edition.title);
  const { name, email } = edition.contact;
  return {
    locale,
    subject: heading[locale],
    kicker: kickerLine(edition, sort[locale]),
    heading: heading[locale],
    blocks: [
      paragraph(hello[locale]),
      paragraph(
        locale === 'fr'
          ? `La coordination de « ${title} » a donné une autre adresse pour vous écrire. Les liens reçus ici n'ouvrent plus rien, et rien d'autre n'arrivera à cette adresse.`
          : `The coordinators of “${title}” gave another address to write to you. The links received here open nothing any more, and nothing else will arrive at this address.`,
      ),
      paragraph(
        locale === 'fr'
          ? `Ce n'était pas votre souhait ? Écrivez tout de suite à ${inline(name)}, ${email}.`
          : `This was not what you wanted? Write at once to ${inline(name)}, ${email}.`,
      ),
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`],
    signature: signature(edition),
  };
}
