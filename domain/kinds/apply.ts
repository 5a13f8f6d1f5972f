import type { Field } from '../asks/forms.js';
import { each } from '../asks/seats.js';
import { choice, type Kind, line, long, ordinary } from './kind.js';

/** The fields of an application, of which `needs` are those of the call. */
export const applicationFields = (needs: string[]): Field[] => [line('title'), choice('need', needs), long('summary')];

/** Apply: public, until the call closes. Whoever begins an application joins by doing so. */
export const apply: Kind = {
  ...ordinary,
  // in a call that is opened again, a draft is still one
  seats: async ({ applications }) => each((await applications()).filter(({ state }) => state === 'draft').map(({ person }) => person)),
  delegable: false,
  hard: true,
  untilItsEnd: true,
  ladder: 'drafts',
  fields: () => [], // an application is kept as such, with `applicationFields`
  reads: { ...ordinary.reads, ownApplication: true },
};
