import type { ProjectOutcome } from '../domain/asks.js';
import type { CivilDate } from '../domain/calendar.js';
import { numbered } from '../domain/ids.js';
import type { Db } from './db.js';

/** A project's row. */
export interface ProjectRow {
  id: string;
  application: string;
  title: string;
  need: string;
  applicant: string;
  directorate: string;
  status: 'running' | 'ended';
  outcome: ProjectOutcome | null;
  ended_on: CivilDate | null;
}

/** Every project of an edition ($1), in the order of its numbers. */
export const everyProject =
  'select id, application, title, need, applicant, directorate, status, outcome, ended_on from project where edition = $1 order by length(id), id';

/** The projects of an edition. */
export const projectsOf = async (db: Db, edition: string): Promise<ProjectRow[]> =>
  (await db.query<ProjectRow>(everyProject, [edition])).rows;

/** Makes projects of the retained applications; those that exist stay as they are. */
export async function insertProjects(
  db: Db,
  edition: string,
  projects: Omit<ProjectRow, 'status' | 'outcome' | 'ended_on'>[],
): Promise<void> {
  await db.query(
    `insert into project (edition, id, application, title, need, applicant, directorate)
     select $1, p->>'id', p->>'application', p->>'title', p->>'need', p->>'applicant', p->>'directorate' from jsonb_array_elements($2::jsonb) p
     on conflict do nothing`,
    [edition, JSON.stringify(projects)],
  );
}

/** Ends a project. */
export async function endProject(db: Db, edition: string, id: string, { outcome, on }: { outcome: string; on: CivilDate }): Promise<void> {
  await db.query(`update project set status = 'ended', outcome = $3, ended_on = $4 where edition = $1 and id = $2 and status = 'running'`, [
    edition,
    id,
    outcome,
    on,
  ]);
}

/** Who a project should meet. */
export interface PairRow {
  project: string;
  id: string;
  person: string;
  purpose: string;
}

/** The pairs of a project. */
export async function pairsOf(db: Db, edition: string, project: string): Promise<PairRow[]> {
  return (
    await db.query<PairRow>(
      'select project, id, person, purpose from current_pair where edition = $1 and project = $2 order by length(id), id',
      [edition, project],
    )
  ).rows;
}

/** Pairs a project with people, in their order; who is paired already stays so. */
export async function insertPairs(
  db: Db,
  edition: string,
  { project, people, purpose }: { project: string; people: readonly string[]; purpose: string },
): Promise<void> {
  await db.query(
    `insert into pair (edition, project, id, person, purpose, generation)
     select $1, $2, id, person, $5, generation_of($1, 'introductions', $2) from unnest($3::text[], $4::text[]) as x(id, person) on conflict do nothing`,
    [edition, project, people.map((_, index) => numbered('m', index + 1)), people, purpose],
  );
}

/** Why a project did not start, or was dropped, in the words of whoever decided it; empty when nobody said. */
export async function reasonOf(db: Db, edition: string, { id, outcome }: Pick<ProjectRow, 'id' | 'outcome'>): Promise<string> {
  const decisions: Partial<Record<ProjectOutcome, string>> = { 'not-started': 'refused', dropped: 'drop-project' };
  const { rows } = await db.query<{ reason: string | null }>(
    `select coalesce(p.answer->>'reason', p.answer->>'remarks') as reason from ask_person p join ask a on a.id = p.ask
     where a.edition = $1 and a.project = $2 and p.decision = $3 order by p.closed_at desc limit 1`,
    [edition, id, (outcome === null ? undefined : decisions[outcome]) ?? ''],
  );
  return rows[0]?.reason ?? '';
}
