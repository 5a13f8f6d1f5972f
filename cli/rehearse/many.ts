/** `troismains rehearse FILE --seeds N`: the same edition lived many times over. */
import { inWords, workingDays } from '../../domain/words.js';
import type { RunFigures } from '../../rehearsal/figures.js';
import { rehearseSeeds, type SeedsInput } from '../../rehearsal/seeds.js';
import { openStage } from '../../rehearsal/stage.js';
import { exitWith, InputError, painter, print, printJson, progress, type Terminal } from '../io.js';
import { onStack } from '../stack.js';
import { type Asked, oddsText } from './odds.js';
import { writeReport } from './report.js';
import { ODDS_WORDS } from './words.js';

/** How often an edition is lived over, at most. */
export const mostSeeds = 1000;
const defaultPersonas = 'realistic';

/** Refuses one seed and many seeds together. */
export function refuseBoth({ seed, seeds }: { seed?: number; seeds?: number }): void {
  if (seed === undefined || seeds === undefined) return;
  throw new InputError({
    fr: `--seed et --seeds ne vont pas ensemble : --seed ${seed} vit cette graine-là, --seeds ${seeds} les graines 1 à ${seeds}. Garder l'un des deux.`,
    en: `--seed and --seeds do not go together: --seed ${seed} lives that one seed, --seeds ${seeds} lives seeds 1 to ${seeds}. Keep one of them.`,
  });
}

/** The command that lives one seed again, with its report. */
export function againCommand(file: string, { seed, personas }: { seed: number; personas: string }): string {
  const options = [...(seed === 1 ? [] : [`--seed ${seed}`]), ...(personas === defaultPersonas ? [] : [`--personas ${quoted(personas)}`])];
  return ['troismains rehearse', quoted(file), ...options, `--out report-${seed}`].join(' ');
}

const quoted = (word: string): string => (/^[\w./@+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** What is lived, and how it was asked for. */
export type Many = Pick<SeedsInput, 'edition' | 'source' | 'personas' | 'seeds'> & {
  signal: AbortSignal;
  out?: string;
  again: Asked['again'];
};

/** Lives an edition with the seeds 1 to `seeds`, and writes its report; answers how to print the odds. Exit code 3 when a guarantee was violated or a run never ended. */
export async function rehearseMany(
  { out, again, signal: interruption, ...input }: Many,
  { json, locale, width, colour }: Terminal,
): Promise<() => void> {
  const lived = ({ seed, restitution, lateWorkingDays, stopped, violations, mails }: RunFigures) => {
    const late = lateWorkingDays ? workingDays(lateWorkingDays, locale) : null;
    const date = restitution === null ? null : inWords(restitution, locale, { year: true });
    progress(ODDS_WORDS[locale].run({ seed, restitution: date, late, stopped, violations, mails }));
  };
  const odds = await onStack({ locale, signal: interruption }, (services, signal) =>
    rehearseSeeds(() => openStage(services), { ...input, signal, lived }),
  );
  if (out !== undefined) await writeReport(out, { 'odds.json': `${JSON.stringify(odds, null, 1)}\n` }, interruption);
  return () => {
    if (json) printJson(odds);
    else {
      const asked = { title: input.edition.title, personas: input.personas.title[locale], again };
      print(oddsText(odds, asked, { locale, width, paint: painter(colour) }));
    }
    if (odds.runs.some(({ violations, stopped }) => violations > 0 || stopped)) exitWith(3);
  };
}
