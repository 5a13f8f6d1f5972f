#!/usr/bin/env node
// `npm start`: everything, from a fresh clone. The same as `troismains up --demo`, in this very process, so that Ctrl-C reaches it directly.
process.argv.splice(2, 0, 'up', '--demo');
await import('./troismains.mjs');
