import { faultKinds } from './plan.js';
import type { SeedResult } from './run.js';

/** A seed's line in the results: what it lived, or that the run itself did not come to its end. */
export type Result = (SeedResult | { seed: number; crashed: string }) & { commit: string };

/** Whether nothing is wrong with a seed, and it was lived to its end. */
export const isClean = (result: Result | SeedResult): boolean =>
  !('crashed' in result) && !result.outOfTime && result.violations.length === 0;

/** Whether a seed says nothing yet, and is lived again when it is asked for: the machine was too slow for it. */
export const isUnlived = (result: Result): boolean => !('crashed' in result) && result.outOfTime;

/** The exit code for what was asked: 0 only when all of it was lived to its end, and holds. */
export function exitCodeOf({
  seeds,
  results,
  interrupted,
}: {
  seeds: readonly number[];
  results: readonly Result[];
  interrupted: boolean;
}): number {
  const clean = new Set(results.filter(isClean).map(({ seed }) => seed));
  if (results.some((result) => !isClean(result))) return 1;
  if (seeds.every((seed) => clean.has(seed))) return 0;
  return interrupted ? 130 : 1;
}

/** What to say of one seed: all that is needed to look for what went wrong. */
export function tell(result: Result | SeedResult): string {
  if ('crashed' in result) return `seed ${result.seed}: the run did not come to its end: ${result.crashed}`;
  const { seed, violations, counts, injected, plan, wallSeconds } = result;
  const verdict = [violations.length > 0 ? `${violations.length} VIOLATED` : '', result.outOfTime ? 'OUT OF TIME' : ''].filter(Boolean);
  const head = `seed ${seed}: ${verdict.join(', ') || 'holds'} · ${counts.acts} acts, ${counts.mails} mails, ${counts.reviews} reviews, ${injected.length} faults · ${wallSeconds.toFixed(1)} s`;
  const late = (result.late ?? []).map((stood) => `  woken, for nothing more was heard: ${stood}`);
  if (isClean(result)) return [head, ...late].join('\n');
  return [
    head,
    ...late,
    ...violations.map(({ invariant, what }) => `  ${invariant}: ${what}`),
    `  drawn: ${JSON.stringify(plan)}`,
    ...injected.map(({ kind, at, afterMs, moment }) => `  ${String(afterMs).padStart(6)} ms  ${at}  ${kind} (${moment})`),
    `  again: npm run chaos -- --seeds ${seed}`,
  ].join('\n');
}

const families = [...faultKinds, 'smtp'] as const;
const inFamily = (result: SeedResult, family: (typeof families)[number]) =>
  result.injected.filter(({ kind }) => (family === 'smtp' ? kind.startsWith('smtp ') : kind === family)).length;

/** The generated part of docs/chaos.md: what was done, kind by kind, and one line a seed. */
export function table(results: readonly Result[]): string {
  const lived = results.filter((result): result is SeedResult & { commit: string } => !('crashed' in result));
  const sum = (of: (result: SeedResult) => number) => lived.reduce((total, result) => total + of(result), 0);
  const clean = results.filter(isClean);
  const commits = [...new Set(results.map((result) => result.commit))];
  const kinds = families.map((family) => {
    const struck = lived.filter((result) => inFamily(result, family) > 0);
    const bad = struck.filter((result) => result.violations.length > 0).length;
    return `| ${family} | ${sum((result) => inFamily(result, family))} | ${struck.length} | ${bad} |`;
  });
  const lines = [...results]
    .sort((a, b) => a.seed - b.seed)
    .map((result) => {
      if ('crashed' in result) return `| ${result.seed} | the run did not come to its end: ${result.crashed.split('\n')[0]} | | | | |`;
      const { seed, plan, counts, violations } = result;
      const faults = families.flatMap((family) => {
        const count = inFamily(result, family);
        return count === 0 ? [] : [`${family}${count > 1 ? ` ×${count}` : ''}`];
      });
      const drawn = [
        plan.clocks,
        plan.workers === 2 ? '2 workers' : '',
        plan.webs === 2 ? '2 webs' : '',
        plan.storm ? 'storm' : '',
        plan.wakesLost > 0 ? `wakes lost ${plan.wakesLost}` : '',
        plan.wakesDoubled > 0 ? `doubled ${plan.wakesDoubled}` : '',
      ];
      const wrong = [...new Set(violations.map(({ invariant }) => invariant)), ...(result.outOfTime ? ['out of time'] : [])].join(', ');
      return `| ${seed} | ${drawn.filter(Boolean).join(', ')} | ${faults.join(', ')} | ${counts.acts} (${counts.byPage}) | ${counts.mails} (${counts.uncertain}) | ${wrong || '–'} |`;
    });
  return [
    `${results.length} seeds, ${clean.length} lived to the end without a violation. ${sum(({ counts }) => counts.acts)} acts, ${sum(({ counts }) => counts.mails)} mails taken, ${sum(({ counts }) => counts.reviews)} reviews; a look that was late was found by the sweep's rule ${sum(({ late }) => late?.length ?? 0)} times. Commit${commits.length > 1 ? 's' : ''} ${commits.join(', ')}.`,
    '',
    '| fault | done | in seeds | of these violated |',
    '|---|---|---|---|',
    ...kinds,
    '',
    '| seed | drawn | faults | acts (by page) | mails taken (uncertain) | violated |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}
