import { untilApproved } from './circuit.js';
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

/** The diagnosis goes round its circuit; once it is refused, the coordinators decide. Every version stays readable. */
async function approvedDiagnosis(story: Story): Promise<void> {
  await untilApproved(story, 'diagnosis-approval', {
    write: async (version, after) => {
      const written = await story.ask({ step: 'diagnosis', kind: 'document', version, after });
      await story.finish('diagnosis', written.outcome, { version });
    },
    refused: async (_, version) => {
      const question = { step: 'diagnosis-approval', kind: 'decide', version, part: 'refused' } as const;
      const { result, on } = await story.decide({ ...question, choices: ['extend', 'go-on', 'end-edition'] });
      return result === 'extend' ? on : 'leave';
    },
  });
}
