import { type AskKind, askRules, filledSeats } from '../domain/asks.js';
import { type CivilDate, calendarOf } from '../domain/calendar.js';
import { addressees, ladder, nextSendingTime } from '../domain/ladder.js';
import type { PhaseId, StepId } from '../domain/steps.js';
import { type AskRow, holdersOf } from './asks.js';
import type { Db } from './db.js';
import type { EditionRow } from './editions.js';
import { toTheirAddress } from './undelivered.js';
import { peopleOf, projectsOf } from './work.js';

/** Somebody the programme waits for, and what it will do next by itself. */
export interface Waiting {
  ask: string;
  kind: AskKind;
  step: StepId;
  /** The application, the session's day, the stage: what the ask is about, where its key says. */
  part?: string;
  project?: { id: string; title: string };
  person: { id: string; name: string };
  role: string;
  opened: CivilDate;
  /** Working days since it opened. */
  workingDays: number;
  due: CivilDate;
  end?: CivilDate;
  /** Working days after due; 0 when it is not late. */
  lateWorkingDays: number;
  /** Since when mail to them comes back: no reminder leaves. */
  unreachable?: CivilDate;
  /** Who was asked in their place, too. */
  substitute?: { id: string; name: string };
  nextAction?: { at: number; what: 'reminder' | 'substitute' | 'escalation' | 'ends'; who?: string };
}

/** Who blocks what, the longest waited for first. At most one line per person and ask; a substitute is shown under the person asked. */
export async function waitingOn(db: Db, row: EditionRow, at: number, limit = 200): Promise<Waiting[]> {
  const calendar = calendarOf(row.file.territory);
  const today = calendar.dateOf(at);
  const { rows: asks } = await db.query<AskRow>(
    `select id, edition, step, kind, project, part, version, generation, opened_at, opens_at, due, due_at, ends_at from ask
     where edition = $1 and outcome is null and opened_at is not null order by opened_at, id`,
    [row.id],
  );
  const holders = await holdersOf(
    db,
    asks.map((ask) => ask.id),
  );
  const people = await peopleOf(db, row.id);
  const projects = new Map((await projectsOf(db, row.id)).map((p) => [p.id, p]));
  const waiting: Waiting[] = [];
  for (const ask of asks) {
    const places = holders.get(ask.id) ?? [];
    const filled = filledSeats(places);
    for (const place of places) {
      const person = people.get(place.person);
      if (person === undefined || place.closed !== null || filled.has(place.seat) || place.joined === 'substitute') continue;
      if (waiting.length >= limit) return waiting;
      const openedAt = Math.max((ask.opened_at ?? ask.opens_at).getTime(), place.joined_at.getTime());
      const opened = calendar.dateOf(openedAt);
      const project = ask.project === null ? undefined : projects.get(ask.project);
      const substitute = person.substitute === null ? undefined : people.get(person.substitute);
      const since = person.unreachable_at?.getTime();
      const theirs = places.find((other) => other.person === person.substitute);
      const asked = theirs?.joined === 'substitute' && theirs.closed === null ? substitute : undefined;
      // who has a place of their own, or cannot be reached, is not asked in somebody's place
      const toAsk = theirs === undefined && substitute?.unreachable_at === null ? substitute.name : undefined;
      const nextAction = nextActionOf(ask, { openedAt, at, substitute: toAsk, calendar, unreachable: since !== undefined });
      waiting.push({
        ask: ask.id,
        kind: ask.kind,
        step: ask.step,
        ...(ask.part === null ? {} : { part: ask.part }),
        ...(project === undefined ? {} : { project: { id: project.id, title: project.title } }),
        person: { id: person.id, name: person.name },
        role: person.role,
        opened,
        workingDays: Math.max(0, calendar.count(opened, today)),
        due: ask.due,
        ...(ask.ends_at === null ? {} : { end: calendar.dateOf(ask.ends_at.getTime() - 1) }),
        lateWorkingDays: Math.max(0, calendar.count(ask.due, today)),
        ...(asked === undefined ? {} : { substitute: { id: asked.id, name: asked.name } }),
        ...(nextAction === undefined ? {} : { nextAction }),
        ...(since === undefined ? {} : { unreachable: calendar.dateOf(since) }),
      });
    }
  }
  return waiting;
}

function nextActionOf(
  ask: AskRow,
  {
    openedAt,
    at,
    substitute,
    calendar,
    unreachable,
  }: { openedAt: number; at: number; substitute: string | undefined; calendar: ReturnType<typeof calendarOf>; unreachable: boolean },
): Waiting['nextAction'] {
  const end = ask.ends_at?.getTime() ?? Number.POSITIVE_INFINITY;
  const steps = ladder({ name: askRules[ask.kind].ladder, openedAt, due: ask.due, calendar });
  // of whoever cannot be reached, only what others are told is still to come: their substitute was asked at once
  const next = steps.find((step) => step.at > at && step.at < end && (!unreachable || addressees(step.rung).escalation));
  if (next === undefined) return Number.isFinite(end) ? { at: end, what: 'ends' } : undefined;
  const when = nextSendingTime(next.at, calendar);
  if (unreachable || next.rung === 'late-5') return { at: when, what: 'escalation' };
  return next.rung === 'late-2' && substitute !== undefined
    ? { at: when, what: 'substitute', who: substitute }
    : { at: when, what: 'reminder' };
}

/** A project on the board: the step its people are in, and its next session. */
export interface ProjectStanding {
  id: string;
  title: string;
  need: string;
  directorate: string;
  step?: StepId;
  status: string;
  outcome?: string;
  nextSession?: CivilDate;
}

/** The projects of an edition, as they stand. */
export async function projectStandings(db: Db, row: EditionRow, at: number): Promise<ProjectStanding[]> {
  const today = calendarOf(row.file.territory).dateOf(at);
  const projects = await projectsOf(db, row.id);
  const people = await peopleOf(db, row.id);
  const { rows } = await db.query<{ project: string; step: StepId | null; session: CivilDate | null }>(
    `select project,
       (array_agg(step order by opened_at desc nulls last) filter (where outcome is null and opened_at is not null)) [1] as step,
       min(part) filter (where kind = 'session' and outcome is null and part >= $2) as session
     from ask where edition = $1 and project is not null group by project`,
    [row.id, today],
  );
  return projects.map((project) => {
    const now = rows.find((r) => r.project === project.id);
    return {
      id: project.id,
      title: project.title,
      need: row.file.needs.find((need) => need.id === project.need)?.title ?? '',
      directorate: people.get(project.directorate)?.name ?? '',
      status: project.status,
      ...(now?.step ? { step: now.step } : {}),
      ...(project.outcome === null ? {} : { outcome: project.outcome }),
      ...(now?.session ? { nextSession: now.session } : {}),
    };
  });
}

/** The phase an edition's row names, if it is one. */
export const phaseOf = (row: EditionRow, phases: readonly PhaseId[]): PhaseId | null => phases.find((phase) => phase === row.phase) ?? null;

/** Somebody whose address fails: who cannot be reached, or of whom one mail came back because of it since the address was given. */
export interface FailingAddress {
  id: string;
  name: string;
  role: string;
  email: string;
  since: Date;
  unreachable: boolean;
}

/** Whose mail comes back: those who cannot be reached first, then the longest first. */
export async function failingAddresses(db: Db, edition: string): Promise<FailingAddress[]> {
  const { rows } = await db.query<FailingAddress>(
    `select p.id, p.name, p.role, p.email, coalesce(p.unreachable_at, b.since) as since, p.unreachable_at is not null as unreachable
     from person p left join lateral (
       select min(b.at) as since from bounce b join outbox o on o.id = b.outbox
       where b.edition = p.edition and b.person = p.id and b.kind = 'hard'
         and ${toTheirAddress}) b on true
     where p.edition = $1 and (p.unreachable_at is not null or b.since is not null) order by unreachable desc, since, p.id`,
    [edition],
  );
  return rows;
}
