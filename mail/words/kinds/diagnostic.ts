import { nextAfterRefusal } from '../../../domain/asks/sentback.js';
import { dateInWords } from '../../../domain/instants.js';
import type { AskView } from '../../../domain/view.js';
import type { Locale } from '../../../domain/words.js';
import { englishDocument, frenchDocument } from '../documents.js';
import { awaited, capital } from '../say.js';
import type { Bilingual } from '../types.js';

/** Why a coordinator: one answer is enough for all of them. */
export const coordinators = {
  fr: "Vous faites partie de la coordination de cette édition ; une seule réponse suffit pour toute l'équipe.",
  en: 'You are one of the coordinators of this edition; one answer is enough for the whole team.',
};

/** An interview of the diagnosis. */
export const interview: Bilingual = {
  fr: {
    awaited: () => awaited('Votre contribution aux entretiens croisés', 'e'),
    request: () =>
      'De votre place, quels sont les problèmes les plus aigus ? Dites aussi ce qui existe déjà, ce qui manque et les pistes que vous voyez : quelques lignes suffisent.',
    why: () => "Vous êtes de celles et ceux que l'équipe écoute pour établir le diagnostic.",
    silence: () => 'le diagnostic sera écrit sans votre point de vue',
    after: () => 'Vos réponses nourrissent le diagnostic, que la coordination rédige et soumet à validation.',
    act: "Répondre à l'entretien",
    late: () => "n'a pas encore répondu à l'entretien",
    thing: () => awaited('réponse aux entretiens croisés', 'e'),
  },
  en: {
    awaited: () => awaited('Your contribution to the cross interviews'),
    request: () =>
      'From where you stand, what are the most acute problems? Please also say what already exists, what is missing and the leads you see: a few lines are enough.',
    why: () => 'You are one of the people the team listens to in order to write the diagnosis.',
    silence: () => 'the diagnosis will be written without your point of view',
    after: () => 'Your answers feed the diagnosis, which the coordinators write and submit for approval.',
    act: 'Answer the interview',
    late: () => 'has not answered the interview yet',
    thing: () => awaited('answer to the cross interviews'),
  },
};

const isAgain = (view: AskView): boolean => view.ask.version > 1;

const writing = {
  diagnosis: {
    fr: 'Rédigez le diagnostic factuel et les axes de recherche à partir des entretiens croisés, puis déposez-les sur la page.',
    en: 'Please write the factual diagnosis and the search axes from the cross interviews, and deposit them on the page.',
  },
  'call-writing': {
    fr: "Rédigez l'appel à candidatures à partir du diagnostic validé, puis déposez-le sur la page.",
    en: 'Please write the call for applications from the approved diagnosis, and deposit it on the page.',
  },
  roadmap: {
    fr: "Décrivez l'expérimentation telle que vous la partagez avec la collectivité : objectifs, séances, moyens, indicateurs avec leur point de départ, leur cible et leur méthode.",
    en: 'Please describe the experiment as you share it with the authority: objectives, sessions, means, indicators with their baseline, target and method.',
  },
  'impact-analysis': {
    fr: "À partir des mesures relevées sur le terrain, dites ce que l'expérimentation a changé, preuves à l'appui, puis déposez l'analyse sur la page.",
    en: 'From the measures taken in the field, please say what the experiment has changed, with the evidence, and deposit the analysis on the page.',
  },
  restitution: {
    fr: "Déposez le bilan de l'édition : ses résultats et l'expérimentation en chiffres, pour la direction, les élu·es et les équipes.",
    en: 'Please deposit the report on the edition: its results and the experiments in figures, for management, elected officials and teams.',
  },
};
type Writing = keyof typeof writing;
const writingOf = ({ ask: { step } }: AskView): Writing =>
  step === 'diagnosis' || step === 'call-writing' || step === 'roadmap' || step === 'impact-analysis' ? step : 'restitution';

const silence: Record<Writing, { fr: string; en: string }> = {
  diagnosis: { fr: "la validation et l'appel à candidatures attendent", en: 'its approval and the call for applications wait' },
  'call-writing': { fr: 'les relais ne peuvent pas le diffuser', en: 'the relays cannot spread it' },
  roadmap: {
    fr: 'la coordination devra décider de la suite du projet',
    en: 'the coordinators will have to decide what becomes of the project',
  },
  'impact-analysis': { fr: "l'évaluation se fera sans elle", en: 'the evaluation will be made without it' },
  restitution: { fr: "l'édition ne peut pas se clore", en: 'the edition cannot be closed' },
};
const after: Record<Writing, { fr: string; en: string }> = {
  diagnosis: {
    fr: 'Une fois déposé, le diagnostic part aussitôt en validation.',
    en: 'Once deposited, the diagnosis goes straight to approval.',
  },
  'call-writing': {
    fr: "Une fois déposé, l'appel est ouvert et envoyé à tous les relais.",
    en: 'Once deposited, the call is opened and sent to every relay.',
  },
  roadmap: {
    fr: 'Une fois déposée, la feuille de route part aussitôt en validation.',
    en: 'Once deposited, the roadmap goes straight to approval.',
  },
  'impact-analysis': {
    fr: "L'analyse sera lue par toutes les personnes qui évaluent le projet.",
    en: 'The analysis will be read by everyone who evaluates the project.',
  },
  restitution: {
    fr: "Une fois déposé, le bilan est envoyé à toutes les personnes de l'édition, qui se clôt.",
    en: 'Once deposited, the report is sent to everyone in the edition, which then closes.',
  },
};
const why: Record<Writing, { fr: string; en: string }> = {
  diagnosis: coordinators,
  'call-writing': coordinators,
  roadmap: { fr: 'Vous portez ce projet.', en: 'This project is yours.' },
  'impact-analysis': {
    fr: "Vous assurez l'évaluation d'impact de cette édition ; un seul dépôt suffit pour toute l'équipe.",
    en: 'You are in charge of impact evaluation in this edition; one deposit is enough for the whole team.',
  },
  restitution: coordinators,
};

/** A document to write; a version after the first comes back with remarks. */
export const document: Bilingual = {
  fr: {
    awaited: (view) => {
      const { the, of, agree } = frenchDocument(view);
      return isAgain(view) ? awaited(`Une nouvelle version ${of}`, 'e') : awaited(capital(the), agree);
    },
    request: (view) =>
      isAgain(view)
        ? `La version ${view.ask.version - 1} revient avec des remarques. Reprenez-la et déposez la version ${view.ask.version} sur la page ; le délai des personnes qui valident est suspendu jusque-là. ${writing[writingOf(view)].fr}`
        : writing[writingOf(view)].fr,
    why: (view) => why[writingOf(view)].fr,
    silence: (view) => silence[writingOf(view)].fr,
    after: (view) =>
      isAgain(view) ? 'Une fois déposée, la nouvelle version repart en validation depuis la première étape.' : after[writingOf(view)].fr,
    act: 'Rédiger et déposer',
    late: (view) => `n'a pas encore déposé ${isAgain(view) ? `la nouvelle version ${frenchDocument(view).of}` : frenchDocument(view).the}`,
    thing: (view) =>
      awaited(isAgain(view) ? `nouvelle version ${frenchDocument(view).of}` : `dépôt ${frenchDocument(view).of}`, isAgain(view) ? 'e' : ''),
  },
  en: {
    awaited: (view) => awaited(`${isAgain(view) ? 'A new version of the' : 'The'} ${englishDocument(view)}`),
    request: (view) =>
      isAgain(view)
        ? `Version ${view.ask.version - 1} comes back with remarks. Please revise it and deposit version ${view.ask.version} on the page; until then the clock of those who approve is stopped. ${writing[writingOf(view)].en}`
        : writing[writingOf(view)].en,
    why: (view) => why[writingOf(view)].en,
    silence: (view) => silence[writingOf(view)].en,
    after: (view) =>
      isAgain(view) ? 'Once deposited, the new version goes back to approval, from the first stage.' : after[writingOf(view)].en,
    act: 'Write and deposit',
    late: (view) => `has not deposited the ${isAgain(view) ? 'new version of the ' : ''}${englishDocument(view)} yet`,
    thing: (view) => awaited(`${isAgain(view) ? 'new version of the ' : ''}${englishDocument(view)}`),
  },
};

const goesOn: Record<'diagnosis' | 'selection' | 'roadmap' | 'outcome', { fr: string; en: string }> = {
  diagnosis: { fr: "l'appel à candidatures peut s'écrire", en: 'the call for applications can be written' },
  selection: {
    fr: 'toutes les décisions partent le même jour aux porteuses et porteurs de projet',
    en: 'all decisions leave for the applicants on the same day',
  },
  roadmap: { fr: 'le projet part sur le terrain', en: 'the project goes into the field' },
  outcome: {
    fr: "la suite du projet est arrêtée, après délibération de l'assemblée s'il en faut une",
    en: 'what becomes of the project is settled, after a deliberation of the assembly where one is needed',
  },
};
const goalOf = ({ ask: { step } }: AskView) =>
  step === 'diagnosis-approval'
    ? 'diagnosis'
    : step === 'selection-approval'
      ? 'selection'
      : step === 'roadmap-approval'
        ? 'roadmap'
        : 'outcome';
const isLastStage = ({ stage }: AskView): boolean => stage === undefined || stage.n >= stage.of;
const version = (view: AskView, word: string): string => (isAgain(view) ? `, ${word} ${view.ask.version},` : '');

/** What comes after the reader's own answer, or after one given beside theirs. */
function afterAnswer(view: AskView, locale: Locale): string | undefined {
  const refused = nextAfterRefusal(view, locale);
  if (refused !== undefined) return `${capital(refused)}.`;
  if (view.closed?.answer?.decision !== 'approved') return undefined;
  if (isLastStage(view))
    return locale === 'fr'
      ? `Quand chacun a validé, ${goesOn[goalOf(view)].fr}.`
      : `Once everyone has approved, ${goesOn[goalOf(view)].en}.`;
  return locale === 'fr'
    ? "Quand chacun a validé, le dossier passe à l'étape suivante."
    : 'Once everyone has approved, the file goes on to the next stage.';
}

/** An approval: one stage of a circuit. */
export const approve: Bilingual = {
  fr: {
    awaited: () => awaited('Votre validation', 'e'),
    topic: (view) => frenchDocument(view).bare,
    request: (view) =>
      `${capital(frenchDocument(view).the)}${version(view, 'version')} attend votre validation. Lisez, puis validez, demandez des modifications ou refusez, en disant pourquoi.`,
    why: ({ stage }) =>
      stage === undefined
        ? 'Votre accord fait partie du circuit de validation.'
        : stage.of === 1
          ? 'Votre accord est la seule étape de cette validation.'
          : `Vous êtes l'étape ${stage.n} sur ${stage.of} de la validation.`,
    silence: (view) =>
      view.follows === undefined
        ? 'la coordination devra décider comment poursuivre'
        : `la coordination devra décider comment poursuivre, et ce qui doit commencer le ${dateInWords(view.follows.by, view, 'fr')} ne le pourra pas`,
    after: (view) =>
      afterAnswer(view, 'fr') ??
      (isLastStage(view)
        ? `Si vous validez, ${goesOn[goalOf(view)].fr}. Si vous demandez des modifications, le document revient avec vos remarques.`
        : "Si vous validez, le dossier passe à l'étape suivante. Si vous demandez des modifications, le document revient avec vos remarques."),
    act: 'Lire et répondre',
    late: (view) => `ne s'est pas encore prononcé·e sur ${frenchDocument(view).the}`,
    thing: (view) => awaited(`validation ${frenchDocument(view).of}`, 'e'),
  },
  en: {
    awaited: () => awaited('Your approval'),
    topic: (view) => englishDocument(view),
    request: (view) =>
      `The ${englishDocument(view)}${version(view, 'version')} awaits your approval. Please read it, then approve, request changes or refuse, and say why.`,
    why: ({ stage }) =>
      stage === undefined
        ? 'Your agreement is part of the approval circuit.'
        : stage.of === 1
          ? 'Your agreement is the only stage of this approval.'
          : `You are stage ${stage.n} of ${stage.of} of the approval.`,
    silence: (view) =>
      view.follows === undefined
        ? 'the coordinators will have to decide how to go on'
        : `the coordinators will have to decide how to go on, and what should start on ${dateInWords(view.follows.by, view, 'en')} will not be able to`,
    after: (view) =>
      afterAnswer(view, 'en') ??
      (isLastStage(view)
        ? `If you approve, ${goesOn[goalOf(view)].en}. If you request changes, the document goes back with your remarks.`
        : 'If you approve, the file goes on to the next stage. If you request changes, the document goes back with your remarks.'),
    act: 'Read and answer',
    late: (view) => `has not decided on the ${englishDocument(view)} yet`,
    thing: (view) => awaited(`approval of the ${englishDocument(view)}`),
  },
};
