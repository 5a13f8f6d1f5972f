import { each } from '../asks/seats.js';
import { choice, type Kind, long, ordinary } from './kind.js';

/** Will you spread the call? Ends with it. */
export const relay: Kind = {
  ...ordinary,
  seats: ({ inRole }) => each(inRole('relay')),
  many: true,
  hard: true,
  endsWith: 'apply',
  fields: () => [choice('spread', ['yes', 'no']), long('remarks', false)],
  decision: 'spread',
  reads: { ...ordinary.reads, documents: false },
};
