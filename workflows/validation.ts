import { untilApproved } from './circuit.js';
import type { Left } from './left.js';
import { notAll, type Story } from './story.js';

/** Phase 4, for one project: it meets the people it needs, writes its roadmap, and the roadmap is approved. */
export async function validation(story: Story): Promise<void> {
  await introductions(story);
  await approvedRoadmap(story);
}

/** Who should meet whom, then one ask per pair to both sides; what is not confirmed in time does not hold the project up. */
async function introductions(story: Story): Promise<void> {
  const pairs = await story.ask({ step: 'introductions', kind: 'pairs' });
  const met = await Promise.all(
    (pairs.items ?? []).map((part) => story.ask({ step: 'introductions', kind: 'introduction', part, after: pairs.on })),
  );
  const all = pairs.outcome === 'complete' && met.every((pair) => pair.outcome === 'complete');
  await story.finish('introductions', all ? 'complete' : 'partial');
}

/** The roadmap goes round its circuit: changes requested send it back with comments; refused, the project does not start. */
async function approvedRoadmap(story: Story): Promise<void> {
  const { verdict } = await untilApproved(story, 'roadmap-approval', {
    write: async (version, after) => {
      const roadmap = await story.insist(
        { step: 'roadmap', kind: 'document', version, after },
        { when: notAll, choices: ['extend', 'in-place', 'drop-project', 'end-edition'] },
      );
      await story.finish('roadmap', roadmap.outcome, { version });
    },
    refused: async () => 'leave',
  });
  if (verdict === 'refused') throw { left: 'project', outcome: 'not-started', step: 'roadmap-approval' } satisfies Left;
}
