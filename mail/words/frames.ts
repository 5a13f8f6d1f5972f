/** The sentences around an ask, the same for every kind: what a rung adds, by when, the next reminder, why this message. */

import { strong } from '../../domain/clean.js';
import { dateInWords, dayInWords, instantInWords } from '../../domain/instants.js';
import { isEndless, kinds } from '../../domain/kinds/index.js';
import type { Moment } from '../../domain/kinds/words.js';
import type { MailItem } from '../../domain/mails.js';
import { deadline, inline, isEarlierDay, momentOf } from '../../domain/phrases.js';
import type { AskView } from '../../domain/view.js';
import type { Locale, Words } from '../../domain/words.js';
import { sentences } from '../blocks.js';
import { askWords } from './asks.js';
import { isAnnounced, isNudge } from './headlines.js';

/** What this rung adds before the request; at the opening, nothing but whose place it is. */
export function lead(item: MailItem, locale: Locale): string {
  const { view } = item;
  if (isAnnounced(view)) return '';
  if (view.onBehalfOf === undefined) return ofRung(item, locale);
  if (view.onBehalfOf.named) return sentences(namedBy(view.onBehalfOf.name, locale), ofRung(item, locale));
  return inPlaceOf(view, view.onBehalfOf, locale);
}

/** Whoever was named answers alone: the page of the one who named them is closed. */
const namedBy = (name: string, locale: Locale): string =>
  locale === 'fr' ? `${inline(name)} vous a désigné·e pour répondre à sa place.` : `${inline(name)} named you to answer in their place.`;

function ofRung({ view, rung }: MailItem, locale: Locale): string {
  const { ask } = view;
  const asked = ask.openedAt !== null && isEarlierDay(ask.openedAt, view) ? dayInWords(ask.openedAt, view, locale) : undefined;
  if (isNudge(rung)) {
    return locale === 'fr'
      ? `La coordination vous rappelle ${asked === undefined ? 'cette demande' : `sa demande du ${asked}`} : votre réponse manque encore.`
      : `The coordinators remind you${asked === undefined ? '' : ` of their request of ${asked}`}: your answer is still missing.`;
  }
  switch (rung) {
    case 'before-5':
      if (asked === undefined) return '';
      return locale === 'fr' ? `Cette demande vous attend depuis le ${asked}.` : `This request has been waiting for you since ${asked}.`;
    case 'before-2':
      return locale === 'fr'
        ? `Il reste peu de temps${asked === undefined ? '' : `, et cette demande vous attend depuis le ${asked}`}.`
        : `Little time is left${asked === undefined ? '' : `, and this request has been waiting for you since ${asked}`}.`;
    case 'due':
      return momentOf(view) === 'today'
        ? locale === 'fr'
          ? `Cette demande${asked === undefined ? '' : ` du ${asked}`} arrive aujourd'hui à son terme.`
          : `This request${asked === undefined ? '' : ` of ${asked}`} is due today.`
        : '';
    case 'late-2':
    case 'late-5':
      return locale === 'fr'
        ? `Votre réponse manque encore${asked === undefined ? '' : `, à une demande du ${asked}`} ; elle compte toujours.`
        : `Your answer${asked === undefined ? '' : ` to a request of ${asked}`} is still missing; it still counts.`;
    default:
      return '';
  }
}

function inPlaceOf({ ask }: AskView, principal: NonNullable<AskView['onBehalfOf']>, locale: Locale): string {
  const name = inline(principal.name);
  if (principal.unreachable) {
    return locale === 'fr'
      ? `${name} ne reçoit plus nos messages, et vous pouvez répondre à sa place.`
      : `${name} no longer gets our mails, and you can answer in their place.`;
  }
  const single = kinds[ask.kind].seating === 'one-for-all';
  return locale === 'fr'
    ? `${name} n'a pas répondu, et vous pouvez le faire à sa place${single ? '' : ' : la première réponse, la sienne ou la vôtre, compte'}.`
    : `${name} has not answered, and you can do so in their place${single ? '' : ': the first answer counts, theirs or yours'}.`;
}

/** By when, and at the latest when; what follows if nothing comes. */
export function byWhen(view: AskView, locale: Locale): string {
  const { ask } = view;
  if (isAnnounced(view)) return '';
  const words = askWords(ask.kind, locale);
  const silence = words.silence(view);
  const due = strong(dateInWords(ask.due, view, locale));
  const moment = momentOf(view);
  const fr = locale === 'fr';
  if (kinds[ask.kind].hard) {
    const until = strong(deadline(view, locale));
    return sentenceOf(until, silence, ask.kind === 'apply' ? submit[locale] : answer[locale], locale);
  }
  const expected = expectedSentence(view, due, moment, locale);
  if (isEndless(ask) || ask.end === undefined) {
    return sentences(
      expected,
      fr
        ? `La demande reste ouverte tant qu'elle n'a pas de réponse ; d'ici là, ${silence}.`
        : `The request stays open until it is answered; until then, ${silence}.`,
    );
  }
  const end = strong(dateInWords(ask.end, view, locale));
  if (ask.end === ask.due) {
    return sentenceOf(`${due} ${fr ? 'inclus' : 'included'}`, silence, answer[locale], locale);
  }
  return sentences(expected, sentenceOf(`${end} ${fr ? 'inclus' : 'included'}`, silence, answer[locale], locale));
}

const answer: Words = { fr: 'répondre', en: 'answer' };
const submit: Words = { fr: "l'envoyer", en: 'submit it' };
const sentenceOf = (until: string, silence: string, act: string, locale: Locale): string =>
  locale === 'fr'
    ? `Vous pouvez ${act} jusqu'au ${until} ; au-delà, ${silence}.`
    : `You can ${act} until ${until}; after that, ${silence}.`;

function expectedSentence({ ask }: AskView, due: string, moment: Moment, locale: Locale): string {
  if (ask.kind === 'session' || ask.kind === 'sitting') return '';
  switch (moment) {
    case 'ahead':
      return locale === 'fr' ? `Votre réponse est attendue d'ici au ${due}.` : `Your answer is expected by ${due}.`;
    case 'today':
      return locale === 'fr' ? `Votre réponse est attendue aujourd'hui, ${due}.` : `Your answer is expected today, ${due}.`;
    case 'past':
      return locale === 'fr' ? `Votre réponse était attendue le ${due}.` : `Your answer was expected on ${due}.`;
  }
}

/** Why this reader. */
export function why(view: AskView, locale: Locale): string {
  if (view.onBehalfOf === undefined) return askWords(view.ask.kind, locale).why(view);
  if (view.onBehalfOf.named) return namedBy(view.onBehalfOf.name, locale);
  const name = inline(view.onBehalfOf.name);
  const stage = view.stage !== undefined && view.stage.of > 1 ? view.stage : undefined;
  if (locale === 'fr') {
    return `Vous êtes sollicité·e à la place de ${name}${stage === undefined ? '' : `, étape ${stage.n} sur ${stage.of} de la validation`}.`;
  }
  return `You are asked in place of ${name}${stage === undefined ? '' : `, stage ${stage.n} of ${stage.of} of the approval`}.`;
}

/** The next automatic reminder, who is asked after it, and that all of it stops with an answer. */
export function next({ view, rung }: MailItem, locale: Locale): string {
  const fr = locale === 'fr';
  if (isAnnounced(view)) {
    return fr
      ? `Les questions vous parviendront le ${instantInWords(view.ask.opensAt, view, locale)}.`
      : `The questions will reach you on ${instantInWords(view.ask.opensAt, view, locale)}.`;
  }
  const stops = stopsWhen(view, locale);
  if (view.next === undefined) {
    if (rung === 'late-2' && view.substitute !== undefined) return nowSubstituteToo(view, inline(view.substitute.name), stops, locale);
    return fr ? `Aucun autre rappel automatique n'est prévu. ${stops}` : `No other automatic reminder is planned. ${stops}`;
  }
  const at = instantInWords(view.next.at, view, locale);
  const told = informed(view, locale);
  const sub = view.substitute === undefined ? undefined : inline(view.substitute.name);
  if (view.next.rung === 'late-2' || view.next.rung === 'late-5') {
    return fr
      ? `Prochain rappel le ${at}${sub === undefined ? '' : `, à vous et à ${sub}, qui pourra répondre à votre place`} ; ${told} en sera alors prévenue. ${stops}`
      : `Next reminder on ${at}${sub === undefined ? '' : `, to you and to ${sub}, who may then answer in your place`}; ${told} will then be told. ${stops}`;
  }
  const later =
    sub === undefined || momentOf(view) === 'past'
      ? ''
      : fr
        ? ` ; ensuite, deux jours ouvrés après l'échéance, ${sub} pourra répondre à votre place`
        : `; then, two working days after the due date, ${sub} may answer in your place`;
  return fr ? `Prochain rappel le ${at}${later}. ${stops}` : `Next reminder on ${at}${later}. ${stops}`;
}

function nowSubstituteToo(view: AskView, name: string, stops: string, locale: Locale): string {
  const told = informed(view, locale);
  return locale === 'fr'
    ? `${name} peut désormais répondre aussi, à votre place, et ${told} en est prévenue. ${stops}`
    : `${name} may now answer too, in your place, and we have told ${told}. ${stops}`;
}

function stopsWhen({ ask }: AskView, locale: Locale): string {
  if (ask.kind === 'apply') return locale === 'fr' ? "Tout s'arrête dès que vous l'envoyez." : 'All of it stops as soon as you submit it.';
  return locale === 'fr' ? "Tout s'arrête dès que vous répondez." : 'All of it stops as soon as you answer.';
}

/** Who is told of a silence: the coordinators, or the executive when a coordinator is silent. */
function informed({ person }: AskView, locale: Locale): string {
  if (person.role === 'coordinator') return locale === 'fr' ? 'la direction générale' : 'general management';
  return locale === 'fr' ? 'la coordination' : 'the coordinators';
}
