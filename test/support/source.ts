import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Edition, readEdition } from '../../domain/edition.js';

const editions = join(import.meta.dirname, '../../editions');

/** An edition and its source from one of the files in `editions/`. */
export function editionFrom(name: string): { edition: Edition; source: string } {
  return readSource(readFileSync(join(editions, `${name}.yaml`), 'utf8'));
}

/** An edition out of its source; what is wrong with it fails the test. */
export function readSource(source: string): { edition: Edition; source: string } {
  const reading = readEdition(source);
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems, null, 2));
  return { edition: reading.edition, source };
}
