/** `troismains up`: everything on this machine, until Ctrl-C. */
import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { openInstallation } from '../client/installation.js';
import { trialLink } from '../client/verbs/console.js';
import { INSTALLATION } from '../config.js';
import type { Locale, Words } from '../domain/words.js';
import { startDemonstration } from '../embedded/demonstration.js';
import { runInForeground } from '../embedded/foreground.js';
import type { Ready, UpOptions } from '../embedded/up.js';
import { migrate } from '../store/migrate.js';
import { configuration } from './configuration.js';
import { environmentFile } from './environment.js';
import type { Declared, Say } from './help.js';
import { exitWith, print, printJson, progress, terminalOf } from './io.js';

type Flags = { demo?: boolean; ephemeral?: boolean; port?: number; data: string };

/** The command `up`. */
export const command: Declared = {
  description: {
    fr: "Démarre Temporal, Postgres, une boîte aux lettres, le worker et la console, pour cette machine seule, jusqu'à Ctrl-C.",
    en: 'Starts Temporal, Postgres, a mailbox, the worker and the console on loopback, until Ctrl-C.',
  },
  options: {
    '--demo': {
      fr: 'avec une édition de démonstration, son horloge un matin ouvré',
      en: 'with a demonstration edition, its clock on a working morning',
    },
    '--ephemeral': {
      fr: 'ne rien garder : un dossier jetable, des ports libres',
      en: 'keep nothing: a throw-away data folder, any free ports',
    },
    '--port <n>': {
      fr: "port de la console (par défaut : 8080, ou un port libre s'il est pris)",
      en: 'port of the console (default: 8080, or a free one when that is in use)',
      read: port,
    },
    '--data <folder>': { fr: 'dossier de données', en: 'data folder', value: '.troismains' },
    '--json': { fr: 'écrire une ligne de JSON quand tout est prêt', en: 'print one line of JSON when ready' },
  },
  example: 'troismains up --demo\ntroismains up --ephemeral --json',
  run: async (flags: Flags, command: Command) => {
    const { json, locale } = terminalOf(command);
    let last = '';
    let ready = false;
    const options: UpOptions = {
      demo: flags.demo,
      ephemeral: flags.ephemeral,
      port: flags.port,
      dataDir: flags.ephemeral ? undefined : resolve(flags.data),
      config: { ...configuration(), language: locale },
      progress: (text) => {
        last = text;
        progress(text);
      },
      prepare: async (services, environment) => {
        await migrate(services.postgres.url);
        await writeFile(environmentFile(services.dataDir), JSON.stringify(environment), { mode: 0o600 });
      },
      signIn: wayIn,
      startDemo: startDemonstration,
    };
    const code = await runInForeground(options, (addresses) => {
      ready = true;
      print(json ? JSON.stringify(addresses) : addressTable(addresses, locale, flags.ephemeral === true));
    });
    if (json && !ready && code !== 0) printJson({ error: { exitCode: 1, message: last } });
    exitWith(code === 0 ? 0 : 1);
  },
};

async function wayIn(environment: NodeJS.ProcessEnv): Promise<string> {
  const installation = await openInstallation(configuration(environment, INSTALLATION));
  try {
    return await trialLink(installation);
  } finally {
    await installation.close();
  }
}

function port(text: string, say: Say): number {
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError(say({ fr: 'un port est un nombre de 0 à 65535.', en: 'a port is a number from 0 to 65535.' }));
}

const readyWords: Record<keyof Ready, Words> = {
  console: { fr: 'Console', en: 'Console' },
  signIn: { fr: 'Y entrer (lien à usage unique)', en: 'Sign in (one-time link)' },
  mailbox: { fr: 'Boîte aux lettres', en: 'Mailbox' },
  page: { fr: "La page d'une personne interrogée", en: "A stakeholder's page" },
  temporal: { fr: 'Temporal', en: 'Temporal' },
  temporalUi: { fr: 'Temporal, son écran', en: 'Temporal UI' },
  postgres: { fr: 'Postgres', en: 'Postgres' },
  data: { fr: 'Données', en: 'Data' },
};
const nothingStays: Words = { fr: 'Ctrl-C arrête tout et ne garde rien.', en: 'Ctrl-C stops everything and keeps nothing.' };
const enough: Words = { fr: 'Ctrl-C arrête tout ; les données restent.', en: 'Ctrl-C stops everything; the data stays.' };

/** The addresses one under the other, each to be used as it stands; what there is none of is left out. */
export function addressTable(ready: Ready, locale: Locale, ephemeral: boolean): string {
  const names: (keyof Ready)[] = ['console', 'signIn', 'page', 'mailbox', 'temporalUi', 'temporal', 'postgres', 'data'];
  const rows = names.flatMap((name) => (ready[name] ? [[readyWords[name][locale], ready[name]] as const] : []));
  const width = Math.max(...rows.map(([name]) => name.length));
  return `\n${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')}\n\n  ${(ephemeral ? nothingStays : enough)[locale]}\n`;
}
