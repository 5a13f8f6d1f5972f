#!/usr/bin/env node
// The command line, from a checkout (built when needed) and from an image (built already).
import { prepare } from './prepare.mjs';

await prepare();
const { main } = await import('../dist/cli/main.js');
// All is said: what still holds on to a server that is gone is not waited for.
process.exit(await main(process.argv.slice(2)));
