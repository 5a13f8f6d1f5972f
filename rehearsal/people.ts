import type { ActivityDeps } from '../activities/index.js';
import type { AskKind } from '../domain/asks.js';
import { type Calendar, type CivilDate, calendarOf } from '../domain/calendar.js';
import type { StepId } from '../domain/steps.js';
import type { AskView } from '../domain/view.js';
import { type Act, answer, delegate, type Raw, viewNow } from '../store/acts.js';
import { saveApplication, startApplication } from '../store/applying.js';
import type { Store } from '../store/db.js';
import { findEdition } from '../store/editions.js';

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
 * date, or on a day.
 */
export type Moment = { time: string } & ({ afterWorkingDays: number } | { workingDaysAfterDue: number } | { on: CivilDate });

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
  begins: Moment;
  /** When the draft is submitted, as far as can be told from the reminders it got; left out, or answering undefined: not (yet). */
  submits?: Moment | ((draft: Pick<OpenPlace, 'person' | 'asked' | 'due' | 'reminded'>) => Moment | undefined);
  /** Which opening of the call it is submitted to, when the call is opened again; left out, the first. */
  inCall?: number;
}

/** How the people of an edition behave. What they do is a function of the ask, never of the order in which it is read. */
export interface Script {
  when(place: OpenPlace): Moment | undefined;
  deed(view: AskView): Deed;
  applicants: readonly ScriptedApplicant[];
}

interface PlaceRow extends Omit<OpenPlace, 'asked' | 'reminded'> {
  request: string;
  since: Date;
  reminded: CivilDate[] | null;
}

/** The days on which the holder of a place `p` in an ask `a` was reminded of it: a session is announced before its day, which reminds of nothing. */
const remindedDays = `(select array_agg(r.claimed_on::text order by r.claimed_on) from rung r where r.ask = p.ask and r.person = p.person
  and r.about = '' and r.rung <> 'opening' and r.outbox is not null and r.claimed_at >= a.opened_at)`;

/** An application begun, as its applicant sees it. */
interface Draft {
  email: string;
  request: string;
  state: string;
  person: string;
  joined: Date;
  reminded: CivilDate[] | null;
}

/** The people of one edition: they write through the same store functions as everybody, at their own virtual instants. */
export function scriptedPeople({
  store,
  edition,
  script,
}: {
  store: Store;
  edition: string;
  script: Script;
}): NonNullable<ActivityDeps['people']> {
  let clock = 0;
  /** Places that took no act: it came too late, or in vain. Nobody tries twice. */
  const refused = new Set<string>();

  async function pending(): Promise<{ at: number; act: (realNow: number) => Promise<unknown> }[]> {
    const row = await findEdition(store.pool, edition);
    if (row === undefined || row.status !== 'running') return [];
    const calendar = calendarOf(row.file.territory);
    const dayOf = ({ since, due }: Pick<PlaceRow, 'since' | 'due'>, moment: Moment): CivilDate => {
      if ('on' in moment) return moment.on;
      return 'afterWorkingDays' in moment
        ? calendar.add(calendar.dateOf(since.getTime()), moment.afterWorkingDays)
        : calendar.add(due, moment.workingDaysAfterDue);
    };
    // nobody answers before they were asked; to the minute, so that a life does not depend on the milliseconds of a machine
    const instant = (place: Pick<PlaceRow, 'since' | 'due'>, moment: Moment) =>
      Math.max(calendar.instantAt(dayOf(place, moment), moment.time), (Math.floor(place.since.getTime() / 60_000) + 1) * 60_000);
    const acts: { at: number; act: (realNow: number) => Promise<unknown> }[] = [];
    const { rows } = await store.pool.query<PlaceRow>(
      `select a.id as ask, a.kind, a.step, a.project, a.part, a.version, a.generation, p.person, q.role, p.seat, p.joined, p.request, a.due,
         greatest(a.opened_at, p.joined_at) as since, ${remindedDays} as reminded
       from ask a join ask_person p on p.ask = a.id join person q on q.edition = p.edition and q.id = p.person
       where a.edition = $1 and a.outcome is null and a.opened_at is not null and p.closed is null and a.kind <> 'apply'
         and not exists (select 1 from ask_person o where o.ask = p.ask and o.seat = p.seat and o.closed in ('answered', 'declined'))
       order by a.id, p.person`,
      [edition],
    );
    for (const place of rows) {
      if (refused.has(place.request)) continue;
      const asked = calendar.dateOf(place.since.getTime());
      const moment = script.when({ ...place, asked, reminded: place.reminded ?? [] });
      if (moment === undefined) continue;
      acts.push({ at: instant(place, moment), act: (realNow) => perform(place.request, realNow) });
    }
    acts.push(...(await applicants(calendar, instant)));
    return acts.sort((a, b) => a.at - b.at);
  }

  async function perform(request: string, realNow: number): Promise<void> {
    const view = await viewNow(store, request, { realNow });
    if (view === undefined) return;
    const deed = script.deed(view);
    const done =
      'answer' in deed
        ? await answer(store, { request, raw: deed.answer, realNow })
        : await delegate(store, { request, ...deed.delegate, realNow });
    if (!done.ok && done.reason === 'invalid')
      throw new Error(`${view.ask.id}: the script's answer is refused: ${JSON.stringify(done.problems)}`);
    if (!done.ok) refused.add(request);
  }

  async function applicants(calendar: Calendar, instant: (place: Pick<PlaceRow, 'since' | 'due'>, moment: Moment) => number) {
    const { rows } = await store.pool.query<{ id: string; since: Date; due: CivilDate; generation: number }>(
      `select id, opened_at as since, due, generation from ask where edition = $1 and kind = 'apply' and outcome is null and opened_at is not null`,
      [edition],
    );
    const [call] = rows;
    if (call === undefined) return [];
    const { rows: begun } = await store.pool.query<Draft>(
      `select h.email, p.request, d.state, p.person, p.joined_at as joined, ${remindedDays} as reminded
       from application d join person h on h.edition = d.edition and h.id = d.person
       join ask a on a.id = $2 join ask_person p on p.ask = a.id and p.person = d.person where d.edition = $1`,
      [edition, call.id],
    );
    return script.applicants.flatMap(({ begins, submits, inCall = 1, ...applicant }) => {
      const own = begun.find((b) => b.email === applicant.email);
      const { email } = applicant;
      if (refused.has(own?.request ?? email)) return [];
      const tried = async (done: Promise<Act>) => void ((await done).ok || refused.add(own?.request ?? email));
      if (own === undefined) {
        const begin = (realNow: number) => tried(startApplication(store, { edition, ...applicant, realNow }));
        return [{ at: instant(call, begins), act: begin }];
      }
      if (own.state === 'submitted' || submits === undefined || call.generation < inCall) return [];
      const draft = { ...own, asked: calendar.dateOf(own.joined.getTime()), due: call.due, reminded: own.reminded ?? [] };
      const moment = typeof submits === 'function' ? submits(draft) : submits;
      if (moment === undefined) return [];
      const { title, need, summary } = applicant;
      const act = (realNow: number) =>
        tried(saveApplication(store, { request: own.request, raw: { title, need, summary }, submit: true, realNow }));
      return [{ at: Math.max(instant(call, moment), own.joined.getTime()), act }];
    });
  }

  return {
    async actUntil(at) {
      clock = at;
      for (let guard = 0; guard < 10_000; guard++) {
        const row = await findEdition(store.pool, edition);
        const [next] = await pending();
        if (row === undefined || next === undefined || next.at > at) return;
        await next.act(next.at - row.clock_offset_ms);
      }
      throw new Error('the people of this edition never stop acting at one instant');
    },
    async nextAct() {
      const [next] = (await pending()).filter((act) => act.at > clock);
      return next?.at ?? null;
    },
  };
}
