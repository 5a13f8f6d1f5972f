import type { ProjectOutcome } from '../domain/asks.js';
import { approve } from './approve.js';
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
  for (let version = 1, after: string | undefined; ; version++) {
    const proposal = await story.insist(
      { step: 'outcome-approval', kind: 'proposal', version, after },
      { when: notAll, choices: ['extend', 'drop-project', 'end-edition'] },
    );
    const { verdict, bySitting, on } = await approve(story, 'outcome-approval', version, proposal.on);
    if (verdict === 'approved' || bySitting) {
      await story.finish('outcome-approval', verdict, { version });
      return verdict === 'approved' ? proposed(proposal) : 'end';
    }
    after = on;
  }
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
