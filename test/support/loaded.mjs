// `node --import file:///…/loaded.mjs?notes=FILE …` notes every file that a process loads, imported or required, in FILE.
import { appendFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';
import { pathToFileURL } from 'node:url';

const notes = new URL(import.meta.url).searchParams.get('notes');
register('./loaded-hooks.mjs', { parentURL: import.meta.url, data: { notes } });
const { cache } = createRequire(import.meta.url);
process.on('exit', () => {
  for (const file of Object.keys(cache)) appendFileSync(notes, `${pathToFileURL(file).href}\n`);
});
