/** What circuits, sittings and projects come to, in words. */
import type { Choice, ProjectOutcome, Verdict } from './asks.js';
import type { Locale, Words } from './words.js';

/** What approvers and sittings decide. */
export const DECISION_WORDS: Record<Verdict | 'adopted' | 'adjourned' | 'rejected', Words> = {
  approved: { fr: 'validé', en: 'approved' },
  'changes-requested': { fr: 'modifications demandées', en: 'changes requested' },
  refused: { fr: 'refusé', en: 'refused' },
  undecided: { fr: 'non tranché', en: 'undecided' },
  adopted: { fr: 'adopté', en: 'adopted' },
  adjourned: { fr: 'ajourné', en: 'adjourned' },
  rejected: { fr: 'rejeté', en: 'rejected' },
};

/** How a project ended. */
export const PROJECT_OUTCOME_WORDS: Record<ProjectOutcome, Words> = {
  agreement: { fr: 'convention', en: 'agreement' },
  'scale-up': { fr: 'passage à l’échelle', en: 'scale-up' },
  end: { fr: 'fin de l’expérimentation', en: 'end of the experiment' },
  'not-started': { fr: 'non commencé', en: 'not started' },
  dropped: { fr: 'arrêté', en: 'dropped' },
};

/** What a coordinator may choose when something is lacking, as the end of "vous pouvez …". */
export const CHOICE_WORDS: Record<Choice, Words> = {
  extend: { fr: 'reposer la question avec un nouveau délai', en: 'ask again with a new due date' },
  'go-on': { fr: "continuer avec ce qu'il y a", en: 'go on with what there is' },
  'in-place': { fr: 'décider vous-même, en votre nom', en: 'decide yourself, in your name' },
  move: { fr: 'déplacer la séance', en: 'move the session' },
  drop: { fr: 'annuler la séance', en: 'drop the session' },
  'drop-project': { fr: 'arrêter ce projet', en: 'drop this project' },
  'end-edition': { fr: "mettre fin à l'édition", en: 'end the edition' },
};

/** The word of a code as rows hold it, from a table; undefined where it has none there. */
export const wordIn = (table: Readonly<Record<string, Words>>, code: string | null | undefined, locale: Locale): string | undefined =>
  code != null && Object.hasOwn(table, code) ? table[code]?.[locale] : undefined;
