import type { ProjectOutcome } from '../domain/asks.js';
import { untilApproved } from './circuit.js';
import { notAll, nothing, type Story } from './story.js';

/** Phase 6, for one project: three reports, then what comes next, proposed and approved. Answers the project's outcome. */
export async function evaluation(story: Story): Promise<ProjectOutcome> {
  const reports = await story.insist(
    { step: 'evaluation', kind: 'report' },
    { when: nothing, choices: ['extend', 'go-on', 'drop-project'] },
  );
  await story.finish('evaluation', reports.outcome);
  return approvedOutcome(story);
}

/** The proposal – agreement, scale-up or end – goes round its circuit; a body that rejects it ends the project. */
async function approvedOutcome(story: Story): Promise<ProjectOutcome> {
  const { written, verdict } = await untilApproved(story, 'outcome-approval', {
    write: (version, after) =>
      story.insist(
        { step: 'outcome-approval', kind: 'proposal', version, after },
        { when: notAll, choices: ['extend', 'drop-project', 'end-edition'] },
      ),
    from: ({ on }) => on,
    refused: async ({ bySitting, on }) => (bySitting ? 'leave' : on),
  });
  return verdict === 'approved' ? proposed(written) : 'end';
}

const proposed = ({ result, items }: { result?: string; items?: string[] }): ProjectOutcome => {
  const word = items?.[0] ?? result;
  return word === 'agreement' || word === 'scale-up' ? word : 'end';
};

/** The restitution, for the whole edition: results to management, elected officials and teams. */
export async function restitution(story: Story): Promise<void> {
  const told = await story.ask({ step: 'restitution', kind: 'document' });
  await story.finish('restitution', told.outcome);
}
