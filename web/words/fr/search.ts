/** The words of the search, in French. */
import { french } from '../../../domain/typography.js';

/** The words of the search. */
export const search = french({
  title: 'Rechercher',
  label: 'Rechercher dans vos éditions',
  what: "Un nom, une adresse, un projet, un mot d'un document",
  button: 'Rechercher',
  only: 'Dans cette édition seulement',
  kinds: {
    editions: 'Éditions',
    people: 'Personnes',
    projects: 'Projets',
    documents: 'Documents',
    applications: 'Candidatures',
  },
  none: (asked: string) => `Rien n'est trouvé pour « ${asked} » parmi ce que vous pouvez lire.`,
  hint: "Le dernier mot peut n'être écrit qu'à moitié ; les accents ne comptent pas. Chaque mot doit s'y trouver.",
  all: (kind: string) => `${kind} : tout voir`,
  next: 'Les suivants',
  every: 'Toutes les rubriques',
  tooOften: 'Vous avez beaucoup cherché en peu de temps : attendez quelques minutes, puis cherchez à nouveau.',
});
export type SearchWords = typeof search;
