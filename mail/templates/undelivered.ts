import { shorten, strong } from '../../domain/clean.js';
import type { MailContent } from '../../domain/mails.js';
import { inline } from '../../domain/phrases.js';
import type { Locale, Words } from '../../domain/words.js';
import { type Message, paragraph } from '../blocks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';

type Undelivered = Extract<MailContent, { template: 'undelivered' }>;

const sort: Words = { fr: 'courrier non remis', en: 'undelivered mail' };
const see: Words = { fr: "Voir les messages de l'édition", en: 'See the mails of the edition' };
const because: Words = {
  fr: "Aucune demande et aucune lettre ne doit se perdre : la coordination est prévenue, une seule fois, de ce qui n'a pas pu être remis avec certitude.",
  en: 'No request and no letter may be lost: the coordinators are told, once, of what could not be delivered for certain.',
};

const noAddress: Record<NonNullable<Undelivered['mails'][number]['address']>, Words> = {
  'by-itself': {
    fr: ' Son adresse ne fonctionne pas : il repart de lui-même quand elle est corrigée.',
    en: ' Their address does not work: it leaves by itself once that is corrected.',
  },
  'by-hand': {
    fr: " Son adresse ne fonctionne pas : corrigez-la d'abord ; il ne repart que si vous le demandez.",
    en: ' Their address does not work: correct that first; it leaves again only if you ask for it.',
  },
};

/** Mails that were given up, came back, or may or may not have arrived: whom they were for, and what to do. */
export function undelivered({ edition, reader: { locale }, mails, console }: Undelivered): Message {
  const fr = locale === 'fr';
  const refused = mails.filter((mail) => mail.state === 'failed');
  const unsure = mails.filter((mail) => mail.state === 'uncertain');
  const returned = mails.filter((mail) => mail.state === 'returned');
  const awaited = mails.some((mail) => mail.awaited);
  const lines = (some: Undelivered['mails']) =>
    some.map(({ id, to, subject, why, address }) => {
      const number = fr ? `message n° ${id}` : `mail no ${id}`;
      const given = why === '' ? '' : fr ? ` Motif donné : ${shorten(why, 160)}` : ` Reason given: ${shorten(why, 160)}`;
      const reason = `${given}${address === undefined ? '' : noAddress[address][locale]}`;
      return `${strong(inline(to))}${fr ? ' : ' : ': '}${subject === '' ? '' : `${fr ? `« ${subject} »` : `"${subject}"`}, `}${number}.${reason}`;
    });
  const heading = headingOf(mails.length, unsure.length, locale);
  return {
    locale,
    subject: heading,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [
      paragraph(hello[locale]),
      ...(refused.length === 0
        ? []
        : [
            paragraph(
              fr
                ? "Refusé par le serveur de messagerie, ou jamais accepté malgré tous les essais. Il n'y aura pas d'autre essai :"
                : 'Refused by the mail server, or never accepted in spite of every try. There will be no other try:',
            ),
            { is: 'list' as const, items: lines(refused) },
          ]),
      ...(returned.length === 0
        ? []
        : [
            paragraph(
              fr
                ? "Parti, puis revenu : le serveur de la personne l'a d'abord pris, puis l'a renvoyé sans le lui remettre (boîte pleine, filtre, adresse inconnue) :"
                : 'Sent, then came back: the server of the person took it first, then returned it without handing it over (full mailbox, filter, unknown address):',
            ),
            { is: 'list' as const, items: lines(returned) },
          ]),
      ...(unsure.length === 0
        ? []
        : [
            paragraph(
              fr
                ? "Peut-être arrivé, peut-être pas : la liaison s'est coupée au moment de la remise. Une lettre de décision n'est jamais envoyée deux fois d'office :"
                : 'Arrived or not, nobody knows: the connection broke as it was being handed over. A decision letter is never sent twice by itself:',
            ),
            { is: 'list' as const, items: lines(unsure) },
          ]),
      paragraph(
        fr
          ? `Vérifiez auprès de la personne, par téléphone au besoin. Si rien ne lui est parvenu, demandez à qui administre l'installation de renvoyer le message, en donnant son numéro.${awaited ? ' Ce qui est demandé reste ouvert, et ses rappels partent à leur heure.' : ''}`
          : `Ask the person, by telephone if need be. If nothing has reached them, ask whoever runs the installation to send the mail again, giving its number.${awaited ? ' What is asked stays open, and its reminders leave in their time.' : ''}`,
      ),
      { is: 'button', label: see[locale], href: console },
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`],
    signature: signature(edition),
  };
}

/** What is certain is said for certain. */
function headingOf(n: number, unsure: number, locale: Locale): string {
  const perhaps = unsure === 0 ? '' : unsure === n ? 'all' : 'some';
  if (locale === 'fr') {
    const who = n === 1 ? "Un message n'a" : `${n} messages n'ont`;
    return `${who} ${perhaps === 'all' ? 'peut-être ' : ''}pas été remis${perhaps === 'some' ? ', ou pas de façon certaine' : ''}`;
  }
  const who = n === 1 ? 'One mail was' : `${n} mails were`;
  return `${who} ${perhaps === 'all' ? 'perhaps ' : ''}not delivered${perhaps === 'some' ? ', or not for certain' : ''}`;
}
