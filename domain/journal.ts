/** What the journal says in words: who did what. Complete by type: a verb without its words does not compile. */
import type { Locale, Words } from './words.js';

/** What each verb of the journal says, after the name of who did it. */
export const VERB_WORDS = {
  'edition.started': { fr: 'a commencé l’édition', en: 'started the edition' },
  'edition.paused': { fr: 'a mis l’édition en pause', en: 'paused the edition' },
  'edition.resumed': { fr: 'a repris l’édition', en: 'resumed the edition' },
  'edition.cancelled': { fr: 'a arrêté l’édition', en: 'stopped the edition' },
  'edition.moved': { fr: 'a déplacé une date', en: 'moved a date' },
  'edition.closure': { fr: 'a fermé une période', en: 'closed a period' },
  'edition.sitting': { fr: 'a changé les séances d’une instance', en: 'changed the sittings of a body' },
  'edition.back': { fr: 'est revenu·e à une étape', en: 'went back to a step' },
  'step.skipped': { fr: 'a passé une étape', en: 'skipped a step' },
  'edition.length': { fr: 'a changé la durée d’une étape', en: 'changed the length of a step' },
  'edition.advanced': { fr: 'a avancé l’horloge de la démonstration', en: 'moved the clock of the demonstration forward' },
  'edition.retried': { fr: 'a fait réessayer l’exécution sans attendre', en: 'had the execution try again at once' },
  'edition.restarted': { fr: 'a repris l’exécution', en: 'took up the execution again' },
  'ask.opened': { fr: 'a posé la question', en: 'asked' },
  'ask.answered': { fr: 'a répondu', en: 'answered' },
  'ask.answered-for': { fr: 'a noté la réponse de quelqu’un', en: 'wrote down somebody’s answer' },
  'ask.settled': { fr: 'a clos la question', en: 'closed the question' },
  'ask.delegated': { fr: 'a désigné quelqu’un d’autre', en: 'named somebody else' },
  'ask.taken-back': { fr: 'répond finalement en personne', en: 'answers themselves after all' },
  'ask.substituted': { fr: 'a demandé aussi à la suppléance', en: 'asked the substitute too' },
  'ask.extended': { fr: 'a prolongé la question', en: 'extended the question' },
  'ask.closed': { fr: 'a fait clore la question', en: 'had the question closed' },
  'ask.nudged': { fr: 'a relancé', en: 'nudged' },
  'ask.reopened': { fr: 'a rouvert une réponse', en: 'let an answer be corrected' },
  'ask.corrected': { fr: 'a corrigé sa réponse', en: 'corrected their answer' },
  'ask.reassigned': { fr: 'a confié la question à quelqu’un d’autre', en: 'gave the question to somebody else' },
  'application.started': { fr: 'a commencé une candidature', en: 'started an application' },
  'application.saved': { fr: 'a gardé un brouillon', en: 'kept a draft' },
  'application.submitted': { fr: 'a envoyé une candidature', en: 'submitted an application' },
  'application.discarded': { fr: 'a effacé un brouillon de candidature', en: 'erased the draft of an application' },
  'link.asked': { fr: 'a demandé un nouveau lien', en: 'asked for a new link' },
  'project.created': { fr: 'a ouvert un projet', en: 'opened a project' },
  'risk.told': { fr: 'a alerté sur le calendrier', en: 'warned about the schedule' },
  'act.undone': { fr: 'a annulé son dernier acte', en: 'undid their last act' },
  'mail.held': { fr: 'a retenu un mail', en: 'held back a mail' },
  'mail.released': { fr: 'a laissé partir un mail retenu', en: 'let a held mail go' },
  'message.sent': { fr: 'a écrit un message', en: 'wrote a message' },
  'mail.resent': { fr: 'a renvoyé un mail', en: 'sent a mail again' },
  'mail.bounced': { fr: 'a reçu un avis sur un mail (non remis, ou en retard)', en: 'got word of a mail (not delivered, or late)' },
  'person.unreachable': { fr: 'ne parvient plus à joindre quelqu’un', en: 'can no longer reach somebody' },
  'person.added': { fr: 'a ajouté quelqu’un', en: 'added somebody' },
  'person.edited': { fr: 'a corrigé un nom ou une langue', en: 'corrected a name or a language' },
  'person.replaced': { fr: 'a remplacé quelqu’un', en: 'replaced somebody' },
  'person.left': { fr: 'a noté un départ', en: 'wrote down that somebody left' },
  'person.address': { fr: 'a corrigé ou confirmé une adresse', en: 'corrected or confirmed an address' },
  'digest.stopped': { fr: 'ne reçoit plus le point hebdomadaire', en: 'no longer receives the weekly digest' },
  'digest.resumed': { fr: 'reçoit de nouveau le point hebdomadaire', en: 'receives the weekly digest again' },
  'language.chosen': { fr: 'a choisi sa langue', en: 'chose their language' },
  'calendar.renewed': { fr: 'a donné une nouvelle adresse à un calendrier', en: 'gave a calendar a new address' },
  'session.opened': { fr: 'est entré·e dans la console', en: 'entered the console' },
  'session.refused': { fr: 'a présenté un lien qui n’ouvre rien', en: 'showed a link that opens nothing' },
  'session.ended': { fr: 'a fermé une session', en: 'ended a session' },
  'factor.set': { fr: 'a installé un second facteur', en: 'set up a second factor' },
  'factor.codes': { fr: 'a fait de nouveaux codes de secours', en: 'made new recovery codes' },
  'factor.removed': { fr: 'a retiré un second facteur', en: 'removed a second factor' },
  'factor.refused': { fr: 'a tapé un code qui n’est pas le bon', en: 'typed a code that is not the right one' },
  'account.opened': { fr: 'a ouvert un compte', en: 'opened an account' },
  'account.renamed': { fr: 'a donné un autre nom à un compte', en: 'gave an account another name' },
  'account.reset': {
    fr: 'a remis un compte à zéro (sessions, second facteur)',
    en: 'reset an account (sessions, second factor)',
  },
  'account.blocked': { fr: 'a bloqué un compte', en: 'blocked an account' },
  'right.refused': { fr: 'a demandé ce qui n’est pas dans ses droits', en: 'asked for what is not theirs to do' },
  'right.given': { fr: 'a donné un droit', en: 'gave a right' },
  'right.taken': { fr: 'a retiré un droit', en: 'took away a right' },
  'fact.finished': { fr: 'a terminé une étape', en: 'finished a step' },
  'fact.projects': { fr: 'a ouvert les projets retenus', en: 'opened the retained projects' },
  'fact.sessions': { fr: 'a fixé les séances', en: 'set the sessions' },
  'fact.sitting': { fr: 'a fixé la séance délibérante', en: 'set the sitting' },
  'fact.project-ended': { fr: 'a mis fin à un projet', en: 'ended a project' },
  'fact.edition-ended': { fr: 'a mis fin à l’édition', en: 'ended the edition' },
} as const satisfies Record<string, Words>;

/** A verb of the journal. */
export type Verb = keyof typeof VERB_WORDS;

/** The journal of the installation itself: who entered, and whose rights changed. No edition may have this id. */
export const installationJournal = 'installation';

/** Who acts without being a person of the edition: the programme itself, and coordinators from the console or the command line. */
export const ACTOR_WORDS = {
  programme: { fr: 'le programme', en: 'the programme' },
  coordinator: { fr: 'la coordination', en: 'the coordinators' },
  machine: { fr: 'en ligne de commande', en: 'on the command line' },
  visitor: { fr: 'quelqu’un, sans s’identifier', en: 'somebody unidentified' },
} as const satisfies Record<string, Words>;

/** An account is taken at its word where a command names it (`--as`): its entries say so (`detail.via`), those of a session do not. */
export const byCommand = (actor: string): string => `${actor}${commandMark}`;
const commandMark = ' via machine';

/** Who did it, as the journal keeps it: its actor, and what that adds to the detail. */
export const keptActor = (by: string): { actor: string; detail: { via?: 'machine' } } =>
  by.endsWith(commandMark) ? { actor: by.slice(0, -commandMark.length), detail: { via: 'machine' } } : { actor: by, detail: {} };

/** Who did it, in words; `name`: of the person or the account, as long as there is one. */
export function actorInWords(
  { actor, via }: { actor: string; via?: unknown },
  name: (actor: string) => string | undefined,
  locale: Locale,
): string {
  if (isActor(actor)) return ACTOR_WORDS[actor][locale];
  const named = name(actor) ?? (actor.startsWith('account:') ? erasedAccount[locale] : actor);
  return via === 'machine' ? `${named}, ${ACTOR_WORDS.machine[locale]}` : named;
}
const erasedAccount: Words = { fr: 'compte effacé', en: 'erased account' };

/** Whether a code is a verb that this build has words for: an entry of an older one may have another. */
export const isVerb = (code: string): code is Verb => Object.hasOwn(VERB_WORDS, code);

/** Whether an actor is no person of the edition. */
export const isActor = (code: string): code is keyof typeof ACTOR_WORDS => Object.hasOwn(ACTOR_WORDS, code);
