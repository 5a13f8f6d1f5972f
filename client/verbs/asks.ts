import type { Outcome } from '../../domain/asks.js';
import type { CivilDate } from '../../domain/calendar.js';
import { calendarOf } from '../../domain/calendar.js';
import { close } from '../../store/acts/close.js';
import { extend } from '../../store/acts/extend.js';
import { nudge } from '../../store/acts/nudge.js';
import type { Intervention } from '../../store/acts/on-ask.js';
import { listAsks } from '../../store/asks.js';
import { waitingOn } from '../../store/board.js';
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

/** Every ask of every edition (or of one), oldest first. */
export async function listAllAsks({ store }: Installation, edition?: string): Promise<ListedAsk[]> {
  const rows = (await listEditions(store.pool)).filter((row) => edition === undefined || row.id === edition);
  const lists = await Promise.all(
    rows.map(async (row) => {
      const calendar = calendarOf(row.file.territory);
      return (await listAsks(store.pool, row.id)).map((ask) => ({
        id: ask.id,
        edition: row.id,
        kind: ask.kind,
        step: ask.step,
        ...(ask.project === null ? {} : { project: ask.project }),
        opened: ask.opened_at === null ? null : calendar.dateOf(ask.opened_at.getTime()),
        due: ask.due,
        outcome: ask.outcome,
      }));
    }),
  );
  return lists.flat();
}

/** Who is waited for, in every running edition (or in one). */
export async function listWaiting(
  { store, realNow }: Installation,
  edition?: string,
): Promise<(Shown['waitingOn'][number] & { edition: string; unreachable?: CivilDate; substitute?: string })[]> {
  const rows = (await listEditions(store.pool)).filter((row) => row.status === 'running' && (edition === undefined || row.id === edition));
  const lists = await Promise.all(
    rows.map(async (row) =>
      (await waitingOn(store.pool, row, realNow() + row.clock_offset_ms)).map((w) => ({
        edition: row.id,
        ...waitingJson(w),
        ...(w.unreachable === undefined ? {} : { unreachable: w.unreachable }),
        ...(w.substitute === undefined ? {} : { substitute: w.substitute.id }),
      })),
    ),
  );
  return lists.flat();
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
