import type { CivilDate } from '../domain/calendar.js';
import { STEP_IDS, type StepId } from '../domain/steps.js';
import type { RunFigures, StepFigures } from './figures.js';

/**
 * What `rehearse --seeds N --json` prints and `odds.json` holds. Dates are `YYYY-MM-DD`, lengths are working days, shares go from 0 to 1.
 * The same edition, personas and N give the same document, but for `wallSeconds`.
 *
 * - `runs`: one per seed, in their order: `{ seed, restitution, holds, lateWorkingDays, tightest: { step, project?, slackWorkingDays } | null,
 *   violations, stopped, mails, projects: [{ id, outcome }] }`. A restitution never takes place before its target, so `tightest` tells more than
 *   `restitution`: the least slack that any step left before what follows had to begin (a negative one was caught up, or made it late).
 * - `holds`: the share of runs whose restitution took place by the target.
 * - `dateMetIn80Percent`: the earliest date by which at least 80 % of the runs had their restitution; null when fewer ever had it.
 * - `steps`: those that were lived, the one that eats most slack first (`StepOdds`).
 */
export interface Odds {
  edition: string;
  target: CivilDate;
  runs: Omit<RunFigures, 'steps'>[];
  holds: number;
  dateMetIn80Percent: CivilDate | null;
  steps: StepOdds[];
  wallSeconds: number;
}

/** What a step does to the slack, over the runs that lived it; the worst of its projects counts for each run. */
export interface StepOdds {
  id: StepId;
  /** In how many runs it was lived. */
  runs: number;
  /** In how many of them it never ended; these count in nothing below. */
  neverEnded: number;
  /** Working days by which it overran the length it was given, once it could begin: on average, and what 80 % of the runs kept to. */
  slackLost: { mean: number; in80Percent: number };
  /** The share of runs in which it lost any. */
  late: number;
  /** Versions that were sent back: the share of runs that lost days by them, and the days on average; they are part of `slackLost`. */
  sentBack: { share: number; mean: number };
  /** Working days left at its end before what follows had to begin: the least of all runs, and what 80 % of them had; null for what has none. */
  slackLeft: { least: number; in80Percent: number } | null;
  /** How long the file waited for its sitting, on average, which is in none of the above; the shares of runs in which a project missed one it could have had, and had none at all. */
  sitting?: { waited: number; missed: number; without: number };
}

/** The odds of an edition, out of many lives of it. */
export function oddsOf(
  lived: readonly RunFigures[],
  { edition, target, wallSeconds }: Pick<Odds, 'edition' | 'target' | 'wallSeconds'>,
): Odds {
  const runs = [...lived].sort((a, b) => a.seed - b.seed);
  const dates = runs.map(({ restitution }) => restitution).sort(datesFirst);
  return {
    edition,
    target,
    runs: runs.map(({ steps, ...run }) => run),
    holds: share(runs, ({ holds }) => holds),
    dateMetIn80Percent: dates[most(dates.length)] ?? null,
    steps: STEP_IDS.flatMap(
      (id) =>
        stepOdds(
          id,
          runs.flatMap(({ steps }) => steps.find((step) => step.id === id) ?? []),
        ) ?? [],
    ).sort((a, b) => b.neverEnded - a.neverEnded || b.slackLost.mean - a.slackLost.mean),
    wallSeconds,
  };
}

function stepOdds(id: StepId, lived: readonly StepFigures[]): StepOdds | undefined {
  if (lived.length === 0) return undefined;
  const ended = lived.flatMap(({ slackLost, ...step }) => (slackLost === null ? [] : { ...step, slackLost }));
  const lost = ended.map(({ slackLost }) => slackLost).sort(ascending);
  const left = ended.flatMap(({ slackLeft }) => slackLeft ?? []).sort(ascending);
  const sittings = ended.flatMap(({ sitting }) => sitting ?? []);
  return {
    id,
    runs: lived.length,
    neverEnded: lived.length - ended.length,
    slackLost: { mean: mean(lost), in80Percent: lost[most(lost.length)] ?? 0 },
    late: share(ended, ({ slackLost }) => slackLost > 0),
    sentBack: { share: share(ended, ({ sentBack }) => sentBack > 0), mean: mean(ended.map(({ sentBack }) => sentBack)) },
    slackLeft: left.length === 0 ? null : { least: left[0] ?? 0, in80Percent: left[left.length - 1 - most(left.length)] ?? 0 },
    ...(sittings.length === 0
      ? {}
      : {
          sitting: {
            waited: mean(sittings.flatMap(({ waited }) => waited ?? [])),
            missed: share(sittings, ({ missed }) => missed),
            without: share(sittings, ({ without }) => without),
          },
        }),
  };
}

/** Where, in a list in order, 80 % of it is reached. */
const most = (length: number): number => Math.ceil((length * 4) / 5) - 1;
const ascending = (a: number, b: number): number => a - b;
const datesFirst = (a: CivilDate | null, b: CivilDate | null): number => (a === b ? 0 : a === null ? 1 : b === null || a < b ? -1 : 1);
const rounded = (n: number, to: number): number => Math.round(n * to) / to;
const mean = (list: readonly number[]): number => (list.length === 0 ? 0 : rounded(list.reduce((sum, n) => sum + n, 0) / list.length, 10));
const share = <One>(list: readonly One[], is: (one: One) => boolean): number =>
  list.length === 0 ? 0 : rounded(list.filter(is).length / list.length, 1000);
