/** Generations of steps: a step that was gone back to begins anew, and what was asked of it before no longer counts (console.md, "Back"). */
import { generationKey } from '../domain/facts.js';
import type { StepId } from '../domain/steps.js';
import type { Db } from './db.js';

/** In SQL: whether a row of asks or facts is of its step's generation, or of a later one that an extension opened. */
export const isCurrent = (row: string): string => `not exists (select 1 from step_generation g where g.edition = ${row}.edition
  and g.step = ${row}.step and g.project = coalesce(${row}.project, '') and ${row}.generation < g.generation)`;

/** Every generation that is not 1, of an edition ($1). */
export const everyGeneration = 'select step, project, generation from step_generation where edition = $1';
export type GenerationRow = { step: StepId; project: string; generation: number };

/** The generation each step starts from, where it is not 1, by step or by step and project. */
export const generationsIn = (rows: readonly GenerationRow[]): Record<string, number> =>
  Object.fromEntries(rows.map(({ step, project, generation }) => [generationKey(step, project), generation]));

/** The generation each step of an edition starts from, where it is not 1. */
export const generationsOf = async (db: Db, edition: string): Promise<Record<string, number>> =>
  generationsIn((await db.query<GenerationRow>(everyGeneration, [edition])).rows);

/** The highest generation that was ever used in each of some steps, of one project or of the edition; a step that asked nothing is left out. */
export async function generationsUsed(
  db: Db,
  edition: string,
  { steps, project = null }: { steps: readonly StepId[]; project?: string | null },
): Promise<Map<StepId, number>> {
  const { rows } = await db.query<{ step: StepId; used: number }>(
    `select step, max(generation) as used from (
       select step, generation from ask where edition = $1 and step = any($2) and project is not distinct from $3
       union all select step, generation from fact where edition = $1 and step = any($2) and project is not distinct from $3) used
     group by step`,
    [edition, steps, project],
  );
  return new Map(rows.map(({ step, used }) => [step, used]));
}

/** Begins a new generation of steps. */
export async function raiseGenerations(
  db: Db,
  edition: string,
  { generations, project = '' }: { generations: ReadonlyMap<StepId, number>; project?: string | undefined },
): Promise<void> {
  await db.query(
    `insert into step_generation (edition, step, project, generation) select $1, step, $4, generation from unnest($2::text[], $3::int[]) as n(step, generation)
     on conflict (edition, step, project) do update set generation = excluded.generation`,
    [edition, [...generations.keys()], [...generations.values()], project],
  );
  await db.query('update edition set back = back + 1 where id = $1', [edition]);
}
