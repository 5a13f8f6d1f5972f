/** `troismains worker`: the process that carries editions out. */
import { WORKER } from '../config.js';
import { configuration } from './configuration.js';
import type { Declared } from './help.js';

/** The command `worker`. */
export const command: Declared = {
  description: {
    fr: "Exécute les éditions : revues, mails, réveils. Tourne jusqu'à SIGTERM.",
    en: 'Carries editions out: reviews, mails, wakes. Runs until SIGTERM.',
  },
  options: {
    '--migrate': {
      fr: 'amener la base au schéma de cette version, et finir ; ne demande que DATABASE_URL',
      en: 'bring the database to the schema of this build, and end; needs DATABASE_URL only',
    },
  },
  note: {
    fr: 'Lit son environnement (docs/operations.md).',
    en: 'Reads the environment (docs/operations.md).',
  },
  example: 'DATABASE_URL=postgres://… TEMPORAL_ADDRESS=host:7233 SMTP_URL=smtp://… troismains worker',
  run: async ({ migrate: only = false }: { migrate?: boolean }) => {
    if (only) {
      const { migrate } = await import('../store/migrate.js');
      return migrate(configuration(undefined, ['databaseUrl']).databaseUrl);
    }
    const { runWorker } = await import('../worker/main.js');
    await runWorker(configuration(undefined, WORKER));
  },
};
