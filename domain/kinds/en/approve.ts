import { dateInWords } from '../../instants.js';
import { awaited, capital, circuitIn, isAgain, isLastStage } from '../../phrases.js';
import { nextAfterRefusal } from '../../sentbackwords.js';
import type { CircuitStepId } from '../../steps.js';
import type { AskView } from '../../view.js';
import type { KindWords, OptionWords } from '../words.js';
import { documents, theDocument } from './document.js';

const afterApproval: Record<CircuitStepId, string> = {
  'diagnosis-approval': 'once everyone has approved, the call for applications is written from this diagnosis',
  'selection-approval': 'once everyone has approved, all the letters leave together: retained, reserve, not retained, with the reasons',
  'roadmap-approval': 'once everyone has approved, the field sessions begin; you will receive the results',
  'outcome-approval': 'once everyone has approved, the outcome is decided, in a sitting if need be, then presented to all',
};

const approvals: Record<CircuitStepId, Record<'approved' | 'changes-requested' | 'refused', OptionWords>> = {
  'diagnosis-approval': {
    approved: { label: 'I approve', hint: 'The call for applications can be written.' },
    'changes-requested': { label: 'I request changes', hint: 'It goes back to the coordinators with your remarks; your clock stops.' },
    refused: { label: 'I refuse', hint: 'The coordinators decide what comes next; say why.' },
  },
  'selection-approval': {
    approved: { label: 'I approve', hint: 'The letters leave all together.' },
    'changes-requested': { label: 'I request changes', hint: 'The deliberation is taken up again with your remarks; your clock stops.' },
    refused: { label: 'I refuse', hint: 'The deliberation is taken up again; say why.' },
  },
  'roadmap-approval': {
    approved: { label: 'I approve', hint: 'The project goes into the field once everyone has approved.' },
    'changes-requested': { label: 'I request changes', hint: 'It goes back to the project owner with your remarks; your clock stops.' },
    refused: { label: 'I refuse', hint: 'The project does not start; say why.' },
  },
  'outcome-approval': {
    approved: { label: 'I approve', hint: 'The outcome is decided once everyone has approved.' },
    'changes-requested': {
      label: 'I request changes',
      hint: 'The proposal goes back to its directorate with your remarks; your clock stops.',
    },
    refused: { label: 'I refuse', hint: 'The proposal is taken up again; say why.' },
  },
};
const goesOn: Record<CircuitStepId, string> = {
  'diagnosis-approval': 'the call for applications can be written',
  'selection-approval': 'all decisions leave for the applicants on the same day',
  'roadmap-approval': 'the project goes into the field',
  'outcome-approval': 'what becomes of the project is settled, after a deliberation of the assembly where one is needed',
};
const version = (view: AskView, word: string) => (isAgain(view) ? `, ${word} ${view.ask.version},` : '');

/** What comes after the reader's own answer, or after one given beside theirs. */
function afterAnswer(view: AskView): string | undefined {
  const refused = nextAfterRefusal(view, 'en');
  if (refused !== undefined) return `${capital(refused)}.`;
  if (view.closed?.answer?.decision !== 'approved') return undefined;
  return isLastStage(view)
    ? `Once everyone has approved, ${goesOn[circuitIn(view)]}.`
    : 'Once everyone has approved, the file goes on to the next stage.';
}

/** An approval: one stage of a circuit. */
export const approve: KindWords<'approve'> = {
  page: {
    title: (view) => `Do you approve ${documents(view).approved}?`,
    lead: (view) =>
      view.documents.length > 0
        ? 'Read the document, then give your decision. What you approve is frozen: nobody can change it after you.'
        : 'Read what follows, then give your decision. You may request changes: say which.',
    why: ({ stage }) => (stage ? `you are step ${stage.n} of ${stage.of} of the approval` : 'your approval is part of the decision'),
    next: (view) => nextAfterRefusal(view, 'en') ?? afterApproval[circuitIn(view)],
    button: 'Send my decision',
    done: 'Your decision is recorded',
    noun: 'approval',
  },
  fields: (view) => ({
    decision: { label: 'Your decision', options: approvals[circuitIn(view)] },
    remarks: {
      label: 'Your remarks',
      hint: 'Optional if you approve; read by the coordinators and by those who approve.',
      conditional: true,
    },
  }),
  lacking: 'the approval ended without an agreement.',
  mail: {
    awaited: () => awaited('Your approval'),
    topic: (view) => theDocument(view),
    request: (view) =>
      `The ${theDocument(view)}${version(view, 'version')} awaits your approval. Please read it, then approve, request changes or refuse, and say why.`,
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
      afterAnswer(view) ??
      (isLastStage(view)
        ? `If you approve, ${goesOn[circuitIn(view)]}. If you request changes, the document goes back with your remarks.`
        : 'If you approve, the file goes on to the next stage. If you request changes, the document goes back with your remarks.'),
    act: 'Read and answer',
    late: (view) => `has not decided on the ${theDocument(view)} yet`,
    thing: (view) => awaited(`approval of the ${theDocument(view)}`),
  },
};
