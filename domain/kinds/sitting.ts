import { circuitOf } from '../circuits.js';
import { bodyOf } from '../sittings.js';
import { isCircuitStep } from '../steps.js';
import { choice, type Kind, long, ofCoordinators, required } from './kind.js';

/** What a body decided at its sitting. */
export const sitting: Kind = {
  ...ofCoordinators,
  waitsForItsDay: () => true,
  due: ({ part }, day1) => part ?? day1,
  fields: () => [choice('decision', ['adopted', 'adjourned', 'rejected']), long('remarks', false)],
  checks: (answer) => (answer.decision === 'rejected' ? required(answer, 'remarks') : []),
  decision: 'decision',
  subject: ({ step, part }, edition) => {
    const body = isCircuitStep(step) ? circuitOf(edition, step).session : undefined;
    return body === undefined || part === undefined ? {} : { event: { on: part, body: bodyOf(edition, body).name } };
  },
};
