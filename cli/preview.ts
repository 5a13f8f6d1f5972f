/** `--dry-run`: what an act would change, as a document or in words; nothing of it stays. */
import type { Command } from 'commander';
import type { Installation } from '../client/installation.js';
import type { ActSpec } from '../domain/acts.js';
import type { Preview } from '../domain/preview.js';
import { type Locale, STEP_WORDS, type Words, workingDays } from '../domain/words.js';
import type { NotDone } from '../store/acts/on-ask.js';
import { findAsks } from '../store/asks.js';
import { CliError, InputError, print, printJson, terminalOf } from './io.js';
import { refused } from './refusals.js';
import { columns } from './table.js';

/** The option of every act on an edition. */
export const DRY_RUN = {
  '--dry-run': { fr: "dire ce que l'acte changerait, sans rien changer", en: 'say what the act would change, and change nothing' },
};

/** The options of every act on an edition. */
export interface Doing {
  reason?: string;
  dryRun?: boolean;
}

/** The reason of an act that is to be done; one that is only previewed needs none. */
export function reasonOf(given: string | undefined): string {
  if (given !== undefined) return given;
  throw new InputError({
    fr: 'Dire pourquoi : --reason "…" (ou --dry-run, pour voir sans rien changer). Rien n\'a été fait.',
    en: 'Say why: --reason "…" (or --dry-run, to see and change nothing). Nothing was done.',
  });
}

/** Prints a preview; one that is refused as an error, in words. */
export function printPreview(preview: Preview, { command, id }: { command: Command; id: string }): void {
  const { json, locale } = terminalOf(command);
  if (json) {
    printJson(preview);
    return;
  }
  const { code, from } = preview.refused ?? {};
  if (code !== undefined) throw new CliError(2, refused({ ok: false, reason: code, ...(from === undefined ? {} : { until: from }) }, id));
  print(previewText(preview, locale));
}

const busy: Words = {
  fr: "L'édition est occupée à autre chose : rien n'a été lu ni changé. Réessayer dans un instant.",
  en: 'The edition is busy with something else: nothing was read or changed. Try again in a moment.',
};

/** What an act would change; undefined: there is no such edition, or ask. Throws when the edition is busy. */
export async function previewOf(
  installation: Installation,
  { edition, spec, actor }: { edition?: string; spec: ActSpec; actor: string },
): Promise<Preview | undefined> {
  const { wouldChange } = await import('../client/verbs/intervene.js'); // the rules of a whole review: only where they are asked
  const of = edition ?? ('ask' in spec ? (await findAsks(installation.store.pool, [spec.ask]))[0]?.edition : undefined);
  const preview = of === undefined ? 'unknown' : await wouldChange(installation, { edition: of, spec, actor, reason: '' });
  if (preview === 'busy') throw new CliError(2, busy);
  return preview === 'unknown' ? undefined : preview;
}

/** Does an act; undefined: there is no such edition, or ask in it. Throws when the edition is busy. */
export async function actNow(
  installation: Installation,
  act: { edition: string; spec: ActSpec; actor: string; reason: string },
): Promise<{ ok: true } | { ok: false; refused: NotDone } | undefined> {
  const { intervene } = await import('../client/verbs/intervene.js');
  const acted = await intervene(installation, act);
  if (acted === 'busy' || 'moved' in acted) throw new CliError(2, busy);
  return 'refused' in acted && acted.refused.reason === 'unknown' ? undefined : acted;
}

/** A preview for a terminal. */
export function previewText(preview: Preview, locale: Locale): string {
  const fr = locale === 'fr';
  const days = (n: number | null) => (n === null ? '?' : workingDays(n, locale));
  const { plan, sittings, asks, mails, told } = preview;
  const change = (n: number, what: string) => `${n} ${what}`;
  const count = (kind: string) => mails.filter((mail) => mail.change === kind).length;
  const span = (dates: { start: string; finish: string } | null) => (dates === null ? '–' : `${dates.start} → ${dates.finish}`);
  const due = (date: string | null) => date ?? '–';
  const until = (date: string | null, end: string | null) => (end === null || end === date ? due(date) : `${due(date)} (${end})`);
  return [
    fr ? "Rien n'est changé. L'acte ferait ceci :" : 'Nothing is changed. The act would do this:',
    `${fr ? 'Marge :' : 'Slack:'} ${days(plan.slackWorkingDays.before)} → ${days(plan.slackWorkingDays.after)}`,
    `${fr ? 'Restitution :' : 'Restitution:'} ${plan.target.before} → ${plan.target.after}`,
    ...(plan.steps.length === 0
      ? []
      : [
          '',
          columns(
            fr ? ['Étape', 'Était', 'Devient'] : ['Step', 'Was', 'Becomes'],
            plan.steps.map(({ id, project, before, after }) => [
              `${STEP_WORDS[id][locale]}${project === undefined ? '' : ` (${project})`}`,
              span(before),
              span(after),
            ]),
          ),
        ]),
    ...sittings.map(({ body, before, after }) => `${fr ? 'Séance' : 'Sitting'} ${body} : ${due(before)} → ${due(after)}`),
    ...(asks.length === 0
      ? []
      : [
          '',
          columns(
            fr ? ['Demande', 'Attendue', 'Devient'] : ['Ask', 'Due', 'Becomes'],
            asks.map(({ ask, change: how, due: of, end }) => [
              ask,
              until(of.before, end.before),
              how === 'closed' ? (fr ? 'close' : 'closed') : until(of.after, end.after),
            ]),
          ),
        ]),
    '',
    `${fr ? 'Mails à venir :' : 'Mails to come:'} ${change(count('added'), fr ? 'de plus' : 'more')}, ${change(count('cancelled'), fr ? 'de moins' : 'fewer')}, ${change(count('moved'), fr ? 'à une autre date' : 'at another time')}`,
    `${fr ? 'Prévenus :' : 'Told:'} ${[...new Set(told.map(({ person }) => person))].join(', ') || '–'}`,
  ].join('\n');
}
