import { each } from '../asks/seats.js';
import { isHeard } from '../selection.js';
import { choice, juryDay, type Kind, long, ordinary } from './kind.js';

/** The shortlisted confirm that they come, and send what the jury reads. */
export const prepare: Kind = {
  ...ordinary,
  seats: async ({ applications }) => each((await applications()).filter(isHeard).map(({ person }) => person)),
  declines: (decision) => decision === 'no',
  fields: () => [choice('confirm', ['yes', 'no']), long('material', false)],
  decision: 'confirm',
  reads: { ...ordinary.reads, ownApplication: true },
  subject: juryDay,
};
