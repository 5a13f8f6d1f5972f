#!/usr/bin/env node
// `npm run chaos -- --seeds 1-200`: see test/support/chaos/command.ts.
import './typescript.mjs';
import { build } from './build.mjs';

if (!(await build({ say: (line) => process.stderr.write(`${line}\n`) }))) process.exit(1);
const { run } = await import('../test/support/chaos/command.ts');
process.exitCode = await run(process.argv.slice(2));
