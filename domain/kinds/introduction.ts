import { each } from '../asks/seats.js';
import { finishOf } from '../lengths.js';
import { later } from './dates.js';
import { choice, type Kind, long, ordinary } from './kind.js';

/** Did you meet? Asked of both sides of a pair. */
export const introduction: Kind = {
  ...ordinary,
  seats: async ({ ask, project, met }) => {
    const other = await met(ask.part);
    return each(project === undefined || other === undefined ? [] : [project.applicant, other]);
  },
  due: (_, day1, { edition, calendar, before }) => {
    const step = edition.plan.introductions;
    const first = before === undefined ? day1 : calendar.add(before, 1);
    return step.kind === 'fixed' ? later(finishOf(first, step, calendar), day1) : day1;
  },
  fields: () => [choice('met', ['met', 'not-possible']), long('remarks', false)],
  decision: 'met',
};
