// `node --import test/support/loaded.mjs …` notes every file that a process loads, imported or required, in the file that LOADED names.
import { appendFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';

register('./loaded-hooks.mjs', import.meta.url);
const { cache } = createRequire(import.meta.url);
process.on('exit', () => {
  for (const file of Object.keys(cache)) appendFileSync(process.env.LOADED, `${pathToFileURL(file).href}\n`);
});
