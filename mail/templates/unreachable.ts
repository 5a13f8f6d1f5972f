import { strong } from '../../domain/clean.js';
import { dateInWords } from '../../domain/instants.js';
import type { MailContent } from '../../domain/mails.js';
import { capital, inline, quoted } from '../../domain/phrases.js';
import type { AskView } from '../../domain/view.js';
import { isRoleWord, type Locale, ROLE_WORDS, type Words } from '../../domain/words.js';
import { type Message, paragraph, sentences } from '../blocks.js';
import { askWords } from '../words/asks.js';
import { hello, kickerLine, signature, whyLabel } from '../words/common.js';

type Unreachable = Extract<MailContent, { template: 'unreachable' }>;

const sort: Words = { fr: 'une adresse ne fonctionne pas', en: 'an address does not work' };
const see: Words = { fr: "Voir et corriger l'adresse", en: 'See and correct the address' };
const because: Words = {
  fr: 'Deux messages différents sont revenus parce que cette adresse est refusée. Vous en êtes averti·e une seule fois, au titre de la coordination de cette édition.',
  en: 'Two different mails came back because this address is refused. You are told once, as a coordinator of this edition.',
};

/** Somebody cannot be reached: who, at which address, what did not arrive, what they are waited for, and what can be done. */
export function unreachable(content: Unreachable): Message {
  const { edition, reader, person, undelivered, waiting, substitute, console } = content;
  const { locale } = reader;
  const fr = locale === 'fr';
  const name = inline(person.name);
  const heading = fr ? `${capital(name)} ne reçoit plus nos messages` : `${capital(name)} no longer gets our mails`;
  const role = isRoleWord(person.role) ? ` (${ROLE_WORDS[person.role][locale]})` : '';
  const list = (items: string[]) => ({ is: 'list' as const, items });
  return {
    locale,
    subject: heading,
    kicker: kickerLine(edition, sort[locale]),
    heading,
    blocks: [
      paragraph(hello[locale]),
      paragraph(
        fr
          ? `Les messages à ${strong(capital(name))}${role} reviennent : son serveur refuse l'adresse ${strong(inline(person.email, 254))}.`
          : `Mails to ${strong(capital(name))}${role} come back: their server refuses the address ${strong(inline(person.email, 254))}.`,
      ),
      paragraph(fr ? "Ce qui n'est pas arrivé :" : 'What did not arrive:'),
      list(
        undelivered.map(({ subject, on }) =>
          fr
            ? `${quoted(subject, 'fr')}, parti le ${dateInWords(on, content, 'fr')}`
            : `${quoted(subject, 'en')}, sent on ${dateInWords(on, content, 'en')}`,
        ),
      ),
      ...(waiting.length === 0
        ? [paragraph(fr ? "Rien n'est attendu de cette personne en ce moment." : 'Nothing is awaited from this person at present.')]
        : [
            paragraph(fr ? 'Ce qui est attendu de cette personne :' : 'What is awaited from this person:'),
            list(waiting.map((view) => awaitedLine(view, locale))),
          ]),
      paragraph(
        sentences(
          waiting.length === 0
            ? fr
              ? 'Plus aucun message ne part à cette adresse, sauf ce qui répond à un geste de cette personne.'
              : 'Nothing more leaves for this address, but for what answers an act of theirs.'
            : fr
              ? 'Plus aucun rappel ne part à cette adresse ; ce qui est demandé reste ouvert et suit son cours.'
              : 'No more reminders leave for this address; what is asked stays open and takes its course.',
          waiting.length === 0 ? '' : standIn(substitute, locale),
        ),
      ),
      paragraph(fr ? 'Vous pouvez :' : 'You can:'),
      list(whatToDo(waiting.length > 0, locale)),
      { is: 'button', label: see[locale], href: console },
    ],
    footer: [`${strong(whyLabel[locale])} ${because[locale]}`],
    signature: signature(edition),
  };
}

function whatToDo(isAwaited: boolean, locale: Locale): string[] {
  const mend: Words = {
    fr: "corriger l'adresse, ou confirmer qu'elle est juste : un nouveau lien part, et les lettres qui ne sont pas arrivées repartent, aussitôt ou dès 9 heures le prochain jour ouvré",
    en: 'correct the address, or confirm that it is right: a new link leaves and letters that did not arrive are sent again, at once or from 9:00 on the next working day',
  };
  if (!isAwaited) return [`${mend[locale]}.`];
  return locale === 'fr'
    ? [
        `${mend.fr} ;`,
        "joindre cette personne autrement, ou faire répondre quelqu'un d'autre ;",
        'prolonger, clore ou décider, comme pour toute réponse qui manque.',
      ]
    : [
        `${mend.en};`,
        'reach this person otherwise, or have somebody else answer;',
        'extend, close or decide, as for any answer that is missing.',
      ];
}

function awaitedLine(view: AskView, locale: Locale): string {
  const { text } = askWords(view.ask.kind, locale).thing(view);
  const due = dateInWords(view.ask.due, view, locale);
  if (text.includes(due)) return text;
  return locale === 'fr' ? `${text}, d'ici au ${due}` : `${text}, by ${due}`;
}

function standIn(substitute: Unreachable['substitute'], locale: Locale): string {
  if (substitute === undefined) return locale === 'fr' ? 'Personne ne supplée cette personne.' : 'Nobody stands in for this person.';
  const name = capital(inline(substitute.name));
  switch (substitute.where) {
    case 'everywhere':
      return locale === 'fr'
        ? `${name} est sollicité·e à sa place, sans attendre l'échéance.`
        : `${name} is asked in their place, without waiting for the due date.`;
    case 'partly':
      return locale === 'fr'
        ? `${name} est sollicité·e à sa place, sans attendre l'échéance, sauf là où sa propre réponse est demandée.`
        : `${name} is asked in their place, without waiting for the due date, but for what asks for an answer of their own.`;
    case 'unneeded':
      return '';
    case 'unreachable':
      return locale === 'fr'
        ? `${name} supplée cette personne, mais ne reçoit pas non plus nos messages : personne ne répond à sa place.`
        : `${name} stands in for them, but does not receive our mails either: nobody answers in their place.`;
    case 'nowhere':
      return locale === 'fr'
        ? `${name} supplée cette personne, mais doit déjà répondre en son nom propre : personne ne répond à sa place.`
        : `${name} stands in for them, but is asked for an answer of their own already: nobody answers in their place.`;
  }
}
