/** What people wrote, as coordinators read it: documents and their versions, interviews side by side, applications. */
import type { Answer } from '../domain/asks/forms.js';
import type { Role } from '../domain/roles.js';
import type { StepId } from '../domain/steps.js';
import type { Db } from './db.js';
import { isCurrent } from './generations.js';
import { personAt } from './people.js';

/** A document, as lists name it: its last version, and how many there were. */
export interface DocumentLine {
  step: StepId;
  project: string;
  title: string;
  author: string;
  version: number;
  versions: number;
  frozen_at: Date;
}

/** One version of a document. */
export interface VersionRow extends Omit<DocumentLine, 'versions'> {
  generation: number;
  body: string;
  hash: string;
}

const author = `coalesce((select p.name from person p where p.edition = d.edition and p.id = d.author), d.author) as author`;

/** The documents of an edition, in the order in which they were last frozen. */
export async function documentLines(db: Db, edition: string, { from, limit }: { from: number; limit: number }): Promise<DocumentLine[]> {
  const { rows } = await db.query<DocumentLine>(
    `select * from (
       select distinct on (d.step, d.project) d.step, d.project, d.title, ${author}, d.version, count(*) over (partition by d.step, d.project)::int as versions,
         d.frozen_at
       from document d where d.edition = $1 order by d.step, d.project, d.generation desc, d.version desc) last
     order by frozen_at, step, project offset $2 limit $3`,
    [edition, from, limit],
  );
  return rows;
}

/** So many versions of one document can be chosen from. */
const mostVersions = 50;

/** The versions of a document, the last first; `body` of those that are named only. */
export async function versionsOf(
  db: Db,
  edition: string,
  { step, project, read }: { step: string; project: string; read: readonly string[] },
): Promise<VersionRow[]> {
  const { rows } = await db.query<VersionRow>(
    `select d.step, d.project, d.title, ${author}, d.version, d.generation, d.hash, d.frozen_at,
       case when d.generation || '.' || d.version = any($4) or n <= 1 then d.body else '' end as body
     from (select *, row_number() over (order by generation desc, version desc) as n from document where edition = $1 and step = $2 and project = $3) d
     order by d.generation desc, d.version desc limit ${mostVersions}`,
    [edition, step, project, read],
  );
  return rows;
}

/** What somebody said in an interview. */
export interface InterviewRow {
  person: string;
  name: string;
  role: Role;
  at: Date;
  answer: Answer;
}

/** The interviews of an edition that count, the first answered first. */
export async function interviewsOf(db: Db, edition: string, { from, limit }: { from: number; limit: number }): Promise<InterviewRow[]> {
  const { rows } = await db.query<InterviewRow>(
    `select p.person, q.name, q.role, p.closed_at as at, p.answer from ask a join ask_person p on p.ask = a.id
       join person q on q.edition = p.edition and q.id = p.person
     where a.edition = $1 and a.kind = 'interview' and ${isCurrent('a')} and p.closed = 'answered' and p.answer is not null
     order by p.closed_at, p.person offset $2 limit $3`,
    [edition, from, limit],
  );
  return rows;
}

/** An application as the table shows it; `summary` is left out of lists. */
export interface ApplicationLine {
  id: string;
  person: string;
  name: string;
  title: string;
  need: string | null;
  /** The name of the relay that it came by. */
  relay: string | null;
  at: Date | null;
  eligible: boolean | null;
  shortlisted: boolean;
  out: boolean;
  fate: 'retained' | 'reserve' | 'not-retained' | null;
  reason: string | null;
}

/** Which applications: those of a need, or in a state of the selection. */
export interface ApplicationFilter {
  need?: string;
  state?: 'waiting' | 'eligible' | 'ineligible' | 'shortlisted' | 'retained';
}

const inState = {
  waiting: 'a.eligible is null',
  eligible: 'a.eligible',
  ineligible: 'a.eligible = false',
  shortlisted: 'a.shortlisted and not a.out',
  retained: `a.fate = 'retained'`,
} as const;
const line = `a.id, a.person, p.name, a.title, a.need, (select r.name from person r where r.edition = a.edition and r.id = a.relay) as relay, a.submitted_at as at, a.eligible, a.shortlisted, a.out, a.fate, a.reason`;
const isSubmitted = `a.edition = $1 and a.state = 'submitted'`;

/** The applications that were submitted, and how many are being written: of those nothing is read. */
export async function applicationLines(
  db: Db,
  edition: string,
  { need, state, from, limit }: ApplicationFilter & { from: number; limit: number },
): Promise<{ lines: ApplicationLine[]; submitted: number; drafts: number }> {
  const { rows } = await db.query<ApplicationLine>(
    `select ${line} from application a join person p on p.edition = a.edition and p.id = a.person
     where ${isSubmitted} and ($2::text is null or a.need = $2) and ${state === undefined ? 'true' : inState[state]}
     order by length(a.id), a.id offset $3 limit $4`,
    [edition, need ?? null, from, limit],
  );
  const { rows: counts } = await db.query<{ submitted: number; drafts: number }>(
    `select count(*) filter (where state = 'submitted')::int as submitted, count(*) filter (where state = 'draft')::int as drafts from application where edition = $1`,
    [edition],
  );
  return { lines: rows, submitted: counts[0]?.submitted ?? 0, drafts: counts[0]?.drafts ?? 0 };
}

/** An application with what its readers read, and all that was answered. */
export type ApplicationRead = ApplicationLine & { summary: string; answer: Answer };

/** Applications that were submitted, whole, in the order in which they were begun. */
export async function applicationsWhole(
  db: Db,
  edition: string,
  { from, limit }: { from: number; limit: number },
): Promise<ApplicationRead[]> {
  const { rows } = await db.query<ApplicationRead>(
    `select ${line}, a.summary, a.answer from application a join person p on p.edition = a.edition and p.id = a.person
     where ${isSubmitted} order by length(a.id), a.id offset $2 limit $3`,
    [edition, from, limit],
  );
  return rows;
}

/** One application that was submitted, whole; undefined when there is none. */
export async function applicationRead(db: Db, edition: string, id: string): Promise<ApplicationRead | undefined> {
  const { rows } = await db.query<ApplicationRead>(
    `select ${line}, a.summary, a.answer from application a join person p on p.edition = a.edition and p.id = a.person where ${isSubmitted} and a.id = $2`,
    [edition, id],
  );
  return rows[0];
}

/** Whether somebody at an address holds, or held, a seat in the jury of an edition; and the applications in which they declared an interest. */
export async function jurorAt(db: Db, edition: string, email: string): Promise<{ judges: boolean; recused: string[] }> {
  const person = await personAt(db, edition, email);
  const { rows } = await db.query<{ judges: boolean; recused: string[] }>(
    `select exists (select 1 from ask a join ask_person s on s.ask = a.id
         where a.edition = $1 and s.person = $2 and a.kind in ('seat', 'interests', 'score')) as judges,
       array(select distinct application from current_interest where edition = $1 and person = $2) as recused`,
    [edition, person ?? null],
  );
  return rows[0] ?? { judges: false, recused: [] };
}
