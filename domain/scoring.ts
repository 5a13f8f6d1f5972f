import { byNumber } from './ids.js';

/** One juror's mark of one application on one criterion. */
export interface Mark {
  application: string;
  person: string;
  criterion: string;
  score: number;
}

/** What the jury thinks of one application: totals out of 100, nothing normalised. */
export interface ScoreSummary {
  application: string;
  mean: number;
  median: number;
  /** Highest total minus lowest. */
  spread: number;
  jurors: number;
}

/** Marks are from 0 to this. */
export const topMark = 5;

/** Per application: mean, median and spread of the jurors' weighted totals (out of 100, to one decimal), best mean first. */
export function summarise(marks: readonly Mark[], criteria: readonly { id: string; weight: number }[]): ScoreSummary[] {
  const weights = new Map(criteria.map((criterion) => [criterion.id, criterion.weight]));
  const whole = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const totals = new Map<string, Map<string, number>>();
  for (const { application, person, criterion, score } of marks) {
    const jurors = totals.get(application) ?? new Map<string, number>();
    jurors.set(person, (jurors.get(person) ?? 0) + ((weights.get(criterion) ?? 0) * score * 100) / (whole * topMark));
    totals.set(application, jurors);
  }
  return [...totals]
    .map(([application, jurors]) => {
      const sorted = [...jurors.values()].sort((a, b) => a - b);
      const middle = sorted.length / 2;
      const median = ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
      const mean = sorted.reduce((sum, total) => sum + total, 0) / sorted.length;
      const spread = (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
      return { application, mean: round(mean), median: round(median), spread: round(spread), jurors: sorted.length };
    })
    .sort((a, b) => b.mean - a.mean || byNumber(a.application, b.application));
}

const round = (value: number) => Math.round(value * 10) / 10;
