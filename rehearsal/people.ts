import type { ActivityDeps } from '../activities/index.js';
import { type CivilDate, calendarOf } from '../domain/calendar.js';
import type { AskView } from '../domain/view.js';
import { answer, delegate, type Raw, viewNow } from '../store/acts.js';
import { saveApplication, startApplication } from '../store/applying.js';
import type { Store } from '../store/db.js';
import { findEdition } from '../store/editions.js';

/** One person's open place in one open ask, as a script sees it before it decides when that person acts. */
export interface OpenPlace {
  ask: string;
  kind: string;
  step: string;
  project: string | null;
  part: string | null;
  version: number;
  generation: number;
  person: string;
  role: string;
  seat: string;
  joined: string;
  due: CivilDate;
}

/** When somebody acts: so many working days after they were asked, or after (before, if negative) the ask's due date, at a local time `HH:MM`. */
export type Moment = { afterWorkingDays: number; time: string } | { workingDaysAfterDue: number; time: string };

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
  submits?: Moment;
  /** Which opening of the call it is submitted to, when the call is opened again; left out, the first. */
  inCall?: number;
}

/** How the people of an edition behave. What they do is a function of the ask, never of the order in which it is read. */
export interface Script {
  when(place: OpenPlace): Moment | undefined;
  deed(view: AskView): Deed;
  applicants: readonly ScriptedApplicant[];
}

interface PlaceRow extends OpenPlace {
  request: string;
  since: Date;
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

  async function pending(): Promise<{ at: number; act: (realNow: number) => Promise<unknown> }[]> {
    const row = await findEdition(store.pool, edition);
    if (row === undefined || row.status !== 'running') return [];
    const calendar = calendarOf(row.file.territory);
    const instant = ({ since, due }: Pick<PlaceRow, 'since' | 'due'>, moment: Moment) => {
      const day =
        'afterWorkingDays' in moment
          ? calendar.add(calendar.dateOf(since.getTime()), moment.afterWorkingDays)
          : calendar.add(due, moment.workingDaysAfterDue);
      return Math.max(calendar.instantAt(day, moment.time), since.getTime() + 60_000);
    };
    const acts: { at: number; act: (realNow: number) => Promise<unknown> }[] = [];
    const { rows } = await store.pool.query<PlaceRow>(
      `select a.id as ask, a.kind, a.step, a.project, a.part, a.version, a.generation, p.person, q.role, p.seat, p.joined, p.request, a.due,
         greatest(a.opened_at, p.joined_at) as since
       from ask a join ask_person p on p.ask = a.id join person q on q.edition = p.edition and q.id = p.person
       where a.edition = $1 and a.outcome is null and a.opened_at is not null and p.closed is null and a.kind <> 'apply'
         and not exists (select 1 from ask_person o where o.ask = p.ask and o.seat = p.seat and o.closed in ('answered', 'declined'))
       order by a.id, p.person`,
      [edition],
    );
    for (const place of rows) {
      const moment = script.when(place);
      if (moment === undefined) continue;
      acts.push({ at: instant(place, moment), act: (realNow) => perform(place.request, realNow) });
    }
    acts.push(...(await applicants(instant)));
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
  }

  async function applicants(instant: (place: Pick<PlaceRow, 'since' | 'due'>, moment: Moment) => number) {
    const { rows } = await store.pool.query<{ id: string; since: Date; due: CivilDate; generation: number }>(
      `select id, opened_at as since, due, generation from ask where edition = $1 and kind = 'apply' and outcome is null and opened_at is not null`,
      [edition],
    );
    const [call] = rows;
    if (call === undefined) return [];
    const { rows: begun } = await store.pool.query<{ email: string; request: string; state: string }>(
      `select p.email, q.request, a.state from application a join person p on p.edition = a.edition and p.id = a.person
       join ask_person q on q.ask = $2 and q.person = a.person where a.edition = $1`,
      [edition, call.id],
    );
    return script.applicants.flatMap(({ begins, submits, inCall = 1, ...applicant }) => {
      const own = begun.find((b) => b.email === applicant.email);
      if (own === undefined)
        return [{ at: instant(call, begins), act: (realNow: number) => startApplication(store, { edition, ...applicant, realNow }) }];
      if (own.state === 'submitted' || submits === undefined || call.generation < inCall) return [];
      const { title, need, summary } = applicant;
      const act = (realNow: number) =>
        saveApplication(store, { request: own.request, raw: { title, need, summary }, submit: true, realNow });
      return [{ at: instant(call, submits), act }];
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
