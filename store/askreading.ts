/** What the page of an ask gives to read beside its documents (intake.md, "Who reads what, and from when"): nothing of it goes into a mail. */
import type { Answer } from '../domain/asks/forms.js';
import { isRecused } from '../domain/jury.js';
import { type Slot, slotsOf } from '../domain/juryday.js';
import { type Letter, lettersOf } from '../domain/letters.js';
import type { StepId } from '../domain/steps.js';
import type { ApplicationView, AskView } from '../domain/view.js';
import type { Db } from './db.js';
import type { EditionRow } from './editions.js';
import { isCurrent } from './generations.js';
import { interestsOf } from './selection.js';

/** A session that was held, or was not: what was answered of it. */
export interface SessionRead {
  /** Its day. */
  day: string;
  answer: Answer;
}

/** What there is to read. */
export interface AskReading {
  /** How many interviews were answered, for what is written from them. */
  interviews?: number;
  /** The sessions of the project, the first one first, for who says what came of them. */
  sessions?: SessionRead[];
  /** When the reader's own application is heard, local time: its place stays its own when another leaves. */
  slot?: Slot;
  /** How many letters leave once the selection is approved, for whoever approves it. */
  letters?: number;
  /** The applications in which the reader declared no interest, from their declaration until the marks are closed. */
  applications?: ApplicationView[];
}

const fromInterviews: readonly StepId[] = ['diagnosis', 'diagnosis-approval'];
const fromSessions: readonly StepId[] = ['impact-analysis', 'evaluation', 'outcome-approval'];

/** Whether the reader of such an ask reads the interviews: as long as it is open. */
export const readsInterviews = ({ ask }: Pick<AskView, 'ask'>): boolean => ask.outcome === undefined && fromInterviews.includes(ask.step);

/** Whether the reader of such an ask sees the decision letters before they leave: as long as it is open. */
export const readsLetters = ({ ask }: Pick<AskView, 'ask'>): boolean =>
  ask.outcome === undefined && ask.kind === 'approve' && ask.step === 'selection-approval';

/** What somebody's place gives to read while an answer is awaited from it – and a juror, from their declaration on: three statements at most, and none for most kinds. */
export async function readingOf(db: Db, row: EditionRow, view: AskView): Promise<AskReading> {
  const { ask, project, closed } = view;
  if (closed !== undefined) {
    const reads = ask.kind === 'interests' && closed.state === 'answered' && !(await areMarksClosed(db, row.id));
    return reads ? { applications: await applicationsFor(db, row, view) } : {};
  }
  if (ask.outcome !== undefined) return {};
  if (readsInterviews(view)) return { interviews: await answeredInterviews(db, row.id) };
  if (project !== undefined && fromSessions.includes(ask.step)) return { sessions: await sessionsOf(db, row.id, project.id) };
  if (ask.kind === 'prepare' && row.file.juryDay !== undefined) {
    const slot = (await runningOrder(db, row)).find(({ id }) => id === view.application?.id);
    return slot === undefined ? {} : { slot: { from: slot.from, to: slot.to } };
  }
  if (readsLetters(view)) return { letters: await countLetters(db, row.id) };
  return {};
}

async function answeredInterviews(db: Db, edition: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `select count(*)::int as n from ask a join ask_person p on p.ask = a.id
     where a.edition = $1 and a.kind = 'interview' and ${isCurrent('a')} and p.closed = 'answered' and p.answer is not null`,
    [edition],
  );
  return rows[0]?.n ?? 0;
}

/** The sessions of a project of which somebody has said whether they were held. */
async function sessionsOf(db: Db, edition: string, project: string): Promise<SessionRead[]> {
  const { rows } = await db.query<SessionRead>(
    `select coalesce(a.part, a.due::text) as day, p.answer from ask a join ask_person p on p.ask = a.id
     where a.edition = $1 and a.project = $2 and a.kind = 'session' and ${isCurrent('a')} and p.closed = 'answered' and p.answer is not null
     order by a.due, a.id limit 400`,
    [edition, project],
  );
  return rows;
}

async function areMarksClosed(db: Db, edition: string): Promise<boolean> {
  const { rows } = await db.query<{ closed: boolean }>(
    `select exists (select from ask a where a.edition = $1 and a.kind = 'score' and ${isCurrent('a')} and a.outcome is not null) as closed`,
    [edition],
  );
  return rows[0]?.closed ?? false;
}

/** The applications that a juror reads: what they declared counts at once, before any review has kept it. */
async function applicationsFor(db: Db, { id, file }: EditionRow, { person, onBehalfOf, closed }: AskView): Promise<ApplicationView[]> {
  const declared = closed?.answer?.conflicts;
  const own = Array.isArray(declared) ? declared : [];
  const interests = await interestsOf(db, id);
  const needs = new Map(file.needs.map((need) => [need.id, need.title]));
  const { rows } = await db.query<Omit<ApplicationView, 'need' | 'material'> & { need: string | null; material: string | null }>(
    `select a.id, a.title, a.need, a.summary, p.name as applicant,
       (select s.answer ->> 'material' from ask k join ask_person s on s.ask = k.id
         where k.edition = $1 and k.kind = 'prepare' and ${isCurrent('k')} and s.seat = a.person and s.closed = 'answered'
         order by s.closed_at limit 1) as material
     from application a join person p on p.edition = a.edition and p.id = a.person
     where a.edition = $1 and a.shortlisted and not a.out order by length(a.id), a.id`,
    [id],
  );
  return rows
    .filter((one) => !own.includes(one.id) && !isRecused(interests, one.id, person.id, onBehalfOf?.id ?? null))
    .map(({ material, ...one }) => ({ ...one, need: needs.get(one.need ?? '') ?? '', ...(material === null ? {} : { material }) }));
}

/** Whose letters leave once the selection is approved (domain/letters.ts): of a part of the applications, or how many there are. */
const isWritten = `edition = $1 and state = 'submitted' and not out`;

/** The letters that leave once the selection is approved, in the order of their applications. */
export async function lettersFrom(db: Db, edition: string, { from, limit }: { from: number; limit: number }): Promise<Letter[]> {
  const { rows } = await db.query<Parameters<typeof lettersOf>[0][number]>(
    `select id, person, state, out, fate from application where ${isWritten} order by length(id), id offset $2 limit $3`,
    [edition, from, limit],
  );
  return lettersOf(rows);
}

async function countLetters(db: Db, edition: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(`select count(*)::int as n from application where ${isWritten}`, [edition]);
  return rows[0]?.n ?? 0;
}

/** Who is heard when, by id; those who left leave a gap. Empty where the file says no hours, or nobody is shortlisted yet. */
export async function runningOrder(db: Db, { id, file }: EditionRow): Promise<(Slot & { id: string; title: string })[]> {
  if (file.juryDay === undefined) return [];
  const { rows } = await db.query<{ id: string; title: string; out: boolean }>(
    'select id, title, out from application where edition = $1 and shortlisted order by length(id), id',
    [id],
  );
  const slots = slotsOf(file.juryDay, rows.length);
  return rows.flatMap((one, n) => {
    const slot = slots[n];
    return one.out || slot === undefined ? [] : [{ ...slot, id: one.id, title: one.title }];
  });
}

/** The version of a document before another, which is named by its fingerprint; undefined where there is none. */
export async function versionBefore(
  db: Db,
  edition: string,
  { hash, step, project }: { hash: string; step: readonly string[]; project: string },
): Promise<{ version: number; title: string; body: string } | undefined> {
  const { rows } = await db.query<{ version: number; title: string; body: string }>(
    `select b.version, b.title, b.body from document d
       join document b on b.edition = d.edition and b.step = d.step and b.project = d.project and b.generation = d.generation and b.version < d.version
     where d.edition = $1 and d.hash = $2 and d.step = any($3) and d.project = $4 order by d.frozen_at desc, b.version desc limit 1`,
    [edition, hash, step, project],
  );
  return rows[0];
}
