/** How a command reaches an installation: by the environment, or the stack that `troismains up` runs from the same folder. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { INSTALLATION } from '../../config.js';
import { type Installation, openInstallation } from '../installation.js';
import { environmentFile } from './environment.js';
import { CliError } from './io.js';
import { configuration } from './up.js';

/** Adds `--data`, the folder of a running `troismains up`, to a command. */
export const withData = (command: Command): Command =>
  command.option('--data <folder>', 'data folder of a running `troismains up`', '.troismains');

/** Runs something on an installation, and lets go of it. Exit code 4 when there is none. */
export async function withInstallation<T>(command: Command, act: (installation: Installation) => Promise<T>): Promise<T> {
  const installation = await openInstallation(configuration(await environmentOf(command), INSTALLATION));
  try {
    return await act(installation);
  } finally {
    await installation.close();
  }
}

async function environmentOf(command: Command): Promise<NodeJS.ProcessEnv> {
  if (process.env.DATABASE_URL) return process.env;
  const options: Record<string, unknown> = command.optsWithGlobals();
  const file = environmentFile(resolve(typeof options.data === 'string' ? options.data : '.troismains'));
  if (!existsSync(file))
    throw new CliError(4, {
      fr: 'Aucune installation : lancer « troismains up » dans ce dossier, ou donner DATABASE_URL et les variables de docs/operations.md.',
      en: 'No installation: run "troismains up" in this folder, or set DATABASE_URL and the variables of docs/operations.md.',
    });
  const told: unknown = JSON.parse(await readFile(file, 'utf8'));
  return { ...process.env, ...(typeof told === 'object' ? told : {}) };
}
