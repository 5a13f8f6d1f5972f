import { domainOf } from '../domain/address.js';
import { calendarOf } from '../domain/calendar.js';
import { authorOf } from '../mail/author.js';
import { toBytes } from '../mail/mime.js';
import { render } from '../mail/render.js';
import { inSavepoint, inTransaction, type Tx } from '../store/db.js';
import type { EditionRow } from '../store/editions.js';
import { recordIncident, resolveIncidents } from '../store/incidents.js';
import { lockDue, markMail, type Sent, takeMails, type Writing } from '../store/leaving.js';
import { messageIdOf, type OutboxRow } from '../store/outbox.js';
import { withoutUnreachable } from '../store/unreachable.js';
import { type Composed, compose } from './compose.js';
import type { DeliveryDeps, LinkBase, Write } from './dependencies.js';

/** A mail whose bytes are written: it is sent as it is, or not at all. */
export interface Frozen {
  row: OutboxRow;
  to: string;
  bytes: Buffer;
  /** Business instant at which it was known that what it asks for is still asked. */
  at: number;
  /** Until when it is the sender's own (business instant), as far as the sender knows. */
  leaseUntil: number;
  /** What must be recorded before it leaves: its bytes are new. */
  written?: Writing;
}

/** What was taken at once; `full`: there may be more, `againInMs`: others wait for their turn. */
export interface Chunk {
  full: boolean;
  againInMs?: number;
  ready: Frozen[];
}

/** How many mails are taken at a time: an answer waits for the writing of no more than these. */
export const chunkSize = 200;
/** For how long a mail that was taken is the sender's own, in milliseconds; renewed at each beat of a sender that lives. */
export const leaseMs = 15_000;
/** How often a sender says that it lives, in milliseconds. Two beats may be missed. */
export const beatMs = leaseMs / 3;

/** A mail as people are to read it: its subject, and its bytes. */
const write: Write = async (content, envelope) => {
  const rendered = render(content);
  return { subject: rendered.subject, bytes: toBytes({ rendered, ...envelope }) };
};

/**
 * Takes a chunk of what is due and freezes its bytes, in one transaction: the asks it speaks of cannot be answered meanwhile.
 * @param open whether it is a time at which what asks or tells may leave
 * @param among which of them were given their turn; left out, all
 */
export function freezeChunk(
  deps: DeliveryDeps,
  { row, epoch, at, open, among }: { row: EditionRow; epoch: number; at: number; open: boolean; among?: readonly number[] },
): Promise<Chunk> {
  const edition = row.id;
  const calendar = calendarOf(row.file.territory);
  const on = calendar.dateOf(at);
  const since = calendar.instantAt(on, '00:00');
  const leaseUntil = at + leaseMs;
  return inTransaction(deps.store.pool, async (tx) => {
    const due = await lockDue(tx, { edition, epoch, at, on, since, limit: chunkSize, open, ...(among === undefined ? {} : { among }) });
    const reachable = due.some((mail) => mail.unreachable) ? await withoutUnreachable(tx, due, at) : due;
    const rows = reachable.map((row) => ({ ...row, attempts: row.attempts + 1 })); // the number of this taking
    const full = due.length === chunkSize;
    if (rows.length === 0) return { full, ready: [] };
    const ready: Frozen[] = [];
    const over: { row: OutboxRow; sent: Sent }[] = [];
    const failing = new Set<string>();
    for (const mail of await composeAll(tx, deps, { row, rows, at })) {
      try {
        if ('error' in mail) throw mail.error;
        const frozen = await frozenOf(deps, mail, at);
        if (frozen === undefined) over.push({ row: mail.row, sent: nothingLeftOf(mail.row) });
        else ready.push({ ...frozen, leaseUntil });
      } catch (error) {
        over.push({ row: mail.row, sent: { state: 'failed', error: String(error) } });
        await recordIncident(tx, edition, { scope: scopeOf(mail.row.id), message: String(error), at });
        failing.add(scopeOf(mail.row.id));
      }
    }
    await takeMails(tx, {
      at,
      leaseUntil,
      mails: [...ready.map(({ row, written }) => ({ id: row.id, written })), ...over.map(({ row }) => ({ id: row.id }))],
    });
    for (const { row, sent } of over) await markMail(tx, row, sent);
    // one that could not be written once, and was sent again
    const written = rows.map(({ id }) => scopeOf(id)).filter((scope) => row.failing.includes(scope) && !failing.has(scope));
    if (written.length > 0) await resolveIncidents(tx, edition, { scopes: written, at });
    return { full, ready };
  });
}

/** The scope of what fails when a mail is written. */
const scopeOf = (mail: number): string => `mail:${mail}`;

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

/**
 * Whether the bytes of a mail leave as they were written: only when a copy may be out already, which the next must be equal to. What nobody can have
 * is written anew: dates, addresses and "today" may be others by now.
 */
const holds = (row: OutboxRow, asks: Composed['asks']): boolean => row.uncertain > 0 && asks.length === row.asks.length;

/** The bytes of a mail that leaves now; nothing when all it asked for was answered meanwhile. */
async function frozenOf(
  deps: DeliveryDeps,
  { row, content, asks, with: besides }: Composed,
  at: number,
): Promise<Omit<Frozen, 'leaseUntil'> | undefined> {
  if (content === undefined) return undefined;
  const to = content.reader.email;
  if (row.bytes !== null && holds(row, asks)) return { row, to, at, bytes: row.bytes };
  const { contact } = content.edition;
  const [ask] = asks;
  const domain = domainOf(deps.mailFrom);
  // once it may be out it keeps its own
  const messageId = row.frozen_at === null && row.sent_at === null ? messageIdOf(row.key, domain) : row.message_id;
  const { subject, bytes } = await (deps.write ?? write)(content, {
    from: authorOf(content, deps.mailFrom),
    to: { name: content.reader.name, address: to },
    messageId: `<${messageId}>`,
    date: at,
    replyTo: { name: contact.name, address: contact.email },
    ...(ask === undefined || asks.length > 1 ? {} : { thread: { references: [`<${messageIdOf(`thread.${ask.ask}`, domain)}>`] } }),
    listId: `<${row.edition}.troismains>`,
    ...besides,
  });
  return { row, to, at, bytes, written: { messageId, subject, bytes, asks } };
}
