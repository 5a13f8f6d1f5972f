import type { MailContent } from '../../domain/mails.js';
import type { Words } from '../../domain/words.js';
import { type Message, paragraph } from '../blocks.js';
import { strong } from '../clean.js';
import { hello, kickerLine, personal, signature, whyLabel } from '../words/common.js';
import { byWhen } from '../words/frames.js';
import { askWords } from '../words/kinds/index.js';

type Link = Extract<MailContent, { template: 'link' }>;

const sort: Words = { fr: 'votre lien', en: 'your link' };
const because: Words = {
  fr: "Ce lien vient d'être demandé pour votre adresse. Si ce n'est pas vous, ne faites rien : lui seul ouvre la page, et il n'est arrivé que chez vous.",
  en: 'This link has just been asked for with your address. If it was not you, do nothing: only this link opens the page, and it came to you alone.',
};

const becauseAddress: Words = {
  fr: 'La coordination vient de donner cette adresse pour vous : un message précédent, ou son lien, ne vous est sans doute pas arrivé.',
  en: 'The coordinators have just given this address for you: an earlier mail, or its link, has probably not reached you.',
};

/** A link that was asked for: a fresh one, or the first one of a new draft. Repeats what it is for. */
export function link({ edition, reader: { locale }, view, link: href, why }: Link): Message {
  const words = askWords(view.ask.kind, locale);
  const fr = locale === 'fr';
  const isDraft = view.ask.kind === 'apply';
  const heading = isDraft
    ? fr
      ? 'Votre candidature est ouverte : voici le lien pour y revenir'
      : 'Your application is open: here is the link to come back to it'
    : fr
      ? 'Voici votre nouveau lien'
      : 'Here is your new link';
  return {
    locale,
    subject: isDraft ? heading : `${heading}${fr ? ' : ' : ': '}${words.thing(view).text}`,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [
      paragraph(hello[locale]),
      paragraph(words.request(view)),
      ...(view.closed === undefined && view.ask.outcome === undefined ? [paragraph(byWhen(view, locale))] : []),
      { is: 'button', label: words.act, href },
    ],
    footer: [`${strong(whyLabel[locale])} ${(why === 'address' ? becauseAddress : because)[locale]}`, personal[locale]],
    signature: signature(edition),
  };
}
