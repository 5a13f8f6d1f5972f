import { type Entry, type EventDays, type Foreseen, pitchAhead, sessionsOf, uidOf } from '../../domain/events.js';
import { seatedJurors } from '../../domain/kinds/seat.js';
import { finishOf } from '../../domain/lengths.js';
import { isHeard } from '../../domain/selection.js';
import { answersOf } from '../../store/asks.js';
import type { EventAskRow, Told } from '../../store/calendar.js';
import type { FactRow } from '../../store/facts.js';
import { ofRole, presentIn } from '../../store/people.js';
import type { ProjectRow } from '../../store/projects.js';
import { applicationsOf } from '../../store/selection.js';
import type { ReviewContext } from './context.js';
import { answersIn } from './people.js';

/** Whether the pitch is still prepared. */
export const isPreparing = ({ open }: ReviewContext): boolean => [...open.values()].some((ask) => ask.step === 'pitch-preparation');

/** Every event of an edition as it now stands, and in whose calendars it belongs. */
export async function foreseenIn(context: ReviewContext, told: Told): Promise<Foreseen[]> {
  const { known, asks } = told;
  const facts = await context.facts();
  const projects = await context.projects();
  const people = await context.people();
  const coordinators = ofRole(people, 'coordinator');
  const foreseen = [
    ...(await pitch(context, { asks, known, coordinators })),
    ...projects.flatMap((project) => sessions(project, { asks, facts, coordinators })),
    ...sittings(facts, { projects, coordinators }),
    ...introductions(told),
  ];
  const going = foreseen.filter((event) => takesPlace(event, projects));
  const there = going.every((event) => event.people.every((person) => people.has(person))) ? people : await context.everybody();
  const present = presentIn(there);
  return going.map((event) => ({
    ...event,
    people: [...new Set(event.people.flatMap((person) => present(person) ?? []))].filter((person) => there.has(person)),
  }));
}

/** What was to come of a project that has ended does not take place any more. */
function takesPlace({ project: id, first }: Foreseen, projects: readonly ProjectRow[]): boolean {
  const project = projects.find((p) => p.id === id);
  if (project === undefined || project.ended_on === null) return true;
  return project.outcome === 'dropped' ? first < project.ended_on : first <= project.ended_on;
}

/** The jury's day, from the moment the shortlisted are asked to prepare: for them, for who sits on it, for the coordinators. */
async function pitch(
  context: ReviewContext,
  { asks, known, coordinators }: { asks: readonly EventAskRow[]; known: readonly Entry[]; coordinators: string[] },
): Promise<Foreseen[]> {
  const { tx, edition, calendar, today } = context;
  if (!asks.some((ask) => ask.kind === 'prepare')) return [];
  const event = { kind: 'pitch', step: 'pitch' } as const;
  const announced = known.find((entry) => entry.uid === uidOf(edition.id, event) && entry.person === null && entry.state === 'confirmed');
  const score = asks.filter((ask) => ask.kind === 'score').sort((a, b) => a.generation - b.generation)[0];
  const days = score === undefined ? await ahead() : held(score);
  if (days === undefined) return [];
  if (days.last < today) return [{ ...event, ...days, people: [] }];
  const shortlisted = (await applicationsOf(tx, edition.id)).filter(isHeard).map((a) => a.person);
  const preparing = asks.filter((ask) => ask.kind === 'prepare').map(({ id }) => id);
  // whom an applicant named to come, and who said they would, is invited too
  const coming = (await answersOf(tx, preparing)).filter(({ seat, decision }) => decision === 'yes' && shortlisted.includes(seat));
  const people = [...(await seatedJurors(answersIn(context))), ...shortlisted, ...coming.map(({ person }) => person), ...coordinators];
  return [{ ...event, ...days, people: [...new Set(people)] }];

  function held({ day1, opens_at }: EventAskRow): EventDays {
    const length = edition.plan.pitch;
    if (length.kind === 'fixed') return { first: day1, last: finishOf(day1, length, calendar) };
    const day = calendar.dateOf(opens_at.getTime()); // a pinned one opens on its day
    return { first: day, last: day };
  }

  async function ahead(): Promise<EventDays | undefined> {
    const step = (await context.plan()).steps.find((planned) => planned.id === 'pitch');
    const daysOf = (span: { start: string | null; finish: string | null } | undefined) =>
      span === undefined || span.start === null || span.finish === null ? undefined : { first: span.start, last: span.finish };
    return pitchAhead({
      planned: daysOf(step?.earliest),
      latest: daysOf(step?.latest),
      announced,
      preparing: isPreparing(context),
      today,
    });
  }
}

/** The sessions of a project, once its roadmap is approved: for its applicant, the directorate that carries it, the coordinators. */
function sessions(
  { id, applicant, directorate }: ProjectRow,
  { asks, facts, coordinators }: { asks: readonly EventAskRow[]; facts: readonly FactRow[]; coordinators: string[] },
): Foreseen[] {
  const fixed = facts.findLast((fact) => fact.what === 'sessions' && fact.project === id);
  const own = asks.filter((ask) => ask.project === id);
  return sessionsOf(fixed?.items ?? [], own).map(({ part, day }) => ({
    ...{ kind: 'session', step: 'field', project: id, part, first: day, last: day },
    people: [applicant, directorate, ...coordinators],
  }));
}

/** The sittings that circuits go to, once their file is in; one that is adjourned moves to the next. */
function sittings(
  facts: readonly FactRow[],
  { projects, coordinators }: { projects: readonly ProjectRow[]; coordinators: string[] },
): Foreseen[] {
  const last = new Map<string, FactRow>();
  for (const fact of facts) if (fact.what === 'sitting') last.set(`${fact.step} ${fact.project} ${fact.version}`, fact);
  return [...last.values()].flatMap(({ step, project, version, items }) => {
    const [day] = items ?? [];
    const carrier = projects.find((p) => p.id === project)?.directorate;
    if (day === undefined) return [];
    return [
      {
        ...{ kind: 'sitting' as const, step, first: day, last: day },
        ...(project === null ? {} : { project }),
        ...(version > 1 ? { part: `v${version}` } : {}),
        people: [...coordinators, ...(carrier === undefined ? [] : [carrier])],
      },
    ];
  });
}

/** Introductions, once both sides are asked: on the day by which they should have met, in the calendars of the two. */
function introductions({ asks, introductions }: Told): Foreseen[] {
  const asked = asks.filter((ask) => ask.kind === 'introduction').sort((a, b) => a.generation - b.generation);
  return introductions.flatMap(({ project, id, person, applicant }) => {
    const ask = asked.findLast((one) => one.project === project && one.part === id);
    if (ask === undefined) return [];
    return [
      {
        ...{ kind: 'introduction' as const, step: 'introductions' as const, project, part: id, first: ask.due, last: ask.due },
        people: [person, applicant],
      },
    ];
  });
}
