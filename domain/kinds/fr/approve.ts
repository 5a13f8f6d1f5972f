import { dateInWords } from '../../instants.js';
import { awaited, capital, circuitIn, isAgain, isLastStage } from '../../phrases.js';
import { nextAfterRefusal } from '../../sentbackwords.js';
import type { CircuitStepId } from '../../steps.js';
import type { AskView } from '../../view.js';
import type { KindWords, OptionWords } from '../words.js';
import { documents, theDocument } from './document.js';

const afterApproval: Record<CircuitStepId, string> = {
  'diagnosis-approval': "quand chacun a validé, l'appel à candidatures s'écrit à partir de ce diagnostic",
  'selection-approval': 'quand chacun a validé, toutes les lettres partent ensemble : retenus, réserve, non retenus, avec les raisons',
  'roadmap-approval': 'quand chacun a validé, les séances de terrain commencent ; vous recevrez le bilan',
  'outcome-approval': 'quand chacun a validé, les suites sont décidées, au besoin en séance, puis restituées à tous',
};

const approvals: Record<CircuitStepId, Record<'approved' | 'changes-requested' | 'refused', OptionWords>> = {
  'diagnosis-approval': {
    approved: { label: 'Je valide', hint: "L'appel à candidatures peut s'écrire." },
    'changes-requested': {
      label: 'Je demande des modifications',
      hint: "Il revient à la coordination avec vos remarques ; votre délai s'arrête.",
    },
    refused: { label: 'Je refuse', hint: 'La coordination décide de la suite ; dites pourquoi.' },
  },
  'selection-approval': {
    approved: { label: 'Je valide', hint: 'Les lettres partent toutes ensemble.' },
    'changes-requested': {
      label: 'Je demande des modifications',
      hint: "La délibération est reprise avec vos remarques ; votre délai s'arrête.",
    },
    refused: { label: 'Je refuse', hint: 'La délibération est reprise ; dites pourquoi.' },
  },
  'roadmap-approval': {
    approved: { label: 'Je valide', hint: 'Le projet part sur le terrain dès que chacun a validé.' },
    'changes-requested': {
      label: 'Je demande des modifications',
      hint: "Elle revient au porteur ou à la porteuse avec vos remarques ; votre délai s'arrête.",
    },
    refused: { label: 'Je refuse', hint: 'Le projet ne commence pas ; dites pourquoi.' },
  },
  'outcome-approval': {
    approved: { label: 'Je valide', hint: 'Les suites sont décidées dès que chacun a validé.' },
    'changes-requested': {
      label: 'Je demande des modifications',
      hint: "La proposition revient à la direction porteuse avec vos remarques ; votre délai s'arrête.",
    },
    refused: { label: 'Je refuse', hint: 'La proposition est reprise ; dites pourquoi.' },
  },
};
const goesOn: Record<CircuitStepId, string> = {
  'diagnosis-approval': "l'appel à candidatures peut s'écrire",
  'selection-approval': 'toutes les décisions partent le même jour aux porteuses et porteurs de projet',
  'roadmap-approval': 'le projet part sur le terrain',
  'outcome-approval': "la suite du projet est arrêtée, après délibération de l'assemblée s'il en faut une",
};
const version = (view: AskView, word: string) => (isAgain(view) ? `, ${word} ${view.ask.version},` : '');

/** What comes after the reader's own answer, or after one given beside theirs. */
function afterAnswer(view: AskView): string | undefined {
  const refused = nextAfterRefusal(view, 'fr');
  if (refused !== undefined) return `${capital(refused)}.`;
  if (view.closed?.answer?.decision !== 'approved') return undefined;
  return isLastStage(view)
    ? `Quand chacun a validé, ${goesOn[circuitIn(view)]}.`
    : "Quand chacun a validé, le dossier passe à l'étape suivante.";
}

/** An approval: one stage of a circuit. */
export const approve: KindWords<'approve'> = {
  page: {
    title: (view) => `Validez-vous ${documents(view).approved} ?`,
    lead: (view) =>
      view.documents.length > 0
        ? 'Lisez le document, puis dites votre décision. Ce que vous validez est figé : personne ne peut le changer après vous.'
        : 'Lisez ce qui suit, puis dites votre décision. Des modifications peuvent être demandées : dites lesquelles.',
    why: ({ stage }) =>
      stage ? `vous êtes l'étape ${stage.n} sur ${stage.of} de la validation` : 'votre validation est prévue dans le circuit de décision',
    next: (view) => nextAfterRefusal(view, 'fr') ?? afterApproval[circuitIn(view)],
    button: 'Envoyer ma décision',
    done: 'Votre décision est enregistrée',
    noun: 'validation',
  },
  fields: (view) => ({
    decision: { label: 'Votre décision', options: approvals[circuitIn(view)] },
    remarks: {
      label: 'Vos remarques',
      hint: `Facultatives si vous validez ; lues par la coordination et par les personnes qui valident.`,
      conditional: true,
    },
  }),
  lacking: 'le circuit de validation est terminé sans accord.',
  mail: {
    awaited: () => awaited('Votre validation', 'e'),
    topic: (view) => theDocument(view).bare,
    request: (view) =>
      `${capital(theDocument(view).the)}${version(view, 'version')} attend votre validation. Lisez, puis validez, demandez des modifications ou refusez, en disant pourquoi.`,
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
      afterAnswer(view) ??
      (isLastStage(view)
        ? `Si vous validez, ${goesOn[circuitIn(view)]}. Si vous demandez des modifications, le document revient avec vos remarques.`
        : "Si vous validez, le dossier passe à l'étape suivante. Si vous demandez des modifications, le document revient avec vos remarques."),
    act: 'Lire et répondre',
    late: (view) => `ne s'est pas encore prononcé·e sur ${theDocument(view).the}`,
    thing: (view) => awaited(`validation ${theDocument(view).of}`, 'e'),
  },
};
