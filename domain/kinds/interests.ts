import { each } from '../asks/seats.js';
import { isHeard } from '../selection.js';
import { juryDay, type Kind, long, ordinary, required } from './kind.js';
import { seatedJurors } from './seat.js';

/** Declare one's interests in the applications, before any may be read. */
export const interests: Kind = {
  ...ordinary,
  seats: async ({ answers }) => each(await seatedJurors(answers)),
  judges: () => true,
  fields: ({ applications }) => [
    { type: 'options', name: 'conflicts', options: applications, min: 0, max: applications.length },
    long('nature', false),
  ],
  checks: (answer) => (Array.isArray(answer.conflicts) && answer.conflicts.length > 0 ? required(answer, 'nature') : []),
  reads: { ...ordinary.reads, applications: isHeard, namesOnly: true },
  subject: juryDay,
};
