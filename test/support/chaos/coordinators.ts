import { doAct } from '../../../activities/preview.js';
import type { ActSpec } from '../../../domain/acts.js';
import { calendarOf } from '../../../domain/calendar.js';
import type { Store } from '../../../store/db.js';
import { findEdition } from '../../../store/editions.js';
import { planNow } from '../../../store/plans.js';
import type { PlannedDeed } from './plan.js';

/** Coordinators who do by hand what their seed has planned; what is refused is left. */
export interface Coordinators {
  /** After the people of a review have acted: whatever is now to be done. Answers what was done. */
  act(at: number): Promise<string[]>;
  /** The next instant at which they do something by the clock; null: none is known. */
  next(): number | null;
}

/** What each review's number brings, once however often it is tried: what was done is known by its id. */
export function openCoordinators({
  store,
  edition,
  clockOffsetMs,
  deeds,
}: {
  store: Store;
  edition: string;
  clockOffsetMs: number;
  deeds: readonly PlannedDeed[];
}): Coordinators {
  const left = deeds.map((deed, index) => ({ ...deed, request: `by-hand-${index}` })).sort((a, b) => a.n - b.n);
  let reviews = 0;
  let resumesAt: number | null = null;
  const day = 86_400_000;

  async function specOf({ deed, days }: PlannedDeed, at: number): Promise<ActSpec | undefined> {
    const row = await findEdition(store.pool, edition);
    if (row === undefined) return undefined;
    const calendar = calendarOf(row.file.territory);
    const today = calendar.dateOf(at);
    const { rows } = await store.pool.query<{ id: string; due: string }>(
      `select id, due from ask where edition = $1 and outcome is null and opened_at is not null order by id limit 1`,
      [edition],
    );
    const [ask] = rows;
    switch (deed) {
      case 'nudge':
        return ask && { act: deed, ask: ask.id };
      case 'extend':
        return ask && { act: deed, ask: ask.id, date: calendar.add(ask.due < today ? today : ask.due, days) };
      case 'closure':
        return { act: deed, from: calendar.addDays(today, days), until: calendar.addDays(today, days + 2) };
      case 'move': {
        const pitch = (await planNow(store.pool, row, { at })).steps.find(({ id }) => id === 'pitch')?.earliest.start;
        return pitch == null ? undefined : { act: deed, date: calendar.add(pitch, days) };
      }
      case 'message':
        return { act: deed, whom: ['everybody'], subject: `Point ${days}`, text: 'Rien à faire.' };
      case 'pause':
        return { act: deed };
    }
  }
  const done = async (spec: ActSpec, request: string, at: number) =>
    (await doAct(store, { edition, spec, reason: 'vu en comité', realNow: at - clockOffsetMs, request })).ok;

  return {
    async act(at) {
      reviews++;
      const did: string[] = [];
      if (resumesAt !== null && resumesAt <= at) {
        if (await done({ act: 'resume' }, `resume-${resumesAt}`, at)) did.push('resume');
        resumesAt = null;
      }
      for (let next = left[0]; next !== undefined && next.n <= reviews && resumesAt === null; next = left[0]) {
        const spec = await specOf(next, at);
        if (spec !== undefined && (await done(spec, next.request, at))) {
          did.push(next.deed);
          if (next.deed === 'pause') resumesAt = at + next.days * day;
        }
        left.shift();
      }
      return did;
    },
    next: () => resumesAt,
  };
}
