import { each } from '../asks/seats.js';
import type { PersonId } from '../edition.js';
import { choice, juryDay, type Kind, ordinary, type Participants } from './kind.js';

/** Will you sit on the jury? */
export const seat: Kind = {
  ...ordinary,
  seats: ({ edition }) => each(edition.selection.jury),
  judges: () => true,
  addsUp: true,
  declines: (decision) => decision === 'no',
  fields: () => [choice('seat', ['yes', 'no'])],
  decision: 'seat',
  subject: juryDay,
};

/** The jurors who confirmed their seat, or who did so in somebody's place. */
export async function seatedJurors(answers: Participants['answers']): Promise<PersonId[]> {
  const given = await answers({ step: 'jury', kind: 'seat' });
  return [...new Set(given.filter(({ decision }) => decision === 'yes').map(({ person }) => person))];
}
