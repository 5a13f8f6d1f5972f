import type { Outcome } from '../../domain/asks.js';
import type { CivilDate } from '../../domain/calendar.js';
import { calendarOf } from '../../domain/calendar.js';
import { close } from '../../store/acts/close.js';
import { extend } from '../../store/acts/extend.js';
import { nudge } from '../../store/acts/nudge.js';
import type { Intervention } from '../../store/acts/on-ask.js';
import { lastAsks } from '../../store/asks.js';
import { waitingCounts, waitingIn } from '../../store/board.js';
import { findEdition, listEditions } from '../../store/editions.js';
import type { Installation } from '../installation.js';
import { type Shown, waitingJson } from './cohorts.js';

/** An ask as `ask list` prints it. */
export interface ListedAsk {
  id: string;
  edition: string;
  kind: string;
  step: string;
  project?: string;
  opened: CivilDate | null;
  due: CivilDate;
  outcome: Outcome | null;
}

/** Somebody who is waited for, as `ask list --waiting` prints them. */
export type Awaited = Shown['waitingOn'][number] & { edition: string; unreachable?: CivilDate; substitute?: string };

/** Which part of a list, and of which edition's; left out, of all. */
interface Part {
  edition?: string | undefined;
  from: number;
  limit: number;
}

/** A part of the asks of every edition (or of one), the last opened first. */
export async function listAllAsks({ store }: Installation, part: Part): Promise<ListedAsk[]> {
  return (await lastAsks(store.pool, part)).map((ask) => ({
    id: ask.id,
    edition: ask.edition,
    kind: ask.kind,
    step: ask.step,
    ...(ask.project === null ? {} : { project: ask.project }),
    opened: ask.opened_at === null ? null : calendarOf(ask.territory).dateOf(ask.opened_at.getTime()),
    due: ask.due,
    outcome: ask.outcome,
  }));
}

/** A part of those who are waited for, in the running editions (or in one), the latest started first: no edition beyond it is read. */
export async function listWaiting({ store, realNow }: Installation, { edition, from, limit }: Part): Promise<Awaited[]> {
  const shown: string[] = [];
  let before = 0;
  let last = 0;
  for (const { id, lines } of (await waitingCounts(store.pool)).filter(({ id }) => edition === undefined || id === edition)) {
    if (last >= from + limit) break;
    if (last + lines <= from) before += lines;
    else shown.push(id);
    last += lines;
  }
  const rows = shown.length === 0 ? [] : await listEditions(store.pool, shown);
  const waiting = await waitingIn(
    store.pool,
    rows.map((row) => ({ row, at: realNow() + row.clock_offset_ms })),
  );
  const lines = rows.flatMap((row) =>
    (waiting.get(row.id) ?? []).map((w) => ({
      edition: row.id,
      ...waitingJson(w),
      ...(w.unreachable === undefined ? {} : { unreachable: w.unreachable }),
      ...(w.substitute === undefined ? {} : { substitute: w.substitute.id }),
    })),
  );
  return lines.slice(from - before, from - before + limit);
}

/** Whether there is such an edition. */
export const editionExists = async ({ store }: Installation, id: string): Promise<boolean> =>
  (await findEdition(store.pool, id)) !== undefined;

async function woken<D extends object>(installation: Installation, act: Promise<Intervention<D>>): Promise<Intervention<D>> {
  const done = await act;
  if (done.ok) await installation.wake(done.edition);
  return done;
}

/** Reminds by hand those who have not answered. */
export const nudgeAsk = (installation: Installation, input: { ask: string; reason: string; actor?: string }): ReturnType<typeof nudge> =>
  woken(installation, nudge(installation.store, { ...input, realNow: installation.realNow() }));

/** Gives an ask until another day. */
export const extendAsk = (
  installation: Installation,
  input: { ask: string; date: CivilDate; reason: string; actor?: string },
): ReturnType<typeof extend> => woken(installation, extend(installation.store, { ...input, realNow: installation.realNow() }));

/** Closes an ask with what there is. */
export const closeAsk = (installation: Installation, input: { ask: string; reason: string; actor?: string }): ReturnType<typeof close> =>
  woken(installation, close(installation.store, { ...input, realNow: installation.realNow() }));
