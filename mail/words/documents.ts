/** The documents the programme writes and the things it approves, by step: with their article, so that a sentence can take them. */
import type { StepId } from '../../domain/steps.js';
import type { AskView } from '../../domain/view.js';
import { quoted } from './say.js';

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

type Known = 'diagnosis' | 'call-writing' | 'roadmap' | 'impact-analysis' | 'restitution' | 'selection' | 'outcome';

const french: Record<Known, French> = {
  diagnosis: { the: 'le diagnostic', of: 'du diagnostic', agree: '', bare: 'diagnostic' },
  'call-writing': { the: "l'appel à candidatures", of: "de l'appel à candidatures", agree: '', bare: 'appel à candidatures' },
  roadmap: { the: 'la feuille de route', of: 'de la feuille de route', agree: 'e', bare: 'feuille de route' },
  'impact-analysis': { the: "l'analyse d'impact", of: "de l'analyse d'impact", agree: 'e', bare: "analyse d'impact" },
  restitution: { the: "le bilan de l'édition", of: "du bilan de l'édition", agree: '', bare: "bilan de l'édition" },
  selection: { the: 'la sélection des projets', of: 'de la sélection des projets', agree: 'e', bare: 'sélection des projets' },
  outcome: { the: 'la suite proposée', of: 'de la suite proposée', agree: 'e', bare: 'suite proposée' },
};

const english: Record<Known, string> = {
  diagnosis: 'diagnosis',
  'call-writing': 'call for applications',
  roadmap: 'roadmap',
  'impact-analysis': 'impact analysis',
  restitution: 'report on the edition',
  selection: 'selection of projects',
  outcome: 'proposed outcome',
};

function known(step: StepId): Known {
  switch (step) {
    case 'diagnosis':
    case 'diagnosis-approval':
      return 'diagnosis';
    case 'roadmap':
    case 'roadmap-approval':
      return 'roadmap';
    case 'selection-approval':
    case 'pitch':
      return 'selection';
    case 'outcome-approval':
      return 'outcome';
    case 'impact-analysis':
      return 'impact-analysis';
    case 'call-writing':
      return 'call-writing';
    default:
      return 'restitution';
  }
}

/** The document of a view in French, with its project: "la feuille de route « … »", "la suite proposée pour « … »". */
export function frenchDocument(view: AskView): French {
  const step = known(view.ask.step);
  const words = french[step];
  if (view.project === undefined) return words;
  const joint = step === 'outcome' || step === 'impact-analysis' ? ' pour ' : ' ';
  const title = joint + quoted(view.project.title, 'fr');
  return { ...words, the: words.the + title, of: words.of + title, bare: words.bare + title };
}

/** The document of a view in English, without its article: "roadmap “…”", "proposed outcome for “…”". */
export function englishDocument(view: AskView): string {
  const step = known(view.ask.step);
  if (view.project === undefined) return english[step];
  return `${english[step]} ${step === 'outcome' || step === 'impact-analysis' ? 'for ' : ''}${quoted(view.project.title, 'en')}`;
}
