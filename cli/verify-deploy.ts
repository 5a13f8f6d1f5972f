/** `troismains verify-deploy`: whether what runs can be carried on by this build. */
import type { Command } from 'commander';
import { mend, type Replayed, remedyFor, replayAll } from '../client/verbs/repair.js';
import { oneLine } from '../domain/clean.js';
import { AS, actorOf } from './actor.js';
import { DATA, withInstallation } from './connect.js';
import { type Declared, REASON } from './help.js';
import { exitWith, print, printJson, progress, type Terminal, terminalOf } from './io.js';
import { differenceText, eventsText, subjectOf } from './replayed.js';
import { columns } from './table.js';

type Verdict = 'replays' | 'differs' | 'missing';
type Verified = Replayed & { verdict: Verdict; restarted?: boolean };

/** The command `verify-deploy`. Exit code 1 when something that runs cannot be replayed, and was not started again. */
export const command: Declared = {
  description: {
    fr: "Rejoue avec cette version l'histoire de chaque workflow qui tourne. Celui qui ne peut pas être rejoué doit reprendre du début : il traverse en une seconde ce qui est réglé, et rien n'est demandé ni envoyé deux fois. Sans --restart, rien n'est changé.",
    en: 'Replays the history of every running workflow on this build. One that cannot be replayed has to start again from the top: it walks through what is settled in a second, and nothing is asked or mailed twice. Without --restart nothing is changed.',
  },
  options: {
    ...DATA,
    ...AS,
    '--restart': {
      fr: "reprendre du début ce qui ne peut pas être rejoué ; une fois que l'ancienne version ne tourne plus",
      en: 'start again from the top what cannot be replayed; once the former release no longer runs',
    },
    '--reason <text>': {
      ...REASON,
      fr: 'avec --restart : pourquoi ; gardé au journal',
      en: 'with --restart: why; kept in the journal',
      value: 'verify-deploy',
    },
  },
  note: {
    fr: 'Code de sortie 1 quand quelque chose ne peut pas être rejoué.',
    en: 'Exit code 1 when something cannot be replayed.',
  },
  example: 'troismains verify-deploy --json',
  run: verify,
};

async function verify({ restart = false, reason }: { restart?: boolean; reason: string }, command: Command): Promise<void> {
  const terminal = terminalOf(command);
  const { replayer, replayQuietly } = await import('../worker/replay.js');
  replayQuietly();
  const verified = await withInstallation(command, async (installation) => {
    const by = { actor: await actorOf(command, installation, { deed: 'edition.engine', on: 'installation' }), reason };
    const replayed = await replayAll(installation, { replay: replayer() });
    const all: Verified[] = [];
    for (const one of replayed) {
      const verdict = one.runId === null ? 'missing' : one.difference === undefined ? 'replays' : 'differs';
      if (!restart || verdict !== 'differs') {
        all.push({ ...one, verdict });
        continue;
      }
      const surveyed = { ...one, state: 'unreplayable' } as const;
      const mended = await mend(installation, { surveyed, remedy: remedyFor(surveyed), by });
      if (!mended.ok)
        progress(oneLine(`${subjectOf(one, terminal.locale)}: ${mended.cause instanceof Error ? mended.cause.message : mended.cause}`));
      all.push({ ...one, verdict, restarted: mended.ok });
    }
    return all;
  });
  const ok = verified.every(({ verdict, restarted }) => verdict !== 'differs' || restarted === true);
  if (terminal.json) printJson({ ok, workflows: verified });
  else print(text(verified, terminal));
  exitWith(ok ? 0 : 1);
}

function text(verified: readonly Verified[], { locale }: Terminal): string {
  const fr = locale === 'fr';
  if (verified.length === 0) return fr ? 'Rien ne tourne.' : 'Nothing runs.';
  const says = ({ verdict, difference, restarted }: Verified): string => {
    if (verdict === 'replays') return fr ? 'se rejoue' : 'replays';
    if (verdict === 'missing')
      return fr ? 'ne tourne pas (« troismains repair » la relance)' : 'does not run ("troismains repair" starts it)';
    const where = difference === undefined ? '' : differenceText(difference, locale);
    const done = restarted === true ? (fr ? ' – repartie du début' : ' – started again from the top') : '';
    return (fr ? `ne se rejoue pas : ${where}` : `cannot be replayed: ${where}`) + done;
  };
  const rows = verified.map((one) => [subjectOf(one, locale), eventsText(one.historyEvents, locale), says(one)]);
  const left = verified.filter(({ verdict, restarted }) => verdict === 'differs' && restarted !== true).length;
  const verdict =
    left === 0
      ? fr
        ? 'Cette version peut prendre la suite.'
        : 'This build can carry on.'
      : fr
        ? `${left} à repartir du début : une fois l'ancienne version arrêtée, « troismains verify-deploy --restart ».`
        : `${left} to start again from the top: once the former release has stopped, "troismains verify-deploy --restart".`;
  return [columns(fr ? ['Édition', 'Historique', 'Verdict'] : ['Edition', 'History', 'Verdict'], rows), '', verdict].join('\n');
}
