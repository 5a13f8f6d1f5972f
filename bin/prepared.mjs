// The command line, where all is built: `troismains` comes here, the worker and the web of `troismains up` begin here.
const { main } = await import('../dist/cli/main.js');
// All is said: what still holds on to a server that is gone is not waited for.
process.exit(await main(process.argv.slice(2)));
