/** What a mail is called: the small line on top, the heading, the subject, by rung and day. */

import { dateInWords } from '../../domain/instants.js';
import { kinds } from '../../domain/kinds/index.js';
import type { Awaited, Moment } from '../../domain/kinds/words.js';
import type { MailItem } from '../../domain/mails.js';
import { inline, momentOf, small } from '../../domain/phrases.js';
import type { AskView } from '../../domain/view.js';
import type { Locale } from '../../domain/words.js';
import { askWords } from './asks.js';

/** Whether a rung is a nudge by hand. */
export const isNudge = (rung: string): boolean => rung.startsWith('nudge-');
/** Whether the ask is only announced: a session before 18:00 of its day. */
export const isAnnounced = ({ ask }: AskView): boolean => kinds[ask.kind].announced && ask.openedAt === null;

/** What sort of message an item is, for the small line on top. */
export function kicker({ view, rung, about }: MailItem, locale: Locale): string {
  const words = (fr: string, en: string) => (locale === 'fr' ? fr : en);
  if (about !== undefined) return words('une réponse manque', 'an answer is missing');
  if (isAnnounced(view)) return words('séance à venir', 'coming session');
  if (isNudge(rung)) return words('rappel de la coordination', 'reminder from the coordinators');
  switch (rung) {
    case 'opening':
      return words('nouvelle demande', 'new request');
    case 'before-2':
      return words("rappel, l'échéance approche", 'reminder, the due date is near');
    case 'due':
      return words('rappel, dernier jour', 'reminder, last day');
    case 'late-2':
    case 'late-5':
      // asked in the place of somebody who cannot be reached, before the due date
      if (isSubstitute(view) && momentOf(view) !== 'past') return words('nouvelle demande', 'new request');
      return words('rappel, la date est passée', 'reminder, the date has passed');
    default:
      return words('rappel', 'reminder');
  }
}

/** What comes before a headline, by rung. */
function prefix(rung: string, locale: Locale): string {
  if (isNudge(rung)) return locale === 'fr' ? 'Rappel : ' : 'Reminder: ';
  switch (rung) {
    case 'before-5':
      return locale === 'fr' ? 'Rappel : ' : 'Reminder: ';
    case 'before-2':
      return locale === 'fr' ? "L'échéance approche : " : 'Due soon: ';
    default:
      return '';
  }
}

function expectation({ text, agree }: Awaited, view: AskView, moment: Moment, locale: Locale): string {
  const due = dateInWords(view.ask.due, view, locale);
  if (locale === 'fr') {
    const [is, was] = agree === 's' || agree === 'es' ? ['sont', 'étaient'] : ['est', 'était'];
    switch (moment) {
      case 'ahead':
        return `${text} ${is} attendu${agree} d'ici au ${due}`;
      case 'today':
        return `${text} ${is} attendu${agree} aujourd'hui, ${due}`;
      case 'past':
        return `${text} ${was} attendu${agree} le ${due}`;
    }
  }
  const [is, was] = agree === 's' || agree === 'es' ? ['are', 'were'] : ['is', 'was'];
  switch (moment) {
    case 'ahead':
      return `${text} ${is} expected by ${due}`;
    case 'today':
      return `${text} ${is} expected today, ${due}`;
    case 'past':
      return `${text} ${was} expected on ${due}`;
  }
}

/** What is asked and by when, in one line: the heading. */
export function headline({ view, rung, about }: MailItem, locale: Locale): string {
  const words = askWords(view.ask.kind, locale);
  if (about !== undefined) return lateHeadline(view, rung, inline(about.name), locale);
  const moment = momentOf(view);
  return (
    words.headline?.(view, moment, rung) ?? substituteHeadline(view, rung, locale) ?? expectation(words.awaited(view), view, moment, locale)
  );
}

/** Whether the ladder turned to this reader in somebody's place; whom somebody named is asked as they were. */
const isSubstitute = ({ onBehalfOf }: AskView): boolean => onBehalfOf !== undefined && !onBehalfOf.named;

/** The substitute's first mail comes with `late-2`: it asks them, it does not blame them. */
function substituteHeadline(view: AskView, rung: string, locale: Locale): string | undefined {
  if (rung !== 'late-2' || view.onBehalfOf === undefined || !isSubstitute(view)) return undefined;
  const { name } = view.onBehalfOf;
  const due = dateInWords(view.ask.due, view, locale);
  if (momentOf(view) !== 'past') {
    return locale === 'fr'
      ? `Pouvez-vous répondre à la place de ${inline(name, 60)} ? La réponse est attendue d'ici au ${due}`
      : `Can you answer in place of ${inline(name, 60)}? The answer is expected by ${due}`;
  }
  return locale === 'fr'
    ? `Pouvez-vous répondre à la place de ${inline(name, 60)} ? La réponse était attendue le ${due}`
    : `Can you answer in place of ${inline(name, 60)}? The answer was expected on ${due}`;
}

function lateHeadline(view: AskView, rung: string, name: string, locale: Locale): string {
  const { text, agree } = askWords(view.ask.kind, locale).thing(view);
  const due = dateInWords(view.ask.due, view, locale);
  // a session or a sitting says its own day, and is awaited on it
  const since = text.includes(due) ? '' : locale === 'fr' ? `, attendu${agree} le ${due}` : `, expected on ${due}`;
  if (locale === 'fr')
    return rung === 'late-5' ? `Toujours sans réponse : ${name}, ${text}${since}` : `${name} n'a pas encore répondu : ${text}${since}`;
  return rung === 'late-5' ? `Still no answer: ${name}, ${text}${since}` : `${name} has not answered yet: ${text}${since}`;
}

/** The subject of a mail with one item: the headline, that it is a reminder, and what it is about where the headline does not say it. */
export function subject(item: MailItem, locale: Locale): string {
  const topic = item.about === undefined ? askWords(item.view.ask.kind, locale).topic?.(item.view) : undefined;
  // the inbox shows no other sign that it is a reminder; what is only announced is none
  const before = item.about !== undefined || isAnnounced(item.view) ? '' : prefix(item.rung, locale);
  const line = before === '' ? headline(item, locale) : before + small(headline(item, locale));
  const about = topic === undefined ? line : `${line}${line.endsWith('?') ? ' ' : ' – '}${topic}`;
  // a later version is told from the one before, whose mails are in the same inbox
  const { kind, version } = item.view.ask;
  return version > 1 && kinds[kind].versions !== undefined ? `${about} (version ${version})` : about;
}
