import type { ActivityDeps } from '../activities/index.js';
import type { Raw } from '../domain/asks/forms.js';
import type { AskKind } from '../domain/asks.js';
import { type Calendar, type CalendarSource, type CivilDate, calendarOf } from '../domain/calendar.js';
import type { StepId } from '../domain/steps.js';
import type { AskView } from '../domain/view.js';
import { answer } from '../store/acts/answer.js';
import { saveApplication, startApplication } from '../store/acts/application.js';
import { delegate } from '../store/acts/delegate.js';
import type { Act } from '../store/acts/place.js';
import type { Store } from '../store/db.js';
import { type InJson, listOf, withInstants } from '../store/json.js';
import { viewNow } from '../store/views/index.js';
import type { Remembered } from './guarantees.js';

/** One person's open place in one open ask, as a script sees it before it decides when that person acts. */
export interface OpenPlace {
  ask: string;
  kind: AskKind;
  step: StepId;
  project: string | null;
  part: string | null;
  version: number;
  generation: number;
  person: string;
  role: string;
  seat: string;
  joined: string;
  due: CivilDate;
  /** The day on which this person was asked. */
  asked: CivilDate;
  /** The days on which this person was reminded of it, in order. */
  reminded: CivilDate[];
}

/**
 * When somebody acts, at a local time `HH:MM`: so many working days after they were asked, or after (before, if negative) the ask's due
 * date, or on a day. `quiet`: what they do then changes something for others only if it is the last answer that their ask waits for.
 */
export type Moment = { time: string; quiet?: true } & ({ afterWorkingDays: number } | { workingDaysAfterDue: number } | { on: CivilDate });

/** What somebody does: answers, or names a substitute. */
export type Deed = { answer: Raw } | { delegate: { name: string; email: string } };

/** An applicant of the call: begins and submits (or never does) so many working days after it opened. */
export interface ScriptedApplicant {
  name: string;
  email: string;
  title: string;
  need: string;
  summary: string;
  relay?: string;
  begins: Moment | ((call: Pick<OpenPlace, 'asked' | 'due'>) => Moment);
  /** When the draft is submitted, as far as can be told from the reminders it got; left out, or answering undefined: not (yet). */
  submits?: Moment | ((draft: Pick<OpenPlace, 'person' | 'asked' | 'due' | 'reminded'>) => Moment | undefined);
  /** Which opening of the call it is submitted to, when the call is opened again; left out, the first. */
  inCall?: number;
}

/** How the people of an edition behave. What they do is a function of the ask, never of the order in which it is read. */
export interface Script {
  when(place: OpenPlace): Moment | undefined;
  deed(view: AskView): Deed;
  /** What applicants answer to a form of the edition's own; left out where there is none. */
  applies?(view: AskView): Raw;
  applicants: readonly ScriptedApplicant[];
}

interface PlaceRow extends Omit<OpenPlace, 'asked' | 'reminded'> {
  request: string;
  since: Date;
  reminded: CivilDate[] | null;
}

/**
 * The days on which each holder `person` of an open ask `ask` of the edition `$1` was reminded of it, as `r`: a session is announced before its
 * day, which reminds of nothing.
 */
const reminders = `(select r.ask, r.person, array_agg(r.claimed_on::text order by r.claimed_at) as days from rung r join ask a on a.id = r.ask
    where a.edition = $1 and a.outcome is null and r.about = '' and r.rung <> 'opening' and r.outbox is not null and r.claimed_at >= a.opened_at
    group by r.ask, r.person) r`;

/** An application begun, as its applicant sees it. */
interface Draft {
  email: string;
  request: string;
  state: string;
  person: string;
  joined: Date;
  reminded: CivilDate[] | null;
}

/** Something that somebody is about to do. `quiet`: it wakes nobody, unless it fills the last of the seats that its ask waits for. */
export interface Coming {
  /** Business instant, epoch ms. */
  at: number;
  /** Does it, at a real instant. */
  act(realNow: number): Promise<unknown>;
  quiet?: { ask: string; seat: string; openSeats: number };
}

/** How people act: by the functions of the store themselves, or by whatever stands before them (pages, in a test). */
export interface Acting {
  answer: typeof answer;
  delegate: typeof delegate;
  startApplication: typeof startApplication;
  saveApplication: typeof saveApplication;
}

/** The people of an edition: who they are, and how they act. */
export interface Cast {
  store: Store;
  edition: string;
  script: Script;
  /** Hears of every answer and delegation that was taken: people remember what they did, whatever the database says. */
  did?: (deed: Remembered) => void;
  acting?: Acting;
  /** Whether an answer that its form refuses is a mistake of the script; false: somebody answers nothing then, where others have acted by hand. */
  strict?: boolean;
  /** Whether the script plays somebody; left out, everybody. */
  plays?: (person: string) => boolean;
}

/**
 * The people of one edition: they write through the same store functions as everybody, at their own virtual instants. As in an installation,
 * an act that settles nothing wakes nobody, and `sweep` sends its receipt.
 */
export function scriptedPeople({
  sweep,
  ...cast
}: Cast & {
  /** Sends what is due at a business instant; left out, every act wakes somebody who does. */
  sweep?: (at: number, epoch: number) => Promise<unknown>;
}): NonNullable<ActivityDeps['people']> {
  let clock = 0;
  /** The instant of whatever comes next, as far as it is known: what others open makes it unknown until somebody asks. */
  let upcoming = 0;
  const coming = actsToCome(cast);
  return {
    async actUntil(at) {
      clock = at;
      if (at < upcoming) return;
      for (let guard = 0; guard < 10_000; guard++) {
        const { acts, standing } = await coming();
        const [next, then] = acts;
        if (next === undefined || next.at > at) return;
        await next.act(next.at - standing.clock_offset_ms);
        if (next.quiet) await sweep?.(next.at, standing.epoch);
        if (then === undefined || then.at > at) return; // whoever is asked by an act answers later than it
      }
      throw new Error('the people of this edition never stop acting at one instant');
    },
    async nextAct() {
      const acts = (await coming()).acts.filter((act) => act.at > clock);
      upcoming = acts[0]?.at ?? Number.POSITIVE_INFINITY;
      return sweep === undefined ? (acts[0]?.at ?? null) : firstHeard(acts);
    },
  };
}

/** Reads what the people of an edition are about to do, in order; of one that does not run, nothing. Whatever was refused is not tried again. */
export function actsToCome({
  store,
  edition,
  script,
  did,
  acting = { answer, delegate, startApplication, saveApplication },
  strict = true,
  plays = () => true,
}: Cast): () => Promise<{ acts: Coming[]; standing: StandingRow }> {
  let calendar: Calendar | undefined;
  /** Places that took no act: it came too late, or in vain. Nobody tries twice. */
  const refused = new Set<string>();

  async function coming(): Promise<{ acts: Coming[]; standing: StandingRow }> {
    const { rows: found } = await store.pool.query<StandingRow>(standingOf, [edition]);
    const [standing] = found;
    if (standing === undefined) throw new Error(`there is no edition ${edition}`);
    if (standing.status !== 'running' && standing.status !== 'paused') return { acts: [], standing }; // a pause stops nobody's answer
    calendar ??= calendarOf(standing.territory);
    const days = calendar;
    const rows = standing.places.map((place) => withInstants<PlaceRow, 'since'>(place, ['since']));
    const open = new Map<string, Set<string>>();
    for (const { ask, seat } of rows) open.set(ask, (open.get(ask) ?? new Set()).add(seat));
    const places = rows.flatMap((place): Coming[] => {
      if (refused.has(place.request) || !plays(place.person)) return [];
      const asked = days.dateOf(place.since.getTime());
      const moment = script.when({ ...place, asked, reminded: place.reminded ?? [] });
      if (moment === undefined) return [];
      const quiet = moment.quiet && { ask: place.ask, seat: place.seat, openSeats: open.get(place.ask)?.size ?? 0 };
      return [{ at: instantOf(place, moment, days), act: (realNow) => perform(place.request, realNow), ...(quiet && { quiet }) }];
    });
    const acts = [...places, ...(await applicants(standing, days))].sort((a, b) => a.at - b.at);
    return { acts, standing };
  }

  async function perform(request: string, realNow: number): Promise<void> {
    const view = await viewNow(store, request, { realNow });
    if (view === undefined) return;
    const deed = script.deed(view);
    const done =
      'answer' in deed
        ? await acting.answer(store, { request, raw: deed.answer, realNow })
        : await acting.delegate(store, { request, ...deed.delegate, realNow });
    if (!done.ok && done.reason === 'invalid' && strict)
      throw new Error(`${view.ask.id}: the script's answer is refused: ${JSON.stringify(done.problems)}`);
    if (!done.ok) refused.add(request);
    else did?.({ ask: view.ask.id, person: view.person.id, at: view.at, did: 'answer' in deed ? 'answered' : 'delegated' });
  }

  async function applicants({ call }: StandingRow, days: Calendar): Promise<Coming[]> {
    if (call === null) return [];
    const opened = { since: new Date(call.since), due: call.due };
    const { rows: begun } = await store.pool.query<Draft>(
      `select h.email, p.request, d.state, p.person, p.joined_at as joined, r.days as reminded
       from application d join person h on h.edition = d.edition and h.id = d.person
       join ask_person p on p.ask = $2 and p.person = d.person left join ${reminders} on r.ask = p.ask and r.person = p.person
       where d.edition = $1`,
      [edition, call.id],
    );
    return script.applicants.flatMap(({ begins, submits, inCall = 1, ...applicant }): Coming[] => {
      const own = begun.find((b) => b.email === applicant.email);
      const key = own?.request ?? applicant.email;
      if (refused.has(key)) return [];
      const tried = async (done: Promise<Act>) => {
        const { ok, ...why } = await done;
        if ('reason' in why && why.reason === 'invalid') throw new Error(`an application of the script is not one: ${JSON.stringify(why)}`);
        if (!ok) refused.add(key);
      };
      if (own === undefined) {
        const begin = (realNow: number) => tried(acting.startApplication(store, { edition, ...applicant, realNow }));
        const moment = typeof begins === 'function' ? begins({ asked: days.dateOf(opened.since.getTime()), due: call.due }) : begins;
        return [{ at: instantOf(opened, moment, days), act: begin }];
      }
      if (!plays(own.person) || own.state === 'submitted' || submits === undefined || call.generation < inCall) return [];
      const draft = { ...own, asked: days.dateOf(own.joined.getTime()), due: call.due, reminded: own.reminded ?? [] };
      const moment = typeof submits === 'function' ? submits(draft) : submits;
      if (moment === undefined) return [];
      const { title, need, summary } = applicant;
      const submit = async (realNow: number) => {
        const view = script.applies === undefined ? undefined : await viewNow(store, own.request, { realNow });
        const raw = { ...(view === undefined ? {} : script.applies?.(view)), title, need, summary };
        return tried(acting.saveApplication(store, { request: own.request, raw, submit: true, realNow }));
      };
      // the closing, and nothing else, ends a call
      const quiet = { ask: call.id, seat: own.request, openSeats: Number.POSITIVE_INFINITY };
      return [{ at: Math.max(instantOf(opened, moment, days), minuteAfter(own.joined)), act: submit, quiet }];
    });
  }

  return coming;
}

/** Whoever was named by somebody behaves as people of that one's role do. */
const roleOfPrincipal = `(select b.role from ask_person d join person b on b.edition = d.edition and b.id = d.on_behalf_of
  where d.edition = p.edition and d.person = p.person and d.joined = 'delegate' order by d.joined_at limit 1)`;

/** Every place that somebody could still fill. */
const openPlaces = `select a.id as ask, a.kind, a.step, a.project, a.part, a.version, a.generation, p.person,
    case when q.role <> 'delegate' then q.role else ${roleOfPrincipal} end as role, p.seat, p.joined, p.request,
    a.due, greatest(a.opened_at, p.joined_at) as since, r.days as reminded
  from ask a join ask_person p on p.ask = a.id join person q on q.edition = p.edition and q.id = p.person
    left join ${reminders} on r.ask = p.ask and r.person = p.person
  where a.edition = $1 and a.outcome is null and a.opened_at is not null and p.closed is null and a.kind <> 'apply'
    and not exists (select 1 from ask_person o where o.ask = p.ask and o.seat = p.seat and o.closed in ('answered', 'declined'))
  order by a.id, p.person`;

/** How an edition stands, and its call while that is open. */
export interface StandingRow {
  status: string;
  epoch: number;
  clock_offset_ms: number;
  territory: CalendarSource;
  call: { id: string; since: string; due: CivilDate; generation: number } | null;
  /** Every place that somebody could still fill, of an edition that runs. */
  places: InJson<PlaceRow, 'since'>[];
}
const standingOf = `select e.status, e.epoch, e.clock_offset_ms, e.file->'territory' as territory,
    (select jsonb_build_object('id', a.id, 'since', a.opened_at, 'due', a.due, 'generation', a.generation) from ask a
     where a.edition = e.id and a.kind = 'apply' and a.outcome is null and a.opened_at is not null) as call,
    ${listOf(openPlaces)} as places
  from edition e where e.id = $1`;

/** The instant of a moment: nobody answers before they were asked; to the minute, so that a life does not depend on a machine's milliseconds. */
function instantOf({ since, due }: Pick<PlaceRow, 'since' | 'due'>, moment: Moment, calendar: Calendar): number {
  const day =
    'on' in moment
      ? moment.on
      : 'afterWorkingDays' in moment
        ? calendar.add(calendar.dateOf(since.getTime()), moment.afterWorkingDays)
        : calendar.add(due, moment.workingDaysAfterDue);
  return Math.max(calendar.instantAt(day, moment.time), minuteAfter(since));
}

const minuteAfter = (since: Date): number => (Math.floor(since.getTime() / 60_000) + 1) * 60_000;

/** The instant of the first act that changes something for others: one that is not quiet, or fills the last seat that its ask waits for. */
function firstHeard(acts: readonly Coming[]): number | null {
  const filled = new Map<string, Set<string>>();
  for (const { at, quiet } of acts) {
    if (quiet === undefined) return at;
    const seats = (filled.get(quiet.ask) ?? new Set<string>()).add(quiet.seat);
    filled.set(quiet.ask, seats);
    if (seats.size >= quiet.openSeats) return at;
  }
  return null;
}
