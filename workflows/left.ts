import type { ProjectOutcome } from '../domain/asks.js';
import type { StepId } from '../domain/steps.js';

/** Why a story was left before its end: thrown on purpose (a project dropped or refused, an edition ended), caught at the story's own door. */
export interface Left {
  left: 'project' | 'edition';
  outcome: ProjectOutcome | 'cancelled';
  step: StepId;
}

/** Whether something thrown is a story left on purpose. */
export const isLeft = (thrown: unknown): thrown is Left => typeof thrown === 'object' && thrown !== null && 'left' in thrown;
