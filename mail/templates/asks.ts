import { strong } from '../../domain/clean.js';
import { dateInWords } from '../../domain/instants.js';
import type { MailContent, MailItem } from '../../domain/mails.js';
import { momentOf } from '../../domain/phrases.js';
import type { Locale } from '../../domain/words.js';
import { aside, type Block, type Message, paragraph, sentences } from '../blocks.js';
import { askWords } from '../words/asks.js';
import { before, toRead } from '../words/before.js';
import { away, hello, kickerLine, personal, signature, thenLabel, whyLabel, whyYouLabel } from '../words/common.js';
import { byWhen, lead, next, why } from '../words/frames.js';
import { headline, isAnnounced, kicker, subject } from '../words/headlines.js';
import { lateBlocks, seeAndDecide, whyTold } from '../words/late.js';

type Asks = Extract<MailContent, { template: 'asks' }>;

/** Openings, reminders and escalations: all that concerns one person at one time, one section and one button each. */
export function asks({ edition, reader, items }: Asks): Message {
  const { locale } = reader;
  const sorted = [...items].sort(byUrgency);
  const [first] = sorted;
  if (first === undefined) throw new Error('a mail of asks has at least one');
  const single = sorted.length === 1;
  const heading = single ? headline(first, locale) : countLine(sorted, locale);
  // an applicant's draft is theirs alone
  const mayName = sorted.some(({ about, view }) => about === undefined && view.ask.kind !== 'apply');
  return {
    locale,
    subject: single ? subject(first, locale) : heading,
    kicker: kickerLine(edition, single ? kicker(first, locale) : sorts(sorted, locale)),
    heading,
    blocks: [
      paragraph(hello[locale]),
      ...(single ? section(first, locale) : sorted.flatMap((item, index) => titledSection(item, index, locale))),
    ],
    footer: [
      `${strong(whyLabel[locale])} ${single ? sentences(whyThis(first, locale), nextOf(first, locale)) : several(sorted, locale)}`,
      sentences(mayName ? away[locale] : '', personal[locale]),
    ],
    signature: signature(edition),
  };
}

/** The reader's own asks first, the soonest due on top; then what is only announced; then other people's silence. */
function byUrgency(a: MailItem, b: MailItem): number {
  const rank = (item: MailItem) => (item.about !== undefined ? 2 : isAnnounced(item.view) ? 1 : 0);
  return rank(a) - rank(b) || a.view.ask.dueAt - b.view.ask.dueAt;
}

function section(item: MailItem, locale: Locale): Block[] {
  const { view, link, about } = item;
  if (about !== undefined) return [...lateBlocks(item, locale), { is: 'button', label: seeAndDecide[locale], href: link }];
  const words = askWords(view.ask.kind, locale);
  const when = byWhen(view, locale);
  const { facts, remarks } = before(view, locale);
  return [
    paragraph(sentences(lead(item, locale), words.request(view), facts)),
    ...remarks,
    ...toRead(view, locale),
    ...(when === '' ? [] : [paragraph(when)]),
    { is: 'button', label: isAnnounced(item.view) ? seePage[locale] : words.act, href: link },
    ...(isAnnounced(item.view) ? [] : [aside(`${strong(thenLabel[locale])} ${words.after(view)}`)]),
  ];
}

const seePage: Record<Locale, string> = { fr: 'Voir la page de la séance', en: 'See the page of the session' };

function titledSection(item: MailItem, index: number, locale: Locale): Block[] {
  const small = aside(`${strong(whyYouLabel[locale])} ${sentences(whyThis(item, locale), nextOf(item, locale))}`);
  return [
    ...(index === 0 ? [] : [{ is: 'rule' } satisfies Block]),
    { is: 'heading', text: subject(item, locale) },
    ...section(item, locale),
    small,
  ];
}

const whyThis = (item: MailItem, locale: Locale): string => (item.about === undefined ? why(item.view, locale) : whyTold(item, locale));
const nextOf = (item: MailItem, locale: Locale): string => (item.about === undefined ? next(item, locale) : '');

function several(items: readonly MailItem[], locale: Locale): string {
  return locale === 'fr'
    ? `${items.length} demandes vous concernent aujourd'hui : elles sont réunies ici pour ne vous écrire qu'une fois. Chacune s'arrête dès qu'elle a sa réponse.`
    : `${items.length} requests concern you today: they are put together here so that we write to you only once. Each of them stops as soon as it is answered.`;
}

function sorts(items: readonly MailItem[], locale: Locale): string {
  const kinds = [
    ...new Set(
      items.map((item) => (item.about === undefined && item.rung !== 'opening' ? kickerOfReminder[locale] : kicker(item, locale))),
    ),
  ];
  return kinds.join(' · ');
}
const kickerOfReminder: Record<Locale, string> = { fr: 'rappels', en: 'reminders' };

/** "3 réponses attendues, la première d'ici au lundi 11 septembre", and what else the mail tells. */
function countLine(items: readonly MailItem[], locale: Locale): string {
  const own = items.filter((item) => item.about === undefined && !isAnnounced(item.view));
  const announced = items.filter((item) => item.about === undefined && isAnnounced(item.view)).length;
  const late = items.filter((item) => item.about !== undefined).length;
  const fr = locale === 'fr';
  const parts: string[] = [];
  const [first] = own;
  if (first !== undefined) {
    const s = own.length > 1 ? 's' : '';
    const due = dateInWords(first.view.ask.due, first.view, locale);
    const when = {
      ahead: fr ? `d'ici au ${due}` : `by ${due}`,
      today: fr ? `aujourd'hui, ${due}` : `today, ${due}`,
      past: fr ? `depuis le ${due}` : `since ${due}`,
    };
    const by = when[momentOf(first.view)];
    parts.push(
      fr
        ? `${own.length} réponse${s} attendue${s}, ${s === '' ? '' : 'la première '}${by}`
        : `${own.length} answer${s} expected, ${s === '' ? '' : 'the first '}${by}`,
    );
  }
  if (announced > 0) {
    const s = announced > 1 ? 's' : '';
    parts.push(fr ? `${announced} séance${s} à venir` : `${announced} coming session${s}`);
  }
  if (late > 0) {
    const s = late > 1 ? 's' : '';
    const other = parts.length === 0 ? '' : fr ? `autre${s} ` : 'other ';
    parts.push(fr ? `${late} ${other}réponse${s} en retard` : `${late} ${other}answer${s} overdue`);
  }
  return parts.join(fr ? ' ; ' : '; ');
}
