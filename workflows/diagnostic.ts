import { approve } from './approve.js';
import { nothing, type Story } from './story.js';

/** Phase 1: cross interviews, the factual diagnosis written from them, and its approval. */
export async function diagnostic(story: Story): Promise<void> {
  const interviews = await story.insist(
    { step: 'interviews', kind: 'interview' },
    { when: nothing, choices: ['extend', 'go-on', 'end-edition'] },
  );
  await story.finish('interviews', interviews.outcome);
  await approvedDiagnosis(story);
}

/** The diagnosis goes round its circuit until a version is approved; every version stays readable. */
async function approvedDiagnosis(story: Story): Promise<void> {
  for (let version = 1, after: string | undefined; ; version++) {
    const written = await story.ask({ step: 'diagnosis', kind: 'document', version, after });
    await story.finish('diagnosis', written.outcome, { version });
    const { verdict, on } = await approve(story, 'diagnosis-approval', version);
    if (verdict === 'approved') {
      await story.finish('diagnosis-approval', verdict, { version });
      return;
    }
    after = on;
    if (verdict === 'refused') {
      const decision = await story.decide({
        step: 'diagnosis-approval',
        kind: 'decide',
        version,
        part: 'refused',
        choices: ['extend', 'go-on', 'end-edition'],
      });
      if (decision.result !== 'extend') {
        await story.finish('diagnosis-approval', verdict, { version });
        return;
      }
      after = decision.on;
    }
  }
}
