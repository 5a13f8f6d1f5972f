import { documentAbout, type Written } from '../../documents.js';
import { awaited, capital, isAgain, quoted } from '../../phrases.js';
import type { AskView } from '../../view.js';
import type { KindWords, PageDocument } from '../words.js';
import { coordinators } from './common.js';

/** The document of a step: what the coordinator, the applicant or the evaluator writes there. */
export function documents({ ask, project }: AskView): PageDocument {
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

interface French {
  /** "la feuille de route" */
  the: string;
  /** "de la feuille de route" */
  of: string;
  /** "une nouvelle version de …" agrees with "version"; the first one with itself. */
  agree: '' | 'e' | 's' | 'es';
  /** Bare: "feuille de route" */
  bare: string;
}

const french: Record<Written, French> = {
  diagnosis: { the: 'le diagnostic', of: 'du diagnostic', agree: '', bare: 'diagnostic' },
  'call-writing': { the: "l'appel à candidatures", of: "de l'appel à candidatures", agree: '', bare: 'appel à candidatures' },
  roadmap: { the: 'la feuille de route', of: 'de la feuille de route', agree: 'e', bare: 'feuille de route' },
  'impact-analysis': { the: "l'analyse d'impact", of: "de l'analyse d'impact", agree: 'e', bare: "analyse d'impact" },
  restitution: { the: "le bilan de l'édition", of: "du bilan de l'édition", agree: '', bare: "bilan de l'édition" },
  selection: { the: 'la sélection des projets', of: 'de la sélection des projets', agree: 'e', bare: 'sélection des projets' },
  outcome: { the: 'la suite proposée', of: 'de la suite proposée', agree: 'e', bare: 'suite proposée' },
};

/** The document of a view with its project, as a sentence takes it: "la feuille de route « … »", "la suite proposée pour « … »". */
export function theDocument({ ask, project: of }: AskView): French {
  const about = documentAbout(ask.step);
  const words = french[about];
  if (of === undefined) return words;
  const title = `${about === 'outcome' || about === 'impact-analysis' ? ' pour ' : ' '}${quoted(of.title, 'fr')}`;
  return { ...words, the: words.the + title, of: words.of + title, bare: words.bare + title };
}

interface Texts {
  request: string;
  why: string;
  silence: string;
  after: string;
}

const asked: Partial<Record<Written, Texts>> & { restitution: Texts } = {
  diagnosis: {
    request: 'Rédigez le diagnostic factuel et les axes de recherche à partir des entretiens croisés, puis déposez-les sur la page.',
    why: coordinators,
    silence: "la validation et l'appel à candidatures attendent",
    after: 'Une fois déposé, le diagnostic part aussitôt en validation.',
  },
  'call-writing': {
    request: "Rédigez l'appel à candidatures à partir du diagnostic validé, puis déposez-le sur la page.",
    why: coordinators,
    silence: 'les relais ne peuvent pas le diffuser',
    after: "Une fois déposé, l'appel est ouvert et envoyé à tous les relais.",
  },
  roadmap: {
    request:
      "Décrivez l'expérimentation telle que vous la partagez avec la collectivité : objectifs, séances, moyens, indicateurs avec leur point de départ, leur cible et leur méthode.",
    why: 'Vous portez ce projet.',
    silence: 'la coordination devra décider de la suite du projet',
    after: 'Une fois déposée, la feuille de route part aussitôt en validation.',
  },
  'impact-analysis': {
    request:
      "À partir des mesures relevées sur le terrain, dites ce que l'expérimentation a changé, preuves à l'appui, puis déposez l'analyse sur la page.",
    why: "Vous assurez l'évaluation d'impact de cette édition ; un seul dépôt suffit pour toute l'équipe.",
    silence: "l'évaluation se fera sans elle",
    after: "L'analyse sera lue par toutes les personnes qui évaluent le projet.",
  },
  restitution: {
    request:
      "Déposez le bilan de l'édition : ses résultats et l'expérimentation en chiffres, pour la direction, les élu·es et les équipes.",
    why: coordinators,
    silence: "l'édition ne peut pas se clore",
    after: "Une fois déposé, le bilan est envoyé à toutes les personnes de l'édition, qui se clôt.",
  },
};
const texts = ({ ask: { step } }: AskView) => asked[documentAbout(step)] ?? asked.restitution;

/** A document to write; a version after the first comes back with remarks. */
export const document: KindWords<'document'> = {
  page: {
    title: (view) => documents(view).question,
    lead: (view) => documents(view).lead,
    why: (view) => documents(view).why,
    next: (view) => documents(view).next,
    button: 'Déposer le document',
    done: 'Votre document est déposé',
    noun: 'document',
  },
  fields: (view) => ({
    title: { label: 'Titre' },
    body: {
      label: documents(view).body,
      hint: 'Texte simple ; une ligne vide sépare deux paragraphes. Une fois déposé, il ne change plus.',
    },
  }),
  lacking: "le document attendu n'a pas été déposé.",
  mail: {
    awaited: (view) => {
      const { the, of, agree } = theDocument(view);
      return isAgain(view) ? awaited(`Une nouvelle version ${of}`, 'e') : awaited(capital(the), agree);
    },
    request: (view) =>
      isAgain(view)
        ? `La version ${view.ask.version - 1} revient avec des remarques. Reprenez-la et déposez la version ${view.ask.version} sur la page ; le délai des personnes qui valident est suspendu jusque-là. ${texts(view).request}`
        : texts(view).request,
    why: (view) => texts(view).why,
    silence: (view) => texts(view).silence,
    after: (view) =>
      isAgain(view) ? 'Une fois déposée, la nouvelle version repart en validation depuis la première étape.' : texts(view).after,
    act: 'Rédiger et déposer',
    late: (view) => `n'a pas encore déposé ${isAgain(view) ? `la nouvelle version ${theDocument(view).of}` : theDocument(view).the}`,
    thing: (view) =>
      awaited(isAgain(view) ? `nouvelle version ${theDocument(view).of}` : `dépôt ${theDocument(view).of}`, isAgain(view) ? 'e' : ''),
  },
};
