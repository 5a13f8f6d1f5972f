import { each } from '../asks/seats.js';
import { mayScore } from '../jury.js';
import { marksCloseAt } from '../juryday.js';
import { topMark } from '../scoring.js';
import { isHeard } from '../selection.js';
import { later, ownDue } from './dates.js';
import { type Kind, long, ordinary } from './kind.js';

/** Mark what one is not recused from, blind to the others. */
export const score: Kind = {
  ...ordinary,
  // who declared their interests: a seated juror, or who answered in their place; a seat that stayed silent does not score
  seats: async ({ answers, applications, interests }) => {
    const declared = await answers({ step: 'pitch-preparation', kind: 'interests' });
    const heard = (await applications()).filter(isHeard);
    const known = await interests();
    return each(declared.map(({ person }) => person).filter((juror) => mayScore(known, heard, juror)));
  },
  delegable: false, // marks are for who declared their interests
  judges: () => true,
  waitsForItsDay: (_, { plan: { pitch } }) => pitch.kind === 'pin',
  due: (ask, day1, context) => {
    const { pitch } = context.edition.plan;
    if (pitch.kind !== 'pin') return ownDue(ask, day1, context);
    return ask.part === undefined ? later(pitch.date, day1) : day1;
  },
  closesAt: marksCloseAt,
  addsUp: true,
  hard: true,
  fields: ({ applications, criteria }) => [
    { type: 'scores', name: 'scores', rows: applications, columns: criteria, min: 0, max: topMark },
    long('remarks', false),
  ],
  reads: { ...ordinary.reads, applications: isHeard, unlessRecused: true, documents: false },
};
