import { isPastHardEnd } from '../../domain/asks/hard-end.js';
import { strong } from '../../domain/clean.js';
import { instantInWords } from '../../domain/instants.js';
import type { LinkWhy, MailContent } from '../../domain/mails.js';
import { capital, inline } from '../../domain/phrases.js';
import type { AskView } from '../../domain/view.js';
import type { Locale, Words } from '../../domain/words.js';
import { type Block, type Message, paragraph } from '../blocks.js';
import { answered } from '../words/answers.js';
import { askWords } from '../words/asks.js';
import { hello, kickerLine, personal, signature, whyLabel } from '../words/common.js';
import { byWhen } from '../words/frames.js';
import { readAgain } from './receipt.js';

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

const reasons = ({ onBehalfOf }: AskView): Record<'asked' | LinkWhy, Words> => ({
  asked: because,
  address: becauseAddress,
  given: {
    fr: 'La coordination vous confie de nouveau cette demande.',
    en: 'The coordinators give you this request again.',
  },
  reopened: {
    fr: 'La coordination vous permet de corriger votre réponse. Aucun rappel ne suivra : sans rien de votre part, elle reste ce qu’elle est.',
    en: 'The coordinators let you correct your answer. No reminder follows: unless you change it, it stays as it is.',
  },
  named: {
    fr: `${inline(onBehalfOf?.name ?? '')} vous désigne de nouveau pour répondre à sa place.`,
    en: `${inline(onBehalfOf?.name ?? '')} names you again to answer in their place.`,
  },
});

const fresh: Words = { fr: 'Voici votre nouveau lien', en: 'Here is your new link' };
const drafted: Words = {
  fr: 'Votre candidature est ouverte : voici le lien pour y revenir',
  en: 'Your application is open: here is the link to come back to it',
};
const correcting: Words = { fr: 'Vous pouvez corriger votre réponse', en: 'You can correct your answer' };
const answeredAlready: Words = { fr: 'Voici le lien vers ce que vous avez envoyé', en: 'Here is the link to what you sent' };
const open: Words = { fr: 'Ouvrir la page', en: 'Open the page' };

/** What a link that was asked for says: what it is for, or, where nothing is asked any more, what was done. */
type Said = { subject: string; heading: string; blocks: Block[]; act: string };

/** A link that was asked for: a fresh one, or the first one of a new draft. What it says is true when it leaves. */
export function link({ edition, reader: { locale }, view, link: href, why }: Link): Message {
  const { subject, heading, blocks, act } = (
    why === 'reopened' && view.reopened ? correct : isAsked(view) ? asking : view.closed?.answer ? answering : over
  )(view, locale);
  return {
    locale,
    subject,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [paragraph(hello[locale]), ...blocks, { is: 'button', label: act, href }],
    footer: [`${strong(whyLabel[locale])} ${reasons(view)[why ?? 'asked'][locale]}`, personal[locale]],
    signature: signature(edition),
  };
}

/** Whether the page the link opens still asks: not once this place has answered, the ask has ended, or its hard end has passed. */
const isAsked = ({ closed, ask, at }: AskView): boolean => closed === undefined && ask.outcome === undefined && !isPastHardEnd(ask, at);

const about = (heading: string, view: AskView, locale: Locale): string =>
  `${heading}${locale === 'fr' ? ' : ' : ': '}${askWords(view.ask.kind, locale).thing(view).text}`;

function asking(view: AskView, locale: Locale): Said {
  const words = askWords(view.ask.kind, locale);
  const isDraft = view.ask.kind === 'apply';
  const heading = (isDraft ? drafted : fresh)[locale];
  return {
    heading,
    subject: isDraft ? heading : about(heading, view, locale),
    blocks: [paragraph(words.request(view)), paragraph(byWhen(view, locale))],
    act: words.act,
  };
}

/** What was answered counts until it is sent again. */
function correct(view: AskView, locale: Locale): Said {
  const heading = correcting[locale];
  const line =
    locale === 'fr'
      ? 'La page montre ce que vous avez envoyé : changez-le et envoyez-le de nouveau. D’ici là, ce que vous aviez répondu compte.'
      : 'The page shows what you sent: change it and send it again. Until then, what you answered counts.';
  return { heading, subject: about(heading, view, locale), blocks: [paragraph(line)], act: open[locale] };
}

function answering(view: AskView, locale: Locale): Said {
  const heading = answeredAlready[locale];
  const at = instantInWords(view.closed?.at ?? view.at, view, locale);
  const thing = capital(askWords(view.ask.kind, locale).thing(view).text);
  const blocks = [
    paragraph(
      locale === 'fr'
        ? `${thing} : ce que vous avez envoyé nous est parvenu le ${at}. Rien d'autre ne vous est demandé ici ; la page le montre.`
        : `${thing}: what you sent reached us on ${at}. Nothing else is asked of you here; the page shows it.`,
    ),
    ...answered(view, locale),
  ];
  return { heading, subject: about(heading, view, locale), blocks, act: readAgain(view.ask.kind)[locale] };
}

function over(view: AskView, locale: Locale): Said {
  const thing = capital(askWords(view.ask.kind, locale).thing(view).text);
  const line: Words =
    view.ask.kind === 'apply'
      ? {
          fr: `${thing} : l'appel est clos, et votre brouillon n'est pas devenu une candidature. La page garde ce que vous aviez écrit.`,
          en: `${thing}: the call is closed, and your draft has not become an application. The page keeps what you had written.`,
        }
      : {
          fr: `${thing} : plus aucune réponse n'est attendue de vous. La page dit pourquoi.`,
          en: `${thing}: no answer is expected of you any more. The page says why.`,
        };
  return { heading: fresh[locale], subject: about(fresh[locale], view, locale), blocks: [paragraph(line[locale])], act: open[locale] };
}
