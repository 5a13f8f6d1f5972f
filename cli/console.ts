/** `troismains console`: a way into the console. */
import type { Command } from 'commander';
import { signInLink } from '../client/verbs/console.js';
import { DATA, withInstallation } from './connect.js';
import type { Declared } from './help.js';
import { print, printJson, terminalOf } from './io.js';

/** The command `console`. */
export const command: Declared = {
  description: {
    fr: "Écrit un lien qui ouvre la console une fois, dans l'heure ; la session qu'il ouvre dure douze heures.",
    en: 'Prints a link that opens the console once, within an hour; the session it opens lasts twelve hours.',
  },
  options: DATA,
  example: 'troismains console',
  run: async (_flags: object, command: Command) => {
    const { json } = terminalOf(command);
    const signIn = await withInstallation(command, signInLink);
    if (json) printJson({ signIn });
    else print(signIn);
  },
};
