import { awaited, deadline } from '../../phrases.js';
import type { KindWords } from '../words.js';

/** Score, blind to the others; closes by the clock. */
export const score: KindWords<'score'> = {
  page: {
    title: () => 'Quelles notes donnez-vous aux projets ?',
    lead: () =>
      "De 0 (pas du tout) à 5 (tout à fait), critère par critère. Personne ne voit vos notes avant que tous aient noté, ou que l'heure soit passée.",
    why: () => 'vous siégez au jury',
    next: () => "moyenne, médiane et écart de chaque projet sont montrés à la délibération ; rien n'est corrigé ni ramené à une norme",
    button: 'Envoyer mes notes',
    done: 'Vos notes sont enregistrées',
    noun: 'notes du jury',
  },
  fields: () => ({
    scores: { label: 'Vos notes, de 0 à 5' },
    remarks: { label: 'Vos remarques', hint: 'Lues à la délibération, avec les notes.' },
  }),
  lacking: "aucun juré n'a noté.",
  tooFew: { thing: 'aucune note du jury', sentence: "Le jury s'est clos sans qu'aucune note soit donnée." },
  mail: {
    awaited: () => awaited('Vos notes', 'es'),
    headline: (view, moment) =>
      moment === 'past'
        ? undefined
        : `Vos notes sont attendues ${moment === 'today' ? "aujourd'hui, " : 'le '}${deadline(view, 'fr')} au plus tard`,
    request: () =>
      'Notez chaque candidature que vous avez entendue sur les critères du jury. Personne ne voit vos notes avant que chaque juré ait noté, ou que les notes soient closes.',
    why: () => 'Vous siégez au jury.',
    silence: () => 'la page refuse les notes et le classement se fait sans les vôtres',
    after: () => 'Les résultats, moyenne, médiane et écart, sont montrés au jury, qui délibère.',
    act: 'Donner mes notes',
    late: () => "n'a pas encore donné ses notes",
    thing: () => awaited('notes du jury', 'es'),
  },
};
