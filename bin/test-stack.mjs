#!/usr/bin/env node
// Keeps one throw-away Postgres and one in-memory Temporal up for a developer's tests and prints the exports that make jest use them:
//   node bin/test-stack.mjs > /tmp/stack.env &      then, elsewhere:  . /tmp/stack.env && npm test
import { build } from './build.mjs';

const say = (line) => process.stderr.write(`${line}\n`);
await build({ say });
const { startTestStack } = await import('../test/support/stack-start.mjs');
const services = await startTestStack(say);
for (const [name, value] of Object.entries(services.exports)) process.stdout.write(`export ${name}='${value}'\n`);

let code = 0;
const stop = async () => {
  await services.stop();
  process.exit(code);
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
services.failed.then(({ message }) => {
  say(message);
  code = 1;
  return stop();
});
