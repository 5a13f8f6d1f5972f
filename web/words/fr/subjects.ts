/** What documents, approvals and what is lacking are called, by step, in French. */
import type { AskKind, Outcome } from '../../../domain/asks.js';
import type { AskView } from '../../../domain/view.js';
import { STEP_WORDS } from '../../../domain/words.js';

/** How one document is asked for, and what it is called when it is approved. */
export interface DocumentWords {
  question: string;
  lead: string;
  why: string;
  next: string;
  approved: string;
  body: string;
}

/** The document of a step: what the coordinator, the applicant or the evaluator writes there. */
export function documents({ ask, project }: AskView): DocumentWords {
  const of = project ? `« ${project.title} »` : 'ce projet';
  const coordination = "vous faites partie de la coordination ; le premier dépôt d'un de ses membres suffit";
  const again = ask.version > 1 ? ` C'est la version ${ask.version} : les remarques reçues sont rappelées plus haut.` : '';
  switch (ask.step) {
    case 'interviews':
    case 'diagnosis':
    case 'diagnosis-approval':
      return {
        question: 'Quel diagnostic, et quels axes de recherche ?',
        lead: `Un texte factuel, tiré des entretiens : les problèmes aigus, ce qui existe, ce qui manque, les pistes.${again}`,
        why: coordination,
        next: 'le texte est figé, puis soumis à validation',
        approved: 'le diagnostic',
        body: 'Le diagnostic et les axes de recherche',
      };
    case 'call-writing':
    case 'call-open':
    case 'eligibility':
    case 'shortlist':
      return {
        question: 'Quel appel à candidatures publiez-vous ?',
        lead: `Le texte que liront les porteurs de projets : le besoin, ce que vous cherchez, ce que vous offrez, les dates.${again}`,
        why: coordination,
        next: "l'appel s'ouvre, chaque relais reçoit un lien à lui, et il se ferme de lui-même à la fin de son dernier jour",
        approved: "l'appel à candidatures",
        body: "Le texte de l'appel",
      };
    case 'jury':
    case 'pitch-preparation':
    case 'pitch':
    case 'selection-approval':
      return {
        question: 'Que retenez-vous de la délibération ?',
        lead: `La décision du jury et ses raisons.${again}`,
        why: coordination,
        next: 'le texte est figé, puis soumis à validation',
        approved: 'la liste des lauréats',
        body: 'La délibération',
      };
    case 'introductions':
    case 'roadmap':
    case 'roadmap-approval':
      return {
        question: `Quelle feuille de route pour ${of} ?`,
        lead: `Objectifs, séances, moyens, et pour chaque indicateur : le point de départ, la cible et la façon de mesurer.${again}`,
        why: 'vous portez ce projet',
        next: 'la feuille de route est figée, puis soumise à validation ; des modifications peuvent vous être demandées',
        approved: `la feuille de route ${of}`,
        body: 'La feuille de route',
      };
    case 'field':
    case 'impact-analysis':
      return {
        question: `Que montrent les mesures faites pour ${of} ?`,
        lead: `Ce que l'expérimentation a changé, pour qui, et avec quelle certitude.${again}`,
        why: "vous êtes chargé·e de l'évaluation d'impact",
        next: 'votre analyse est jointe aux bilans, puis à la proposition de suites',
        approved: `l'analyse d'impact de ${of}`,
        body: "L'analyse d'impact",
      };
    case 'evaluation':
    case 'outcome-approval':
      return {
        question: `Quelles suites pour ${of} ?`,
        lead: `Ce qui est proposé, et à quelles conditions.${again}`,
        why: 'vous portez ce projet',
        next: 'le texte est figé, puis soumis à validation',
        approved: `les suites proposées pour ${of}`,
        body: 'Les suites',
      };
    case 'restitution':
      return {
        question: 'Que retient-on de cette édition ?',
        lead: `Les résultats pour la direction, les élus et les équipes : les expérimentations en chiffres, et ce qu'on en a appris.${again}`,
        why: coordination,
        next: "la restitution est envoyée à la direction, aux élus et aux équipes, et l'édition se termine",
        approved: 'la restitution',
        body: 'La restitution',
      };
  }
}

const silence: Record<AskKind, string> = {
  interview: "Aucun entretien n'a reçu de réponse.",
  document: "Le document attendu n'a pas été déposé.",
  approve: 'Le circuit de validation est terminé sans accord.',
  relay: "Aucun relais n'a répondu.",
  apply: "L'appel s'est fermé sans aucune candidature.",
  eligibility: "Aucune candidature n'est recevable.",
  shortlist: "Aucune candidature n'a été présélectionnée.",
  seat: 'Moins de deux jurés ont confirmé leur siège.',
  prepare: "Aucun candidat n'a confirmé sa venue.",
  interests: "Aucun juré n'a déclaré ses liens.",
  score: "Aucun juré n'a noté.",
  deliberation: "La délibération n'a pas été déposée.",
  pairs: "Aucune rencontre n'a été proposée.",
  introduction: "Les rencontres proposées n'ont pas eu lieu.",
  session: "La séance n'a pas été renseignée.",
  report: "Aucun bilan n'a été reçu.",
  proposal: "La proposition de suites n'a pas été déposée.",
  sitting: "La séance n'a pas encore rendu sa décision.",
  decide: 'Une décision reste à prendre.',
};

/** What is lacking, in one sentence with its step and project. */
export function lacking({ lacking: what, project, ask }: AskView): string {
  const where = `${STEP_WORDS[what?.step ?? ask.step].fr}${project ? `, projet « ${project.title} »` : ''}`;
  if (what === undefined) return `${where} : la suite est à décider.`;
  return `${where} : ${lower(special(what.outcome) ?? silence[what.kind])}`;
}

/** Whether what is lacking is an answer, rather than an answer that says no. */
export function isSilence(outcome: NonNullable<AskView['lacking']>['outcome'] | undefined): boolean {
  return outcome === undefined || outcome === 'none' || outcome === 'partial' || outcome === 'undecided';
}

function special(outcome: Outcome | 'refused' | 'undecided' | 'not-held' | 'no-sitting'): string | undefined {
  switch (outcome) {
    case 'refused':
      return 'La validation a été refusée.';
    case 'undecided':
      return 'Le délai est passé sans que tous se soient prononcés.';
    case 'not-held':
      return "La séance n'a pas eu lieu.";
    case 'no-sitting':
      return "Il ne reste pas de séance de l'assemblée avant la restitution.";
    case 'partial':
      return 'Le délai est passé avec une partie des réponses seulement.';
    case 'complete':
    case 'none':
    case 'closed':
    case 'cancelled':
      return undefined;
  }
}

const lower = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);
