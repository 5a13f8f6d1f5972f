import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { runInForeground } from '../../embedded/foreground.js';
import type { Ready, UpOptions } from '../../embedded/up.js';
import { migrate } from '../../store/migrate.js';

type Flags = { demo?: boolean; ephemeral?: boolean; port?: number; data: string; json?: boolean };

/** Adds `up` to the command line. `startDemo` starts the demonstration edition and returns a sign-in link and a page to act on. */
export function register(program: Command, { startDemo }: Pick<UpOptions, 'startDemo'> = {}): void {
  program
    .command('up')
    .summary('start everything on this machine')
    .description('Starts Temporal, Postgres, a mailbox, the worker and the console on loopback, until Ctrl-C.')
    .option('--demo', 'with a demonstration edition, its clock on a working morning')
    .option('--ephemeral', 'keep nothing: a throw-away data folder, any free ports')
    .option('--port <n>', 'port of the console (default: 8080, or a free one when that is in use)', port)
    .option('--data <folder>', 'data folder', '.troismains')
    .option('--json', 'print one line of JSON when ready')
    .addHelpText('after', '\nExample:\n  troismains up --demo\n  troismains up --ephemeral --json | head -1')
    .action(async (flags: Flags) => {
      const progress = (line: string) => process.stderr.write(`${line}\n`);
      process.exitCode = await runInForeground(
        {
          demo: flags.demo,
          ephemeral: flags.ephemeral,
          port: flags.port,
          dataDir: flags.ephemeral ? undefined : resolve(flags.data),
          progress,
          prepare: (services) => migrate(services.postgres.url),
          startDemo,
        },
        (ready) => process.stdout.write(flags.json ? `${JSON.stringify(ready)}\n` : table(ready)),
      );
    });
}

function port(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535) throw new InvalidArgumentError('a port is a number from 0 to 65535');
  return number;
}

/** The addresses one under the other; what there is none of is left out. */
function table(ready: Ready): string {
  const rows = Object.entries(ready).filter(([, value]) => value !== null);
  const width = Math.max(...rows.map(([name]) => name.length));
  return `\n${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')}\n\n`;
}
