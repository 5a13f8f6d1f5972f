/** The programme's own words in French and English. Complete by type: a step without its word does not compile. */
import type { Outcome } from './asks.js';
import { type CivilDate, dayNumber, WEEKDAYS, weekdayOf } from './calendar/civil.js';
import type { Role } from './roles.js';
import type { Hand, PhaseId, StepId } from './steps.js';
import { french } from './typography.js';

/** The languages people may read. */
export const LOCALES = ['fr', 'en'] as const;
/** A language people may read. */
export type Locale = (typeof LOCALES)[number];
/** One text in every language. */
export type Words = Record<Locale, string>;

/** What people call each step. */
export const STEP_WORDS: Record<StepId, Words> = {
  interviews: { fr: 'Entretiens croisés', en: 'Cross interviews' },
  diagnosis: { fr: 'Diagnostic', en: 'Diagnosis' },
  'diagnosis-approval': { fr: 'Validation du diagnostic', en: 'Approval of the diagnosis' },
  'call-writing': { fr: 'Rédaction de l’appel', en: 'Writing of the call' },
  'call-open': { fr: 'Appel à candidatures', en: 'Call for applications' },
  eligibility: { fr: 'Recevabilité', en: 'Eligibility' },
  shortlist: { fr: 'Présélection', en: 'Shortlist' },
  jury: { fr: 'Constitution du jury', en: 'Seating of the jury' },
  'pitch-preparation': { fr: 'Préparation des pitchs', en: 'Preparation of the pitches' },
  pitch: { fr: 'Jury', en: 'Jury' },
  'selection-approval': { fr: 'Validation des lauréats', en: 'Approval of the selection' },
  introductions: { fr: 'Mises en relation', en: 'Introductions' },
  roadmap: { fr: 'Feuilles de route', en: 'Roadmaps' },
  'roadmap-approval': { fr: 'Validation des feuilles de route', en: 'Approval of the roadmaps' },
  field: { fr: 'Terrain', en: 'Field sessions' },
  'impact-analysis': { fr: 'Analyse d’impact', en: 'Impact analysis' },
  evaluation: { fr: 'Évaluation', en: 'Evaluation' },
  'outcome-approval': { fr: 'Validation des suites', en: 'Approval of the outcomes' },
  restitution: { fr: 'Restitution', en: 'Restitution' },
};

/** What people call each phase. */
export const PHASE_WORDS: Record<PhaseId, Words> = {
  diagnostic: { fr: 'Diagnostic', en: 'Diagnosis' },
  call: { fr: 'Appel à candidatures', en: 'Call for applications' },
  pitch: { fr: 'Jury', en: 'Jury' },
  validation: { fr: 'Validation', en: 'Validation' },
  experiment: { fr: 'Expérimentation', en: 'Experiment' },
  evaluation: { fr: 'Évaluation', en: 'Evaluation' },
};

/** What people call each role. `admin` belongs to the installation, not to an edition. */
export const ROLE_WORDS: Record<Role | 'applicant' | 'delegate' | 'admin', Words> = {
  coordinator: { fr: 'coordination', en: 'coordinator' },
  executive: { fr: 'direction générale', en: 'executive' },
  directorate: { fr: 'direction métier', en: 'line directorate' },
  field: { fr: 'acteur de terrain', en: 'field actor' },
  relay: { fr: 'relais', en: 'relay' },
  applicant: { fr: 'porteur de projet', en: 'applicant' },
  delegate: { fr: 'personne désignée', en: 'delegate' },
  evaluator: { fr: "évaluation d'impact", en: 'evaluator' },
  expert: { fr: 'expert', en: 'expert' },
  official: { fr: 'élu·e', en: 'elected official' },
  admin: { fr: 'administration', en: 'administrator' },
};

/** Whether a role, as a row names it, has a word. */
export const isRoleWord = (role: string): role is keyof typeof ROLE_WORDS => Object.hasOwn(ROLE_WORDS, role);

/** How an ask ended. */
export const ASK_OUTCOME_WORDS: Record<Outcome, Words> = {
  complete: { fr: 'complète', en: 'complete' },
  partial: { fr: 'en partie', en: 'partial' },
  none: { fr: 'sans réponse', en: 'unanswered' },
  closed: { fr: 'close à la main', en: 'closed by hand' },
  cancelled: { fr: 'annulée', en: 'cancelled' },
};

/** What became of a mail: where it stands in the outbox (`outbox.state`), or what came back of it since it left (`hard`, `soft`, `delayed`). */
export const MAIL_STATE_WORDS: Record<Locale, Readonly<Record<string, string>>> = {
  fr: french({
    queued: 'en attente',
    sending: "en cours d'envoi",
    accepted: 'parti',
    failed: 'en échec',
    uncertain: 'incertain',
    dropped: 'sans objet',
    held: 'retenu',
    hard: 'revenu : adresse refusée',
    soft: 'revenu, non remis',
    delayed: 'parti, en retard chez le destinataire',
  }),
  en: {
    queued: 'waiting',
    sending: 'being sent',
    accepted: 'sent',
    failed: 'failed',
    uncertain: 'uncertain',
    dropped: 'no longer needed',
    held: 'held back',
    hard: 'came back: address refused',
    soft: 'came back, not delivered',
    delayed: 'sent, late at the recipient',
  },
};

/** What is shown of a mail: where it stands, and of one that has left what came back of it since. */
export const mailStateShown = (state: string, bounced: string | undefined): string => (state === 'accepted' ? (bounced ?? state) : state);

/** What people call each hand. */
export const HAND_WORDS: Record<Hand, Words> = {
  authority: { fr: 'collectivité', en: 'authority' },
  incubator: { fr: 'incubateur', en: 'incubator' },
  entrepreneur: { fr: 'entrepreneur', en: 'entrepreneur' },
};

/** Months in words, January first. */
export const MONTH_WORDS: Record<Locale, readonly string[]> = {
  fr: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
};

/** Months as short as a chart needs, January first. */
export const SHORT_MONTH_WORDS: Record<Locale, readonly string[]> = {
  fr: ['janv.', 'févr.', 'mars', 'avr.', 'mai', 'juin', 'juil.', 'août', 'sept.', 'oct.', 'nov.', 'déc.'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};

const WEEKDAY_WORDS: Record<Locale, readonly string[]> = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

/** Whether a date is said with its year: where it is another one than that of the reader's `today`, or as told. */
export type YearShown = { today: CivilDate } | { year: boolean };

/** A date as one says it: "jeudi 15 juin", "samedi 1er juillet", "Thursday 15 June 2024". */
export function inWords(date: CivilDate, locale: Locale, shown: YearShown): string {
  const year = 'year' in shown ? shown.year : shown.today.slice(0, 4) !== date.slice(0, 4);
  const weekday = WEEKDAY_WORDS[locale][WEEKDAYS.indexOf(weekdayOf(dayNumber(date)))];
  const day = Number(date.slice(8));
  const month = MONTH_WORDS[locale][Number(date.slice(5, 7)) - 1];
  const ordinal = locale === 'fr' && day === 1 ? '1er' : String(day);
  return `${weekday} ${ordinal} ${month}${year ? ` ${date.slice(0, 4)}` : ''}`;
}

/** A number of working days in words: "3 jours ouvrés", "1 working day". */
export function workingDays(n: number, locale: Locale): string {
  const several = Math.abs(n) > 1 || (locale === 'en' && n === 0);
  return locale === 'fr' ? `${n} ${several ? 'jours ouvrés' : 'jour ouvré'}` : `${n} working ${several ? 'days' : 'day'}`;
}
