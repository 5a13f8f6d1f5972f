import { calendarOf } from '../domain/calendar.js';
import { isSendingTime, nextSendingTime } from '../domain/ladder.js';
import type { MailContent } from '../domain/mails.js';
import type { Failure } from '../mail/failures.js';
import { toBytes } from '../mail/mime.js';
import { render } from '../mail/render.js';
import { type ReturnPath, senderOf } from '../mail/returnpath.js';
import type { Transport } from '../mail/transport.js';
import { inSavepoint, inTransaction, type Store, type Tx } from '../store/db.js';
import { type EditionRow, findEdition } from '../store/editions.js';
import { recordIncident } from '../store/incidents.js';
import {
  expireLeases,
  type FrozenMail,
  freezeMails,
  mailDue,
  markAccepted,
  markMail,
  messageIdOf,
  type OutboxRow,
  postpone,
  renewLeases,
  type Sent,
  takeDue,
} from '../store/outbox.js';
import { type Composed, compose, type LinkBase } from './compose.js';
import type { DeliveryResult, Fenced } from './contract.js';

/** What delivery needs of the installation. */
export interface DeliveryDeps extends LinkBase, ReturnPath {
  store: Store;
  transport: Transport;
  realNow(): number;
  /** Says that delivery is alive; throws when it must stop. */
  heartbeat(): void;
  /** Puts a mail into words and bytes; left out, as people are to read it. What only counts mails may do with less. */
  write?: typeof write;
}

/** A mail as people are to read it: its subject, and its bytes. */
async function write(
  content: MailContent,
  envelope: Omit<Parameters<typeof toBytes>[0], 'rendered'>,
): Promise<{ subject: string; bytes: Buffer }> {
  const rendered = render(content);
  return { subject: rendered.subject, bytes: toBytes({ rendered, ...envelope }) };
}

const chunkSize = 200;
const parallel = 5;
const leaseMs = 2 * 60_000;
/** Waits before each further try of a mail that was refused for now, in milliseconds. */
const retryAfterMs = [1, 5, 15, 60, 240].map((minutes) => minutes * 60_000);

/** Sends what is due, chunk after chunk, until nothing is; says when the next retry is. */
export async function deliverDue(deps: DeliveryDeps, { edition, epoch, at }: Fenced): Promise<DeliveryResult> {
  const started = deps.realNow();
  const now = () => at + (deps.realNow() - started);
  let sent = 0;
  for (let full = true; full; ) {
    const row = await findEdition(deps.store.pool, edition);
    if (row === undefined || row.epoch !== epoch) return { sent, more: false, nextAt: null }; // a newer run sends the rest
    await holdUntilMorning(deps, row, now());
    await expireLeases(deps.store.pool, { edition, at: now() });
    const chunk = await inTransaction(deps.store.pool, (tx) => freezeChunk(tx, deps, { row, epoch, at: now() }));
    full = chunk.taken === chunkSize;
    sent += await sendAll(deps, chunk.ready, now);
    deps.heartbeat();
  }
  const { now: more, nextAt } = await mailDue(deps.store.pool, edition, now());
  return { sent, more, nextAt };
}

/**
 * Sends frozen mails on a few lanes and records what became of each; answers how many were accepted. Acceptances that come while one is
 * being recorded are recorded together, so that a mail costs no commit of its own.
 */
async function sendAll(deps: DeliveryDeps, mails: readonly Frozen[], now: () => number): Promise<number> {
  const { pool } = deps.store;
  const queue = [...mails];
  const unsent = new Set(queue);
  let accepted: number[] = [];
  let sent = 0;
  let recording: Promise<void> | undefined;
  const record = async () => {
    while (accepted.length > 0) {
      const ids = accepted;
      accepted = [];
      await markAccepted(pool, { ids, at: now() });
      sent += ids.length;
    }
    recording = undefined;
  };
  const lane = async () => {
    for (let mail = queue.shift(); mail !== undefined; mail = queue.shift()) {
      const result = await deps.transport.send({ ...senderOf(deps, mail.row.id), to: mail.to, bytes: mail.bytes });
      unsent.delete(mail);
      if (result.state === 'accepted') {
        accepted.push(mail.row.id);
        recording ??= record();
        recording.catch(() => queue.splice(0)); // what cannot be recorded must not be sent; the failure is the one awaited below
      } else await markMail(pool, mail.row.id, outcomeOf(mail.row, result, now()));
    }
  };
  const renewal = setInterval(() => void renew(deps, [...unsent], now()), leaseMs / 4);
  try {
    await Promise.all(Array.from({ length: parallel }, lane));
    await recording;
  } finally {
    clearInterval(renewal);
  }
  return sent;
}

/** Keeps the lease of what is still to be sent, and says that delivery is alive, however slow the server is. */
async function renew(deps: DeliveryDeps, mails: readonly Frozen[], at: number): Promise<void> {
  deps.heartbeat();
  await renewLeases(deps.store.pool, { ids: mails.map((mail) => mail.row.id), leaseUntil: at + leaseMs }).catch(() => undefined);
}

/** What asks or tells leaves in working hours only, however long it was held up; what answers a person's own act leaves at once. */
async function holdUntilMorning({ store }: DeliveryDeps, row: EditionRow, at: number): Promise<void> {
  const calendar = calendarOf(row.file.territory);
  if (!isSendingTime(at, calendar)) await postpone(store.pool, { edition: row.id, at, until: nextSendingTime(at, calendar) });
}

interface Frozen {
  row: OutboxRow;
  to: string;
  bytes: Buffer;
  /** What must be recorded before it leaves: its bytes are new. */
  written?: FrozenMail;
}

/** Takes a chunk and freezes its bytes, in one transaction: the asks it speaks of cannot be answered meanwhile. */
async function freezeChunk(
  tx: Tx,
  deps: DeliveryDeps,
  { row, epoch, at }: { row: EditionRow; epoch: number; at: number },
): Promise<{ taken: number; ready: Frozen[] }> {
  const edition = row.id;
  const calendar = calendarOf(row.file.territory);
  const on = calendar.dateOf(at);
  const since = calendar.instantAt(on, '00:00');
  const rows = await takeDue(tx, { edition, epoch, at, on, since, leaseUntil: at + leaseMs, limit: chunkSize });
  if (rows.length === 0) return { taken: 0, ready: [] };
  await tx.query('select 1 from ask where id = any($1) order by id for share', [
    [...new Set(rows.flatMap((r) => r.asks.map((a) => a.ask)))],
  ]);
  const ready: Frozen[] = [];
  for (const mail of await composeAll(tx, deps, { row, rows, at })) {
    try {
      if ('error' in mail) throw mail.error;
      const frozen = await frozenOf(deps, mail, at);
      if (frozen === undefined) await markMail(tx, mail.row.id, nothingLeftOf(mail.row));
      else ready.push(frozen);
    } catch (error) {
      await markMail(tx, mail.row.id, { state: 'failed', error: String(error) });
      await recordIncident(tx, edition, { scope: `mail:${mail.row.id}`, message: String(error), at });
    }
  }
  await freezeMails(
    tx,
    ready.flatMap((mail) => (mail.written === undefined ? [] : [mail.written])),
  );
  return { taken: rows.length, ready };
}

/** Composes a chunk at once; when something in it breaks, one by one, so that it costs one mail. */
async function composeAll(
  tx: Tx,
  links: LinkBase,
  { row, rows, at }: { row: EditionRow; rows: OutboxRow[]; at: number },
): Promise<(Composed | { row: OutboxRow; error: unknown })[]> {
  const together = await inSavepoint(tx, () => compose(tx, { row, rows, at, links }));
  if (together.ok) return together.value;
  const composed: (Composed | { row: OutboxRow; error: unknown })[] = [];
  for (const mail of rows) {
    const alone = await inSavepoint(tx, () => compose(tx, { row, rows: [mail], at, links }));
    composed.push(...(alone.ok ? alone.value : [{ row: mail, error: alone.error }]));
  }
  return composed;
}

/** What may have been taken stays so in the books; what was not is as if it had never been queued. */
const nothingLeftOf = (row: OutboxRow): Sent =>
  row.uncertain > 0 ? { state: 'uncertain', error: row.error ?? '', nextTryAt: null } : { state: 'dropped' };

/** The bytes of a mail that leaves now – as they were, if it says what it said –; nothing when all it asked for was answered meanwhile. */
async function frozenOf(deps: DeliveryDeps, { row, content, asks, with: besides }: Composed, at: number): Promise<Frozen | undefined> {
  if (content === undefined) return undefined;
  const to = content.reader.email;
  if (row.bytes !== null && asks.length === row.asks.length) return { row, to, bytes: row.bytes };
  const { contact } = content.edition;
  const [ask] = asks;
  const { subject, bytes } = await (deps.write ?? write)(content, {
    from: envelopeOf(deps.mailFrom),
    to: { name: content.reader.name, address: to },
    messageId: `<${row.message_id}>`,
    date: at,
    replyTo: { name: contact.name, address: contact.email },
    ...(ask === undefined || asks.length > 1 ? {} : { thread: { references: [`<${messageIdOf(`thread.${ask.ask}`)}>`] } }),
    listId: `<${row.edition}.troismains>`,
    ...besides,
  });
  return { row, to, bytes, written: { id: row.id, subject, bytes, asks } };
}

/** What the outbox says after an attempt (architecture.md, "Mail"): only what cannot have been taken is sent again freely. */
function outcomeOf(row: OutboxRow, result: Failure, at: number): Sent {
  switch (result.state) {
    case 'uncertain':
      // once more with the same Message-ID; a decision letter is for a coordinator to judge
      return { state: 'uncertain', error: result.message, nextTryAt: row.letter || row.uncertain > 0 ? null : at + (retryAfterMs[0] ?? 0) };
    case 'not-taken':
      return retryOrFail(row, result.message, at);
    case 'refused':
      return result.permanent ? { state: 'failed', error: result.message } : retryOrFail(row, result.message, at);
  }
}

function retryOrFail(row: OutboxRow, error: string, at: number): Sent {
  const wait = retryAfterMs[Math.min(row.attempts, retryAfterMs.length) - 1] ?? 0;
  return row.attempts > 20 ? { state: 'failed', error } : { state: 'queued', error, nextTryAt: at + wait };
}

/** The two parts of `Name <address>`. */
function envelopeOf(from: string): { name: string; address: string } {
  const match = /^\s*"?([^"<]*?)"?\s*<([^>]+)>\s*$/.exec(from);
  return match === null ? { name: '', address: from.trim() } : { name: match[1] ?? '', address: match[2] ?? '' };
}
