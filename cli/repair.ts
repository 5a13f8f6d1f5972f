/** `troismains repair`: brings the workflows back in line with what is true. */
import type { Command } from 'commander';
import {
  type Mended,
  mend,
  type Remedy,
  type RunState,
  remedyFor,
  type Surveyed,
  strangersToEmpty,
  survey,
} from '../client/verbs/repair.js';
import { oneLine } from '../domain/clean.js';
import type { Locale, Words } from '../domain/words.js';
import { AS, actorOf } from './actor.js';
import { DATA, withInstallation } from './connect.js';
import { type Declared, REASON } from './help.js';
import { exitWith, InputError, print, printJson, type Terminal, terminalOf } from './io.js';
import { differenceText, subjectOf } from './replayed.js';
import { columns } from './table.js';

interface Flags {
  dryRun?: boolean;
  force?: boolean;
  reason?: string;
}
/** What runs would all be ended for want of an edition: most likely it is the database that is wrong. */
const emptyDatabase = (n: number): Words => ({
  fr: `La base de données (DATABASE_URL) n'a aucune édition, alors que ${n} ${n > 1 ? 'éditions tournent' : 'édition tourne'} dans Temporal : sans doute n'est-ce pas la bonne base, ou n'est-elle pas encore restaurée. Rien n'a été fait. Corriger DATABASE_URL (ou TEMPORAL_ADDRESS, TASK_QUEUE), ou restaurer la base, puis recommencer ; si elle est vide à dessein, arrêter ce qui tourne dans Temporal.`,
  en: `The database (DATABASE_URL) has no edition at all, while ${n} ${n > 1 ? 'editions run' : 'edition runs'} in Temporal: most likely it is not the right database, or not yet restored. Nothing was done. Correct DATABASE_URL (or TEMPORAL_ADDRESS, TASK_QUEUE), or restore the database, and try again; if it is empty on purpose, end what runs in Temporal.`,
});

type Repaired = Surveyed & { remedy: Remedy; done: Mended | null };

/** The command `repair`. */
export const command: Declared = {
  description: {
    fr: "Confronte chaque workflow à la base, et répare ce qui diffère : une édition sans exécution est démarrée ; une exécution périmée, bloquée, en avance sur la base ou impossible à rejouer reprend du début ; une exécution sans édition est arrêtée. Ce qui est réglé le reste, et rien de ce que la base connaît n'est envoyé deux fois. Ce qui va bien est seulement réveillé. À lancer aussi souvent qu'on veut.",
    en: 'Holds every workflow against the database, and mends what differs: an edition without a run is started, a run that is stale, stuck, ahead of the database or cannot be replayed starts again from the top, a run without an edition is ended. What is settled stays, and nothing is mailed twice that the database knows of. What is fine is only woken. Run it as often as you like.',
  },
  args: { '[id]': { fr: 'une seule édition', en: 'one edition only' } },
  options: {
    ...DATA,
    ...AS,
    '--dry-run': { fr: 'dire ce qui serait fait, et ne rien faire', en: 'say what would be done, and do nothing' },
    '--force': { fr: 'reprendre du début même ce qui va bien', en: 'start again from the top what is fine, too' },
    '--reason <text>': REASON,
  },
  example: 'troismains repair --dry-run\ntroismains repair --reason "Temporal restauré"',
  run: repair,
};

async function repair(id: string | undefined, flags: Flags, command: Command): Promise<void> {
  const terminal = terminalOf(command);
  const { dryRun = false, force = false, reason } = flags;
  if (!dryRun && reason === undefined)
    throw new InputError({
      fr: 'Dire pourquoi, pour le journal : --reason "…" ; ou --dry-run, pour voir sans rien faire.',
      en: 'Say why, for the journal: --reason "…"; or --dry-run, to see and do nothing.',
    });
  const { replayer, replayQuietly } = await import('../worker/replay.js');
  const { ensureSchedules } = await import('../worker/schedules.js');
  replayQuietly();
  const repaired = await withInstallation(command, async (installation) => {
    const on = id === undefined ? 'installation' : { edition: id };
    const by = { actor: await actorOf(command, installation, { deed: 'edition.engine', on }), reason: reason ?? '' };
    const found = await survey(installation, { replay: replayer(), only: id });
    const strangers = await strangersToEmpty(installation, found);
    if (strangers > 0) throw new InputError(emptyDatabase(strangers));
    const all: Repaired[] = [];
    for (const surveyed of found) {
      const remedy = remedyFor(surveyed, { force });
      all.push({ ...surveyed, remedy, done: dryRun ? null : await mend(installation, { surveyed, remedy, by }) });
    }
    if (!dryRun && id === undefined) await ensureSchedules(installation);
    return all;
  });
  const ok = repaired.every(({ done }) => done?.ok !== false);
  if (terminal.json) printJson({ ok, dryRun, workflows: repaired.map(asJson) });
  else print(text(repaired, { ...terminal, dryRun }));
  exitWith(ok ? 0 : 1);
}

function asJson({ done, runId, remedy, ...rest }: Repaired): Record<string, unknown> {
  return {
    ...rest,
    remedy: done?.ok ? done.did : remedy,
    runId: done?.ok ? done.runId : runId,
    done: done?.ok ?? false,
    ...(done?.ok === false ? { error: messageOf(done.cause) } : {}),
  };
}

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

const STATE: Record<RunState, Words> = {
  fine: { fr: 'en ordre', en: 'fine' },
  missing: { fr: 'ne tourne pas', en: 'does not run' },
  stale: { fr: "tourne sous un autre numéro que l'édition", en: 'runs under another number than the edition' },
  ahead: { fr: 'sait des choses que la base ne sait plus', en: 'knows what the database no longer does' },
  unreplayable: { fr: 'ne se rejoue pas', en: 'cannot be replayed' },
  stuck: { fr: 'échoue sans cesse', en: 'keeps failing' },
  over: { fr: "tourne, mais l'édition est terminée", en: 'runs, but the edition has ended' },
  unknown: { fr: "tourne, mais la base n'a pas cette édition", en: 'runs, but the database has no such edition' },
};
const REMEDY: Record<Remedy, { todo: Words; done: Words }> = {
  none: { todo: { fr: 'rien', en: 'nothing' }, done: { fr: 'rien', en: 'nothing' } },
  wake: { todo: { fr: 'réveil', en: 'wake' }, done: { fr: 'réveillée', en: 'woken' } },
  start: { todo: { fr: 'à lancer', en: 'to start' }, done: { fr: 'lancée', en: 'started' } },
  restart: {
    todo: { fr: 'à repartir du début', en: 'to start again' },
    done: { fr: 'repartie du début', en: 'started again from the top' },
  },
  terminate: { todo: { fr: 'à arrêter', en: 'to end' }, done: { fr: 'arrêtée', en: 'ended' } },
};

function text(repaired: readonly Repaired[], { locale, dryRun }: Terminal & { dryRun: boolean }): string {
  const fr = locale === 'fr';
  if (repaired.length === 0) return fr ? 'Rien ne tourne, et rien ne devrait.' : 'Nothing runs, and nothing should.';
  const rows = repaired.map((one) => [subjectOf(one, locale), STATE[one.state][locale], actionText(one, locale)]);
  const details = repaired.flatMap((one) => [
    ...(one.difference === undefined ? [] : [`${subjectOf(one, locale)} : ${differenceText(one.difference, locale)}`]),
    ...(one.forgotten === undefined ? [] : [`${subjectOf(one, locale)} : ${one.forgotten.join(', ')}`]),
  ]);
  const head = dryRun
    ? fr
      ? ['Édition', 'État', 'À faire']
      : ['Edition', 'State', 'To do']
    : fr
      ? ['Édition', 'État', 'Fait']
      : ['Edition', 'State', 'Done'];
  const end = dryRun ? (fr ? "Rien n'a été fait." : 'Nothing was done.') : fr ? 'Ce qui est acquis le reste.' : 'What is settled stays.';
  return [columns(head, rows), ...(details.length > 0 ? ['', ...details.map(oneLine)] : []), '', end].join('\n');
}

function actionText({ remedy, done }: Repaired, locale: Locale): string {
  if (done === null) return REMEDY[remedy].todo[locale];
  return done.ok ? REMEDY[done.did].done[locale] : `${locale === 'fr' ? 'échec' : 'failed'} : ${messageOf(done.cause)}`;
}
