/** What docs/changing-workflows.md says of each kind of change, replayed on a build that has it. */
import { describe, expect, test } from '@jest/globals';
import { unreplayable } from '../support/gate.js';
import { recordedHistories } from '../support/history.js';
import { brokenOn } from '../support/replaying.js';
import { type Otherwise, variantBundle } from '../support/variant.js';

/** Small ones: the reference edition takes no turn that these do not, and five seconds to replay. */
const fixtures = recordedHistories().filter(({ name }) => !name.includes('val-d-oise'));

describe('what docs/changing-workflows.md says of a change', () => {
  const brokenBy = async (...differences: Otherwise[]) => {
    const changed = variantBundle(...differences);
    return brokenOn(fixtures, changed.path).finally(changed.remove);
  };

  test('replays, where timeouts, retries, summaries and details are other ones', async () => {
    const pump = 'workflows/pump.js';
    const broken = await brokenBy(
      { file: pump, ours: "startToCloseTimeout: '20 seconds'", theirs: "startToCloseTimeout: '40 seconds'" },
      { file: pump, ours: 'maximumAttempts: 3', theirs: 'maximumAttempts: 5' },
      { file: pump, ours: 'setCurrentDetails)(standing.details)', theirs: "setCurrentDetails)('other words')" },
      { file: pump, ours: 'summary: result.standing.summary', theirs: "summary: 'other words'" },
    );
    expect([...broken]).toEqual([]);
  });

  test('replays, where it concerns a turn that no run has taken', async () => {
    const broken = await brokenBy({ file: 'workflows/diagnostic.js', ours: "kind: 'decide'", theirs: "kind: 'decide', generation: 7" });
    expect([...broken]).toEqual([]);
  });

  test('does not replay, where a step that runs have taken has become two', async () => {
    const finish = "await story.finish('interviews', interviews.outcome);";
    const twice = finish.replace(');', ', { version: 2 });');
    const broken = await brokenBy({ file: 'workflows/diagnostic.js', ours: finish, theirs: `${finish} ${twice}` });
    expect([...broken].sort()).toEqual(
      fixtures
        .filter(({ type }) => type === 'cohort')
        .map(({ name }) => name)
        .sort(),
    );
  });
});

describe('a change is not taken', () => {
  const reviewsElsewhere = { file: 'workflows/pump.js', ours: 'outline.large ? ordinary', theirs: 'true ? ordinary' };

  test('when recorded histories do not replay and nobody declared it; nor when what was declared replays', async () => {
    const changed = variantBundle(reviewsElsewhere);
    try {
      const broken = await brokenOn(fixtures, changed.path);
      const versions = [...new Set(fixtures.filter(({ name }) => broken.has(name)).map(({ version }) => version))];
      const declared = versions.map((version) => ({ workflow: 'cohort', version, why: 'reviews are activities of their own' }));
      expect(unreplayable(fixtures, broken, [])).toContainEqual(expect.stringMatching(/^cohort-.* does not replay any more/));
      expect(unreplayable(fixtures, broken, declared)).toEqual([]);
      expect(unreplayable(fixtures, new Set(), declared)).toContainEqual(expect.stringContaining('which replays: take it out'));
    } finally {
      changed.remove();
    }
  });
});
