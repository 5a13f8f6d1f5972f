/** `troismains console`: a way into the console. */
import type { Command } from 'commander';
import { signInLink } from '../client/verbs/console.js';
import { withData, withInstallation } from './connect.js';
import { print, printJson, terminalOf } from './io.js';

/** Adds `console` to the command line. */
export function register(program: Command): void {
  withData(program.command('console').summary('a one-time link into the console'))
    .description('Prints a link that opens the console once, within an hour; the session it opens lasts twelve hours.')
    .addHelpText('after', '\nExample:\n  troismains console')
    .action(async (_flags: object, command: Command) => {
      const { json } = terminalOf(command);
      const signIn = await withInstallation(command, signInLink);
      if (json) printJson({ signIn });
      else print(signIn);
    });
}
