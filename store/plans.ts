import { type CivilDate, calendarOf, earlierOf } from '../domain/calendar.js';
import { circuitOf } from '../domain/circuits.js';
import { type Plan, replan } from '../domain/plan.js';
import { firstSitting, isCancelledSitting } from '../domain/sittings.js';
import { CIRCUIT_STEP_IDS, isPerProject, STEP_IDS } from '../domain/steps.js';
import type { Db } from './db.js';
import type { EditionRow } from './editions.js';
import {
  everyFact,
  everySession,
  everyVersion,
  type FactRow,
  type LivedStep,
  lastVersions,
  planFacts,
  type StartedVersion,
} from './facts.js';
import { type InJson, listOf, withInstants } from './json.js';
import { everyProject, type ProjectRow } from './projects.js';

/** What was lived, as plans need it: read once, whatever the number of threads. */
export interface PlanInputs {
  lived: readonly LivedStep[];
  facts: readonly FactRow[];
  projects: readonly ProjectRow[];
  /** The days of each project's sessions. */
  sessions: ReadonlyMap<string, readonly CivilDate[]>;
}

/** Columns of a select that hold all that plans of an edition ($1) are made from. */
export const planColumns = `${listOf(everyFact)} as facts, ${listOf(everyVersion)} as versions, ${listOf(everyProject)} as projects, ${listOf(everySession)} as sessions`;

/** What `planColumns` answer. */
export interface PlanColumns {
  facts: InJson<FactRow, 'recorded_at'>[];
  versions: StartedVersion<string>[];
  projects: ProjectRow[];
  sessions: { project: string; day: CivilDate }[];
}

/** Reads what plans are made from, in one statement. */
export async function planInputs(db: Db, row: EditionRow): Promise<PlanInputs> {
  const { rows } = await db.query<PlanColumns>(`select ${planColumns}`, [row.id]);
  const [found] = rows;
  if (found === undefined) throw new Error('a statement without a condition answers one row');
  return planInputsOf(row, found);
}

/** What plans are made from, out of its columns. */
export function planInputsOf(row: EditionRow, found: PlanColumns): PlanInputs {
  const { dateOf } = calendarOf(row.file.territory);
  const facts = found.facts.map((fact) => withInstants<FactRow, 'recorded_at'>(fact, ['recorded_at']));
  const versions = found.versions.map((version) => ({ ...version, started: dateOf(Date.parse(version.started)) }));
  const sessions = new Map<string, CivilDate[]>();
  for (const { project, day } of found.sessions) sessions.set(project, [...(sessions.get(project) ?? []), day]);
  return { lived: lastVersions(versions, facts), facts, projects: found.projects, sessions };
}

/**
 * The plan of one thread – the edition's own, or a project's – from what was lived and from today (plan.md, "While it runs").
 * The edition's own goes with the slowest of its projects, from the selection on.
 */
export async function planNow(db: Db, row: EditionRow, when: { at: number; project?: string | undefined }): Promise<Plan> {
  return planFrom(row, await planInputs(db, row), when);
}

/** As `planNow`, from what was read already. */
export function planFrom(row: EditionRow, inputs: PlanInputs, { at, project }: { at: number; project?: string | undefined }): Plan {
  const today = calendarOf(row.file.territory).dateOf(at);
  const threads = project === undefined ? slowest(inputs.projects) : inputs.projects.filter((p) => p.id === project);
  const plans = threads.map((thread) => planOf(row, inputs, { today, thread }));
  const [worst] = plans.sort((a, b) => (a.slackWorkingDays ?? -1_000) - (b.slackWorkingDays ?? -1_000));
  return worst ?? planOf(row, inputs, { today });
}

/** The projects that still run; when none does, the one that ended last. */
function slowest(projects: readonly ProjectRow[]): ProjectRow[] {
  const running = projects.filter((project) => project.status === 'running');
  if (running.length > 0) return running;
  return [...projects].sort((a, b) => ((a.ended_on ?? '') < (b.ended_on ?? '') ? -1 : 1)).slice(-1);
}

function planOf(
  row: EditionRow,
  { lived, facts, sessions }: PlanInputs,
  { today, thread }: { today: CivilDate; thread?: ProjectRow },
): Plan {
  const steps = planFacts(lived, thread?.id, facts);
  for (const step of CIRCUIT_STEP_IDS) {
    const { session } = circuitOf(row.file, step);
    const filed = facts.findLast((fact) => fact.what === 'sitting' && fact.step === step && fact.items?.[0] === steps[step]?.sitting);
    if (session === undefined || filed === undefined || !isCancelledSitting(row.file, { step, part: filed.items?.[0] })) continue;
    const { sitting: _, ...rest } = steps[step] ?? {};
    const next = firstSitting(row.file, session, filed.recorded_on, filed.items?.[0]);
    steps[step] = { ...rest, ...(next === undefined ? {} : { sitting: next.date }) };
  }
  const occurrences = [...(sessions.get(thread?.id ?? '') ?? [])];
  const [first] = occurrences;
  if (first !== undefined) steps.field = { ...steps.field, start: steps.field?.start ?? first, occurrences };
  // what a project that ended never came to do is not to be done any more; likewise when no project was retained at all
  const ended = thread === undefined ? facts.find((fact) => fact.what === 'projects')?.recorded_on : thread.ended_on;
  if (ended !== undefined && ended !== null)
    for (const id of STEP_IDS.filter((step) => isPerProject(step) && steps[step]?.finish === undefined))
      steps[id] = { start: earlierOf(steps[id]?.start ?? ended, ended), finish: ended };
  return replan(row.file, { today, steps });
}
