import { type CivilDate, earlierOf } from '../domain/calendar.js';
import type { StepFacts } from '../domain/plan.js';
import { CIRCUIT_STEP_IDS, type StepId } from '../domain/steps.js';
import type { AskRow } from './asks.js';
import type { Db } from './db.js';
import { isCurrent } from './generations.js';

/** A recorded fact. */
export interface FactRow {
  id: string;
  what: string;
  step: StepId;
  project: string | null;
  version: number;
  generation: number;
  recorded_at: Date;
  recorded_on: CivilDate;
  outcome: string | null;
  items: string[] | null;
}

/** Records a fact, once. */
export async function insertFact(db: Db, edition: string, fact: Omit<FactRow, 'recorded_at'> & { at: number }): Promise<void> {
  await db.query(
    `insert into fact (id, edition, what, step, project, version, recorded_at, recorded_on, outcome, items, generation)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
    [
      fact.id,
      edition,
      fact.what,
      fact.step,
      fact.project,
      fact.version,
      new Date(fact.at),
      fact.recorded_on,
      fact.outcome,
      fact.items,
      fact.generation,
    ],
  );
}

/** Every fact of an edition ($1) that counts, oldest first. */
export const everyFact = `select id, what, step, project, version, generation, recorded_at, recorded_on, outcome, items from fact
  where edition = $1 and ${isCurrent('fact')} order by recorded_at, id`;

/** Every fact of an edition that counts, oldest first. */
export const factsOf = async (db: Db, edition: string): Promise<FactRow[]> => (await db.query<FactRow>(everyFact, [edition])).rows;

/** What a step has lived so far: its last version only. */
export interface LivedStep {
  step: StepId;
  project: string | null;
  version: number;
  /** Civil date of the opening of its first ask (of its last version). */
  started: CivilDate;
  /** Day 1 of its length. */
  day1: CivilDate;
  finished?: CivilDate;
  outcome?: string;
}

/** The document whose version a circuit's asks carry. */
const documentStep: Partial<Record<StepId, StepId>> = {
  'diagnosis-approval': 'diagnosis',
  'selection-approval': 'pitch',
  'roadmap-approval': 'roadmap',
};

/** What one version of a step has lived: from the opening of its first ask. */
export type LivedVersion = Pick<LivedStep, 'step' | 'project' | 'version' | 'started' | 'day1'>;

/** A version of a step, and the instant at which its first ask opened. */
export type StartedVersion<Instant> = Omit<LivedVersion, 'started'> & { started: Instant };

/** Every version of every step of an edition ($1) that counts. */
export const everyVersion = `select step, project, version, min(coalesce(opened_at, opens_at)) as started, min(day1) as day1 from ask
  where edition = $1 and kind <> 'decide' and (opened_at is not null or kind <> 'session') and ${isCurrent('ask')} group by step, project, version`;

/** What every step has lived, per project from the introductions on: its last version. */
export async function livedSteps(db: Db, edition: string, dateOf: (at: number) => CivilDate): Promise<LivedStep[]> {
  const { rows } = await db.query<StartedVersion<Date>>(everyVersion, [edition]);
  const versions = rows.map((row) => ({ ...row, started: dateOf(row.started.getTime()) }));
  return lastVersions(versions, await factsOf(db, edition));
}

/** After a send-back, a step and what follows it have lived their last version only: an older one no longer counts. */
export function lastVersions(versions: readonly LivedVersion[], facts: readonly FactRow[]): LivedStep[] {
  const finished = facts.filter((fact) => fact.what === 'finished');
  const key = (step: string, project: string | null) => `${step}/${project ?? ''}`;
  const newest = new Map<string, number>();
  for (const { step, project, version } of versions) newest.set(key(step, project), Math.max(version, newest.get(key(step, project)) ?? 1));
  const current = ({ step, project }: LivedVersion) =>
    Math.max(newest.get(key(documentStep[step] ?? step, project)) ?? 1, newest.get(key(step, project)) ?? 1);

  const lived: LivedStep[] = [];
  for (const { step, project, version, started, day1 } of versions.filter((one) => one.version === current(one))) {
    const fact = finished.findLast((f) => f.step === step && f.project === project && f.version === version);
    lived.push({
      step,
      project,
      version,
      started,
      day1,
      ...(fact === undefined ? {} : { finished: fact.recorded_on, outcome: fact.outcome ?? 'complete' }),
    });
  }
  for (const { step, project, version, recorded_on: on, outcome } of finished)
    if (outcome === 'skipped' && !lived.some((one) => one.step === step && one.project === project))
      lived.push({ step, project, version, started: on, day1: on, finished: on, outcome });
  return lived;
}

/** The first day of a step that is over: of its length, unless all was answered before that began. */
const startOf = ({ started, day1 }: LivedStep, finished: CivilDate): CivilDate => (finished < day1 ? earlierOf(started, finished) : day1);

/** What a plan needs of what was lived, for one thread: the edition's own steps, and the given project's. */
export function planFacts(
  lived: readonly LivedStep[],
  project: string | undefined,
  sittings: readonly FactRow[],
): Partial<Record<StepId, StepFacts>> {
  const steps: Partial<Record<StepId, StepFacts>> = {};
  for (const step of lived) {
    if (step.project !== null && step.project !== project) continue;
    steps[step.step] = step.finished === undefined ? { start: step.day1 } : { start: startOf(step, step.finished), finish: step.finished };
  }
  for (const id of CIRCUIT_STEP_IDS) {
    const facts = steps[id];
    const fact = sittings.findLast((f) => f.what === 'sitting' && f.step === id && (f.project === null || f.project === project));
    if (facts !== undefined && facts.finish === undefined && fact?.items?.[0] !== undefined) facts.sitting = fact.items[0];
  }
  return steps;
}

/** The days after a day on which a project has a session, or another ask is moving one to: two on one day would be one question. */
export async function takenDays(
  db: Db,
  { id, edition, project }: Pick<AskRow, 'id' | 'edition' | 'project'>,
  after: CivilDate,
): Promise<CivilDate[]> {
  const { rows } = await db.query<{ day: CivilDate }>(
    `select day from (
       select s.part as day from ask s where s.edition = $1 and s.project = $2 and s.kind = 'session' and ${isCurrent('s')}
         and not exists (select 1 from ask d where d.about = s.id and d.kind = 'decide' and d.result = 'move')
       union
       select p.answer->>'date' from ask d join ask_person p on p.ask = d.id
       where d.edition = $1 and d.project = $2 and d.step = 'field' and d.kind = 'decide' and d.outcome is null and d.id <> $3
         and p.closed = 'answered' and p.decision = 'move') taken
     where day > $4 order by day`,
    [edition, project, id, after],
  );
  return rows.map(({ day }) => day);
}

/** The days of each project's field sessions in an edition ($1) as they now stand: a session that was moved counts on its new day only. */
export const everySession = `select s.project, s.part as day from ask s where s.edition = $1 and s.kind = 'session'
  and ${isCurrent('s')} and not exists (select 1 from ask d where d.about = s.id and d.kind = 'decide' and d.result = 'move') order by s.part`;
