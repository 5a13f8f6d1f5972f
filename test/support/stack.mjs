// jest globalSetup, once a run for all rings that need it. A developer's own stack (bin/test-stack.mjs) is used when it is announced.
import { isBuilt, startTestStack } from './stack-start.mjs';

export default async () => {
  if (process.env.TEST_DATABASE_URL && process.env.TEST_TEMPORAL_ADDRESS) return;
  if (!isBuilt()) throw new Error('nothing is built yet: use npm test, or node bin/build.mjs first');
  // Shown as it comes: on a machine's first run this may build the Temporal server, for minutes.
  const services = await startTestStack((line) => process.stderr.write(`${line}\n`));
  Object.assign(process.env, services.exports, { TEST_STACK_IS_OURS: '1' });
  globalThis.__troismainsStack = services;
};
