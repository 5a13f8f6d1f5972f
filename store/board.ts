import { askedOf, type Claimed, outlook, substituteFor, type Target, targetKey, targetsOf } from '../domain/asks/outlook.js';
import type { OpenAsk } from '../domain/asks/place.js';
import { filledSeats } from '../domain/asks/seats.js';
import { type AskKind, askKinds } from '../domain/asks.js';
import { type Calendar, type CivilDate, calendarOf } from '../domain/calendar.js';
import { kinds } from '../domain/kinds/index.js';
import type { PhaseId, StepId } from '../domain/steps.js';
import { type AskRow, holdersOf, placeOf, timesOf } from './asks.js';
import type { Db } from './db.js';
import { type EditionRow, listEditions } from './editions.js';
import { inEach } from './json.js';
import { inOrder, knownOf, type PersonRow } from './people.js';
import { type PlanColumns, type PlanInputs, planColumns, planInputsOf } from './plans.js';
import { claimedRungs } from './rungs.js';
import { type Standing, standingsOf } from './standing.js';
import { toTheirAddress } from './undelivered.js';

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
  /** The mails that leave by themselves until the ask ends, if nobody answers, in their order. */
  coming: { at: number; what: 'reminder' | 'substitute' | 'escalation' }[];
}

/** More lines than these are not told of those who are waited for. */
const mostWaited = 200;

/** Who blocks what, the longest waited for first. At most one line per person and ask; a substitute is shown under the person asked. */
export async function waitingOn(db: Db, row: EditionRow, at: number, known?: Standing): Promise<Waiting[]> {
  return (await waitingIn(db, [{ row, at }], known && new Map([[row.id, known]]))).get(row.id) ?? [];
}

/** The same of several editions, each at its instant, by their id: four statements, however many they are. */
export async function waitingIn(
  db: Db,
  editions: readonly { row: EditionRow; at: number }[],
  known?: ReadonlyMap<string, Standing>,
): Promise<Map<string, Waiting[]>> {
  const { rows: asks } = await db.query<AskRow>(
    `select id, edition, step, kind, project, part, version, generation, opened_at, opens_at, due, due_at, ends_at from ask
     where edition = any($1) and outcome is null and opened_at is not null order by opened_at, id`,
    [editions.map(({ row }) => row.id)],
  );
  const holders = await holdersOf(
    db,
    asks.map((ask) => ask.id),
  );
  const standings =
    known ??
    (await standingsOf(
      db,
      editions.map(({ row }) => row),
    ));
  const waits = editions.flatMap(({ row, at }) => {
    const standing = standings.get(row.id);
    if (standing === undefined) return [];
    const silent = asks
      .filter(({ edition, kind }) => edition === row.id && kinds[kind].ladder !== 'drafts') // whoever began a draft is nobody's to wait for
      .flatMap((ask) => {
        const places = holders.get(ask.id) ?? [];
        const filled = filledSeats(places);
        const asked = askedOf(places);
        const seated = places.map(placeOf);
        return places.flatMap((place) => {
          const person = standing.people.get(place.person);
          const isWaitedFor = place.closed === null && !filled.has(place.seat) && place.joined !== 'substitute';
          return person !== undefined && isWaitedFor ? [{ ask, seated, asked, place, person }] : [];
        });
      })
      .slice(0, mostWaited);
    return [{ row, at, standing, silent }];
  });
  const everySilent = waits.flatMap(({ silent }) => silent);
  const claimed = await claimedRungs(
    db,
    [...new Set(everySilent.map(({ ask }) => ask.id))],
    everySilent.flatMap(({ person: { id, substitute } }) => [id, substitute ?? id]),
  );
  return new Map(
    waits.map(({ row, at, standing: { people, inputs }, silent }) => {
      const calendar = calendarOf(row.file.territory);
      const today = calendar.dateOf(at);
      const projects = new Map(inputs.projects.map((p) => [p.id, p]));
      const around = { known: knownOf(people), inOrder: inOrder(people), calendar };
      const lines = silent.map(({ ask, seated, asked, place, person }): Waiting => {
        const times = timesOf(ask);
        const opened = calendar.dateOf(Math.max(times.openedAt, place.joined_at.getTime()));
        const project = ask.project === null ? undefined : projects.get(ask.project);
        const own = placeOf(place);
        const substitute = substituteFor(times, own, { ...around, places: seated });
        const stands = seated.some((other) => other.person === substitute) ? people.get(substitute ?? '') : undefined;
        const next = { ask: times, claimed: claimed.get(ask.id), people, at, calendar };
        const targets = targetsOf(times, own, { ...around, asked }).filter(
          ({ target }) => target.substitutes === undefined || (target.addressee === substitute && stands === undefined),
        );
        const coming = comingOf(targets, next);
        const nextAction = nextActionOf(coming, times);
        return {
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
          ...(stands === undefined ? {} : { substitute: { id: stands.id, name: stands.name } }),
          ...(nextAction === undefined ? {} : { nextAction }),
          coming: coming.map(({ at, target }) => ({ at, what: whatOf(target) })),
          ...(person.unreachable_at === null ? {} : { unreachable: calendar.dateOf(person.unreachable_at.getTime()) }),
        };
      });
      return [row.id, lines];
    }),
  );
}

interface Coming {
  at: number;
  target: Target;
  addressee: PersonRow;
}

const whatOf = ({ substitutes, about }: Target) =>
  substitutes !== undefined ? ('substitute' as const) : about === undefined ? ('reminder' as const) : ('escalation' as const);
const order = { substitute: 0, reminder: 1, escalation: 2 };

/** The mails that leave by themselves about a place, in their order; nothing leaves to whoever cannot be reached. */
function comingOf(targets: ReturnType<typeof targetsOf>, { ask, claimed, people, at, calendar }: NextMail): Coming[] {
  return targets
    .flatMap(({ target, steps }) => {
      const addressee = people.get(target.addressee);
      if (addressee === undefined || addressee.unreachable_at !== null) return [];
      const mails = outlook({ steps, claimed: claimed?.get(targetKey(target)) ?? [], at, endsAt: ask.endsAt, calendar });
      return mails.map((mail) => ({ at: mail.at, target, addressee }));
    })
    .sort((a, b) => a.at - b.at || order[whatOf(a.target)] - order[whatOf(b.target)]);
}

/** What the programme does next by itself about a place: the first mail to leave to anybody, or the ask's end. */
function nextActionOf([first]: readonly Coming[], ask: OpenAsk): Waiting['nextAction'] {
  if (first === undefined) return ask.endsAt === undefined ? undefined : { at: ask.endsAt, what: 'ends' };
  const what = whatOf(first.target);
  return { at: first.at, what, ...(what === 'substitute' ? { who: first.addressee.name } : {}) };
}

interface NextMail {
  ask: OpenAsk;
  claimed: ReadonlyMap<string, readonly Claimed[]> | undefined;
  people: ReadonlyMap<string, PersonRow>;
  at: number;
  calendar: Calendar;
}

/** An edition as lists show it: its row, what plans are made from, who is waited for and who cannot be reached, by name. */
export interface Listing {
  row: EditionRow;
  inputs: PlanInputs;
  waitingOn: string[];
  unreachable: string[];
  /** How many requests are open past the day on which they were due, and how many things fail. */
  late: number;
  incidents: number;
}

/** Whose ladder says nothing to anybody: whoever began a draft is nobody's to wait for. */
const untold = askKinds.filter((kind) => kinds[kind].ladder === 'drafts');
/** In SQL: the places `p` in asks `a` of people `q` who are waited for in an edition `e` that runs; `kinds`: those that are nobody's to wait for. */
const waiting = (
  kinds: string,
): string => `from ask a join ask_person p on p.ask = a.id join person q on q.edition = p.edition and q.id = p.person
    where e.status = 'running' and a.edition = e.id and a.outcome is null and a.opened_at is not null and a.kind <> all(${kinds})
      and p.closed is null and p.joined <> 'substitute'
      and not exists (select 1 from ask_person o where o.ask = p.ask and o.seat = p.seat and o.closed in ('answered', 'declined'))`;
/** In SQL: who is waited for in an edition `e` that runs, the longest first; `kinds`: those that are nobody's to wait for. */
const waited = (kinds: string): string => `select name from (
    select q.name, row_number() over (order by a.opened_at, a.id, p.person) as n
    ${waiting(kinds)}) w
  group by name order by min(n) limit ${mostWaited}`;
const unreached = `select p.name from person p where e.status in ('running', 'paused') and p.edition = e.id and p.unreachable_at is not null and p.left_at is null
  order by p.unreachable_at, p.id`;
const namesIn = (statement: string): string => `array(${statement})`;

/** The editions of some ids, or all, as lists show them, the latest started first: two statements, however many they are. */
export async function listings(db: Db, realNow: number, ids?: readonly string[]): Promise<Listing[]> {
  const editions = await listEditions(db, ids);
  const { rows } = await db.query<PlanColumns & { id: string; waiting: string[]; unreachable: string[]; late: number; incidents: number }>(
    `select e.id, ${inEach(planColumns)}, ${namesIn(waited('$2'))} as waiting, ${namesIn(unreached)} as unreachable,
       (select count(*)::int from ask a where a.edition = e.id and a.outcome is null and a.opened_at is not null and a.kind <> 'apply'
         and a.due_at < to_timestamp(($3::bigint + e.clock_offset_ms) / 1000.0)) as late,
       (select count(*)::int from incident i where i.edition = e.id and i.resolved_at is null) as incidents
     from edition e where e.id = any($1)`,
    [editions.map(({ id }) => id), untold, Math.round(realNow)],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return editions.flatMap((row) => {
    const one = found.get(row.id);
    return one === undefined
      ? []
      : [
          {
            row,
            inputs: planInputsOf(row, one),
            waitingOn: one.waiting,
            unreachable: one.unreachable,
            late: one.late,
            incidents: one.incidents,
          },
        ];
  });
}

/** How many lines `waitingIn` has of each edition that runs, the latest started first, where it has any. */
export async function waitingCounts(db: Db): Promise<{ id: string; lines: number }[]> {
  const { rows } = await db.query<{ id: string; lines: number }>(
    `select e.id, w.lines from edition e cross join lateral (select least(count(*), ${mostWaited}) as lines ${waiting('$1')}) w
     where w.lines > 0 order by e.started_at desc, e.id`,
    [untold],
  );
  return rows;
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
export async function projectStandings(db: Db, row: EditionRow, at: number, { inputs, people }: Standing): Promise<ProjectStanding[]> {
  const today = calendarOf(row.file.territory).dateOf(at);
  const { rows } = await db.query<{ project: string; step: StepId | null; session: CivilDate | null }>(
    `select project,
       (array_agg(step order by opened_at desc nulls last) filter (where outcome is null and opened_at is not null)) [1] as step,
       min(part) filter (where kind = 'session' and outcome is null and part >= $2) as session
     from ask where edition = $1 and project is not null group by project`,
    [row.id, today],
  );
  return inputs.projects.map((project) => {
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

/** Whose mail comes back, of those who take part: those who cannot be reached first, then the longest first. */
export async function failingAddresses(db: Db, edition: string): Promise<FailingAddress[]> {
  const { rows } = await db.query<FailingAddress>(
    `select p.id, p.name, p.role, p.email, coalesce(p.unreachable_at, b.since) as since, p.unreachable_at is not null as unreachable
     from person p left join lateral (
       select min(b.at) as since from bounce b join outbox o on o.id = b.outbox
       where b.edition = p.edition and b.person = p.id and b.kind = 'hard'
         and ${toTheirAddress}) b on true
     where p.edition = $1 and p.left_at is null and (p.unreachable_at is not null or b.since is not null) order by unreachable desc, since, p.id`,
    [edition],
  );
  return rows;
}
