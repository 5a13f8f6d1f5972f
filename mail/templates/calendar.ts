import { strong } from '../../domain/clean.js';
import { type EventView, eventDays, eventTitle } from '../../domain/eventwords.js';
import { type Clock, dateInWords } from '../../domain/instants.js';
import type { MailContent } from '../../domain/mails.js';
import { inline } from '../../domain/phrases.js';
import type { Locale, Words } from '../../domain/words.js';
import { aside, type Block, type Message, paragraph } from '../blocks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';

type Calendar = Extract<MailContent, { template: 'calendar' }>;
type Change = 'new' | 'moved' | 'cancelled';

const sort: Words = { fr: 'calendrier', en: 'calendar' };
const nothingAsked: Words = {
  fr: "Rien ne vous est demandé par ce message : c'est une date à noter, qui ne bloque pas votre agenda.",
  en: 'This message asks nothing of you: it is a date to note, which does not block your calendar.',
};
const oneComes: Words = {
  fr: "L'invitation jointe met votre calendrier à jour, et les changements suivants le feront aussi.",
  en: 'The invitation attached brings your calendar up to date, and so will later changes.',
};
const filesCome: Words = {
  fr: "Chaque date est dans un fichier joint : ouvrez-le pour l'ajouter à votre calendrier. Si elle change, une invitation la déplacera ou la retirera.",
  en: 'Each date is in a file attached: open it to add it to your calendar. If it changes, an invitation will move it or take it away.',
};
const taken: Words = {
  fr: "L'invitation jointe le retire de votre calendrier.",
  en: 'The invitation attached takes it out of your calendar.',
};
const filesUpdate: Words = {
  fr: 'Chaque date est dans un fichier joint : ouvrez-le pour mettre votre calendrier à jour. Une date annulée qui y resterait porte le mot « Annulé » : vous pouvez la retirer.',
  en: 'Each date is in a file attached: open it to bring your calendar up to date. A cancelled date that stays in it is marked “Cancelled”: you can take it out.',
};
const subscribe: Words = { fr: 'Mon calendrier', en: 'My calendar' };
const subscribed: Words = {
  fr: "La page de votre calendrier permet aussi de s'y abonner une fois pour toutes : vos dates s'y tiennent à jour d'elles-mêmes, avec les réponses attendues de vous, et vous pouvez laisser là les fichiers joints. Son adresse est personnelle : ne la transférez pas.",
  en: 'From the page of your calendar you can also subscribe to it once and for all: your dates stay up to date by themselves, with the answers expected of you, and you can leave the attached files alone. Its address is yours alone: please do not forward it.',
};
const because: Words = { fr: 'Ces rendez-vous vous concernent dans cette édition.', en: 'These events concern you in this edition.' };

const changeOf = ({ state, was }: EventView): Change => (state === 'cancelled' ? 'cancelled' : was === undefined ? 'new' : 'moved');
const colon = (locale: Locale): string => (locale === 'fr' ? ' : ' : ': ');
const shown = (event: EventView, locale: Locale): string => inline(eventTitle(event, locale), 140);

const labels: Record<Change, Words> = {
  new: { fr: 'À noter', en: 'To note' },
  moved: { fr: 'Nouvelle date', en: 'New date' },
  cancelled: { fr: 'Annulation', en: 'Cancelled' },
};

/** Events that were set, moved or cancelled since the reader was last told: all of them in one message. */
export function calendar(content: Calendar): Message {
  const { edition, reader, events, calendar: page } = content;
  const { locale } = reader;
  const [first] = events;
  if (first === undefined) throw new Error('a mail about events has at least one');
  const single = events.length === 1;
  const heading = single ? headline(first, content, locale) : severally(events, locale);
  return {
    locale,
    subject: heading,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [
      paragraph(hello[locale]),
      ...(single ? [paragraph(sentence(first, content, locale))] : lists(events, content, locale)),
      paragraph(whatToDo(events, locale)),
      { is: 'button', label: subscribe[locale], href: page },
      aside(subscribed[locale]),
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`],
    signature: signature(edition),
  };
}

/** What the attachment does, and what is left to do. */
function whatToDo(events: readonly EventView[], locale: Locale): string {
  const [first, ...more] = events.map(changeOf);
  if (more.length > 0) return [first, ...more].every((change) => change === 'new') ? filesCome[locale] : filesUpdate[locale];
  return first === 'cancelled' ? taken[locale] : `${nothingAsked[locale]} ${oneComes[locale]}`;
}

const headline = (event: EventView, clock: Clock, locale: Locale): string =>
  `${labels[changeOf(event)][locale]}${colon(locale)}${shown(event, locale)}, ${onDays(event, clock, locale)}`;

/** "6 dates à noter", "3 dates changent". */
function severally(events: readonly EventView[], locale: Locale): string {
  const n = events.length;
  const kinds = new Set(events.map(changeOf));
  const [only] = kinds.size === 1 ? kinds : [];
  const fr = locale === 'fr';
  if (only === 'new') return fr ? `${n} dates à noter dans votre calendrier` : `${n} dates to note in your calendar`;
  if (only === 'cancelled') return fr ? `${n} dates annulées dans votre calendrier` : `${n} dates cancelled in your calendar`;
  return fr ? `${n} dates changent dans votre calendrier` : `${n} dates change in your calendar`;
}

/** Its days as a sentence has them: "le mercredi 7 juin". */
function onDays(event: EventView, clock: Clock, locale: Locale): string {
  const days = eventDays(event, clock, locale);
  return locale === 'fr' && event.first === event.last && event.kind !== 'introduction' ? `le ${days}` : days;
}

/** One event in a sentence, its day in bold. */
function sentence(event: EventView, clock: Clock, locale: Locale): string {
  const title = shown(event, locale);
  const when = strong(eventDays(event, clock, locale));
  const fr = locale === 'fr';
  switch (changeOf(event)) {
    case 'new':
      return `${title}${colon(locale)}${when}.`;
    case 'moved':
      return fr
        ? `${title} change de date${colon(locale)}${when}${instead(event, clock, locale)}.`
        : `${title} has a new date: ${when}${instead(event, clock, locale)}.`;
    case 'cancelled':
      return fr
        ? `Ce rendez-vous n'aura pas lieu${colon(locale)}${title}, ${onDays(event, clock, locale)}.`
        : `This will not take place: ${title}, ${when}.`;
  }
}

const instead = ({ was }: EventView, clock: Clock, locale: Locale): string =>
  was === undefined ? '' : `, ${locale === 'fr' ? 'au lieu du' : 'instead of'} ${dateInWords(was, clock, locale)}`;

/** The events in order of their days, those of one kind of change under its name where there are several. */
function lists(events: readonly EventView[], clock: Clock, locale: Locale): Block[] {
  const changes = (['new', 'moved', 'cancelled'] as const).filter((change) => events.some((event) => changeOf(event) === change));
  return changes.flatMap((change): Block[] => [
    ...(changes.length > 1 ? [{ is: 'heading', text: labels[change][locale] } satisfies Block] : []),
    {
      is: 'list',
      items: events
        .filter((event) => changeOf(event) === change)
        .map(
          (event) => `${strong(eventDays(event, clock, locale))}${colon(locale)}${shown(event, locale)}${instead(event, clock, locale)}`,
        ),
    },
  ]);
}
