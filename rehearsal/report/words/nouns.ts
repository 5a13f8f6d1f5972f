import type { AskKind, Choice, ProjectOutcome } from '../../../domain/asks.js';
import { setFrench } from '../../../domain/typography.js';
import type { Words } from '../../../domain/words.js';

/** What is asked of people, as a list calls it. */
export const ASK_NOUNS: Record<AskKind, Words> = {
  interview: { fr: 'entretien', en: 'interview' },
  document: { fr: 'document', en: 'document' },
  approve: { fr: 'validation', en: 'approval' },
  relay: { fr: "relais de l'appel", en: 'spreading the call' },
  apply: { fr: 'candidature', en: 'application' },
  eligibility: { fr: 'recevabilité', en: 'eligibility' },
  shortlist: { fr: 'présélection', en: 'shortlist' },
  seat: { fr: 'siège au jury', en: 'seat on the jury' },
  prepare: { fr: 'préparation du pitch', en: 'preparation of the pitch' },
  interests: { fr: 'déclaration de liens', en: 'declaration of interests' },
  score: { fr: 'notes du jury', en: 'scores of the jury' },
  deliberation: { fr: 'délibération', en: 'deliberation' },
  pairs: { fr: 'choix des rencontres', en: 'choice of the meetings' },
  introduction: { fr: 'mise en relation', en: 'introduction' },
  session: { fr: 'séance de terrain', en: 'field session' },
  report: { fr: 'bilan', en: 'report' },
  proposal: { fr: 'proposition de suites', en: 'proposed outcome' },
  sitting: { fr: 'séance délibérante', en: 'sitting' },
  decide: { fr: 'décision de la coordination', en: 'decision of the coordinators' },
};

/** What coordinators decided. */
export const CHOICE_WORDS: Record<Choice, Words> = {
  extend: { fr: 'question posée de nouveau', en: 'asked again' },
  'go-on': { fr: "continué avec ce qu'il y avait", en: 'went on with what there was' },
  'in-place': { fr: 'décidé à la place', en: 'decided in their place' },
  move: { fr: 'séance déplacée', en: 'session moved' },
  drop: { fr: 'séance supprimée', en: 'session dropped' },
  'drop-project': { fr: 'projet arrêté', en: 'project dropped' },
  'end-edition': { fr: 'édition arrêtée', en: 'edition ended' },
};

/** How a project ended. */
export const PROJECT_OUTCOME_WORDS: Record<ProjectOutcome, Words> = {
  agreement: { fr: 'convention', en: 'agreement' },
  'scale-up': { fr: 'passage à l’échelle', en: 'scale-up' },
  end: { fr: 'fin de l’expérimentation', en: 'end of the experiment' },
  'not-started': { fr: 'non commencé', en: 'not started' },
  dropped: { fr: 'arrêté', en: 'dropped' },
};

/** What an answer decided, where it is not a yes; sittings too. */
export const RESULT_WORDS: Record<string, Words> = {
  'changes-requested': { fr: 'modifications demandées', en: 'changes requested' },
  refused: { fr: 'refusé', en: 'refused' },
  'not-held': { fr: 'séance non tenue', en: 'session not held' },
  adopted: { fr: 'adopté', en: 'adopted' },
  adjourned: { fr: 'ajourné', en: 'adjourned' },
  rejected: { fr: 'rejeté', en: 'rejected' },
};

/** How a step ended, where it is worth saying. */
export const STEP_OUTCOME_WORDS: Record<string, Words> = {
  partial: { fr: 'une partie de ce qui était demandé', en: 'some of what was asked for' },
  none: { fr: 'rien de ce qui était demandé', en: 'nothing of what was asked for' },
  'changes-requested': { fr: 'modifications demandées', en: 'changes requested' },
  refused: { fr: 'refusé', en: 'refused' },
  undecided: { fr: 'non tranché', en: 'undecided' },
  skipped: { fr: 'sans objet', en: 'not applicable' },
};

/** The word of a code, in a language; undefined where there is none to say. */
export const wordOf = (
  table: Readonly<Record<string, Words>>,
  code: string | null | undefined,
  locale: 'fr' | 'en',
): string | undefined => {
  const words = code != null && Object.hasOwn(table, code) ? table[code] : undefined;
  return words && (locale === 'fr' ? setFrench(words.fr) : words.en);
};
