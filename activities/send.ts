import { setTimeout as sleep, setImmediate as tick } from 'node:timers/promises';
import { sendingCloses } from '../domain/asks/sending.js';
import { calendarOf } from '../domain/calendar.js';
import { answersAnAct } from '../domain/mails.js';
import type { Failure } from '../mail/failures.js';
import { openLanes } from '../mail/lanes.js';
import { senderOf } from '../mail/returnpath.js';
import type { EditionRow } from '../store/editions.js';
import { type Accepted, markAccepted, markMail, releaseMails, renewLeases, type Sent } from '../store/leaving.js';
import type { OutboxRow } from '../store/outbox.js';
import type { DeliveryDeps } from './dependencies.js';
import { beatMs, type Frozen, leaseMs } from './freeze.js';
import { noteRefusal } from './refusals.js';

/** One delivery: an edition's run, its clock, and the mails it has taken and not yet handed over. */
export interface Round {
  row: EditionRow;
  epoch: number;
  /** Business instant, epoch ms. */
  now(): number;
  held: Set<Frozen>;
}

/**
 * What was done: mails accepted, mails tried, until when (business instant) a server that is away need not be asked again, and in how many
 * milliseconds others, which wait for their turn, are to be asked for.
 */
export interface Done {
  sent: number;
  tried: number;
  awayUntil?: number;
  againInMs?: number;
}

/** So many mails are on the wire at a time, or accepted and not recorded yet: if the process is killed no more than these are in doubt. */
export const parallel = 5;
/** A mail that has waited so long for its lane is looked at again before it leaves: what it asks for may have been answered. */
const staleAfterMs = 30_000;
/** Waits before each further try of a mail that was refused for now, in milliseconds. */
const retryAfterMs = [1, 5, 15, 60, 240].map((minutes) => minutes * 60_000);
/** So often a mail is refused for now before it is given up. */
const mostRefusals = 20;
/** While the server itself is away, it is asked again at least so often: nothing was said of the mails, which wait for it without end. */
const serverAfterMs = 60 * 60_000;
/** Waits, in milliseconds, before what became of mails is written once more: a database that restarts must not leave them uncertain. */
const patienceMs = [100, 400, 1_500];

/**
 * Sends frozen mails on a few lanes and records what became of each. A server that is away is asked once: the others wait for it. A lane hands over
 * its next mail once the last is recorded, so that a process that dies leaves no more in doubt than its lanes held; acceptances that come while others
 * are being recorded are recorded together. When something cannot be recorded nothing more is handed over, and what was not is given back: only what a
 * server may have, and nobody could write down, is left to become uncertain.
 */
export async function sendChunk(deps: DeliveryDeps, mails: readonly Frozen[], round: Round): Promise<Done> {
  const [first] = mails;
  if (first === undefined) return { sent: 0, tried: 0 };
  const { pool } = deps.store;
  const { now, held } = round;
  const over = sendingCloses(first.at, calendarOf(round.row.file.territory));
  const queue = [...mails];
  const returned: Frozen[] = [];
  const accepted: Accepted[] = [];
  const done: Done = { sent: 0, tried: 0 };
  let broken: { error: unknown } | undefined;
  const breaks = (error: unknown) => {
    broken ??= { error };
  };

  /** What could not be written, and is being written once more: meanwhile nothing is handed over. */
  let trouble: Promise<unknown> | undefined;
  const record = async (write: () => Promise<void>) => {
    try {
      await write();
    } catch {
      const again = persist(write);
      const mine = Promise.allSettled([trouble, again]).then(() => {
        if (trouble === mine) trouble = undefined;
      });
      trouble = mine;
      await again;
    }
  };
  const recordAccepted = async () => {
    const mails = accepted.splice(0);
    try {
      await record(() => markAccepted(pool, mails));
      done.sent += mails.length;
    } catch (error) {
      accepted.push(...mails);
      breaks(error);
    }
  };
  let recording: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  /** Settles when all that was accepted by now is recorded, or cannot be. */
  const recorded = () => {
    next ??= Promise.resolve(recording).then(async () => {
      await tick(); // what is accepted at the same moment goes with it
      recording = next;
      next = undefined;
      return recordAccepted();
    });
    return next;
  };
  const recordFailure = async ({ row, to }: Frozen, result: Failure) => {
    const at = now();
    await noteRefusal(deps.store, { mail: row.id, to, result, at, realNow: deps.realNow() });
    const outcome = outcomeOf(row, result, at);
    await markMail(pool, row, outcome);
    if (outcome.state === 'queued' && !outcome.refused) done.awayUntil = outcome.nextTryAt;
  };

  const mayLeave = (mail: Frozen) =>
    broken === undefined &&
    held.has(mail) &&
    now() < mail.leaseUntil - beatMs &&
    deps.stopping?.() !== true &&
    done.awayUntil === undefined &&
    now() - mail.at < staleAfterMs &&
    (now() < over || answersAnAct(mail.row));
  const handOver = async (mail: Frozen) => {
    while (trouble !== undefined) await trouble;
    if (!mayLeave(mail)) return void returned.push(mail);
    const at = now();
    const result = await deps.transport.send({ ...senderOf(deps, mail.row.id), to: mail.to, bytes: mail.bytes });
    held.delete(mail);
    done.tried++;
    if (result.state === 'accepted') {
      accepted.push({ id: mail.row.id, at });
      await recorded();
    } else await record(() => recordFailure(mail, result));
  };
  const { lanes = openLanes(parallel) } = deps;
  const lane = async () => {
    for (let mail = queue.shift(); mail !== undefined; mail = queue.shift()) {
      const next = mail;
      await lanes(() => handOver(next));
    }
  };
  await Promise.all(Array.from({ length: parallel }, () => lane().catch(breaks)));
  if (accepted.length > 0) await markAccepted(pool, accepted).catch(() => undefined); // once more, before they become uncertain
  await giveBack(deps, [...returned, ...queue], round).catch(breaks);
  if (broken !== undefined) throw broken.error;
  return done;
}

/**
 * Says that delivery is alive, and keeps the lease of all that was taken, however slow the server is. What has lost it – this process stood still – is
 * no longer held: another sender may have it. A mail whose lease could not be renewed is given back before it is over, not sent.
 */
export async function renew({ store, heartbeat }: DeliveryDeps, { held, now }: Round): Promise<void> {
  heartbeat();
  const mails = [...held];
  const leaseUntil = now() + leaseMs;
  const taken = mails.map(({ row }) => row);
  const kept = await renewLeases(store.pool, { taken, leaseUntil }).catch(() => undefined);
  for (const mail of kept === undefined ? [] : mails)
    if (kept?.has(mail.row.id)) mail.leaseUntil = leaseUntil;
    else held.delete(mail);
}

/** Gives back what was taken and not handed to the server: it is due as it was. */
export async function giveBack({ store }: DeliveryDeps, mails: readonly Frozen[], { held }: Round): Promise<void> {
  if (mails.length === 0) return;
  for (const mail of mails) held.delete(mail);
  await persist(() =>
    releaseMails(
      store.pool,
      mails.map(({ row }) => row),
    ),
  );
}

/** Writes what only we know, with some patience. */
async function persist(write: () => Promise<void>): Promise<void> {
  for (const waitMs of patienceMs) {
    try {
      return await write();
    } catch {
      await sleep(waitMs);
    }
  }
  return write();
}

/** What the outbox says after an attempt (architecture.md, "Mail"): only what cannot have been taken is sent again freely. */
function outcomeOf(row: OutboxRow, result: Failure, at: number): Sent {
  const error = result.message;
  const after = (times: number) => retryAfterMs[Math.min(times, retryAfterMs.length) - 1] ?? 0;
  switch (result.state) {
    case 'uncertain':
      // once more with the same Message-ID; a decision letter is for a coordinator to judge
      return { state: 'uncertain', error, nextTryAt: row.letter || row.uncertain > 0 ? null : at + after(1) };
    case 'not-taken':
    case 'refused': {
      if (result.state === 'refused' && result.permanent) return { state: 'failed', error };
      if (result.server === true)
        return { state: 'queued', error, refused: false, nextTryAt: at + Math.min(after(row.attempts), serverAfterMs) };
      const refusals = row.refusals + 1;
      return refusals > mostRefusals
        ? { state: 'failed', error }
        : { state: 'queued', error, refused: true, nextTryAt: at + after(refusals) };
    }
  }
}
