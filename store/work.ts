import { createHash } from 'node:crypto';
import { isSameAddress } from '../domain/address.js';
import type { Known } from '../domain/asks/outlook.js';
import type { ProjectOutcome } from '../domain/asks.js';
import type { CivilDate } from '../domain/calendar.js';
import { numbered } from '../domain/ids.js';
import type { Db } from './db.js';

/** An application's row; its person is its applicant. */
export interface ApplicationRow {
  id: string;
  person: string;
  title: string;
  need: string | null;
  summary: string;
  state: 'draft' | 'submitted';
  relay: string | null;
  eligible: boolean | null;
  reason: string | null;
  shortlisted: boolean;
  out: boolean;
  fate: 'retained' | 'reserve' | 'not-retained' | null;
}

/** The applications of an edition, in the order in which they were begun. */
export async function applicationsOf(db: Db, edition: string): Promise<ApplicationRow[]> {
  const { rows } = await db.query<ApplicationRow>(
    `select id, person, title, need, summary, state, relay, eligible, reason, shortlisted, out, fate from application where edition = $1 order by length(id), id`,
    [edition],
  );
  return rows;
}

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

/** The projects of an edition. */
export async function projectsOf(db: Db, edition: string): Promise<ProjectRow[]> {
  const { rows } = await db.query<ProjectRow>(
    'select id, application, title, need, applicant, directorate, status, outcome, ended_on from project where edition = $1 order by length(id), id',
    [edition],
  );
  return rows;
}

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

/** A frozen document: once written, a version never changes. */
export interface DocumentRow {
  step: string;
  project: string;
  version: number;
  generation: number;
  ask: string;
  author: string;
  title: string;
  body: string;
  hash: string;
  frozen_at: Date;
}

/** Freezes a version of a document, with its fingerprint. */
export async function freezeDocument(
  db: Db,
  edition: string,
  document: Omit<DocumentRow, 'hash' | 'frozen_at'> & { at: number },
): Promise<void> {
  const { step, project, version, generation, ask, author, title, body, at } = document;
  const hash = createHash('sha256').update(`${title}\n${body}`).digest('hex');
  await db.query(
    `insert into document (edition, step, project, version, generation, ask, author, title, body, hash, frozen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (edition, step, project, generation, version) do nothing`,
    [edition, step, project, version, generation, ask, author, title, body, hash, new Date(at)],
  );
}

/** Frozen documents of a step, or of several, newest first. */
export async function documentsOf(
  db: Db,
  edition: string,
  { step, project }: { step: string | readonly string[]; project: string },
): Promise<DocumentRow[]> {
  const { rows } = await db.query<DocumentRow>(
    `select step, project, version, generation, ask, author, title, body, hash, frozen_at from document
     where edition = $1 and step = any($2) and project = $3 order by generation desc, version desc`,
    [edition, [step].flat(), project],
  );
  return rows;
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
    await db.query<PairRow>('select project, id, person, purpose from pair where edition = $1 and project = $2 order by length(id), id', [
      edition,
      project,
    ])
  ).rows;
}

/** Pairs a project with people, in their order; who is paired already stays so. */
export async function insertPairs(
  db: Db,
  edition: string,
  { project, people, purpose }: { project: string; people: readonly string[]; purpose: string },
): Promise<void> {
  await db.query(
    `insert into pair (edition, project, id, person, purpose)
     select $1, $2, id, person, $5 from unnest($3::text[], $4::text[]) as x(id, person) on conflict do nothing`,
    [edition, project, people.map((_, index) => numbered('m', index + 1)), people, purpose],
  );
}

/** A person's row. */
export interface PersonRow {
  id: string;
  role: string;
  name: string;
  email: string;
  substitute: string | null;
  locale: 'fr' | 'en' | null;
  /** Whether they want the weekly digest. */
  digest: boolean;
  /** Opaque id, for links that are theirs whatever is asked of them. */
  ref: string;
  /** Which number of links to their preferences is valid. */
  preferences_n: number;
  /** Since when mail to their address comes back; null: it arrives, as far as is known. */
  unreachable_at: Date | null;
}

/** What the ladder knows of people. */
export function knownOf(people: ReadonlyMap<string, PersonRow>): (person: string) => Known | undefined {
  return (id) => {
    const row = people.get(id);
    return row && { role: row.role, substitute: row.substitute ?? undefined, unreachableAt: row.unreachable_at?.getTime() };
  };
}

/** People of an edition: all of them, or those named. */
export async function peopleOf(db: Db, edition: string, ids?: string[]): Promise<Map<string, PersonRow>> {
  const { rows } = await db.query<PersonRow>(
    `select id, role, name, email, substitute, locale, digest, ref, preferences_n, unreachable_at from person where edition = $1${ids === undefined ? '' : ' and id = any($2)'} order by id`,
    ids === undefined ? [edition] : [edition, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** Who of an edition has an address, however it is written; undefined when nobody has. */
export async function personAt(db: Db, edition: string, address: string): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string; email: string }>(
    `select id, email from person
     where edition = $1 and lower(normalize(split_part(email, '@', 1), NFC)) = lower(normalize(split_part($2, '@', 1), NFC)) order by id`,
    [edition, address],
  );
  return rows.find(({ email }) => isSameAddress(email, address))?.id;
}

/** The places in open asks that wait for a person's answer. */
export async function openPlacesOf(db: Db, edition: string, person: string): Promise<{ request: string; ask: string; linkN: number }[]> {
  const { rows } = await db.query<{ request: string; ask: string; linkN: number }>(
    `select p.request, p.ask, p.link_n as "linkN" from ask_person p join ask a on a.id = p.ask
     where p.edition = $1 and p.person = $2 and p.closed is null and a.outcome is null and a.closing is null and a.opened_at is not null
       and not exists (select 1 from ask_person o where o.ask = p.ask and o.seat = p.seat and o.closed in ('answered', 'declined'))
     order by a.due_at, p.ask`,
    [edition, person],
  );
  return rows;
}

/** Interests declared: which juror may neither read nor score which application. */
export async function interestsOf(db: Db, edition: string): Promise<{ application: string; person: string }[]> {
  return (await db.query<{ application: string; person: string }>('select application, person from interest where edition = $1', [edition]))
    .rows;
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
  return (await db.query<ScoreRow>('select application, person, criterion, score from score where edition = $1', [edition])).rows;
}
