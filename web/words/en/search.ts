/** The words of the search, in English. */
import type { SearchWords } from '../fr/search.js';

/** The words of the search. */
export const search: SearchWords = {
  title: 'Search',
  label: 'Search your editions',
  what: 'A name, an address, a project, a word of a document',
  button: 'Search',
  only: 'In this edition only',
  kinds: {
    editions: 'Editions',
    people: 'People',
    projects: 'Projects',
    documents: 'Documents',
    applications: 'Applications',
  },
  none: (asked) => `Nothing is found for “${asked}” among what you may read.`,
  hint: 'The last word may be half typed; accents do not count. Every word must be there.',
  all: (kind) => `${kind}: see all`,
  next: 'Next',
  every: 'Everything',
  tooOften: 'You have searched a lot in little time: wait a few minutes, then search again.',
};
