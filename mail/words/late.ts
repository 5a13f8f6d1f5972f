/** What coordinators (or the executive) are told of somebody else's silence. */

import { strong } from '../../domain/clean.js';
import { dateInWords, dayInWords } from '../../domain/instants.js';
import { isEndless } from '../../domain/kinds/index.js';
import type { MailItem } from '../../domain/mails.js';
import { capital, inline } from '../../domain/phrases.js';
import { type Locale, ROLE_WORDS, STEP_WORDS } from '../../domain/words.js';
import { type Block, paragraph, sentences } from '../blocks.js';
import { askWords } from './asks.js';

type Role = keyof typeof ROLE_WORDS;
const isRole = (role: string): role is Role => role in ROLE_WORDS;
const roleOf = (role: string, locale: Locale): string => (isRole(role) ? ` (${ROLE_WORDS[role][locale]})` : '');

/** Who is late, since when, which ask, and what the reader may decide. */
export function lateBlocks({ view, rung, about }: MailItem, locale: Locale): Block[] {
  if (about === undefined) return [];
  const { ask, substitute, follows } = view;
  const words = askWords(ask.kind, locale);
  const fr = locale === 'fr';
  const who = `${strong(capital(inline(about.name)))}${roleOf(about.role, locale)}`;
  const due = dateInWords(ask.due, view, locale);
  const asked = ask.openedAt === null ? undefined : dayInWords(ask.openedAt, view, locale);
  const end = ask.end === undefined || isEndless(ask) ? undefined : dateInWords(ask.end, view, locale);
  return [
    paragraph(
      sentences(
        `${who} ${words.late(view)}.`,
        fr
          ? `La réponse était attendue le ${strong(due)}${asked === undefined ? '' : ` ; la demande date du ${asked}`}.`
          : `The answer was expected on ${strong(due)}${asked === undefined ? '' : `; the request dates from ${asked}`}.`,
        untilWhen(end, locale),
        follows === undefined
          ? ''
          : fr
            ? `L'étape qui en dépend, ${STEP_WORDS[follows.step].fr.toLowerCase()}, doit commencer le ${dateInWords(follows.by, view, 'fr')} au plus tard.`
            : `The step that depends on it, ${STEP_WORDS[follows.step].en.toLowerCase()}, has to start on ${dateInWords(follows.by, view, 'en')} at the latest.`,
      ),
    ),
    paragraph(fr ? "La demande, telle qu'elle a été posée :" : 'The request, as it was put:'),
    { is: 'quote', text: words.request(view) },
    paragraph(sentences(meanwhile(rung, substitute?.name, locale), mayDecide[locale])),
  ];
}

function untilWhen(end: string | undefined, locale: Locale): string {
  if (end === undefined) return locale === 'fr' ? "Elle ne se ferme pas d'elle-même." : 'It does not close by itself.';
  return locale === 'fr' ? `Elle reste ouverte jusqu'au ${end} inclus.` : `It stays open until ${end} included.`;
}

function meanwhile(rung: string, substitute: string | undefined, locale: Locale): string {
  if (substitute === undefined) return '';
  const name = capital(inline(substitute));
  if (rung === 'late-5') {
    return locale === 'fr' ? `${name}, en suppléance, n'a pas répondu non plus.` : `${name}, as substitute, has not answered either.`;
  }
  return locale === 'fr'
    ? `${name} est sollicité·e à sa place ; la première réponse compte.`
    : `${name} is asked in their place; the first answer counts.`;
}

const mayDecide: Record<Locale, string> = {
  fr: "Vous pouvez attendre, envoyer un rappel, prolonger, confier la demande à quelqu'un d'autre, ou la clore ; sans décision de votre part, elle suit son cours.",
  en: 'You can wait, remind, extend, hand the request to somebody else, or close it; without a decision of yours it takes its course.',
};

/** The button under it. */
export const seeAndDecide: Record<Locale, string> = { fr: 'Voir et décider', en: 'See and decide' };

/** Why a reader is told of somebody else's silence. */
export function whyTold({ about }: MailItem, locale: Locale): string {
  if (about?.role === 'coordinator') {
    return locale === 'fr'
      ? "Ce message vous parvient parce que c'est la coordination elle-même qui est attendue."
      : 'You get this message because it is the coordinators themselves who are awaited.';
  }
  return locale === 'fr'
    ? 'Ce message vous parvient au titre de la coordination de cette édition.'
    : 'You get this message as a coordinator of this edition.';
}
