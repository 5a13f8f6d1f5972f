// jest globalSetup, once a run for all rings that need it. A developer's own stack (bin/test-stack.mjs) is used when it is announced.
import { isBuilt, startTestStack } from './stack-start.mjs';

export default async () => {
  if (process.env.TEST_DATABASE_URL && process.env.TEST_TEMPORAL_ADDRESS) return;
  if (!isBuilt()) throw new Error('nothing is built yet: use npm test, or node bin/build.mjs first');
  const lines = [];
  try {
    const services = await startTestStack((line) => lines.push(line));
    Object.assign(process.env, services.exports);
    globalThis.__troismainsStack = services;
  } catch (error) {
    throw new Error(`the test stack did not start:\n${lines.join('\n')}\n${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
};
