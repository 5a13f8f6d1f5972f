import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ConfigError, readConfig } from '../../config.js';
import { capacityOf, connectionsFor } from '../../domain/capacity.js';

const GiB = 2 ** 30;
const machine = fc.record({
  cores: fc.double({ min: 0.1, max: 256, noNaN: true }),
  memoryBytes: fc.integer({ min: GiB / 16, max: 2 ** 45 }),
});

describe('what a worker does at once', () => {
  test('fits together on any machine', () => {
    const asked = fc.record(
      {
        connections: fc.integer({ min: connectionsFor(1), max: 1_000 }),
        activities: fc.integer({ min: 2, max: 1_000 }),
        cachedRuns: fc.integer({ min: 10, max: 100_000 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(machine, asked, (machine, asked) => {
        const is = capacityOf(machine, asked);
        for (const [name, n] of Object.entries(is)) expect([name, Number.isInteger(n) && n >= 1]).toEqual([name, true]);
        // every review has a connection, and what is no review is left some
        expect(is.connections).toBeGreaterThanOrEqual(connectionsFor(is.reviews));
        // a task that is open has its review running, but for a few
        expect(is.workflowTasks).toBeLessThanOrEqual(is.reviews + 4);
        expect(is.workflowTasks).toBeGreaterThanOrEqual(2);
        expect(is.workflowTasks).toBeLessThanOrEqual(is.cachedRuns);
        // nobody asks for more than there is room for; two polls at least, one for what is in memory and one for what is not
        expect(is.workflowPolls).toBeLessThanOrEqual(is.workflowTasks);
        expect(is.workflowPolls).toBeGreaterThanOrEqual(2);
        expect(is.activityPolls).toBeLessThanOrEqual(is.activities);
        expect(is).toMatchObject(asked);
      }),
    );
  });

  test('grows with the machine, to a limit, and leaves memory for the rest', () => {
    const bigger = fc.tuple(machine, fc.double({ min: 1, max: 8, noNaN: true }));
    fc.assert(
      fc.property(bigger, ([small, times]) => {
        const [one, other] = [capacityOf(small), capacityOf({ cores: small.cores * times, memoryBytes: small.memoryBytes * times })];
        for (const [name, n] of Object.entries(one))
          expect(Object.entries(other).find(([key]) => key === name)?.[1]).toBeGreaterThanOrEqual(n);
        expect([other.reviews <= 20, other.cachedRuns <= 4_000]).toEqual([true, true]);
        if (one.cachedRuns > 50) expect(one.cachedRuns * 768 * 1024).toBeLessThanOrEqual(small.memoryBytes / 4);
      }),
    );
  });

  test('on two cores with four gigabytes', () => {
    expect(capacityOf({ cores: 2, memoryBytes: 4 * GiB })).toEqual({
      connections: 16,
      reviews: 8,
      activities: 100,
      workflowTasks: 12,
      cachedRuns: 1_365,
      workflowPolls: 6,
      activityPolls: 10,
    });
  });
});

describe('what is set by hand', () => {
  const read = (environment: Record<string, string>) => readConfig(environment, [], { cores: 8, memoryBytes: 8 * GiB }).capacity;

  test('is taken, and the rest fits it', () => {
    expect(read({ WORKER_REVIEWS: '30' })).toMatchObject({ reviews: 30, connections: 38, workflowTasks: 34 });
    expect(read({ DATABASE_CONNECTIONS: '10' })).toMatchObject({ reviews: 6, connections: 10, workflowTasks: 10 });
    expect(read({ DATABASE_CONNECTIONS: '24', WORKER_REVIEWS: '20', WORKER_ACTIVITIES: '7', WORKER_CACHED_RUNS: '12' })).toMatchObject({
      reviews: 20,
      connections: 24,
      activities: 7,
      cachedRuns: 12,
      workflowTasks: 12,
    });
  });

  test.each([
    [{ DATABASE_CONNECTIONS: '23', WORKER_REVIEWS: '20' }, 'DATABASE_CONNECTIONS: 23 are too few for WORKER_REVIEWS=20: 24 or more'],
    [{ DATABASE_CONNECTIONS: '4' }, 'DATABASE_CONNECTIONS: must be a whole number from 5 to 1000'],
    [{ WORKER_REVIEWS: '2.5' }, 'WORKER_REVIEWS: must be a whole number from 1 to 200'],
    [{ WORKER_CACHED_RUNS: 'many' }, 'WORKER_CACHED_RUNS: must be a whole number from 10 to 100000'],
  ])('is refused where it does not fit: %j', (environment, words) => {
    expect(() => read(environment)).toThrow(ConfigError);
    expect(() => read(environment)).toThrow(words);
  });
});
