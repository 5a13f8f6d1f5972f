import { awaited } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { asRole } from './common.js';

/** An interview of the diagnosis. */
export const interview: KindWords<'interview'> = {
  page: {
    title: () => 'Quels besoins sociaux restent sans réponse, vus de votre place ?',
    lead: () =>
      'Quelques lignes suffisent. Vos réponses nourrissent le diagnostic, dont partira la recherche de solutions ; la coordination et les personnes qui valident le diagnostic les lisent, avec votre nom.',
    why: (view) => `vous êtes interrogé·e comme ${asRole(view)} ; chaque regard compte`,
    next: () => 'la coordination croise tous les entretiens, écrit le diagnostic et le fait valider',
    button: 'Envoyer mes réponses',
    done: 'Vos réponses sont enregistrées',
    noun: 'entretien',
  },
  fields: () => ({
    problems: { label: 'Quels problèmes aigus voyez-vous ?', hint: 'Qui cela touche, depuis quand, à quoi vous le voyez.' },
    existing: { label: "Qu'est-ce qui existe déjà ?" },
    missing: { label: 'Que manque-t-il ?' },
    leads: { label: 'Quelles pistes voyez-vous ?', hint: 'Une idée, une solution vue ailleurs, une personne à rencontrer.' },
  }),
  lacking: "aucun entretien n'a reçu de réponse.",
  mail: {
    awaited: () => awaited('Votre contribution aux entretiens croisés', 'e'),
    request: () =>
      'De votre place, quels sont les problèmes les plus aigus ? Dites aussi ce qui existe déjà, ce qui manque et les pistes que vous voyez : quelques lignes suffisent.',
    why: () => "Vous êtes de celles et ceux que l'équipe écoute pour établir le diagnostic.",
    silence: () => 'le diagnostic sera écrit sans votre point de vue',
    after: () => 'Vos réponses nourrissent le diagnostic, que la coordination rédige et soumet à validation.',
    act: "Répondre à l'entretien",
    late: () => "n'a pas encore répondu à l'entretien",
    thing: () => awaited('réponse aux entretiens croisés', 'e'),
  },
};
