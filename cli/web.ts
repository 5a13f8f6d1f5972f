/** `troismains web`: the process that serves pages. */
import { INSTALLATION } from '../config.js';
import { configuration } from './configuration.js';
import type { Declared } from './help.js';

/** The command `web`. */
export const command: Declared = {
  description: {
    fr: "Sert les pages de chacun, l'appel public, la console et son JSON. Tourne jusqu'à SIGTERM.",
    en: "Serves people's pages, the public call, the console and its JSON. Runs until SIGTERM.",
  },
  note: {
    fr: 'Lit son environnement (docs/operations.md).',
    en: 'Reads the environment (docs/operations.md).',
  },
  example: 'PORT=8080 PUBLIC_URL=https://… DATABASE_URL=postgres://… troismains web',
  run: async () => {
    const { runWeb } = await import('../web/main.js');
    await runWeb(configuration(undefined, INSTALLATION), async (installation, wanted, failed) => {
      const { beginMoving } = await import('../rehearsal/advance.js');
      return beginMoving(installation, wanted, failed);
    });
  },
};
