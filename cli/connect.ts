/** How a command reaches an installation: by the environment, or the stack that `troismains up` runs from the same folder. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type Installation, openInstallation } from '../client/installation.js';
import { isUnreachable } from '../client/unreachable.js';
import { INSTALLATION } from '../config.js';
import { configuration } from './configuration.js';
import { environmentFile } from './environment.js';
import { CliError } from './io.js';

/** The option `--data`: the folder of a running `troismains up`. */
export const DATA = {
  '--data <folder>': {
    fr: 'dossier de données du « troismains up » qui tourne',
    en: 'data folder of a running `troismains up`',
    value: '.troismains',
  },
};

/** Runs something on an installation, and lets go of it. Exit code 4 when there is none, or none that answers. */
export async function withInstallation<T>(command: Command, act: (installation: Installation) => Promise<T>): Promise<T> {
  const told = await environmentOf(command);
  if (told === undefined)
    throw new CliError(4, {
      fr: 'Aucune installation : lancer « troismains up » dans ce dossier, ou donner DATABASE_URL et les variables de docs/operations.md.',
      en: 'No installation: run "troismains up" in this folder, or set DATABASE_URL and the variables of docs/operations.md.',
    });
  const installation = await openInstallation(configuration(told, INSTALLATION));
  try {
    return await act(installation);
  } catch (error) {
    if (told === process.env || !isUnreachable(error)) throw error;
    throw new CliError(
      4,
      {
        fr: `« troismains up » ne tourne plus ici (${messageOf(error)}) : le relancer, puis recommencer.`,
        en: `"troismains up" no longer runs here (${messageOf(error)}): start it again, then try again.`,
      },
      { cause: error },
    );
  } finally {
    await installation.close();
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The environment of an installation: ours if it names one, else that of the stack `troismains up` runs here; undefined when there is neither. */
export async function environmentOf(command: Command): Promise<NodeJS.ProcessEnv | undefined> {
  if (process.env.DATABASE_URL) return process.env;
  const options: Record<string, unknown> = command.optsWithGlobals();
  const file = environmentFile(resolve(typeof options.data === 'string' ? options.data : '.troismains'));
  if (!existsSync(file)) return undefined;
  const told: unknown = JSON.parse(await readFile(file, 'utf8'));
  return { ...process.env, ...(typeof told === 'object' ? told : {}) };
}
