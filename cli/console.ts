/** `troismains console`: a way into the console. */
import type { Command } from 'commander';
import { signInLink, trialLink } from '../client/verbs/console.js';
import { DATA, environmentOf, withInstallation } from './connect.js';
import type { Declared } from './help.js';
import { InputError, print, printJson, terminalOf } from './io.js';

/** The command `console`. */
export const command: Declared = {
  description: {
    fr: "Écrit un lien qui ouvre la console une fois, dans l'heure, à qui a cette adresse : un compte, ou la coordination d'une édition. La session qu'il ouvre dure douze heures.",
    en: 'Prints a link that opens the console once, within an hour, to whoever has this address: an account, or a coordinator of an edition. The session it opens lasts twelve hours.',
  },
  options: {
    ...DATA,
    '--as <address>': {
      fr: "à qui la console s'ouvre ; peut manquer quand « troismains up » tourne ici : alors pour essayer",
      en: 'to whom the console opens; may be left out where `troismains up` runs: then to try things out',
    },
  },
  example: 'troismains console --as labo@valdoise.example',
  run: async ({ as }: { as?: string }, command: Command) => {
    const { json } = terminalOf(command);
    const onTrial = (await environmentOf(command)) !== process.env;
    if (as === undefined && !onTrial)
      throw new InputError({
        fr: "Dire à qui la console s'ouvre : --as ADRESSE. Le premier compte se fait par « troismains account add ADRESSE --admin ».",
        en: 'Say to whom the console opens: --as ADDRESS. The first account is made by "troismains account add ADDRESS --admin".',
      });
    const signIn = await withInstallation(command, (installation) =>
      as === undefined ? trialLink(installation) : signInLink(installation, as),
    );
    if (signIn === undefined)
      throw new InputError({
        fr: `La console ne s'ouvre pas à ${as} : ni compte, ni coordination d'une édition, ou un compte bloqué. Voir « troismains account list ».`,
        en: `The console does not open to ${as}: no account, no coordinator of an edition, or an account that is blocked. See "troismains account list".`,
      });
    if (json) printJson({ signIn });
    else print(signIn);
  },
};
