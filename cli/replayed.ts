/** What `verify-deploy` and `repair` say of workflows: an edition's id, never the engine's words. */

import type { Difference } from '../client/histories.js';
import type { Replayed } from '../client/verbs/repair.js';
import type { Locale, Words } from '../domain/words.js';

const FOR_ALL: Record<string, Words> = {
  sweep: { fr: '(ronde)', en: '(sweep)' },
  watch: { fr: '(veille)', en: '(watch)' },
};

/** Whose a workflow is: an edition's id, or what runs for all of them. */
export const subjectOf = ({ workflow, type, edition }: Pick<Replayed, 'workflow' | 'type' | 'edition'>, locale: Locale): string =>
  edition ?? FOR_ALL[type]?.[locale] ?? workflow;

const DONE: Record<string, Words> = {
  timer: { fr: "a attendu jusqu'à un instant donné", en: 'waited for a given instant' },
  review: { fr: "a relu l'édition", en: 'reviewed the edition' },
  'search-attributes': {
    fr: 'a dit où elle en est (phase, rôles attendus, échéance)',
    en: 'told where it stands (phase, roles waited for, due date)',
  },
  'continue-as-new': { fr: 'a repris dans un nouvel historique', en: 'went on in a new history' },
  end: { fr: "s'est terminée", en: 'ended' },
};

/** Where a run and this build part, in words. */
export function differenceText({ event, recorded = 'other', message }: Difference, locale: Locale): string {
  if (event === undefined) return message;
  const activity = /^activity (\w+)$/.exec(recorded)?.[1];
  const did =
    activity !== undefined
      ? { fr: `a lancé « ${activity} »`, en: `called "${activity}"` }
      : (DONE[recorded] ?? { fr: 'a fait autre chose', en: 'did something else' });
  return locale === 'fr'
    ? `à l'événement ${event}, l'exécution ${did.fr}, ce que cette version ne fait pas`
    : `at event ${event} the run ${did.en}, which this build does not`;
}

/** How long a run's history is, in a list. */
export const eventsText = (historyEvents: number, locale: Locale): string =>
  historyEvents === 0 ? '–' : locale === 'fr' ? `${historyEvents} événements` : `${historyEvents} events`;
