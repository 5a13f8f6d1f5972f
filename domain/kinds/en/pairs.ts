import { awaited, project } from '../../phrases.js';
import type { KindWords } from '../words.js';
import { coordination, coordinators, theProject } from './common.js';

/** Who should meet whom. */
export const pairs: KindWords<'pairs'> = {
  page: {
    title: (view) => `Who should ${view.project ? `the project ${theProject(view)}` : theProject(view)} meet?`,
    lead: () => 'Choose the people the project needs: those who will host it, guide it, open a door to it.',
    why: coordination,
    next: () => 'each introduction is put to both sides, who say whether they met',
    button: 'Suggest these meetings',
    done: 'The meetings are suggested',
    noun: 'choice of the meetings',
  },
  fields: () => ({
    people: { label: 'The people to meet', hint: 'Tick nobody if no meeting is useful.' },
    purpose: { label: 'What the project expects of it', hint: 'Read by both sides.' },
  }),
  lacking: 'no meeting was suggested.',
  mail: {
    awaited: () => awaited('Your proposals of introductions', 's'),
    topic: (view) => project(view, 'en'),
    request: (view) =>
      `Who should the project ${project(view, 'en')} meet for a good start: a school, a maternity ward, a department? Please choose the people and say what for.`,
    why: () => coordinators,
    silence: () => 'the project goes on without introductions',
    after: () => 'Each introduction is proposed to both people, who then say whether they have met.',
    act: 'Propose introductions',
    late: (view) => `has not proposed introductions for ${project(view, 'en')} yet`,
    thing: (view) => awaited(`introductions for ${project(view, 'en')}`, 's'),
  },
};
