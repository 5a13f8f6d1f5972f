import type { StepId } from './steps.js';

const read: Partial<Record<StepId, readonly StepId[]>> = {
  diagnosis: ['diagnosis'],
  'diagnosis-approval': ['diagnosis'],
  'call-writing': ['call-writing', 'diagnosis'],
  pitch: ['pitch'],
  'selection-approval': ['pitch'],
  roadmap: ['roadmap'],
  'roadmap-approval': ['roadmap'],
  introductions: ['roadmap'],
  field: ['roadmap'],
  'impact-analysis': ['roadmap'],
  evaluation: ['impact-analysis', 'roadmap'],
  'outcome-approval': ['outcome-approval', 'impact-analysis', 'roadmap'],
  restitution: ['restitution'],
};

/** The steps whose frozen documents are read in a step, in the order in which they are shown (intake.md, "Who reads what"). */
export const documentsReadIn = (step: StepId): readonly StepId[] => read[step] ?? [];

/** The circuit that approves what is written in a step. */
export const circuitOfDocument: Partial<Record<StepId, StepId>> = {
  diagnosis: 'diagnosis-approval',
  roadmap: 'roadmap-approval',
  pitch: 'selection-approval',
};

/** What the programme writes and approves. */
export type Written = 'diagnosis' | 'call-writing' | 'roadmap' | 'impact-analysis' | 'restitution' | 'selection' | 'outcome';

/** What is written, or approved, in a step. */
export function documentAbout(step: StepId): Written {
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
