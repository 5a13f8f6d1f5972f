import { addDays, type CivilDate, calendarOf, mondayOf } from '../../domain/calendar.js';
import { type LivedStep, type LivedVersion, lastVersions } from '../../store/facts.js';
import { type PlanInputs, planFrom } from '../../store/plans.js';
import { grouped } from '../grouped.js';
import type { LivedAsk, LivedEdition } from '../record.js';

/** The working days that could still be lost, seen from one day; null where it could not be known. */
export interface SlackOn {
  on: CivilDate;
  slackWorkingDays: number | null;
}

/** The slack at an instant (epoch ms), of the edition or of one of its projects: what the console would have shown then; null where none can be told. */
export type SlackAt = (at: number, project?: string | null) => number | null;

/** What was known at an instant. */
export function inputsAt(
  record: Pick<LivedEdition, 'asks' | 'facts' | 'projects' | 'lived'>,
  until: number,
  calendar: ReturnType<typeof calendarOf>,
): PlanInputs {
  const date = calendar.dateOf(until);
  const facts = record.facts.filter((fact) => fact.recorded_at.getTime() <= until);
  const asks = record.asks.filter(({ openedAt }) => openedAt !== null && openedAt <= until);
  const born = facts.some(({ what }) => what === 'projects');
  const projects = born
    ? record.projects.map((project) =>
        project.ended_on !== null && project.ended_on <= date
          ? project
          : { ...project, status: 'running' as const, outcome: null, ended_on: null },
      )
    : [];
  return {
    facts,
    projects,
    lived: livedBy({ asks, facts, known: record.lived }, calendar),
    sessions: sessionsBy(record.asks, facts, until),
  };
}

/** The last version of each step, as far as it was lived; `known` is what it came to be in the end. */
function livedBy(
  { asks, facts, known }: { asks: readonly LivedAsk[]; facts: PlanInputs['facts']; known: readonly LivedStep[] },
  { dateOf, add }: ReturnType<typeof calendarOf>,
): LivedStep[] {
  const versions = grouped(
    asks.filter(({ kind }) => kind !== 'decide'),
    ({ step, project, version }) => `${step}/${project ?? ''}/${version}`,
  );
  const lived = [...versions.values()].flatMap(([first]): LivedVersion[] => {
    if (first === undefined || first.openedAt === null) return [];
    const { step, project, version } = first;
    const started = dateOf(first.openedAt);
    const end = known.find((one) => one.step === step && one.project === project && one.version === version);
    // an earlier version than the last opened as soon as the one before was sent back
    return [{ step, project, version, started, day1: end?.day1 ?? add(started, 1) }];
  });
  return lastVersions(lived, facts);
}

/** The days of each project's sessions, as they were set by then. */
function sessionsBy(asks: readonly LivedAsk[], facts: PlanInputs['facts'], until: number): Map<string, CivilDate[]> {
  const set = facts.filter(({ what }) => what === 'sessions');
  const moved = asks.filter(
    ({ kind, result, closedAt }) => kind === 'decide' && result === 'move' && closedAt !== null && closedAt <= until,
  );
  return new Map(
    set.map(({ project, items }) => {
      const own = moved.filter((ask) => ask.project === project);
      const gone = new Set(own.map(({ part }) => part?.replace(/^session-/, '')));
      const later = asks
        .filter((ask) => ask.kind === 'session' && ask.project === project && ask.generation > 1)
        .slice(0, own.length)
        .flatMap(({ part }) => part ?? []);
      return [project ?? '', [...new Set([...(items ?? []), ...later])].filter((day) => !gone.has(day)).sort()];
    }),
  );
}

/** The slack at any instant of a life. */
export function slackAtOf(record: LivedEdition): SlackAt {
  const { row } = record;
  const calendar = calendarOf(row.file.territory);
  return (at, project) => {
    const inputs = inputsAt(record, at, calendar);
    const own = project != null && inputs.projects.some(({ id }) => id === project) ? { project } : {};
    return planFrom(row, inputs, { at, ...own }).slackWorkingDays;
  };
}

/** The slack on the evening of each Monday from the first day to the last, and the least of them. */
export function slackWeeks(
  slackAt: SlackAt,
  { first, last, endOfDay }: { first: CivilDate; last: CivilDate; endOfDay(date: CivilDate): number },
): { weeks: SlackOn[]; least: SlackOn | undefined } {
  const weeks: SlackOn[] = [];
  for (let on = mondayOf(first); on <= last; on = addDays(on, 7))
    weeks.push({ on, slackWorkingDays: slackAt(endOfDay(on < first ? first : on) - 1) });
  const [least] = weeks
    .filter(({ slackWorkingDays }) => slackWorkingDays !== null)
    .sort((a, b) => (a.slackWorkingDays ?? 0) - (b.slackWorkingDays ?? 0) || (a.on < b.on ? -1 : 1));
  return { weeks, least };
}
