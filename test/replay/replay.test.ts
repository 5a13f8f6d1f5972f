import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { DeterminismViolationError } from '@temporalio/workflow';
import * as workflows from '../../workflows/index.js';
import { declaredIncompatible, unrecorded, unreplayable } from '../support/gate.js';
import { type History, recordedHistories } from '../support/history.js';
import { brokenOn, replayed } from '../support/replaying.js';
import { freshBundle } from '../support/theatre.js';

const fixtures = recordedHistories();
const root = join(import.meta.dirname, '../..');
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
    expect(unreplayable(fixtures, await brokenOn(fixtures, freshBundle()), declaredIncompatible())).toEqual([]);
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

describe('a change is not taken', () => {
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
      rewritten('domain/asks/sending.ts', 'export function isSendingTime', 'export const unheardOf = 1;\nexport function isSendingTime'),
    ).toEqual([]);
  });
});
