import { awaited, between } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { coordination, coordinators, countOf } from './common.js';

/** What the jury decided, and why. */
export const deliberation: KindWords<'deliberation'> = {
  page: {
    title: () => "Qu'a décidé le jury ?",
    lead: ({ form }) =>
      `Retenez ${countOf(form, 'projet', 'projets')}. Les notes éclairent la délibération, elles ne la remplacent pas : écrivez les raisons.`,
    why: coordination,
    next: () => 'la décision est proposée à la validation ; aucune lettre ne part avant',
    button: 'Enregistrer la délibération',
    done: 'La délibération est enregistrée',
    noun: 'délibération',
  },
  fields: () => ({
    retained: { label: 'Les projets retenus' },
    reserve: { label: 'En réserve', hint: 'Appelés si un projet retenu se retire.' },
    reasons: { label: 'Une raison par candidature', hint: 'Elle figure dans sa lettre, à la place des raisons communes.' },
    reason: { label: 'Les raisons communes', hint: 'Dans les lettres de celles qui n’en ont pas d’autre.' },
    minutes: { label: 'Pour le procès-verbal', hint: 'Lu par les personnes qui valident ; dans aucune lettre.' },
  }),
  lacking: "la délibération n'a pas été déposée.",
  mail: {
    awaited: ({ ask }) => (ask.version > 1 ? awaited('Une nouvelle délibération du jury', 'e') : awaited('La délibération du jury', 'e')),
    request: ({ ask, form }) =>
      `${ask.version > 1 ? 'La sélection revient avec des remarques. ' : ''}Écrivez ce que le jury a décidé : les projets retenus (${between(form, 'fr')}), ceux qui restent en réserve, et les raisons de ce choix.`,
    why: () => coordinators,
    silence: () => 'aucune décision ne peut être annoncée aux projets',
    after: () => "La délibération part en validation ; les décisions ne sont annoncées aux projets qu'ensuite, toutes le même jour.",
    act: 'Écrire la délibération',
    late: () => "n'a pas encore déposé la délibération du jury",
    thing: () => awaited('délibération du jury', 'e'),
  },
};
