import type { Story } from './story.js';

/** Phase 5, for one project: a series of sessions in the field, then measures turned into evidence. */
export async function experiment(story: Story): Promise<void> {
  const { project, generation } = story;
  if (project === undefined) throw new Error("an experiment is a project's");
  const { items: days } = await story.tell({ what: 'sessions', step: 'field', project, version: 1, generation: generation('field') });
  const held = await Promise.all(days.map((day) => session(story, day)));
  await story.finish('field', held.every(Boolean) ? 'complete' : held.some(Boolean) ? 'partial' : 'none');
  await analysis(story);
}

/** One session: it takes place, or a coordinator moves or drops it. Answers whether it was held. */
async function session(story: Story, first: string): Promise<boolean> {
  for (let day = first, generation = story.generation('field'); ; generation++) {
    const settled = await story.ask({ step: 'field', kind: 'session', part: day, generation });
    if (settled.result === 'yes') return true;
    if (settled.outcome === 'closed') return false;
    const decision = await story.decide({
      step: 'field',
      kind: 'decide',
      part: `session-${first}`,
      generation,
      choices: ['move', 'drop', 'drop-project'],
      about: settled.id,
    });
    const [moved] = decision.items ?? [];
    if (moved === undefined) return false;
    day = moved;
  }
}

/** The evaluator's evidence; an edition without an evaluator skips it, and it shows as skipped. */
async function analysis(story: Story): Promise<void> {
  if (!story.outline.hasEvaluator) {
    await story.finish('impact-analysis', 'skipped');
    return;
  }
  const evidence = await story.ask({ step: 'impact-analysis', kind: 'document' });
  await story.finish('impact-analysis', evidence.outcome);
}
