import { setTimeout as sleep } from 'node:timers/promises';
import { nextSendingTime, sendingCloses } from '../domain/asks/sending.js';
import { calendarOf } from '../domain/calendar.js';
import { shiftOf } from '../store/clock.js';
import { resolveIncident } from '../store/incidents.js';
import { editionToDeliver, expireLeases, postpone, putOff } from '../store/leaving.js';
import { mailDue } from '../store/outbox.js';
import { giveTurns, isFirstDue, type Turns } from '../store/pace.js';
import type { DeliveryResult, Fenced } from './contract.js';
import type { DeliveryDeps } from './dependencies.js';
import { beatMs, type Chunk, chunkSize, freezeChunk } from './freeze.js';
import { type Done, giveBack, type Round, renew, sendChunk } from './send.js';
import { tellUndelivered } from './undelivered.js';

/** How many chunks are written while one is sent: enough that the server never waits for the database. */
const chunksAhead = 2;
/** The scope of a delivery that fails. */
export const deliveryScope = 'delivery';
/** For how long a delivery waits for turns, in milliseconds, before its run begins another: it has an hour. */
const patienceMs = 30 * 60_000;
/** How often it is looked, in milliseconds, whether something is due that does not wait for its turn. */
const glanceMs = 2_000;
/**
 * Sends what is due, chunk after chunk, until nothing is; says when the next retry is. While one chunk is sent, the next is written.
 * @param late it begins when a worker takes it, which may be days after its run asked for it: with no worker, it waits. Mail leaves by the clock of that
 * moment; in skipped time the run's is always ahead
 * @param patient waits for the turns of mail that is spread over minutes; otherwise what is due is sent once, and somebody else comes for the rest
 */
export async function deliverDue(
  deps: DeliveryDeps,
  { edition, epoch, at, late = false, patient = true }: Fenced & { late?: boolean; patient?: boolean },
): Promise<DeliveryResult> {
  const { pool } = deps.store;
  const row = await editionToDeliver(pool, { edition, epoch, at });
  if (row === undefined) return { sent: 0, more: false, nextAt: null }; // a newer run sends the rest
  const started = deps.realNow();
  const begunAt = late ? Math.max(at, started + row.clock_offset_ms) : at;
  const round: Round = { row, epoch, now: () => begunAt + (deps.realNow() - started), held: new Set() };
  const result = await alive(deps, round, () => untilNothingIsDue(deps, round, patient ? started + patienceMs : undefined));
  if (row.failing.includes(deliveryScope)) await resolveIncident(pool, edition, { scope: deliveryScope, at: round.now() });
  return { ...result, ...shiftOf(row) };
}

/** Beats while a delivery does its work, whatever that waits for: its worker lives, and what it has taken is its own. */
async function alive<T>(deps: DeliveryDeps, round: Round, work: () => Promise<T>): Promise<T> {
  const beating = setInterval(() => void renew(deps, round), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(beating);
  }
}

async function untilNothingIsDue(deps: DeliveryDeps, round: Round, patientUntil: number | undefined): Promise<DeliveryResult> {
  const { pool } = deps.store;
  const { row, epoch } = round;
  const edition = row.id;
  let sent = 0;
  for (let first = true; ; first = false) {
    if (!first) await expireLeases(pool, { edition, at: round.now() });
    const done = await sendDue(deps, round);
    sent += done.sent;
    if (deps.stopping?.() === true) return { sent, more: true, nextAt: null };
    const { now: more, nextAt, untold } = await mailDue(pool, { edition, epoch, at: round.now() });
    if (untold) {
      await tellUndelivered(deps.store, row, round.now());
      continue; // those notices may be due
    }
    if (patientUntil === undefined || !more || deps.realNow() >= patientUntil) return { sent, more, nextAt };
    if (done.againInMs !== undefined) await untilTurn(deps, round, done.againInMs);
    else if (done.tried === 0) return { sent, more, nextAt };
  }
}

/** Waits for a turn, unless something is due meanwhile that waits for none. */
async function untilTurn(deps: DeliveryDeps, { row, now }: Round, inMs: number): Promise<void> {
  for (let left = inMs; left > 0 && deps.stopping?.() !== true; left -= glanceMs) {
    await sleep(Math.min(left, glanceMs));
    if (left > glanceMs && (await isFirstDue(deps.store.pool, { edition: row.id, at: now() }))) return;
  }
}

/** Sends what is due now, in order; the next chunks are written while one is being sent. */
async function sendDue(deps: DeliveryDeps, round: Round): Promise<Done> {
  const ahead: Promise<Chunk>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const write = () => {
    const chunk = last.then(() => nextChunk(deps, round)); // one after the other: what one takes is no candidate of the next
    last = chunk.catch(() => undefined); // heard of when it is its turn
    ahead.push(chunk);
  };
  const giveBackAhead = async () => {
    for (const unsent of await Promise.allSettled(ahead.splice(0)))
      if (unsent.status === 'fulfilled') await giveBack(deps, unsent.value.ready, round);
  };
  const all: Done = { sent: 0, tried: 0 };
  try {
    write();
    for (let chunk = await ahead.shift(); chunk !== undefined; chunk = await ahead.shift()) {
      if (chunk.againInMs !== undefined) all.againInMs = chunk.againInMs;
      while (chunk.full && ahead.length < chunksAhead && deps.stopping?.() !== true) write();
      const { sent, tried, awayUntil } = await sendChunk(deps, chunk.ready, round);
      all.sent += sent;
      all.tried += tried;
      if (awayUntil !== undefined) {
        await giveBackAhead();
        await putOff(deps.store.pool, { edition: round.row.id, at: round.now(), until: awayUntil });
      }
    }
    return all;
  } catch (error) {
    await giveBackAhead().catch(() => undefined); // their leases run out
    throw error;
  }
}

const again = ({ againInMs }: Turns) => (againInMs === undefined ? {} : { againInMs });

async function nextChunk(deps: DeliveryDeps, { row, epoch, now, held }: Round): Promise<Chunk> {
  const { pool } = deps.store;
  const at = now();
  const calendar = calendarOf(row.file.territory);
  // what asks or tells leaves in working hours only, however long it was held up; what answers a person's own act leaves at once
  const closes = sendingCloses(at, calendar);
  if (at >= closes) await postpone(pool, { edition: row.id, at, until: nextSendingTime(closes, calendar) });
  const open = at < closes;
  const turns =
    deps.pace === undefined
      ? undefined
      : await giveTurns(pool, { edition: row.id, at, realNow: deps.realNow(), pace: deps.pace, limit: chunkSize, open });
  if (turns?.ids.length === 0) return { ...again(turns), full: false, ready: [] };
  const chunk = await freezeChunk(deps, { row, epoch, at, open, ...(turns === undefined ? {} : { among: turns.ids }) });
  for (const mail of chunk.ready) held.add(mail);
  return turns === undefined ? chunk : { ...chunk, ...again(turns), full: turns.ids.length === chunkSize };
}
