/** `troismains ask list|nudge|extend|close`: what is asked, and what a coordinator does about it by hand. */
import type { Command } from 'commander';
import { closeAsk, extendAsk, listAllAsks, listWaiting, nudgeAsk } from '../client/verbs/asks.js';
import { isCivilDate } from '../domain/calendar.js';
import { isStepId } from '../domain/steps.js';
import { ASK_OUTCOME_WORDS, STEP_WORDS, type Words, workingDays } from '../domain/words.js';
import type { Intervention } from '../store/interventions.js';
import { clocksOf } from './clock.js';
import { withData, withInstallation } from './connect.js';
import { CliError, InputError, print, printJson, reason, terminalOf } from './io.js';
import { knownEdition, refused } from './refusals.js';
import { columns } from './table.js';

/** Adds `ask` to the command line. */
export function register(program: Command): void {
  const ask = program.command('ask').summary('what is asked of whom').description('Asks: list them, remind, extend or close one by hand.');
  ask.addHelpText('after', '\nExample:\n  troismains ask list --waiting');
  const why = ['--reason <text>', 'why; kept in the journal', reason] as const;

  withData(ask.command('list').summary('every ask, or only who is waited for'))
    .option('--waiting', 'only who is waited for')
    .option('--edition <id>', 'only those of one edition')
    .addHelpText('after', '\nExample:\n  troismains ask list --waiting --edition val-d-oise-2023')
    .action(list);
  withData(ask.command('nudge').summary('remind by hand those who have not answered').argument('<id>', 'the ask'))
    .requiredOption(...why)
    .addHelpText('after', '\nExample:\n  troismains ask nudge val-d-oise-2023.interviews.interview.-.v1.-.g1 --reason "vu en réunion"')
    .action(async (id: string, { reason: given }: { reason: string }, command: Command) => {
      await act(
        command,
        id,
        (i) => nudgeAsk(i, { ask: id, reason: given }),
        ({ people, at, edition }, clock) => ({
          fr: `Rappel pour ${people.join(', ')}, ${clock(edition, at)} au plus tôt.`,
          en: `Reminder for ${people.join(', ')}, ${clock(edition, at)} at the earliest.`,
        }),
      );
    });
  withData(ask.command('extend').summary('give an ask until another day').argument('<id>', 'the ask').argument('<date>', 'YYYY-MM-DD'))
    .requiredOption(...why)
    .addHelpText('after', '\nExample:\n  troismains ask extend val-d-oise-2023.interviews.interview.-.v1.-.g1 2023-02-17 --reason "congés"')
    .action(async (id: string, text: string, { reason: given }: { reason: string }, command: Command) => {
      const date = isCivilDate(text) ? text : undefined;
      if (date === undefined)
        throw new InputError({ fr: `« ${text} » n'est pas une date AAAA-MM-JJ.`, en: `"${text}" is not a date YYYY-MM-DD.` });
      await act(
        command,
        id,
        (i) => extendAsk(i, { ask: id, date, reason: given }),
        ({ from }) => ({
          fr: `Attendue le ${date} au lieu du ${from}.`,
          en: `Due on ${date} instead of ${from}.`,
        }),
      );
    });
  withData(ask.command('close').summary('close an ask with what there is').argument('<id>', 'the ask'))
    .requiredOption(...why)
    .addHelpText('after', '\nExample:\n  troismains ask close val-d-oise-2023.interviews.interview.-.v1.-.g1 --reason "assez de matière"')
    .action(async (id: string, { reason: given }: { reason: string }, command: Command) => {
      await act(
        command,
        id,
        (i) => closeAsk(i, { ask: id, reason: given }),
        () => ({ fr: 'Close avec ce qui est arrivé.', en: 'Closed with what there is.' }),
      );
    });
}

async function act<Done extends object>(
  command: Command,
  id: string,
  intervene: (installation: Parameters<typeof closeAsk>[0]) => Promise<Intervention<Done>>,
  told: (done: Done & { edition: string }, clock: Awaited<ReturnType<typeof clocksOf>>) => Words,
): Promise<void> {
  const { json, locale } = terminalOf(command);
  const { done, clock } = await withInstallation(command, async (installation) => ({
    clock: await clocksOf(installation), // before: an act that is done is told, whatever fails then
    done: await intervene(installation),
  }));
  if (!done.ok) throw new CliError(2, refused(done, id));
  if (json) printJson({ ask: id, ...done });
  else print(told(done, clock)[locale]);
}

async function list({ waiting = false, edition }: { waiting?: boolean; edition?: string }, command: Command): Promise<void> {
  const { json, locale } = terminalOf(command);
  const fr = locale === 'fr';
  const step = (id: string) => (isStepId(id) ? STEP_WORDS[id][locale] : id);
  await withInstallation(command, async (installation) => {
    await knownEdition(installation, edition);
    if (waiting) {
      const rows = await listWaiting(installation, edition);
      if (json) return printJson(rows);
      const head = fr ? ['On attend', 'Étape', 'Depuis', 'Avant', 'Demande'] : ['Waiting for', 'Step', 'Since', 'By', 'Ask'];
      return print(
        columns(
          head,
          rows.map((w) => [
            [
              w.unreachable === undefined ? w.person : `${w.person} (${fr ? 'injoignable' : 'unreachable'})`,
              ...(w.substitute === undefined ? [] : [w.substitute]),
            ].join(fr ? ' ou ' : ' or '),
            step(w.step),
            workingDays(w.workingDays, locale),
            w.due,
            w.ask,
          ]),
        ),
      );
    }
    const rows = await listAllAsks(installation, edition);
    if (json) return printJson(rows);
    const head = fr ? ['Demande', 'Étape', 'Ouverte', 'Avant', 'Issue'] : ['Ask', 'Step', 'Opened', 'By', 'Outcome'];
    print(
      columns(
        head,
        rows.map((a) => [a.id, step(a.step), a.opened ?? '–', a.due, a.outcome === null ? '…' : ASK_OUTCOME_WORDS[a.outcome][locale]]),
      ),
    );
  });
}
