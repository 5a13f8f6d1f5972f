/** `troismains web`: the process that serves pages. */
import type { Command } from 'commander';
import { INSTALLATION } from '../config.js';
import { configuration } from './up.js';

/** Adds `web` to the command line. */
export function register(program: Command): void {
  program
    .command('web')
    .summary("the process that serves people's pages and the console")
    .description("Serves people's pages, the public call, the console and its JSON. Runs until SIGTERM.")
    .addHelpText(
      'after',
      '\nReads the environment (docs/operations.md).\n\nExample:\n  PORT=8080 PUBLIC_URL=https://… DATABASE_URL=postgres://… troismains web',
    )
    .action(async () => {
      const { runWeb } = await import('../web/main.js');
      await runWeb(configuration(undefined, INSTALLATION));
    });
}
