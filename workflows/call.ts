import type { Settled } from '../domain/asks.js';
import { type Insisted, nothing, type Story } from './story.js';

/** Phase 2, its writing: the call for applications. The jury is seated while it is open, so the two are told apart. */
export async function writeCall(story: Story): Promise<void> {
  const written = await story.ask({ step: 'call-writing', kind: 'document' });
  await story.finish('call-writing', written.outcome);
}

/** Phase 2: the call is open and spread, applications are ruled on, a shortlist is drawn; with nobody eligible, the coordinators may open it again. */
export async function call(story: Story): Promise<void> {
  for (let generation = story.generation('call-open'), after: string | undefined; ; generation++) {
    const applied = await openCall(story, generation, after);
    generation = applied.generation;
    const eligible = await ruleOnEligibility(story, applied.items ?? [], generation);
    if (eligible.length > 0) {
      const drawn = await story.ask({ step: 'shortlist', kind: 'shortlist', generation });
      await story.finish('shortlist', drawn.outcome);
      return;
    }
    const decision = await story.decide({
      step: 'shortlist',
      kind: 'decide',
      part: 'none-eligible',
      generation,
      choices: ['extend', 'end-edition'],
    });
    after = decision.on;
  }
}

/** Relays spread the call; applicants draft and submit until it closes by itself. */
async function openCall(story: Story, generation: number, after?: string): Promise<Insisted> {
  const apply = story.insist(
    { step: 'call-open', kind: 'apply', generation, after },
    { when: nothing, choices: ['extend', 'end-edition'] },
  );
  const relays = story.outline.hasRelays ? story.ask({ step: 'call-open', kind: 'relay', generation, after }) : undefined;
  const [applied] = await Promise.all([apply, relays]);
  await story.finish('call-open', applied.outcome);
  return applied;
}

/** Every application is ruled on by a coordinator, with a reason. */
async function ruleOnEligibility(story: Story, applications: string[], generation: number): Promise<Settled[]> {
  const rulings = await Promise.all(applications.map((part) => story.ask({ step: 'eligibility', kind: 'eligibility', part, generation })));
  await story.finish('eligibility', rulings.every((ruling) => ruling.outcome === 'complete') ? 'complete' : 'partial');
  return rulings.filter((ruling) => ruling.result === 'yes');
}
