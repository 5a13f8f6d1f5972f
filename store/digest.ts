import { nextSendingTime } from '../domain/asks/sending.js';
import type { ProjectOutcome } from '../domain/asks.js';
import { type Calendar, type CivilDate, calendarOf, laterOf } from '../domain/calendar.js';
import type { Coming, News, Part } from '../domain/digest.js';
import type { StepOutcome } from '../domain/facts.js';
import type { Plan } from '../domain/plan.js';
import { bodyOf } from '../domain/sittings.js';
import { isPerProject, type StepId } from '../domain/steps.js';
import type { Db } from './db.js';
import type { EditionRow } from './editions.js';
import type { FactRow } from './facts.js';
import { ofRole } from './people.js';
import { type PlanInputs, planFrom } from './plans.js';
import type { ProjectRow } from './projects.js';
import type { Standing } from './standing.js';

/** From when to when: epoch ms, the end left out. */
export interface Window {
  since: number;
  until: number;
}

/** How long after a step's last answer its end may be told, in milliseconds: an outage, at most. */
const answersReachBackMs = 31 * 86_400_000;

/** How long after they were made projects may be told for the first time, in milliseconds: the day after their letters, which wait for the end of a closure. */
const projectsToldLateMs = 62 * 86_400_000;

type Told = FactRow & { what: 'finished' | 'projects' | 'project-ended' };

interface Answered {
  step: StepId;
  project: string | null;
  kind: string;
  part: string | null;
  result: string | null;
  closed_at: Date;
  closed_on: CivilDate;
  /** Whose answers ended it. */
  by: string[];
}

/** Everything that moved in a window, whoever may read it; `standing`: the edition as it now is. */
export async function newsOf(
  db: Db,
  row: EditionRow,
  { since, until }: Window,
  { people, inputs }: Pick<Standing, 'people' | 'inputs'>,
): Promise<News[]> {
  const calendar = calendarOf(row.file.territory);
  const told = inputs.facts.filter(
    (fact): fact is Told =>
      fact.what === 'projects' ||
      ((fact.what === 'finished' || fact.what === 'project-ended') &&
        fact.recorded_at.getTime() >= since &&
        fact.recorded_at.getTime() < until),
  );
  const { rows: answered } = await db.query<Answered>(
    `select a.step, a.project, a.kind, a.part, a.result, a.closed_at, a.closed_on,
       array(select p.person from ask_person p where p.ask = a.id and p.closed_at = a.closed_at and p.closed in ('answered', 'declined')) as by
     from ask a where a.edition = $1 and a.closed_at >= $2 and a.closed_at < $3 and a.outcome <> 'cancelled' order by a.closed_at, a.id`,
    [row.id, new Date(since - answersReachBackMs), new Date(until)],
  );
  const { projects } = inputs;
  const coordinators = ofRole(people, 'coordinator');
  return [
    ...told.flatMap((fact) => newsOfFact(fact, { coordinators, calendar, answered, projects, since, until })),
    ...answered.filter((ask) => ask.closed_at.getTime() >= since).flatMap((ask) => newsOfAnswer(ask, { coordinators, projects })),
  ].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** Whether anything can have moved in a window, whoever may read it: projects, told some days late, count as if they had just been made. */
export async function mayHaveMoved(db: Db, edition: string, { since, until }: Window): Promise<boolean> {
  const instants = movedInstants({ since, until });
  const { rows } = await db.query<{ moved: boolean }>(`select ${movedBetween({ since: '$2', until: '$3', late: '$4' })} as moved`, [
    edition,
    instants.since,
    instants.until,
    instants.late,
  ]);
  return rows[0]?.moved === true;
}

/** In SQL: whether anything can have moved in an edition ($1) in a window; `late`: since when projects count. */
export const movedBetween = ({ since, until, late }: Record<'since' | 'until' | 'late', string>): string =>
  `(exists (select 1 from fact where edition = $1 and recorded_at < ${until} and (recorded_at >= ${since} or what = 'projects' and recorded_at >= ${late}))
    or exists (select 1 from ask where edition = $1 and closed_at >= ${since} and closed_at < ${until}))`;

/** The instants of such a window. */
export const movedInstants = ({ since, until }: Window): Record<'since' | 'until' | 'late', Date> => ({
  since: new Date(since),
  until: new Date(until),
  late: new Date(since - projectsToldLateMs),
});

interface Known {
  coordinators: readonly string[];
  projects: readonly ProjectRow[];
}

function newsOfFact(
  fact: Told,
  { coordinators, calendar, answered, projects, since, until }: Known & Window & { calendar: Calendar; answered: readonly Answered[] },
): News[] {
  const { step, recorded_on: on } = fact;
  const project = fact.project ?? undefined;
  const last = answered.findLast((ask) => ask.step === step && ask.project === fact.project && ask.closed_on <= on);
  switch (fact.what) {
    case 'finished':
      return [
        { what: 'finished', on, step, ...(project === undefined ? {} : { project }), outcome: outcomeOf(fact), known: last?.by ?? [] },
      ];
    case 'projects': {
      // not before the day after the letters: nobody reads it who still waits for theirs
      const left = calendar.dateOf(nextSendingTime(fact.recorded_at.getTime(), calendar));
      const from = calendar.endOfDay(left);
      if (from < since || from >= until) return [];
      return [{ what: 'projects', on: left, known: [...projects.map((p) => p.applicant), ...(last?.by ?? [])] }];
    }
    case 'project-ended': {
      const ended = projects.find((p) => p.id === project);
      if (ended === undefined || ended.outcome === null) return [];
      const outcome: ProjectOutcome = ended.outcome;
      return [{ what: 'project-ended', on, project: ended.id, outcome, known: [ended.applicant, ended.directorate, ...coordinators] }];
    }
  }
}

const outcomes: readonly string[] = [
  'complete',
  'partial',
  'none',
  'closed',
  'cancelled',
  'approved',
  'changes-requested',
  'refused',
  'undecided',
  'skipped',
];
const isOutcome = (text: string): text is StepOutcome => outcomes.includes(text);
const outcomeOf = ({ outcome }: Told): StepOutcome => (outcome !== null && isOutcome(outcome) ? outcome : 'complete');

function newsOfAnswer({ step, project: id, kind, part, result, closed_on: on, by }: Answered, { coordinators, projects }: Known): News[] {
  const project = id ?? undefined;
  const about = project === undefined ? {} : { project };
  if (kind === 'session' && project !== undefined && (result === 'yes' || result === 'no')) {
    const held = result === 'yes';
    return [{ what: 'session', on, project, day: part ?? on, held, known: held ? by : [...by, ...coordinators] }];
  }
  if (kind === 'approve' && result !== null && result !== 'approved')
    return [
      {
        what: 'sent-back',
        on,
        step,
        ...about,
        known: [
          ...by,
          ...writersOf(
            step,
            projects.find((p) => p.id === project),
            coordinators,
          ),
        ],
      },
    ];
  if (kind === 'sitting' && result === 'adjourned') return [{ what: 'adjourned', on, step, ...about, known: by }];
  return [];
}

/** Who is asked for the next version: that request tells them. */
function writersOf(step: StepId, project: ProjectRow | undefined, coordinators: readonly string[]): readonly string[] {
  if (project === undefined) return coordinators;
  return [step === 'outcome-approval' ? project.directorate : project.applicant];
}

/** What everybody who wants a digest and can be reached – or those named, if they do – has to do with an edition. */
export async function partsOf(
  db: Db,
  row: EditionRow,
  { projects }: Pick<PlanInputs, 'projects'>,
  people?: readonly string[],
): Promise<Part[]> {
  const { rows } = await db.query<{ id: string; role: string; named: boolean; asked: boolean; applied: boolean; meets: string[] }>(
    `select p.id, p.role, p.place is not null as named, q.person is not null as asked,
       exists (select 1 from application a where a.edition = p.edition and a.person = p.id and a.state = 'submitted' and not a.out)
         and not exists (select 1 from fact f where f.edition = p.edition and f.what = 'projects') as applied,
       array(select m.project from current_pair m where m.edition = p.edition and m.person = p.id) as meets
     from person p left join (select distinct person from ask_person where edition = $1 and (joined <> 'substitute' or closed = 'answered')) q
       on q.person = p.id
     where p.edition = $1 and p.digest and p.unreachable_at is null and ($2::text[] is null or p.id = any($2)) order by p.id`,
    [row.id, people ?? null],
  );
  return rows
    .filter(({ role, named }) => role === 'applicant' || named) // a delegate is neither
    .map(({ id, role, asked, applied, meets }) => ({
      person: id,
      role,
      asked,
      applied,
      juror: row.file.selection.jury.includes(id),
      carries: new Set(projects.filter((p) => p.applicant === id || p.directorate === id).map((p) => p.id)),
      meets: new Set(meets),
    }));
}

/** How far a digest looks ahead, in days: steps and sessions; what is set long before (the jury, a sitting). */
const nearDays = 28;
const farDays = 60;

/** The dates to come, whoever they concern, in order: as the plan now stands. */
export function comingOf(row: EditionRow, inputs: PlanInputs, at: number): Coming[] {
  const calendar = calendarOf(row.file.territory);
  const today = calendar.dateOf(at);
  const within = (on: CivilDate | null | undefined, days: number): on is CivilDate =>
    on !== null && on !== undefined && on >= today && on <= calendar.addDays(today, days);
  const isOver = (step: StepId, project: string | null) =>
    inputs.lived.some((lived) => lived.step === step && lived.project === project && lived.finished !== undefined);

  const ofPlan = (plan: Plan, project?: string): Coming[] =>
    plan.steps
      .filter(({ id }) => isPerProject(id) === (project !== undefined) && !isOver(id, project ?? null))
      .flatMap(({ id, earliest, session }): Coming[] => {
        const about = project === undefined ? {} : { project };
        const sitting = session?.earliest?.date;
        return [
          ...(within(earliest.finish, id === 'pitch' ? farDays : nearDays)
            ? [{ what: 'step' as const, step: id, on: earliest.finish, ...about }]
            : []),
          ...(session !== undefined && within(sitting, farDays)
            ? [{ what: 'sitting' as const, body: bodyOf(row.file, session.body).name, on: sitting, ...about }]
            : []),
        ];
      });

  const plan = planFrom(row, inputs, { at });
  const decided = inputs.facts.some((fact) => fact.what === 'projects');
  const decisions = plan.steps.find(({ id }) => id === 'selection-approval')?.earliest.finish;
  const running = inputs.projects.filter((project) => project.status === 'running').map(({ id }) => id);
  return [
    ...ofPlan(plan),
    ...running.flatMap((project) => ofPlan(planFrom(row, inputs, { at, project }), project)),
    ...running.flatMap((project): Coming[] => {
      const next = inputs.sessions.get(project)?.find((day) => within(day, nearDays));
      return next === undefined ? [] : [{ what: 'session', on: next, project }];
    }),
    ...(decided || decisions === null || decisions === undefined ? [] : [{ what: 'decisions' as const, on: laterOf(decisions, today) }]),
    { what: 'restitution' as const, on: laterOf(plan.target, today) },
  ].sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** What people still have to answer, whether or not they are asked in somebody's place: the places of theirs that nobody has filled. */
export async function openPlacesOf(
  db: Db,
  edition: string,
  people: readonly string[],
): Promise<{ person: string; ask: string; request: string }[]> {
  const { rows } = await db.query<{ person: string; ask: string; request: string }>(
    `select p.person, p.ask, p.request from ask a join ask_person p on p.ask = a.id
     where a.edition = $1 and a.outcome is null and a.opened_at is not null and p.closed is null and p.person = any($2)
       and not exists (select 1 from ask_person o where o.ask = p.ask and o.seat = p.seat and o.closed in ('answered', 'declined'))
     order by a.due_at, a.id`,
    [edition, people],
  );
  return rows;
}

/** What a mail of its own says to these people on the day that began at `since` (epoch ms): `person ask about`. A digest does not say it again. */
export async function mailedSince(
  db: Db,
  edition: string,
  { people, since }: { people: readonly string[]; since: number },
): Promise<Set<string>> {
  const { rows } = await db.query<{ said: string }>(
    `select distinct o.person || ' ' || (i->>'ask') || ' ' || coalesce(i->>'about', '') as said from outbox o, jsonb_array_elements(o.asks) i
     where o.edition = $1 and o.person = any($2) and o.state not in ('dropped', 'failed') and coalesce(o.sent_at, o.due_at) >= $3`,
    [edition, people, new Date(since)],
  );
  return new Set(rows.map(({ said }) => said));
}
