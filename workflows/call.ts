import type { Settled } from '../domain/asks.js';
import type { CivilDate } from '../domain/calendar.js';
import { nothing, type Story } from './story.js';

/** Phase 2, its writing: the call for applications. The jury is seated while it is open, so the two are told apart. */
export async function writeCall(story: Story): Promise<void> {
  const written = await story.ask({ step: 'call-writing', kind: 'document' });
  await story.finish('call-writing', written.outcome);
}

/** Phase 2: the call is open and spread, applications are ruled on, a shortlist is drawn; with nobody to shortlist, the coordinators may open it again. */
export async function call(story: Story): Promise<void> {
  for (let openings = 0, after: CivilDate | undefined; ; openings++) {
    const generation = story.generation('call-open') + openings;
    const applied = await openCall(story, generation, after);
    if (nothing(applied)) {
      after = await again(story, generation, { step: 'call-open', part: 'apply', about: applied.id });
      continue;
    }
    const eligible = await ruleOnEligibility(story, applied.items ?? [], story.generation('eligibility') + openings);
    if (eligible.length > 0) {
      const drawn = await story.ask({ step: 'shortlist', kind: 'shortlist', generation: story.generation('shortlist') + openings });
      await story.finish('shortlist', drawn.outcome);
      return;
    }
    after = await again(story, generation, { step: 'shortlist', part: 'none-eligible' });
  }
}

/** Relays spread the call, again each time it is opened; applicants draft and submit until it closes by itself. */
async function openCall(story: Story, generation: number, after?: CivilDate): Promise<Settled> {
  const apply = story.ask({ step: 'call-open', kind: 'apply', generation, after });
  const relays = story.outline.hasRelays ? story.ask({ step: 'call-open', kind: 'relay', generation, after }) : undefined;
  const [applied] = await Promise.all([apply, relays]);
  if (!nothing(applied)) await story.finish('call-open', applied.outcome, { generation });
  return applied;
}

/** Nobody applied, or nobody may: the coordinators open the call again, or end the edition. Answers the day of their word. */
async function again(
  story: Story,
  generation: number,
  lacking: { step: 'call-open' | 'shortlist'; part: string; about?: string },
): Promise<CivilDate> {
  const { on } = await story.decide({ ...lacking, kind: 'decide', generation, choices: ['extend', 'end-edition'] });
  return on;
}

/** Every application is ruled on by a coordinator, with a reason. */
async function ruleOnEligibility(story: Story, applications: string[], generation: number): Promise<Settled[]> {
  const rulings = await Promise.all(applications.map((part) => story.ask({ step: 'eligibility', kind: 'eligibility', part, generation })));
  await story.finish('eligibility', rulings.every((ruling) => ruling.outcome === 'complete') ? 'complete' : 'partial', { generation });
  return rulings.filter((ruling) => ruling.result === 'yes');
}
