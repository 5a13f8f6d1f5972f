/** `troismains schema`: the edition file as JSON Schema, for editors. */
import type { Command } from 'commander';
import { editionJsonSchema } from '../domain/edition.js';
import { printJson } from './io.js';

/** Adds `schema` to the command line. */
export function register(program: Command): void {
  program
    .command('schema')
    .summary('the edition file as JSON Schema')
    .description('Prints the JSON Schema of the edition file, so that an editor completes and checks it.')
    .addHelpText(
      'after',
      '\nExample:\n  troismains schema > edition.schema.json\n  # then, first line of an edition file:\n  # yaml-language-server: $schema=./edition.schema.json',
    )
    .action(() => printJson(editionJsonSchema()));
}
