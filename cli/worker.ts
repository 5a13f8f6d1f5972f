/** `troismains worker`: the process that carries editions out. */
import type { Command } from 'commander';
import { INSTALLATION } from '../config.js';
import { configuration } from './up.js';

/** Adds `worker` to the command line. */
export function register(program: Command): void {
  program
    .command('worker')
    .summary('the process that carries editions out')
    .description('Carries editions out: reviews, mails, wakes. Runs until SIGTERM.')
    .option('--migrate', 'bring the database to the schema of this build, and end; needs DATABASE_URL only')
    .addHelpText(
      'after',
      '\nReads the environment (docs/operations.md).\n\nExample:\n  DATABASE_URL=postgres://… TEMPORAL_ADDRESS=host:7233 SMTP_URL=smtp://… troismains worker',
    )
    .action(async ({ migrate: only = false }: { migrate?: boolean }) => {
      if (only) {
        const { migrate } = await import('../store/migrate.js');
        return migrate(configuration(undefined, ['databaseUrl']).databaseUrl);
      }
      const { runWorker } = await import('../worker/main.js');
      await runWorker(configuration(undefined, INSTALLATION));
    });
}
