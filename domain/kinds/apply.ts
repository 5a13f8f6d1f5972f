import type { Field, FormContext } from '../asks/forms.js';
import { each } from '../asks/seats.js';
import { choice, type Kind, line, long, ordinary } from './kind.js';

const need = ({ needs = [] }: FormContext): Field =>
  choice(
    'need',
    needs.map(({ id }) => id),
  );

/** Apply: public, until the call closes. Whoever begins an application joins by doing so. */
export const apply: Kind = {
  ...ordinary,
  // in a call that is opened again, a draft is still one
  seats: async ({ applications }) => each((await applications()).filter(({ state }) => state === 'draft').map(({ person }) => person)),
  delegable: false,
  hard: true,
  untilItsEnd: true,
  ladder: 'drafts',
  form: () => 'application',
  fixed: (form) => [line('title'), line('organisation'), need(form), long('team')],
  fields: (form) => [line('title'), need(form), long('summary')],
  reads: { ...ordinary.reads, ownApplication: true },
};
