import type { CivilDate } from '../../domain/calendar.js';
import type { Plan } from '../../domain/plan.js';
import type { Sitting } from '../../domain/sittings.js';
import type { StepId } from '../../domain/steps.js';
import type { LivedAsk } from '../record.js';

/** A circuit's way to a sitting, of the whole edition or of one project. */
export interface SittingRow {
  step: StepId;
  project: string | null;
  body: string;
  /** The last sitting that kept the target, in the plan as foreseen. */
  aimed: Sitting | null;
  /** The day on which the file was ready; null: it never was. */
  readyOn: CivilDate | null;
  /** The sittings it went to, in order, and what each decided; null: not said. */
  went: { date: CivilDate; result: string | null }[];
  /** Reached: it was before a sitting that keeps the target. `none`: its project ended before. */
  is: 'reached' | 'missed' | 'none';
}

/** A recorded fact, as far as sittings need it. */
type Fact = { what: string; step: StepId; project: string | null; recorded_on: CivilDate; items: readonly string[] | null };

/** Each circuit that ends before a body, per project where projects have one each. */
export function sittingRows({
  plan,
  facts,
  asks,
  projects,
}: {
  plan: Plan;
  facts: readonly Fact[];
  asks: readonly Pick<LivedAsk, 'kind' | 'step' | 'project' | 'part' | 'result'>[];
  /** Those that went through the circuit of a step: null for the edition itself. */
  projects(step: StepId): readonly (string | null)[];
}): SittingRow[] {
  return plan.steps.flatMap(({ id: step, session }) =>
    session === undefined
      ? []
      : projects(step).map((project): SittingRow => {
          const found = facts.filter((fact) => fact.what === 'sitting' && fact.step === step && fact.project === project);
          const dates = found.flatMap(({ items }) => items?.[0] ?? []);
          const resultOf = (date: CivilDate) =>
            asks.find((ask) => ask.kind === 'sitting' && ask.step === step && ask.project === project && ask.part === date)?.result ?? null;
          const [first] = dates;
          const aimed = session.latest;
          const is = found.length === 0 ? 'none' : first !== undefined && aimed !== null && first <= aimed.date ? 'reached' : 'missed';
          const went = dates.map((date) => ({ date, result: resultOf(date) }));
          return { step, project, body: session.body, aimed, readyOn: found[0]?.recorded_on ?? null, went, is };
        }),
  );
}
