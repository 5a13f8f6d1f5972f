import { availableParallelism } from 'node:os';
import { stillMs } from './test/support/limit.mjs';

// One project per ring, so that `npm run test:<ring>` runs one; only rings that need the stack start it.
const base = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', tsx: true },
          transform: { react: { runtime: 'automatic', importSource: 'hono/jsx' } },
        },
        module: { type: 'es6' },
      },
    ],
  },
};
const stack = { globalSetup: '<rootDir>/test/support/stack.mjs', globalTeardown: '<rootDir>/test/support/stack-stop.mjs' };
// `*.all.test.ts` is for `npm test -- --all`
const left = process.env.TEST_ALL ? [] : ['\\.all\\.test\\.ts$'];
const ring = (name, more = {}) => ({
  ...base,
  ...more,
  displayName: name,
  testMatch: [`<rootDir>/test/${name}/**/*.test.ts?(x)`],
  testPathIgnorePatterns: ['/node_modules/', ...left],
});

export default {
  // the cores of a small machine, and one: tests that live an edition wait for its server and its database
  maxWorkers: Math.min(4, availableParallelism()) + 1,
  // what modules of a file leave in memory is given back by a worker of its own; one that has grown takes long to end, and jest calls it a leak
  workerIdleMemoryLimit: '500MB',
  testTimeout: 6 * stillMs,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  projects: [
    ring('domain'),
    ring('store', stack),
    ring('workflows', stack),
    ring('replay', stack),
    ring('web', stack),
    ring('browser', stack),
    ring('chaos', stack),
  ],
};
