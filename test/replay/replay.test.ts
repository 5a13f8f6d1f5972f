import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import * as workflows from '../../workflows/index.js';
import { declaredIncompatible, unrecorded, unreplayable } from '../support/gate.js';
import { type History, recordedHistories } from '../support/history.js';
import { freshBundle, hearEngine } from '../support/theatre.js';
import { type Otherwise, variantBundle } from '../support/variant.js';

hearEngine();

const fixtures = recordedHistories();
const root = join(import.meta.dirname, '../..');
const replayed = async (histories: { name: string; history: History }[], codePath = freshBundle()) => {
  const replays = Worker.runReplayHistories(
    { workflowBundle: { codePath } },
    histories.map(({ name, history }) => ({ workflowId: name, history })),
  );
  const errors: Record<string, Error | undefined> = {};
  for await (const { workflowId, error } of replays) errors[workflowId] = error;
  return errors;
};
const brokenOn = async (codePath: string) => {
  const errors = await replayed(fixtures, codePath);
  return new Set(Object.keys(errors).filter((name) => errors[name] !== undefined));
};

describe('recorded histories', () => {
  test('are there, one of every workflow type at least', () => {
    const types = new Set(fixtures.map(({ type }) => type));
    expect([...types].sort()).toEqual(Object.keys(workflows).sort());
  });

  test('are small enough to be kept, and whole', () => {
    for (const { name, type, history } of fixtures) {
      const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
      expect([name, started?.workflowType?.name]).toEqual([name, type]);
    }
  });

  test('replay on this build, but for what was declared incompatible', async () => {
    expect(unreplayable(fixtures, await brokenOn(freshBundle()), declaredIncompatible())).toEqual([]);
  });

  test('are of the code as it is: whatever it does is in one of them', () => {
    expect(unrecorded(root, Object.keys(workflows), fixtures)).toEqual([]);
  });

  test('do not replay when what a workflow does has changed', async () => {
    const [fixture] = fixtures.filter(({ type }) => type === 'sweep');
    const altered: History = structuredClone(fixture?.history ?? {});
    for (const event of altered.events ?? []) {
      const scheduled = event.activityTaskScheduledEventAttributes;
      if (scheduled?.activityType) scheduled.activityType.name = 'somethingElse';
    }
    const { altered: error } = await replayed([{ name: 'altered', history: altered }]);
    expect(error).toBeInstanceOf(DeterminismViolationError);
  });

  test('do not replay when a story takes another turn', async () => {
    const [fixture] = fixtures.filter(({ type }) => type === 'cohort');
    const events = fixture?.history.events ?? [];
    const firstTimer = events.findIndex((event) => event.timerStartedEventAttributes);
    const cut: History = { events: events.filter((_, index) => index !== firstTimer) };
    const { cut: error } = await replayed([{ name: 'cut', history: cut }]);
    expect(error).toBeDefined();
  });
});

describe('what docs/changing-workflows.md says of a change', () => {
  const brokenBy = async (...differences: Otherwise[]) => {
    const changed = await variantBundle(...differences);
    return brokenOn(changed.path).finally(changed.remove);
  };

  test('replays, where timeouts, retries, summaries and details are other ones', async () => {
    const pump = 'workflows/pump.js';
    const broken = await brokenBy(
      { file: pump, ours: "startToCloseTimeout: '20 seconds'", theirs: "startToCloseTimeout: '40 seconds'" },
      { file: pump, ours: 'maximumAttempts: 3', theirs: 'maximumAttempts: 5' },
      { file: pump, ours: 'setCurrentDetails(standing.details)', theirs: "setCurrentDetails('other words')" },
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
  const reviewsElsewhere = { file: 'workflows/pump.js', ours: 'outline?.large ? ordinary', theirs: 'true ? ordinary' };

  test('when recorded histories do not replay and nobody declared it; nor when what was declared replays', async () => {
    const changed = await variantBundle(reviewsElsewhere);
    try {
      const broken = await brokenOn(changed.path);
      const versions = [...new Set(fixtures.filter(({ name }) => broken.has(name)).map(({ version }) => version))];
      const declared = versions.map((version) => ({ workflow: 'cohort', version, why: 'reviews are activities of their own' }));
      expect(unreplayable(fixtures, broken, [])).toContainEqual(expect.stringMatching(/^cohort-.* does not replay any more/));
      expect(unreplayable(fixtures, broken, declared)).toEqual([]);
      expect(unreplayable(fixtures, new Set(), declared)).toContainEqual(expect.stringContaining('which replays: take it out'));
    } finally {
      changed.remove();
    }
  });

  const folder = mkdtempSync(join(tmpdir(), 'troismains-code-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const rewritten = (file: string, from: string, to: string) => {
    for (const part of ['workflows', 'domain']) cpSync(join(root, part), join(folder, part), { recursive: true });
    const source = readFileSync(join(root, file), 'utf8');
    expect(source.split(from)).toHaveLength(2);
    writeFileSync(
      join(folder, file),
      source.replace(from, () => to),
    );
    return unrecorded(folder, Object.keys(workflows), fixtures);
  };

  test('when code has changed and no history was recorded since, of that workflow only', () => {
    const asked = rewritten('workflows/evaluation.ts', "kind: 'document' }", "kind: 'document', part: 'figures' }");
    expect(asked).toEqual([expect.stringMatching(/^The code of cohort has changed.*RECORD_HISTORIES=<version> npm run test:workflows/)]);
    expect(rewritten('workflows/sweep.ts', 'round <= rounds', 'round < rounds')).toEqual([expect.stringContaining('sweep')]);
    expect(rewritten('domain/asks.ts', "key.part ?? '-'", "key.part ?? ''")).toEqual([expect.stringContaining('cohort')]);
  });

  test('but one of comments, of types, or of rules that no workflow runs is', () => {
    expect(rewritten('workflows/evaluation.ts', '/** The restitution,', '/** What the restitution is,')).toEqual([]);
    expect(rewritten('workflows/sweep.ts', '  rounds: number;', '  // how many\n  rounds: number;\n  why?: string;')).toEqual([]);
    expect(
      rewritten('domain/ladder.ts', 'export function isSendingTime', 'export const unheardOf = 1;\nexport function isSendingTime'),
    ).toEqual([]);
  });
});
