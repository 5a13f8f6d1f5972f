import { strong } from '../../domain/clean.js';
import { dateInWords } from '../../domain/instants.js';
import type { DigestContent, MailContent } from '../../domain/mails.js';
import { inline } from '../../domain/phrases.js';
import type { Locale, Words } from '../../domain/words.js';
import { aside, type Block, type Message, paragraph } from '../blocks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';
import { askedItem, comingLines, lateLine, newsLines } from '../words/digest.js';

type Digest = Extract<MailContent, { template: 'digest' }>;

const sort: Words = { fr: 'point hebdomadaire', en: 'weekly digest' };
const moved: Words = { fr: 'Ce qui a avancé', en: 'What has moved' };
const asked: Words = { fr: 'Ce qui vous est demandé', en: 'What is asked of you' };
const awaited: Words = { fr: 'Ce qui est en retard', en: 'What is late' };
const next: Words = { fr: 'Ce qui vient', en: 'What comes' };
const see: Words = { fr: "Voir l'édition", en: 'See the edition' };
const because: Words = {
  fr: "Vous prenez part à cette édition. Ce point part en début de semaine, et seulement quand quelque chose a avancé. Pour ne plus le recevoir : vos préférences, au bas de ce message ; les demandes et les décisions, elles, continueront d'arriver.",
  en: 'You take part in this edition. This digest leaves at the beginning of the week, and only when something has moved. To stop it: your preferences, at the bottom of this message; requests and decisions will keep arriving.',
};
const personal: Words = {
  fr: 'Les liens sont personnels : ne les transférez pas.',
  en: 'The links are yours alone: please do not forward them.',
};

/** More of what is asked, or late, than this is counted, not listed. */
const mostListed = 8;

/** The week to one person: what moved, what is asked of them, who is late for those who are told, what comes. */
export function digest(content: Digest): Message {
  const { edition, reader, week } = content;
  const { locale } = reader;
  const day = dateInWords(week, content, locale);
  const heading = locale === 'fr' ? `Le point de la semaine du ${day}` : `The week of ${day}`;
  return {
    locale,
    subject: `${inline(edition.title)}${locale === 'fr' ? ' : le point de la semaine du' : ': the week of'} ${day}`,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [
      paragraph(hello[locale]),
      ...section(moved[locale], newsLines(content, locale)),
      ...mine(content, locale),
      ...late(content, locale),
      ...section(next[locale], comingLines(content, locale)),
      ...(content.console === undefined ? [] : [{ is: 'button', label: see[locale], href: content.console } satisfies Block]),
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`, ...(content.asked.length === 0 ? [] : [personal[locale]])],
    signature: signature(edition),
  };
}

const section = (heading: string, items: string[]): Block[] =>
  items.length === 0
    ? []
    : [
        { is: 'heading', text: heading },
        { is: 'list', items },
      ];

function mine({ asked: requests }: DigestContent, locale: Locale): Block[] {
  if (requests.length === 0) return [];
  const items = requests.slice(0, mostListed).map((item) => askedItem(item, locale));
  const more = requests.length - items.length;
  return [
    { is: 'heading', text: asked[locale] },
    { is: 'links', items },
    ...(more > 0
      ? [
          aside(
            locale === 'fr'
              ? `Et ${more} de plus, dont chacune vous est parvenue avec son lien.`
              : `And ${more} more, each of which reached you with its link.`,
          ),
        ]
      : []),
  ];
}

function late({ late: waits }: DigestContent, locale: Locale): Block[] {
  const more = waits.length - mostListed;
  return [
    ...section(
      awaited[locale],
      waits.slice(0, mostListed).map((wait) => lateLine(wait, locale)),
    ),
    ...(more > 0
      ? [
          aside(
            locale === 'fr'
              ? `Et ${more} de plus : tout est sur la page de l'édition.`
              : `And ${more} more: all are on the edition's page.`,
          ),
        ]
      : []),
  ];
}
