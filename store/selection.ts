import type { Answer } from '../domain/asks/forms.js';
import type { Interest } from '../domain/jury.js';
import type { Fate } from '../domain/letters.js';
import type { Candidate } from '../domain/selection.js';
import type { StepId } from '../domain/steps.js';
import type { Db } from './db.js';

/** An application's row; its person is its applicant. */
export interface ApplicationRow extends Candidate {
  started_at: Date;
  title: string;
  need: string | null;
  summary: string;
  relay: string | null;
  reason: string | null;
  fate: Fate | null;
}

/** The applications of an edition ($1), in the order in which they were begun. */
export const everyApplication =
  'select id, person, title, need, summary, state, started_at, relay, eligible, reason, shortlisted, out, fate from application where edition = $1 order by length(id), id';

/** The applications of an edition, in the order in which they were begun. */
export const applicationsOf = async (db: Db, edition: string): Promise<ApplicationRow[]> =>
  (await db.query<ApplicationRow>(everyApplication, [edition])).rows;

/** All that some applications answered to the form of the call. */
export async function applicationAnswers(db: Db, edition: string, ids: readonly string[]): Promise<Map<string, Answer>> {
  const { rows } = await db.query<{ id: string; answer: Answer }>(
    'select id, answer from application where edition = $1 and id = any($2)',
    [edition, ids],
  );
  return new Map(rows.map(({ id, answer }) => [id, answer]));
}

/** Writes down whether an application is eligible, and why. */
export async function ruleEligibility(
  db: Db,
  edition: string,
  { application, eligible, reason }: { application: string | null; eligible: boolean; reason: string },
): Promise<void> {
  await db.query('update application set eligible = $3, reason = $4 where edition = $1 and id = $2', [
    edition,
    application,
    eligible,
    reason,
  ]);
}

/** Writes down the shortlist. A letter gives the reason that put its application aside, here or at its ruling: its own, or the common one. */
export async function writeShortlist(
  db: Db,
  edition: string,
  { applications, reason, reasons = {} }: { applications: readonly string[]; reason: string; reasons?: Readonly<Record<string, string>> },
): Promise<void> {
  await db.query(
    `update application set shortlisted = id = any($2), reason = case when eligible and not id = any($2) then coalesce($4::jsonb ->> id, $3) else reason end
     where edition = $1`,
    [edition, applications, reason, JSON.stringify(reasons)],
  );
}

/** Forgets what was ruled, chosen and decided in steps that are gone back to; applications stay. */
export async function forgetSelection(db: Db, edition: string, steps: readonly StepId[]): Promise<void> {
  await db.query(
    `update application set
       eligible = case when $2 then null else eligible end,
       shortlisted = shortlisted and not $3, out = out and not $4, fate = case when $5 then null else fate end,
       reason = case when $2 or $3 and eligible or $5 and shortlisted then null else reason end
     where edition = $1`,
    [edition, ...(['eligibility', 'shortlist', 'pitch-preparation', 'pitch'] as const).map((step) => steps.includes(step))],
  );
}

/** Takes a shortlisted application out of the selection. */
export async function takeOut(db: Db, edition: string, application: string): Promise<void> {
  await db.query('update application set out = true where edition = $1 and id = $2', [edition, application]);
}

/** Writes down what the jury decided, with the reasons: its own of an application, or the one for all that were heard. */
export async function writeFates(
  db: Db,
  edition: string,
  {
    retained,
    reserve,
    reason,
    reasons = {},
  }: { retained: readonly string[]; reserve: readonly string[]; reason: string; reasons?: Readonly<Record<string, string>> },
): Promise<void> {
  await db.query(
    `update application set fate = case when id = any($2) then 'retained' when id = any($3) then 'reserve' else 'not-retained' end,
       reason = case when shortlisted and not out then coalesce($5::jsonb ->> id, $4) else reason end
     where edition = $1 and state = 'submitted'`,
    [edition, retained, reserve, reason, JSON.stringify(reasons)],
  );
}

/** Writes down a juror's interests; those declared already stay. */
export async function declareInterests(
  db: Db,
  edition: string,
  { person, applications, nature }: { person: string; applications: readonly string[]; nature: string },
): Promise<void> {
  await db.query(
    `insert into interest (edition, application, person, nature, generation)
     select $1, unnest($2::text[]), $3, $4, generation_of($1, 'pitch-preparation') on conflict do nothing`,
    [edition, applications, person, nature],
  );
}

/** Interests declared: which juror may neither read nor score which application. */
export async function interestsOf(db: Db, edition: string): Promise<Interest[]> {
  return (
    await db.query<{ application: string; person: string }>('select application, person from current_interest where edition = $1', [
      edition,
    ])
  ).rows;
}

/** Marks given by the jury. */
export interface ScoreRow {
  application: string;
  person: string;
  criterion: string;
  score: number;
}

/** Every mark of an edition. */
export async function scoresOf(db: Db, edition: string): Promise<ScoreRow[]> {
  return (await db.query<ScoreRow>('select application, person, criterion, score from current_score where edition = $1', [edition])).rows;
}

/** Writes down a juror's marks; those given already stay. */
export async function writeScores(
  db: Db,
  edition: string,
  { person, marks }: { person: string; marks: readonly Omit<ScoreRow, 'person'>[] },
): Promise<void> {
  await db.query(
    `insert into score (edition, application, person, criterion, score, generation)
     select $1, m.application, $2, m.criterion, m.score, generation_of($1, 'pitch')
     from unnest($3::text[], $4::text[], $5::numeric[]) as m(application, criterion, score) on conflict do nothing`,
    [edition, person, marks.map((m) => m.application), marks.map((m) => m.criterion), marks.map((m) => m.score)],
  );
}

/** Whether somebody has submitted an application of an edition. */
export async function hasSubmitted(db: Db, edition: string, person: string): Promise<boolean> {
  const { rows } = await db.query(`select 1 from application where edition = $1 and person = $2 and state = 'submitted' limit 1`, [
    edition,
    person,
  ]);
  return rows.length > 0;
}
