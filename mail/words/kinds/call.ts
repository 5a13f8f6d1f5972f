import { dateInWords } from '../../../domain/instants.js';
import type { AskView } from '../../../domain/view.js';
import { application, awaited, between, deadline } from '../say.js';
import type { Bilingual } from '../types.js';
import { coordinators } from './diagnostic.js';

/** Will you spread the call? Ends with the call itself. */
export const relay: Bilingual = {
  fr: {
    awaited: () => awaited('Votre réponse', 'e'),
    topic: () => "relaierez-vous l'appel à candidatures ?",
    request: (view) =>
      `L'appel à candidatures est ouvert jusqu'au ${deadline(view, 'fr')}. Le ferez-vous connaître dans votre réseau ? Vous trouverez sur la page le texte de l'appel et un lien qui vous est propre.`,
    why: () => 'Vous faites partie des relais de cette édition.',
    silence: () => "l'appel est clos",
    after: () => "Votre réponse dit à l'équipe où l'appel circule ; rien d'autre ne vous est demandé.",
    act: "Voir l'appel et répondre",
    late: () => "n'a pas encore dit si l'appel sera relayé",
    thing: () => awaited("relais de l'appel à candidatures"),
  },
  en: {
    awaited: () => awaited('Your answer'),
    topic: () => 'will you spread the call for applications?',
    request: (view) =>
      `The call for applications is open until ${deadline(view, 'en')}. Will you make it known in your network? The page has the text of the call and a link of your own.`,
    why: () => 'You are one of the relays of this edition.',
    silence: () => 'the call is closed',
    after: () => 'Your answer tells the team where the call circulates; nothing else is asked of you.',
    act: 'See the call and answer',
    late: () => 'has not said whether they will spread the call',
    thing: () => awaited('spreading of the call for applications'),
  },
};

const draft = {
  fr: (view: AskView) => application(view, 'fr') ?? '',
  en: (view: AskView) => application(view, 'en') ?? '',
};
const spaced = (title: string): string => (title === '' ? '' : ` ${title}`);

/** A draft is not an application: reminders to those who hold one, until the call closes. */
export const apply: Bilingual = {
  fr: {
    awaited: () => awaited('Votre candidature', 'e'),
    headline: (view, moment) =>
      moment === 'today'
        ? `Votre candidature${spaced(draft.fr(view))} est encore un brouillon : l'appel se clôt aujourd'hui, ${deadline(view, 'fr')}`
        : moment === 'past'
          ? undefined
          : `Votre candidature${spaced(draft.fr(view))} est encore un brouillon : l'appel se clôt le ${deadline(view, 'fr')}`,
    request: () => "Un brouillon n'est pas une candidature : personne ne le lira. Complétez-le et envoyez-le depuis la page.",
    why: () => 'Vous avez commencé une candidature avec cette adresse.',
    silence: () => "l'appel est clos et le brouillon ne sera pas examiné",
    after: () => 'Une fois votre candidature envoyée, un accusé de réception vous parvient aussitôt ; elle sera examinée après la clôture.',
    act: 'Reprendre mon brouillon',
    late: () => "n'a pas encore envoyé sa candidature",
    thing: (view) => awaited(`candidature${spaced(draft.fr(view))}`, 'e'),
  },
  en: {
    awaited: () => awaited('Your application'),
    headline: (view, moment) =>
      moment === 'today'
        ? `Your application${spaced(draft.en(view))} is still a draft: the call closes today, ${deadline(view, 'en')}`
        : moment === 'past'
          ? undefined
          : `Your application${spaced(draft.en(view))} is still a draft: the call closes on ${deadline(view, 'en')}`,
    request: () => 'A draft is not an application: nobody will read it. Please complete it and submit it from the page.',
    why: () => 'You started an application with this address.',
    silence: () => 'the call is closed and the draft will not be examined',
    after: () => 'Once your application is submitted you get a receipt at once; it will be examined after the call closes.',
    act: 'Go on with my draft',
    late: () => 'has not submitted their application yet',
    thing: (view) => awaited(`application${spaced(draft.en(view))}`),
  },
};

/** Is this application eligible? */
export const eligibility: Bilingual = {
  fr: {
    awaited: () => awaited('Votre avis de recevabilité'),
    topic: (view) => application(view, 'fr') ?? 'candidature',
    request: (view) =>
      `La candidature${spaced(draft.fr(view))} est-elle recevable ? Répondez par oui ou par non, avec la raison : elle pourra être lue par la personne qui candidate.`,
    why: () => coordinators.fr,
    silence: () => 'la présélection attend',
    after: () => 'Recevable, la candidature passe à la présélection ; sinon elle est écartée pour la raison que vous donnez.',
    act: 'Lire et répondre',
    late: (view) => `n'a pas encore statué sur la recevabilité de la candidature${spaced(draft.fr(view))}`,
    thing: (view) => awaited(`recevabilité de la candidature${spaced(draft.fr(view))}`, 'e'),
  },
  en: {
    awaited: () => awaited('Your ruling on eligibility'),
    topic: (view) => application(view, 'en') ?? 'application',
    request: (view) =>
      `Is the application${spaced(draft.en(view))} eligible? Please answer yes or no, with the reason: the applicant may read it.`,
    why: () => coordinators.en,
    silence: () => 'the shortlist waits',
    after: () => 'If eligible, the application goes on to the shortlist; otherwise it is set aside for the reason you give.',
    act: 'Read and answer',
    late: (view) => `has not ruled on the eligibility of the application${spaced(draft.en(view))} yet`,
    thing: (view) => awaited(`eligibility of the application${spaced(draft.en(view))}`),
  },
};

/** Which applications are heard by the jury? */
export const shortlist: Bilingual = {
  fr: {
    awaited: () => awaited('La liste des projets présélectionnés', 'e'),
    request: ({ form }) => `Parmi les candidatures recevables, choisissez-en ${between(form, 'fr')} pour le jury, et dites pourquoi.`,
    why: () => coordinators.fr,
    silence: () => 'personne ne peut être invité à préparer son passage devant le jury',
    after: (view) =>
      `Les projets présélectionnés sont aussitôt invités à préparer leur passage devant le jury${view.event === undefined ? '' : `, le ${dateInWords(view.event.on, view, 'fr')}`}.`,
    act: 'Choisir les projets',
    late: () => "n'a pas encore arrêté la présélection",
    thing: () => awaited('présélection', 'e'),
  },
  en: {
    awaited: () => awaited('The list of shortlisted projects'),
    request: ({ form }) => `Among the eligible applications, please choose ${between(form, 'en')} for the jury, and say why.`,
    why: () => coordinators.en,
    silence: () => 'nobody can be invited to prepare their pitch',
    after: (view) =>
      `The shortlisted projects are invited at once to prepare their pitch${view.event === undefined ? '' : ` on ${dateInWords(view.event.on, view, 'en')}`}.`,
    act: 'Choose the projects',
    late: () => 'has not settled the shortlist yet',
    thing: () => awaited('shortlist'),
  },
};
