import { strong } from '../../domain/clean.js';
import type { MailContent } from '../../domain/mails.js';
import { quoted } from '../../domain/phrases.js';
import type { Words } from '../../domain/words.js';
import { type Message, paragraph } from '../blocks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';

type ToldOut = Extract<MailContent, { template: 'told-out' }>;

const sort: Words = { fr: 'votre candidature', en: 'your application' };
const because: Words = {
  fr: 'Vous aviez été présélectionné·e pour le jury de cette édition.',
  en: 'You had been shortlisted for the jury of this edition.',
};

const why = (declined: boolean): Words =>
  declined
    ? {
        fr: 'Votre projet était présélectionné, et il nous a été répondu que vous ne viendriez pas devant le jury : il se tiendra sans vous.',
        en: 'Your project was shortlisted, and we were told that you would not come before the jury: it will meet without you.',
      }
    : {
        fr: 'Votre projet était présélectionné. Nous vous avons demandé de confirmer votre venue devant le jury, et la date est passée sans réponse de votre part : le jury se tiendra sans vous.',
        en: 'Your project was shortlisted. We asked you to confirm that you would come before the jury, and the date has passed without an answer from you: the jury will meet without you.',
      };

/** A shortlisted applicant who stayed silent, or does not come, is told that the selection goes on without them. */
export function toldOut({ edition, reader: { locale }, application, declined }: ToldOut): Message {
  const fr = locale === 'fr';
  const title = quoted(application.title, locale);
  const heading = fr ? `Votre candidature ${title} quitte la sélection` : `Your application ${title} leaves the selection`;
  return {
    locale,
    subject: heading,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [
      paragraph(hello[locale]),
      paragraph(why(declined)[locale]),
      paragraph(
        fr
          ? "Si c'est un malentendu, écrivez sans attendre à l'adresse qui figure au bas de ce message. Vous n'avez rien d'autre à faire, et vous ne recevrez plus de rappel."
          : 'If this is a misunderstanding, please write at once to the address at the bottom of this message. There is nothing else you need to do, and you will get no more reminders.',
      ),
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`],
    signature: signature(edition),
  };
}
