import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { planOf } from '../support/chaos/plan.js';
import { exitCodeOf, isClean, isUnlived, type Result, table, tell } from '../support/chaos/told.js';

const { faults: _faults, seed: _seed, ...plan } = planOf(1);
const counts = { reviews: 1, mails: 1, acts: 1, byPage: 1, uncertain: 0, sweeps: 0, incidents: 0 };
const holds = (seed: number): Result => ({
  seed,
  commit: 'c',
  plan,
  injected: [],
  outOfTime: false,
  violations: [],
  counts,
  wallSeconds: 1,
});
const slow = (seed: number): Result => ({ ...holds(seed), outOfTime: true });
const violated = (seed: number): Result => ({ ...holds(seed), violations: [{ invariant: 'journalled', what: 'x' }] });
const crashed: Result = { seed: 9, commit: 'c', crashed: 'it was stuck' };

describe('a seed that ran out of time', () => {
  test('is not clean, accuses the engine of nothing, and is lived again', () => {
    expect([isClean(slow(1)), isUnlived(slow(1))]).toEqual([false, true]);
    expect([holds(1), violated(1), crashed].map(isUnlived)).toEqual([false, false, false]);
    expect(tell(slow(1))).toMatch(/^seed 1: OUT OF TIME/);
    expect(table([holds(1), slow(2)])).toContain('2 seeds, 1 lived to the end without a violation.');
    expect(table([slow(2)])).toMatch(/^\| 2 \|.*\| out of time \|$/m);
  });

  test('that holds, but had to be woken, says where it stood', () => {
    const woken = { ...holds(1), late: ['pending: nothing; last: 7 EVENT_TYPE_TIMER_STARTED'] };
    expect(tell(woken)).toMatch(
      /^seed 1: holds .*\n {2}woken, for nothing more was heard: pending: nothing; last: 7 EVENT_TYPE_TIMER_STARTED$/,
    );
    expect(table([woken, holds(2)])).toContain("a look that was late was found by the sweep's rule 1 times");
  });
});

describe('the exit code', () => {
  const codeOf = (results: Result[], interrupted = false) => exitCodeOf({ seeds: [1, 2], results, interrupted });
  test('is 0 only when all that was asked was lived, and holds', () => {
    expect(codeOf([holds(1), holds(2)])).toBe(0);
    expect(codeOf([holds(1), slow(2)])).toBe(1);
    expect(codeOf([holds(1), violated(2)])).toBe(1);
    expect(codeOf([holds(1), { ...crashed, seed: 2 }])).toBe(1);
    expect(codeOf([holds(1)])).toBe(1);
  });

  test('of an interrupted run is 130, unless something was violated before', () => {
    expect(codeOf([holds(1)], true)).toBe(130);
    expect(codeOf([], true)).toBe(130);
    expect(codeOf([violated(1)], true)).toBe(1);
    expect(codeOf([holds(1), holds(2)], true)).toBe(0);
  });
});

test('the command is run by node alone: nothing it needs is of the test runner', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, '../../bin/chaos.mjs'), '--help'], {
    encoding: 'utf8',
  });
  expect({ status, stdout, usage: stderr.includes('npm run chaos -- --seeds') }).toEqual({ status: 0, stdout: '', usage: true });
});
