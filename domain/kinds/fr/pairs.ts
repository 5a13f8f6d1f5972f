import { awaited, project } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { coordination, coordinators, theProject } from './common.js';

/** Who should meet whom. */
export const pairs: KindWords<'pairs'> = {
  page: {
    title: (view) => `Qui ${view.project ? `le projet ${theProject(view)}` : theProject(view)} doit-il rencontrer ?`,
    lead: () => "Choisissez les personnes dont le projet a besoin : celles qui l'accueilleront, l'orienteront, lui ouvriront une porte.",
    why: coordination,
    next: () => 'chaque mise en relation est proposée aux deux côtés, qui disent si la rencontre a eu lieu',
    button: 'Proposer ces rencontres',
    done: 'Les rencontres sont proposées',
    noun: 'choix des rencontres',
  },
  fields: () => ({
    people: { label: 'Les personnes à rencontrer', hint: "Ne cochez personne si aucune rencontre n'est utile." },
    purpose: { label: 'Ce que le projet en attend', hint: 'Lu par les deux côtés.' },
  }),
  lacking: "aucune rencontre n'a été proposée.",
  mail: {
    awaited: () => awaited('Vos propositions de rencontres', 'es'),
    topic: (view) => project(view, 'fr'),
    request: (view) =>
      `Qui le projet ${project(view, 'fr')} doit-il rencontrer pour bien commencer : une école, une maternité, un service ? Choisissez les personnes et dites dans quel but.`,
    why: () => coordinators,
    silence: () => 'le projet avance sans mise en relation',
    after: () => 'Chaque rencontre est proposée aux deux personnes, qui disent ensuite si elle a eu lieu.',
    act: 'Proposer des rencontres',
    late: (view) => `n'a pas encore proposé de rencontres pour ${project(view, 'fr')}`,
    thing: (view) => awaited(`propositions de rencontres pour ${project(view, 'fr')}`, 'es'),
  },
};
