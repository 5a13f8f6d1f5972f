import { setTimeout as sleep } from 'node:timers/promises';
import { calendarOf } from '../domain/calendar.js';
import { nextSendingTime, sendingCloses } from '../domain/ladder.js';
import { answersAnAct } from '../domain/mails.js';
import type { Failure } from '../mail/failures.js';
import { type ReturnPath, senderOf } from '../mail/returnpath.js';
import type { Transport } from '../mail/transport.js';
import type { Store } from '../store/db.js';
import { type EditionRow, findEdition } from '../store/editions.js';
import {
  type Accepted,
  expireLeases,
  mailDue,
  markAccepted,
  markMail,
  type OutboxRow,
  postpone,
  putOff,
  releaseMails,
  renewLeases,
  type Sent,
} from '../store/outbox.js';
import { giveTurns, type Pace } from '../store/pace.js';
import type { LinkBase } from './compose.js';
import type { DeliveryResult, Fenced } from './contract.js';
import { type Chunk, type Frozen, freezeChunk, leaseMs, type Write } from './freeze.js';
import { noteRefusal } from './refusals.js';
import { tellUndelivered } from './undelivered.js';

/** What delivery needs of the installation. */
export interface DeliveryDeps extends LinkBase, ReturnPath {
  store: Store;
  transport: Transport;
  realNow(): number;
  /** Says that delivery is alive. */
  heartbeat(): void;
  /** Whether this worker was told to stop: what it has taken and not sent is given back. */
  stopping?(): boolean;
  /** How fast mail may leave; left out, as fast as the server takes it (a rehearsal). */
  pace?: Pace;
  /** Puts a mail into words and bytes; left out, as people are to read it. What only counts mails may do with less. */
  write?: Write;
}

const parallel = 5;
/** How many chunks are written while one is sent: enough that the server never waits for the database. */
const chunksAhead = 2;
/** Acceptances of so many milliseconds are recorded together: a sender that dies leaves no more than these uncertain. */
const gatherMs = 20;
const gatherFrom = 50;
/** A mail that has waited so long for its lane is looked at again before it leaves: what it asks for may have been answered. */
const staleAfterMs = 30_000;
/** Longest wait, in milliseconds, for mails whose turn is near, before what else is due is looked for. */
const patienceMs = 3_000;
/** Waits before each further try of a mail that was refused for now, in milliseconds. */
const retryAfterMs = [1, 5, 15, 60, 240].map((minutes) => minutes * 60_000);
/** While the server itself is away, it is asked again at least so often: nothing was said of the mails, which wait for it without end. */
const serverAfterMs = 60 * 60_000;

/** One delivery: an edition's run, its clock, and when what is held for the morning must stop leaving. */
interface Round {
  row: EditionRow;
  epoch: number;
  now(): number;
}

/** Sends what is due, chunk after chunk, until nothing is; says when the next retry is. While one chunk is sent, the next is written. */
export async function deliverDue(deps: DeliveryDeps, { edition, epoch, at }: Fenced): Promise<DeliveryResult> {
  const { pool } = deps.store;
  const row = await findEdition(pool, edition);
  if (row === undefined || row.epoch !== epoch) return { sent: 0, more: false, nextAt: null }; // a newer run sends the rest
  const started = deps.realNow();
  const round: Round = { row, epoch, now: () => at + (deps.realNow() - started) };
  let sent = 0;
  for (;;) {
    await expireLeases(pool, { edition, at: round.now() });
    const done = await sendDue(deps, round);
    sent += done.sent;
    if (deps.stopping?.() === true) return { sent, more: true, nextAt: null };
    const { now: more, nextAt, turnAt, untold } = await mailDue(pool, { edition, epoch, at: round.now() });
    if (untold) {
      await tellUndelivered(deps.store, row, round.now());
      continue; // those notices may be due
    }
    if (more && done.tried > 0) continue;
    if (more || turnAt === null) return { sent, more, nextAt };
    await sleep(Math.min(patienceMs, Math.max(250, turnAt - round.now())));
    deps.heartbeat();
  }
}

/** What was done: mails accepted, mails tried, and until when (business instant) a server that is away need not be asked again. */
interface Done {
  sent: number;
  tried: number;
  awayUntil?: number;
}

/** Sends what is due now, in order; the next chunks are written while one is being sent. */
async function sendDue(deps: DeliveryDeps, round: Round): Promise<Done> {
  const ahead: Promise<Chunk>[] = [];
  const write = () => {
    const chunk = nextChunk(deps, round);
    chunk.catch(() => undefined); // heard of when it is its turn
    ahead.push(chunk);
  };
  const giveBack = async () => {
    for (const unsent of await Promise.allSettled(ahead.splice(0)))
      if (unsent.status === 'fulfilled') await release(deps, unsent.value.ready);
  };
  const all: Done = { sent: 0, tried: 0 };
  write();
  for (let chunk = await ahead.shift(); chunk !== undefined; chunk = await ahead.shift()) {
    while (chunk.full && ahead.length < chunksAhead && deps.stopping?.() !== true) write();
    try {
      const { sent, tried, awayUntil } = await sendAll(deps, chunk.ready, round);
      all.sent += sent;
      all.tried += tried;
      if (awayUntil !== undefined) {
        await giveBack();
        await putOff(deps.store.pool, { edition: round.row.id, at: round.now(), until: awayUntil });
      }
    } catch (error) {
      await giveBack();
      throw error;
    }
    deps.heartbeat();
  }
  return all;
}

async function nextChunk(deps: DeliveryDeps, { row, epoch, now }: Round): Promise<Chunk> {
  const { pool } = deps.store;
  const at = now();
  const calendar = calendarOf(row.file.territory);
  // what asks or tells leaves in working hours only, however long it was held up; what answers a person's own act leaves at once
  const closes = sendingCloses(at, calendar);
  if (at >= closes) await postpone(pool, { edition: row.id, at, until: nextSendingTime(closes, calendar) });
  if (deps.pace !== undefined) await giveTurns(pool, { edition: row.id, at, realNow: deps.realNow(), pace: deps.pace });
  return freezeChunk(deps, { row, epoch, at });
}

/**
 * Sends frozen mails on a few lanes and records what became of each. A server that is away is asked once: the others wait for it. Acceptances that come while one is
 * being recorded are recorded together, so that a mail costs no commit of its own.
 */
async function sendAll(deps: DeliveryDeps, mails: readonly Frozen[], { row, now }: Round): Promise<Done> {
  if (mails.length === 0) return { sent: 0, tried: 0 };
  const { pool } = deps.store;
  const takenAt = mails[0]?.at ?? 0;
  const closes = sendingCloses(takenAt, calendarOf(row.file.territory));
  const over = closes > takenAt ? closes : Number.POSITIVE_INFINITY; // what was taken at night is what may leave at night
  const queue = [...mails];
  const unsent = new Set(queue);
  const returned: Frozen[] = [];
  let accepted: Accepted[] = [];
  const done: Done = { sent: 0, tried: 0 };
  let recording: Promise<void> | undefined;
  const record = async () => {
    while (accepted.length > 0) {
      if (queue.length >= gatherFrom) await sleep(gatherMs);
      const mails = accepted;
      accepted = [];
      await markAccepted(pool, mails);
      done.sent += mails.length;
    }
    recording = undefined;
  };
  const mayLeave = (mail: Frozen) =>
    deps.stopping?.() !== true &&
    done.awayUntil === undefined &&
    now() - mail.at < staleAfterMs &&
    (now() < over || answersAnAct(mail.row.template));
  const lane = async () => {
    for (let mail = queue.shift(); mail !== undefined; mail = queue.shift()) {
      if (!mayLeave(mail)) {
        returned.push(mail);
        continue;
      }
      const at = now();
      const result = await deps.transport.send({ ...senderOf(deps, mail.row.id), to: mail.to, bytes: mail.bytes });
      unsent.delete(mail);
      done.tried++;
      if (result.state === 'accepted') {
        accepted.push({ id: mail.row.id, at });
        recording ??= record();
        recording.catch(() => queue.splice(0)); // what cannot be recorded must not be sent; the failure is the one awaited below
      } else {
        await noteRefusal(deps.store, { mail: mail.row.id, to: mail.to, result, at: now(), realNow: deps.realNow() });
        const outcome = outcomeOf(mail.row, result, now());
        await markMail(pool, mail.row.id, outcome);
        if (result.state !== 'uncertain' && result.server === true && outcome.state === 'queued') done.awayUntil = outcome.nextTryAt;
      }
    }
  };
  const renewal = setInterval(() => void renew(deps, [...unsent], now()), leaseMs / 4);
  try {
    await Promise.all(Array.from({ length: parallel }, lane));
    await recording;
    await release(deps, returned);
  } finally {
    clearInterval(renewal);
  }
  return done;
}

/** Keeps the lease of what is still to be sent, and says that delivery is alive, however slow the server is. */
async function renew(deps: DeliveryDeps, mails: readonly Frozen[], at: number): Promise<void> {
  deps.heartbeat();
  await renewLeases(deps.store.pool, { ids: mails.map((mail) => mail.row.id), leaseUntil: at + leaseMs }).catch(() => undefined);
}

/** Gives back what was taken and not handed to the server: it is due as it was. */
const release = (deps: DeliveryDeps, mails: readonly Frozen[]) =>
  releaseMails(
    deps.store.pool,
    mails.map((mail) => mail.row.id),
  );

/** What the outbox says after an attempt (architecture.md, "Mail"): only what cannot have been taken is sent again freely. */
function outcomeOf(row: OutboxRow, result: Failure, at: number): Sent {
  switch (result.state) {
    case 'uncertain':
      // once more with the same Message-ID; a decision letter is for a coordinator to judge
      return { state: 'uncertain', error: result.message, nextTryAt: row.letter || row.uncertain > 0 ? null : at + (retryAfterMs[0] ?? 0) };
    case 'not-taken':
    case 'refused': {
      const error = result.message;
      if (result.state === 'refused' && result.permanent) return { state: 'failed', error };
      const wait = retryAfterMs[Math.min(row.attempts, retryAfterMs.length) - 1] ?? 0;
      if (result.server === true) return { state: 'queued', error, nextTryAt: at + Math.min(wait, serverAfterMs) };
      return row.attempts > 20 ? { state: 'failed', error } : { state: 'queued', error, nextTryAt: at + wait };
    }
  }
}
