import { strong } from '../../domain/clean.js';
import type { MailContent } from '../../domain/mails.js';
import { capital, inline } from '../../domain/phrases.js';
import type { Words } from '../../domain/words.js';
import { type Block, type Message, paragraph } from '../blocks.js';
import { askWords } from '../words/asks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';

type HandedOver = Extract<MailContent, { template: 'handed-over' }>;

const sort: Words = { fr: 'ce qui vous était demandé', en: 'what was asked of you' };
const heading: Words = { fr: 'Plus rien ne vous est demandé ici', en: 'Nothing more is asked of you here' };
const because: Words = {
  fr: 'Ce message part une seule fois, pour que personne ne soit remplacé sans le savoir.',
  en: 'This message leaves once, so that nobody is replaced without knowing.',
};

/** Told to whoever held places that coordinators gave to somebody else, or closed: which, who has them now, and whom to tell if that is a mistake. */
export function handedOver({ edition, reader: { locale }, views, to }: HandedOver): Message {
  const title = inline(edition.title);
  const { name, email } = edition.contact;
  const fr = locale === 'fr';
  const now =
    to === undefined
      ? fr
        ? `La coordination de « ${title} » n'attend plus de réponse de vous. Les liens reçus n'ouvrent plus rien.`
        : `The coordinators of “${title}” expect no answer of you any more. The links you received open nothing any more.`
      : fr
        ? `La coordination de « ${title} » a confié à ${inline(to)} ce qui vous était demandé. Les liens reçus n'ouvrent plus rien.`
        : `The coordinators of “${title}” gave to ${inline(to)} what was asked of you. The links you received open nothing any more.`;
  const things = views.map((view): Block => paragraph(`${capital(askWords(view.ask.kind, locale).thing(view).text)}.`));
  return {
    locale,
    subject: heading[locale],
    kicker: kickerLine(edition, sort[locale]),
    heading: heading[locale],
    blocks: [
      paragraph(hello[locale]),
      paragraph(now),
      ...things,
      paragraph(
        fr
          ? `Ce que vous aviez répondu est gardé à votre nom. C'est une erreur ? Écrivez à ${inline(name)}, ${email}.`
          : `What you had answered is kept in your name. Is this a mistake? Write to ${inline(name)}, ${email}.`,
      ),
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`],
    signature: signature(edition),
  };
}
