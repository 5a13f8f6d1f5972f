import { approve } from './approve.js';
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
  for (let version = 1, after: string | undefined; ; version++) {
    const roadmap = await story.insist(
      { step: 'roadmap', kind: 'document', version, after },
      { when: notAll, choices: ['extend', 'in-place', 'drop-project', 'end-edition'] },
    );
    await story.finish('roadmap', roadmap.outcome, { version });
    const { verdict, on } = await approve(story, 'roadmap-approval', version);
    if (verdict !== 'changes-requested') await story.finish('roadmap-approval', verdict, { version });
    if (verdict === 'approved') return;
    if (verdict === 'refused') throw { left: 'project', outcome: 'not-started', step: 'roadmap-approval' } satisfies Left;
    after = on;
  }
}
