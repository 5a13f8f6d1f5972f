import { smallestJury } from '../domain/jury.js';
import { untilApproved } from './circuit.js';
import { nothing, type Story } from './story.js';

/** Phase 3, its jury: confirmed while the call is open. With too few seats taken, the coordinators decide. */
export async function seatJury(story: Story): Promise<void> {
  const seats = await story.insist(
    { step: 'jury', kind: 'seat' },
    { when: (settled) => (settled.items?.length ?? 0) < smallestJury, choices: ['extend', 'go-on', 'end-edition'] },
  );
  await story.finish('jury', seats.outcome);
}

/** Phase 3: the shortlisted prepare and jurors declare interests; the jury scores, deliberates, and the selection is approved. Answers the project ids. */
export async function pitch(story: Story): Promise<string[]> {
  const [material, interests] = await Promise.all([
    story.ask({ step: 'pitch-preparation', kind: 'prepare' }),
    story.ask({ step: 'pitch-preparation', kind: 'interests' }),
  ]);
  const both = material.outcome === 'complete' && interests.outcome === 'complete';
  await story.finish('pitch-preparation', both ? 'complete' : 'partial');

  const scores = await story.insist({ step: 'pitch', kind: 'score' }, { when: nothing, choices: ['extend', 'go-on', 'end-edition'] });
  return approvedSelection(story, scores.on);
}

/** The deliberation goes round its circuit until it is approved; then, and only then, projects exist and all letters leave. */
async function approvedSelection(story: Story, scored: string): Promise<string[]> {
  const { version } = await untilApproved(story, 'selection-approval', {
    write: async (n, after = scored) => {
      const deliberation = await story.ask({ step: 'pitch', kind: 'deliberation', version: n, after });
      await story.finish('pitch', deliberation.outcome, { version: n });
    },
  });
  const generation = story.generation('selection-approval');
  return (await story.tell({ what: 'projects', step: 'selection-approval', version, generation })).items;
}
