/** `troismains repair`: starts an edition's workflow again from the top. */
import type { Command } from 'commander';
import { repairCohort } from '../verbs/cohorts.js';
import { withData, withInstallation } from './connect.js';
import { InputError, print, printJson, terminalOf } from './io.js';

/** Adds `repair` to the command line. */
export function register(program: Command): void {
  withData(program.command('repair').summary("start an edition's workflow again from the top").argument('<id>', 'the edition'))
    .description(
      'Starts the workflow of an edition again: it walks through what is settled in a second and goes on. Nothing is asked or mailed twice.',
    )
    .requiredOption('--reason <text>', 'why; kept in the journal')
    .addHelpText('after', '\nExample:\n  troismains repair val-d-oise-2023 --reason "Temporal restauré"')
    .action(async (id: string, { reason }: { reason: string }, command: Command) => {
      const { json, locale } = terminalOf(command);
      const runId = await withInstallation(command, (installation) => repairCohort(installation, { id, reason }));
      if (runId === undefined)
        throw new InputError({
          fr: `Pas d'édition ${id} en cours : voir « troismains cohort list ».`,
          en: `There is no running edition ${id}: see "troismains cohort list".`,
        });
      if (json) printJson({ id, runId });
      else
        print(
          locale === 'fr'
            ? `L'édition ${id} est repartie du début ; ce qui est acquis le reste.`
            : `Edition ${id} started again from the top; what is settled stays.`,
        );
    });
}
