import { availableParallelism } from 'node:os';
import { figuresOf, type RunFigures } from './figures.js';
import { type Odds, oddsOf } from './odds.js';
import { type Rehearsal, type RehearsalInput, rehearse } from './rehearse.js';
import type { Stage } from './stage.js';

/** What is lived many times over. */
export interface SeedsInput extends Omit<RehearsalInput, 'seed' | 'progress'> {
  /** How many lives: the seeds are 1 to this. */
  seeds: number;
  /** How many are lived at the same time; left out, two where there are the processors for it. */
  atOnce?: number;
  /** Hears of each life when it is over. */
  lived?(run: RunFigures, rehearsal: Rehearsal): void;
}

/** More than two at once wait for each other: all lives of one process put their mails into words on one thread. */
const mostAtOnce = 2;

/**
 * Lives an edition once per seed, each on a stage of its own, and tells the odds. The order in which lives end changes nothing.
 * @throws what `rehearse` throws; the first life that fails ends the others
 */
export async function rehearseSeeds(open: () => Promise<Stage>, input: SeedsInput): Promise<Odds> {
  const { edition, seeds, atOnce = Math.min(mostAtOnce, availableParallelism()), lived, signal: outer, ...common } = input;
  const began = Date.now();
  const failed = new AbortController();
  const signal = outer === undefined ? failed.signal : AbortSignal.any([outer, failed.signal]);
  const runs: RunFigures[] = [];
  let next = 1;
  const one = async (seed: number) => {
    const stage = await open();
    try {
      const rehearsal = await rehearse(stage, { ...common, edition, seed, signal });
      const run = figuresOf(rehearsal);
      runs.push(run);
      lived?.(run, rehearsal);
    } finally {
      await stage.strike().catch(() => undefined); // its stack goes with it
    }
  };
  const lane = async () => {
    try {
      while (next <= seeds && !signal.aborted) await one(next++);
    } catch (error) {
      failed.abort(error);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  signal.throwIfAborted();
  return oddsOf(runs, { edition: edition.id, target: edition.target, wallSeconds: (Date.now() - began) / 1000 });
}
