/** The clock of a demonstration over a real installation. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Installation } from '../client/installation.js';
import { lastAdvance, stopAdvance } from '../store/advances.js';
import { waitingOn } from '../store/board.js';
import { isDemonstration } from '../store/clock.js';
import { findEdition } from '../store/editions.js';
import { ownPeople } from '../store/people.js';
import { editionView } from '../store/views/index.js';
import type { AdvanceWanted, Backend, ClockPage, NotMoved } from './backend.js';

/** Begins to move the clock of a demonstration forward; `over`: when it has stopped. What plays its people is on a floor above. */
export type BeginMoving = (
  installation: Installation,
  wanted: AdvanceWanted & { edition: string; actor: string; signal: AbortSignal },
  failed: (error: unknown) => void,
) => Promise<{ ok: true; over: Promise<unknown> } | { ok: false; reason: NotMoved }>;

/** How clocks are moved, and what ends that: the process that does it is to stop. */
export interface Moving {
  begin(installation: Parameters<BeginMoving>[0], wanted: Parameters<BeginMoving>[1]): ReturnType<BeginMoving>;
  signal: AbortSignal;
}

/** A page waits so long for an advance, in milliseconds: one to the next mail is over by then. */
const aMomentMs = 2_000;
/** So many people are named. */
const mostPeople = 50;

/** The part of the port that is about clocks. */
export function liveClock(installation: Installation, moving: Moving | undefined): Pick<Backend, 'clock' | 'moveClock' | 'stopClock'> {
  return {
    clock: (id) => clockPage(installation, id),
    stopClock: (id) => stopAdvance(installation.store.pool, id),
    moveClock: async (wanted) => {
      if (moving === undefined) return 'real-mail';
      const begun = await moving.begin(installation, { ...wanted, signal: moving.signal });
      if (!begun.ok) return begun.reason;
      return Promise.race([begun.over.then(() => 'done' as const), sleep(aMomentMs, 'moving' as const)]);
    },
  };
}

async function clockPage({ store: { pool }, realNow, mailbox }: Installation, id: string): Promise<ClockPage | undefined> {
  const row = await findEdition(pool, id);
  if (row === undefined || !isDemonstration(row)) return undefined;
  const at = realNow() + row.clock_offset_ms;
  const last = await lastAdvance(pool, id);
  const waits = row.status === 'running' ? await waitingOn(pool, row, at) : [];
  return {
    edition: editionView(row),
    at,
    ...(last === undefined ? {} : { last }),
    people: await ownPeople(pool, id, mostPeople),
    waitingOn: [...new Set(waits.map(({ person }) => person.name))],
    ...(mailbox === undefined ? {} : { mailbox }),
  };
}
