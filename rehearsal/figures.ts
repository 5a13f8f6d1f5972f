import { addDays, type Calendar, type CivilDate, calendarOf, earlierOf, laterOf } from '../domain/calendar.js';
import type { Edition } from '../domain/edition.js';
import { earliest } from '../domain/plan/earliest.js';
import type { Plan, StepFacts } from '../domain/plan.js';
import { isCircuitStep, STEP_IDS, STEPS, type StepId, successorsOf } from '../domain/steps.js';
import type { Minute, RehearsalDocument, RehearsedStep } from './document.js';

/** What one life tells of its dates: `odds` are made from many. */
export interface RunFigures {
  seed: number;
  /** null: it never took place. */
  restitution: CivilDate | null;
  /** Whether it took place on the target, or before. */
  holds: boolean;
  /** Working days after the target; 0 when it holds, null when it never took place. */
  lateWorkingDays: number | null;
  /** Where the least slack was left. */
  tightest: { step: StepId; project?: string; slackWorkingDays: number } | null;
  /** How many times a guarantee was violated. */
  violations: number;
  /** True: it never came to its end. */
  stopped: boolean;
  mails: number;
  projects: { id: string; outcome: string | null }[];
  /** In the programme's order; what was skipped is left out. */
  steps: StepFigures[];
}

/** What one step did to the slack in one life: that of the project with which it lost most. All in working days. */
export interface StepFigures {
  id: StepId;
  /** By how much it overran the length it was given, once it could begin, as far as nothing else held up what follows; null: it never ended. */
  slackLost: number | null;
  /** How much of it went into versions that were sent back. */
  sentBack: number;
  /** What was left, at its end, before what follows had to begin (or the file had to be in), with the project that had least; null for what has none. */
  slackLeft: number | null;
  /** A circuit that ends on a sitting: how long the file waited for it (null: it had none), whether a project's missed one that it could have had, or had none at all. */
  sitting?: { waited: number | null; missed: boolean; without: boolean };
}

/** What is decided when no sitting is left. */
export const noSitting = 'no-sitting';

type Row = RehearsedStep & { finished: CivilDate };
type Figures = StepFigures & { project?: string };
interface Lived {
  edition: Edition;
  plan: Plan;
  calendar: Calendar;
  document: RehearsalDocument;
}

/** The figures of one life, against the plan as foreseen. */
export function figuresOf({ edition, plan, document }: Omit<Lived, 'calendar'>): RunFigures {
  const calendar = calendarOf(edition.territory);
  const lived = { edition, plan, calendar, document };
  const rows = document.steps.filter(({ outcome }) => outcome !== 'skipped');
  const all = rows.map((row) => (row.finished === null ? unfinished(row) : figures({ ...row, finished: row.finished }, lived)));
  const restitution = document.steps.find(({ id }) => id === 'restitution')?.finished ?? null;
  const [tightest] = all.filter(({ slackLeft }) => slackLeft !== null).sort((a, b) => (a.slackLeft ?? 0) - (b.slackLeft ?? 0));
  const late = restitution === null ? null : Math.max(0, calendar.count(plan.target, restitution));
  return {
    seed: document.seed,
    restitution,
    holds: restitution !== null && restitution <= plan.target,
    lateWorkingDays: late,
    tightest: tightest
      ? { step: tightest.id, ...(tightest.project ? { project: tightest.project } : {}), slackWorkingDays: tightest.slackLeft ?? 0 }
      : null,
    violations: document.guarantees.reduce((sum, { violations }) => sum + violations.length, 0),
    stopped: document.stopped !== undefined,
    mails: document.mails.length,
    projects: document.projects,
    steps: STEP_IDS.flatMap((id) => worst(all.filter((one) => one.id === id)) ?? []),
  };
}

/** One row for all projects: the one that lost most, or never ended; the least slack that any had left. */
function worst(same: readonly Figures[]): StepFigures | undefined {
  const [most] = [...same].sort((a, b) => (b.slackLost ?? Number.POSITIVE_INFINITY) - (a.slackLost ?? Number.POSITIVE_INFINITY));
  if (most === undefined) return undefined;
  const { project, ...figures } = most;
  const left = same.flatMap(({ slackLeft }) => slackLeft ?? []);
  return {
    ...figures,
    slackLeft: left.length === 0 ? null : Math.min(...left),
    ...(figures.sitting
      ? {
          sitting: {
            waited: figures.sitting.waited,
            missed: same.some(({ sitting }) => sitting?.missed),
            without: same.some(({ sitting }) => sitting?.without),
          },
        }
      : {}),
  };
}

const unfinished = ({ id, project }: RehearsedStep): Figures => ({
  id,
  ...(project === undefined ? {} : { project }),
  slackLost: null,
  sentBack: 0,
  slackLeft: null,
});

function figures(row: Row, lived: Lived): Figures {
  const { id, project } = row;
  const { calendar } = lived;
  const begun = { id, ...(project === undefined ? {} : { project }) };
  const foreseen = foreseenOf(row, lived);
  const filed = foreseen.sits ? filedOn(row, lived) : undefined;
  const end = filed ?? row.finished;
  const sat = asksOf(row, lived).findLast(({ kind }) => kind === 'sitting')?.part;
  const expected = alongside(row, lived).reduce<CivilDate>(laterOf, foreseen.finish ?? end);
  const slackLost = Math.max(0, calendar.count(expected, end));
  const latest = latestEnd(row, lived, filed !== undefined);
  return {
    ...begun,
    slackLost,
    sentBack: Math.min(slackLost, sentBackDays(row, lived, end)),
    slackLeft: latest === null ? null : calendar.count(end, latest),
    ...(filed === undefined
      ? {}
      : {
          sitting: {
            waited: sat === undefined ? null : Math.max(0, calendar.count(filed, sat)),
            without: sat === undefined,
            missed: foreseen.sitting !== undefined && (sat === undefined || foreseen.sitting < sat),
          },
        }),
  };
}

/** When a step would have ended had it taken what it is given, counted from the real end of what came before it: the plan's own rule. */
function foreseenOf(
  { id, project }: Row,
  { edition, plan, calendar, document }: Lived,
): { finish: CivilDate | null; sits?: boolean; sitting?: CivilDate } {
  const before = document.steps.filter((row) => STEP_IDS.indexOf(row.id) < STEP_IDS.indexOf(id));
  if (id === 'restitution') {
    const last = before.flatMap(({ finished }) => finished ?? []).reduce<CivilDate>(laterOf, edition.start);
    return { finish: laterOf(plan.target, calendar.add(last, 1)) };
  }
  const steps: Partial<Record<StepId, StepFacts>> = {};
  for (const row of before)
    if (row.finished !== null && (row.project === undefined || row.project === project)) steps[row.id] = { finish: row.finished };
  const early = earliest(edition, { today: edition.start, steps }).get(id);
  const sitting = early?.session?.sitting?.date;
  if (early?.session) return { finish: early.session.stagesEnd, sits: true, ...(sitting === undefined ? {} : { sitting }) };
  return { finish: early?.finish ?? null };
}

/** When what follows waited for other steps too. */
const alongside = ({ id }: Row, { document }: Lived): CivilDate[] =>
  STEPS.filter(({ after }) => after.includes(id))
    .flatMap(({ after }) => after.filter((other) => other !== id))
    .flatMap((other) => document.steps.find((row) => row.id === other)?.finished ?? []);

/** The last day on which a step, or the file for its sitting, could end without moving what was planned at the latest after it. */
function latestEnd({ id, latestFinish }: Row, { edition, plan, calendar }: Lived, files: boolean): CivilDate | null {
  if (id === 'restitution' || (!isCircuitStep(id) && edition.plan[id].kind === 'pin')) return null;
  const planned = plan.steps.find((step) => step.id === id);
  if (files) return planned?.session?.latest?.fileBy ?? null;
  const starts = successorsOf(id).flatMap((next) => plan.steps.find((step) => step.id === next)?.latest.start ?? []);
  return starts.length === 0 ? latestFinish : calendar.add(starts.reduce(earlierOf), -1);
}

/** The day on which the file was ready for its sitting: all that comes before was answered, or decided upon. */
function filedOn(row: Row, lived: Lived): CivilDate | undefined {
  return lastOf(
    asksOf(row, lived).filter(({ kind, part, outcome }) => kind !== 'sitting' && part !== noSitting && outcome !== 'cancelled'),
  );
}

/** Working days between the end of a first version and the end of the last. */
function sentBackDays(row: Row, lived: Lived, end: CivilDate): number {
  const asks = asksOf(row, lived).filter(({ kind }) => kind !== 'decide' && kind !== 'sitting');
  const isRoundOnItsOwn = !isCircuitStep(row.id) || asks.some(({ kind }) => kind === 'proposal');
  if (!isRoundOnItsOwn || !asks.some(({ version }) => version > 1)) return 0;
  const first = lastOf(asks.filter(({ version }) => version === 1));
  return first === undefined ? 0 : Math.max(0, lived.calendar.count(first, end));
}

const asksOf = ({ id, project }: Row, { document }: Lived) => document.asks.filter((ask) => ask.step === id && ask.project === project);

const lastOf = (asks: readonly { closed: Minute | null }[]): CivilDate | undefined =>
  asks
    .flatMap(({ closed }) => (closed === null ? [] : dayOf(closed)))
    .sort()
    .at(-1);

/** The day of a minute; midnight ends the day before. */
export const dayOf = (minute: Minute): CivilDate =>
  minute.slice(11, 16) === '00:00' ? addDays(minute.slice(0, 10), -1) : minute.slice(0, 10);
