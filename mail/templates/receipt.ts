import type { AskKind } from '../../domain/asks.js';
import { strong } from '../../domain/clean.js';
import { instantInWords } from '../../domain/instants.js';
import type { MailContent } from '../../domain/mails.js';
import { application, capital, inline } from '../../domain/phrases.js';
import type { Words } from '../../domain/words.js';
import { aside, type Message, paragraph, sentences } from '../blocks.js';
import { answered } from '../words/answers.js';
import { askWords } from '../words/asks.js';
import { hello, kickerLine, personal, signature, thenLabel, whyLabel } from '../words/common.js';

type Receipt = Extract<MailContent, { template: 'receipt' }>;

const sort: Words = { fr: 'accusé de réception', en: 'receipt' };
const readAnswer: Words = { fr: 'Relire ma réponse', en: 'Read my answer' };
const readApplication: Words = { fr: 'Relire ma candidature', en: 'Read my application' };
/** The button that leads to what was answered. */
export const readAgain = (kind: AskKind): Words => (kind === 'apply' ? readApplication : readAnswer);
const because: Words = {
  fr: 'Vous venez de répondre. Plus aucun rappel ne partira au sujet de cette demande.',
  en: 'You have just answered. No more reminders will leave about this request.',
};

// what follows these depends on the answer ("Si vous validez …"), which has just been given; a "no" is followed by nothing
const choosing: readonly AskKind[] = ['apply', 'eligibility', 'session', 'sitting'];

/** What was answered, and where it can be read again. */
export function receipt({ edition, reader: { locale }, view, link }: Receipt): Message {
  const words = askWords(view.ask.kind, locale);
  const fr = locale === 'fr';
  const thing = words.thing(view).text;
  const isApplication = view.ask.kind === 'apply';
  const title = application(view, locale);
  const heading = isApplication
    ? fr
      ? `Votre candidature${title === undefined ? '' : ` ${title}`} est bien envoyée`
      : `Your application${title === undefined ? '' : ` ${title}`} has been submitted`
    : fr
      ? 'Votre réponse est bien enregistrée'
      : 'Your answer has been recorded';
  const at = instantInWords(view.closed?.at ?? view.at, view, locale);
  return {
    locale,
    subject: isApplication ? heading : `${heading}${fr ? ' : ' : ': '}${thing}`,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [
      paragraph(hello[locale]),
      paragraph(
        sentences(
          isApplication
            ? fr
              ? `Elle nous est parvenue le ${at} et sera examinée après la clôture de l'appel. Merci.`
              : `It reached us on ${at} and will be examined after the call closes. Thank you.`
            : fr
              ? `${capital(thing)} : votre réponse nous est parvenue le ${at}. Merci.`
              : `${capital(thing)}: your answer reached us on ${at}. Thank you.`,
          view.onBehalfOf === undefined
            ? ''
            : fr
              ? `Elle est inscrite à votre nom, pour ${inline(view.onBehalfOf.name)}.`
              : `It is recorded in your name, for ${inline(view.onBehalfOf.name)}.`,
        ),
      ),
      ...answered(view, locale),
      { is: 'button', label: readAgain(view.ask.kind)[locale], href: link },
      ...(choosing.includes(view.ask.kind) || view.closed?.state === 'declined'
        ? []
        : [aside(`${strong(thenLabel[locale])} ${words.after(view)}`)]),
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`, personal[locale]],
    signature: signature(edition),
  };
}
