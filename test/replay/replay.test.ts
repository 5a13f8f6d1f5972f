import { describe, expect, jest, test } from '@jest/globals';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { quieten } from '../../rehearsal/stage.js';
import * as workflows from '../../workflows/index.js';
import { type History, recordedHistories } from '../support/history.js';
import { freshBundle } from '../support/theatre.js';

jest.setTimeout(180_000);
quieten();

const fixtures = recordedHistories();
const replayed = async (histories: { name: string; history: History }[]) => {
  const replays = Worker.runReplayHistories(
    { workflowBundle: { codePath: freshBundle() } },
    histories.map(({ name, history }) => ({ workflowId: name, history })),
  );
  const errors: Record<string, Error | undefined> = {};
  for await (const { workflowId, error } of replays) errors[workflowId] = error;
  return errors;
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

  test('replay on this build', async () => {
    const errors = await replayed(fixtures);
    expect(errors).toEqual(Object.fromEntries(fixtures.map(({ name }) => [name, undefined])));
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
