import { application, awaited, deadline, spaced } from '../../phrases.js';
import type { KindWords } from '../words.js';

/** A draft is not an application: reminders to those who hold one, until the call closes. */
export const apply: KindWords<'apply'> = {
  page: {
    title: () => 'Quelle solution proposez-vous ?',
    lead: () =>
      "Un brouillon n'est pas une candidature : il faut l'envoyer avant la clôture. D'ici là, vous pouvez y revenir avec le lien reçu par mail.",
    why: () => 'vous avez commencé une candidature',
    next: () =>
      'la coordination vérifie la recevabilité, puis le jury entend les candidatures présélectionnées ; vous serez informé·e dans tous les cas',
    button: 'Envoyer ma candidature',
    done: 'Votre candidature est envoyée',
    noun: 'candidature',
  },
  fields: () => ({
    title: { label: 'Le nom de votre solution' },
    organisation: { label: 'Le nom de votre structure', hint: 'Association, entreprise, coopérative… ou le vôtre.' },
    team: { label: 'Votre équipe', hint: 'Qui fait quoi, et depuis quand.' },
    need: { label: 'Le besoin auquel elle répond' },
    summary: {
      label: 'Votre solution en quelques paragraphes',
      hint: "Ce que c'est, pour qui, où elle a déjà fait ses preuves, ce que vous voudriez essayer ici.",
    },
  }),
  lacking: "l'appel s'est fermé sans aucune candidature.",
  tooFew: { thing: 'aucune candidature', sentence: "L'appel s'est clos sans aucune candidature." },
  mail: {
    awaited: () => awaited('Votre candidature', 'e'),
    headline: (view, moment) =>
      moment === 'today'
        ? `Votre candidature${spaced(application(view, 'fr'))} est encore un brouillon : l'appel se clôt aujourd'hui, ${deadline(view, 'fr')}`
        : moment === 'past'
          ? undefined
          : `Votre candidature${spaced(application(view, 'fr'))} est encore un brouillon : l'appel se clôt le ${deadline(view, 'fr')}`,
    request: () => "Un brouillon n'est pas une candidature : personne ne le lira. Complétez-le et envoyez-le depuis la page.",
    why: () => 'Vous avez commencé une candidature avec cette adresse.',
    silence: () => "l'appel est clos et le brouillon ne sera pas examiné",
    after: () => 'Une fois votre candidature envoyée, un accusé de réception vous parvient aussitôt ; elle sera examinée après la clôture.',
    act: 'Reprendre mon brouillon',
    late: () => "n'a pas encore envoyé sa candidature",
    thing: (view) => awaited(`candidature${spaced(application(view, 'fr'))}`, 'e'),
  },
};
