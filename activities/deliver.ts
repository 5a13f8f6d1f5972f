import { calendarOf } from '../domain/calendar.js';
import { isSendingTime, nextSendingTime } from '../domain/ladder.js';
import { toBytes } from '../mail/mime.js';
import { render } from '../mail/render.js';
import type { SendResult, Transport } from '../mail/transport.js';
import { inSavepoint, inTransaction, type Store, type Tx } from '../store/db.js';
import { type EditionRow, findEdition } from '../store/editions.js';
import { recordIncident } from '../store/incidents.js';
import {
  expireLeases,
  freezeMail,
  mailDue,
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
export interface DeliveryDeps extends LinkBase {
  store: Store;
  transport: Transport;
  /** `Name <address>` or an address. */
  mailFrom: string;
  realNow(): number;
  /** Says that delivery is alive; throws when it must stop. */
  heartbeat(): void;
}

const chunkSize = 100;
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
    const chunk = await inTransaction(deps.store.pool, (tx) => freezeChunk(tx, deps, { edition, epoch, at: now() }));
    full = chunk.taken === chunkSize;
    const queue = [...chunk.ready];
    const unsent = new Set(queue);
    const lane = async () => {
      for (let mail = queue.shift(); mail !== undefined; mail = queue.shift()) {
        const result = await deps.transport.send({ from: envelopeOf(deps.mailFrom).address, to: mail.to, bytes: mail.bytes });
        await markMail(deps.store.pool, mail.row.id, outcomeOf(mail.row, result, now()));
        unsent.delete(mail);
        if (result.state === 'accepted') sent += 1;
      }
    };
    const renewal = setInterval(() => void renew(deps, [...unsent], now()), leaseMs / 4);
    try {
      await Promise.all(Array.from({ length: parallel }, lane));
    } finally {
      clearInterval(renewal);
    }
    deps.heartbeat();
  }
  const { now: more, nextAt } = await mailDue(deps.store.pool, edition, now());
  return { sent, more, nextAt };
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
}

/** Takes a chunk and freezes its bytes, in one transaction: the asks it speaks of cannot be answered meanwhile. */
async function freezeChunk(tx: Tx, deps: DeliveryDeps, { edition, epoch, at }: Fenced): Promise<{ taken: number; ready: Frozen[] }> {
  const row = await findEdition(tx, edition);
  if (row === undefined) return { taken: 0, ready: [] };
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
    const done = 'error' in mail ? ({ ok: false, error: mail.error } as const) : await inSavepoint(tx, () => frozenOf(tx, deps, mail, at));
    if (done.ok) ready.push(...done.value);
    else {
      await markMail(tx, mail.row.id, { state: 'failed', error: String(done.error) });
      await recordIncident(tx, edition, { scope: `mail:${mail.row.id}`, message: String(done.error), at });
    }
  }
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

/** The bytes of a mail that leaves now; nothing when all it asked for was answered meanwhile. */
async function frozenOf(tx: Tx, deps: DeliveryDeps, mail: Composed, at: number): Promise<Frozen[]> {
  const { row, content, asks } = mail;
  if (content === undefined) {
    // what may have been taken stays so in the books; what was not is as if it had never been queued
    await markMail(tx, row.id, row.uncertain > 0 ? { state: 'uncertain', error: row.error ?? '', nextTryAt: null } : { state: 'dropped' });
    return [];
  }
  const unchanged = row.bytes !== null && asks.length === row.asks.length;
  if (unchanged && row.bytes !== null) return [{ row, to: content.reader.email, bytes: row.bytes }];
  return [await freeze(tx, deps, mail, at)];
}

async function freeze(tx: Tx, deps: DeliveryDeps, { row, content, asks }: Composed, at: number): Promise<Frozen> {
  if (content === undefined) throw new Error('nothing to write');
  const rendered = render(content);
  const { contact } = content.edition;
  const [ask] = asks;
  const bytes = await toBytes({
    rendered,
    from: envelopeOf(deps.mailFrom),
    to: { name: content.reader.name, address: content.reader.email },
    messageId: `<${row.message_id}>`,
    date: at,
    replyTo: { name: contact.name, address: contact.email },
    ...(ask === undefined || asks.length > 1 ? {} : { thread: { references: [`<${messageIdOf(`thread.${ask.ask}`)}>`] } }),
    listId: `<${row.edition}.troismains>`,
  });
  await freezeMail(tx, row.id, { subject: rendered.subject, bytes, asks });
  return { row, to: content.reader.email, bytes };
}

/** What the outbox says after an attempt (architecture.md, "Mail"): only what cannot have been taken is sent again freely. */
function outcomeOf(row: OutboxRow, result: SendResult, at: number): Sent {
  switch (result.state) {
    case 'accepted':
      return { state: 'accepted', at };
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
