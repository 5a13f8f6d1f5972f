// The command line, where all is built: `troismains` comes here, the worker and the web of `troismains up` begin here.
import { bundleFor, run, scriptOf } from './bundled.mjs';

const args = process.argv.slice(2);
const bundle = bundleFor(args[0]);
const { main } = bundle === undefined ? await import('../dist/cli/main.js') : run(bundle, scriptOf(bundle).script);
// All is said: what still holds on to a server that is gone is not waited for.
process.exit(await main(args));
