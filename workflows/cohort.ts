import { continueAsNew } from '@temporalio/workflow';
import { call, writeCall } from './call.js';
import { diagnostic } from './diagnostic.js';
import { evaluation, restitution } from './evaluation.js';
import { experiment } from './experiment.js';
import { isLeft } from './left.js';
import type { CohortInput } from './messages.js';
import { pitch, seatJury } from './pitch.js';
import { openPump, type Pump } from './pump.js';
import { type Story, storyOf } from './story.js';
import { validation } from './validation.js';

/**
 * One edition of the programme, as one durable run. Everything settled is remembered in the database, so a run may be
 * started again from the top at any moment: it walks through what is settled in a second.
 */
export async function cohort(input: CohortInput): Promise<void> {
  const pump = await openPump(input);
  if (pump === undefined) return;
  const end = await pump.run(() => pump.contain('edition', () => edition(pump)));
  if (end === 'continue') await continueAsNew<typeof cohort>(input);
}

/** The programme: six phases. */
async function programme(pump: Pump, story: Story): Promise<void> {
  await diagnostic(story);
  await writeCall(story);
  await Promise.all([call(story), seatJury(story)]);
  const projects = await pitch(story);
  await Promise.all(projects.map((id) => pump.contain(`project:${id}`, () => project(storyOf(pump, id)))));
  await restitution(story);
}

/** The edition's own thread, to its end or to the coordinators' decision to end it. */
async function edition(pump: Pump): Promise<void> {
  const story = storyOf(pump);
  const generation = story.generation('restitution');
  try {
    await programme(pump, story);
    await pump.tell({ what: 'edition-ended', step: 'restitution', version: 1, generation, outcome: 'closed' });
  } catch (thrown) {
    if (!isLeft(thrown)) throw thrown;
    await pump.tell({ what: 'edition-ended', step: thrown.step, version: 1, generation, outcome: 'cancelled' });
  }
}

/** One retained project's thread, from its introductions to its outcome. */
async function project(story: Story): Promise<void> {
  const end = async (outcome: Awaited<ReturnType<typeof evaluation>>, step: Parameters<Story['generation']>[0]) => {
    if (story.project === undefined) return;
    await story.tell({ what: 'project-ended', step, project: story.project, version: 1, generation: story.generation(step), outcome });
  };
  try {
    await validation(story);
    await experiment(story);
    await end(await evaluation(story), 'outcome-approval');
  } catch (thrown) {
    if (!isLeft(thrown) || thrown.left === 'edition' || thrown.outcome === 'cancelled') throw thrown;
    await end(thrown.outcome, thrown.step);
  }
}
