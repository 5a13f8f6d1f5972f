import { strong } from '../../domain/clean.js';
import type { MailContent } from '../../domain/mails.js';
import { inline } from '../../domain/phrases.js';
import type { Words } from '../../domain/words.js';
import { type Message, paragraph } from '../blocks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';

type Ended = Extract<MailContent, { template: 'ended' }>;

const sort: Words = { fr: "fin de l'édition", en: 'end of the edition' };
const because: Words = { fr: 'Vous avez pris part à cette édition.', en: 'You took part in this edition.' };

/** An edition was ended before its restitution: whoever took part is told, and told that nothing is asked of them any more. */
export function ended({ edition, reader: { locale } }: Ended): Message {
  const fr = locale === 'fr';
  const title = inline(edition.title);
  const heading = fr ? `${title} : l'édition s'arrête` : `${title}: the edition ends`;
  return {
    locale,
    subject: heading,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [
      paragraph(hello[locale]),
      paragraph(
        fr
          ? "Les coordinateurs ont décidé d'arrêter cette édition avant son terme. Ce qui vous était demandé ne l'est plus ; ce que vous avez écrit est conservé."
          : 'The coordinators have decided to end this edition before its term. What was asked of you no longer is; what you wrote is kept.',
      ),
      paragraph(
        fr
          ? "Merci pour le temps que vous y avez donné. Pour toute question, écrivez à l'adresse qui figure au bas de ce message."
          : 'Thank you for the time you gave it. If you have a question, write to the address at the bottom of this message.',
      ),
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`],
    signature: signature(edition),
  };
}
