/** `troismains ask list|nudge|extend|close`: what is asked, and what a coordinator does about it by hand. */
import type { Command } from 'commander';
import { closeAsk, extendAsk, listAllAsks, listWaiting, nudgeAsk } from '../client/verbs/asks.js';
import type { ActSpec } from '../domain/acts.js';
import { isCivilDate } from '../domain/calendar.js';
import { oneLine } from '../domain/clean.js';
import { isStepId } from '../domain/steps.js';
import { ASK_OUTCOME_WORDS, STEP_WORDS, type Words, workingDays } from '../domain/words.js';
import type { Intervention } from '../store/acts/on-ask.js';
import { AS, actorOf } from './actor.js';
import { clocksOf } from './clock.js';
import { DATA, withInstallation } from './connect.js';
import { type Declared, PAGE, type Paged, partOf, REASON } from './help.js';
import { CliError, InputError, print, printJson, terminalOf } from './io.js';
import { type Doing, DRY_RUN, previewOf, printPreview, reasonOf } from './preview.js';
import { knownEdition, refused } from './refusals.js';
import { columns } from './table.js';

/** The command `ask`. */
export const command: Declared = {
  description: {
    fr: 'Les demandes : les lister, en rappeler, prolonger ou clore une à la main.',
    en: 'Asks: list them, remind, extend or close one by hand.',
  },
  example: 'troismains ask list --waiting',
  commands: {
    list: {
      summary: {
        fr: "les demandes, les dernières ouvertes d'abord, ou seulement qui l'on attend",
        en: 'asks, the last opened first, or only who is waited for',
      },
      options: {
        ...DATA,
        ...PAGE,
        '--waiting': { fr: "seulement qui l'on attend", en: 'only who is waited for' },
        '--edition <id>': { fr: "seulement d'une édition", en: 'only those of one edition' },
      },
      example: 'troismains ask list --waiting --edition val-d-oise-2023',
      run: list,
    },
    nudge: {
      summary: { fr: "envoyer un rappel à qui n'a pas répondu", en: 'remind by hand those who have not answered' },
      args: { '<id>': { fr: 'la demande', en: 'the ask' } },
      options: { ...DATA, ...AS, ...DRY_RUN, '--reason <text>': REASON },
      example: 'troismains ask nudge val-d-oise-2023.interviews.interview.-.v1.-.g1 --reason "vu en réunion"',
      run: async (id: string, options: Doing, command: Command) => {
        await act(
          command,
          { ...options, spec: { act: 'nudge', ask: id } },
          (i, by) => nudgeAsk(i, { ask: id, ...by }),
          ({ people, at, edition }, clock) => ({
            fr: `Rappel pour ${people.join(', ')}, ${clock(edition, at)} au plus tôt.`,
            en: `Reminder for ${people.join(', ')}, ${clock(edition, at)} at the earliest.`,
          }),
        );
      },
    },
    extend: {
      summary: { fr: "donner jusqu'à un autre jour", en: 'give an ask until another day' },
      args: { '<id>': { fr: 'la demande', en: 'the ask' }, '<date>': { fr: 'AAAA-MM-JJ', en: 'YYYY-MM-DD' } },
      options: { ...DATA, ...AS, ...DRY_RUN, '--reason <text>': REASON },
      example: 'troismains ask extend val-d-oise-2023.interviews.interview.-.v1.-.g1 2023-02-17 --reason "congés"',
      run: async (id: string, text: string, options: Doing, command: Command) => {
        const date = isCivilDate(text) ? text : undefined;
        if (date === undefined)
          throw new InputError({ fr: `« ${text} » n'est pas une date AAAA-MM-JJ.`, en: `"${text}" is not a date YYYY-MM-DD.` });
        await act(
          command,
          { ...options, spec: { act: 'extend', ask: id, date } },
          (i, by) => extendAsk(i, { ask: id, date, ...by }),
          ({ from }) => ({
            fr: `Attendue le ${date} au lieu du ${from}.`,
            en: `Due on ${date} instead of ${from}.`,
          }),
        );
      },
    },
    close: {
      summary: { fr: 'clore une demande avec ce qui est arrivé', en: 'close an ask with what there is' },
      args: { '<id>': { fr: 'la demande', en: 'the ask' } },
      options: { ...DATA, ...AS, ...DRY_RUN, '--reason <text>': REASON },
      example: 'troismains ask close val-d-oise-2023.interviews.interview.-.v1.-.g1 --reason "assez de matière"',
      run: async (id: string, options: Doing, command: Command) => {
        await act(
          command,
          { ...options, spec: { act: 'close', ask: id } },
          (i, by) => closeAsk(i, { ask: id, ...by }),
          () => ({ fr: 'Close avec ce qui est arrivé.', en: 'Closed with what there is.' }),
        );
      },
    },
  },
};

async function act<Done extends object>(
  command: Command,
  { spec, dryRun = false, reason }: Doing & { spec: Extract<ActSpec, { ask: string }> },
  intervene: (installation: Parameters<typeof closeAsk>[0], by: { reason: string; actor: string }) => Promise<Intervention<Done>>,
  told: (done: Done & { edition: string }, clock: Awaited<ReturnType<typeof clocksOf>>) => Words,
): Promise<void> {
  const { json, locale } = terminalOf(command);
  const id = spec.ask;
  const why = dryRun ? '' : reasonOf(reason);
  const { done, clock } = await withInstallation(command, async (installation) => {
    const actor = await actorOf(command, installation, { deed: 'edition.act', on: { ask: id } });
    const clock = await clocksOf(installation); // before: an act that is done is told, whatever fails then
    if (dryRun) return { clock, done: await previewOf(installation, { spec, actor }) };
    return { clock, done: await intervene(installation, { reason: why, actor }) };
  });
  if (done === undefined) throw new CliError(2, refused({ ok: false, reason: 'unknown' }, id));
  if ('basis' in done) return printPreview(done, { command, id });
  if (!done.ok) throw new CliError(2, refused(done, id));
  if (json) printJson({ ask: id, ...done });
  else print(oneLine(told(done, clock)[locale]));
}

async function list(
  { waiting = false, edition, ...paged }: Paged & { waiting?: boolean; edition?: string },
  command: Command,
): Promise<void> {
  const { json, locale } = terminalOf(command);
  const fr = locale === 'fr';
  const step = (id: string) => (isStepId(id) ? STEP_WORDS[id][locale] : id);
  await withInstallation(command, async (installation) => {
    await knownEdition(installation, edition);
    if (waiting) {
      const { rows, more } = await partOf(paged, (of) => listWaiting(installation, { edition, ...of }));
      if (json) return printJson(rows);
      const head = fr ? ['On attend', 'Étape', 'Depuis', 'Avant', 'Demande'] : ['Waiting for', 'Step', 'Since', 'By', 'Ask'];
      print(
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
      return more && print(more[locale]);
    }
    const { rows, more } = await partOf(paged, (of) => listAllAsks(installation, { edition, ...of }));
    if (json) return printJson(rows);
    const head = fr ? ['Demande', 'Étape', 'Ouverte', 'Avant', 'Issue'] : ['Ask', 'Step', 'Opened', 'By', 'Outcome'];
    print(
      columns(
        head,
        rows.map((a) => [a.id, step(a.step), a.opened ?? '–', a.due, a.outcome === null ? '…' : ASK_OUTCOME_WORDS[a.outcome][locale]]),
      ),
    );
    if (more) print(more[locale]);
  });
}
