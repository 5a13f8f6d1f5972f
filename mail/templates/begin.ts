import { strong } from '../../domain/clean.js';
import type { MailContent } from '../../domain/mails.js';
import { inline } from '../../domain/phrases.js';
import type { Words } from '../../domain/words.js';
import { type Message, paragraph } from '../blocks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';

type Begin = Extract<MailContent, { template: 'begin' }>;

const sort: Words = { fr: 'appel à candidatures', en: 'call for applications' };
const heading: Words = { fr: 'Votre lien pour commencer une candidature', en: 'Your link to start an application' };
const because: Words = {
  fr: "Cette adresse vient d'être donnée sur la page de l'appel. Si ce n'est pas vous, ne faites rien, ou dites-le sur la page du lien : ce qui a été tapé est alors effacé tout de suite.",
  en: 'This address has just been given on the page of the call. If it was not you, do nothing, or say so on the page behind the link: what was typed is then erased at once.',
};

/** The way to begin an application, for whoever reads the address that a visitor gave. Nothing that the visitor typed is in it: anybody may have. */
export function begin({ edition, reader: { locale }, link }: Begin): Message {
  const title = inline(edition.title);
  return {
    locale,
    subject: heading[locale],
    kicker: kickerLine(edition, sort[locale]),
    heading: heading[locale],
    blocks: [
      paragraph(hello[locale]),
      paragraph(
        locale === 'fr'
          ? `Ouvrez cette page pour commencer votre candidature à « ${title} ». Rien n'est commencé avant. Le lien sert pendant sept jours, tant que l'appel est ouvert.`
          : `Open this page to start your application to “${title}”. Nothing is started before. The link works for seven days, as long as the call is open.`,
      ),
      { is: 'button', label: locale === 'fr' ? 'Ouvrir la page' : 'Open the page', href: link },
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`],
    signature: signature(edition),
  };
}
