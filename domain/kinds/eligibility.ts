import { choice, type Kind, long, ofCoordinators } from './kind.js';

/** Does an application meet the rules? With a reason. */
export const eligibility: Kind = {
  ...ofCoordinators,
  judges: () => true,
  fields: () => [choice('eligible', ['yes', 'no']), long('reason')],
  decision: 'eligible',
  reads: { ...ofCoordinators.reads, applications: ({ id }, { part }) => id === part, single: true },
};
