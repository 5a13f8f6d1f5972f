/** What happens to queued mails as they leave: put off, taken under a lease, frozen, given back, marked. */

import { toldOnce } from '../domain/mails.js';
import type { Db, Tx } from './db.js';
import { type EditionRow, columns as editionColumns } from './editions.js';
import { columns, type MailAsk, type OutboxRow } from './outbox.js';
import { ownAct } from './ownact.js';
import { cameBack } from './undelivered.js';

/** Puts off what is due now to working hours, except what answers a person's own act. */
export async function postpone(db: Db, { edition, at, until }: { edition: string; at: number; until: number }): Promise<void> {
  await db.query(
    `update outbox o set due_at = $3, next_try_at = null where edition = $1 and greatest(due_at, next_try_at) <= $2
       and not ${ownAct} and state = 'queued'`,
    [edition, new Date(at), new Date(until)],
  );
  await db.query(
    `update outbox o set next_try_at = $3 where edition = $1 and next_try_at <= $2 and not ${ownAct} and state = 'uncertain'`,
    [edition, new Date(at), new Date(until)],
  );
}

/** Puts off all that is due now: the server is away, and is not asked for each of them. */
export async function putOff(db: Db, { edition, at, until }: { edition: string; at: number; until: number }): Promise<void> {
  await db.query(
    `update outbox set next_try_at = $3 where edition = $1 and due_at <= $2 and coalesce(next_try_at, due_at) <= $2
       and (state = 'queued' or (state = 'uncertain' and next_try_at is not null))`,
    [edition, new Date(at), new Date(until)],
  );
}

/** A mail that is due; `unreachable`: mail to its person comes back. */
export type DueRow = OutboxRow & { unreachable: boolean };

const isFirst = `(o.letter or ${ownAct})`;
/** In SQL: mails of an edition ($1) that are due at $3 to a run of an epoch ($2), among some ($4), and when only own acts may leave ($5), these; locked. */
const due = (which: string, limit: string) => `select * from outbox o
   where o.edition = $1 and o.due_at <= $3 and coalesce(o.next_try_at, o.due_at) <= $3
     and (o.state = 'queued' or (o.state = 'uncertain' and o.next_try_at is not null)) and ${which}
     and ($4::bigint[] is null or o.id = any($4)) and ($5 or ${ownAct}) and exists (select 1 from edition e where e.id = $1 and e.epoch = $2)
   order by o.due_at, o.id limit ${limit} for update of o skip locked`;

/**
 * Locks up to `limit` mails that are due until the transaction ends, which takes them (`takeMails`): letters and what answers an act of its reader's own
 * first. Another worker takes others. Stale epochs find nothing. The asks they speak of are held too: what a mail says of them, read by the statements
 * that follow, stays true while it is written.
 * @param among only those of them, which were given their turn
 * @param open whether what asks or tells may leave; otherwise only what answers a person's own act does, whatever was queued since the rest was put off
 * @param on the civil date, and `since` the instant at which it began: rungs in a mail that was held up count from the day on which it leaves
 */
export async function lockDue(
  tx: Tx,
  {
    edition,
    epoch,
    at,
    on,
    since,
    limit,
    among,
    open,
  }: { edition: string; epoch: number; at: number; on: string; since: number; limit: number; among?: readonly number[]; open: boolean },
): Promise<DueRow[]> {
  const { rows } = await tx.query<DueRow>(
    `with first as (${due(isFirst, '$6')}), rest as (${due(`not ${isFirst}`, '$6 - (select count(*) from first)')}),
     due as (select *, 1 as nth from first union all select *, 2 from rest),
     held as (select id from ask where id in (select a->>'ask' from due, jsonb_array_elements(asks) a) order by id for share)
     select ${columns}, exists (select 1 from person p where p.edition = $1 and p.id = o.person and p.unreachable_at is not null) as unreachable
     from due o, (select count(*) from held) h order by nth, id`,
    [edition, epoch, new Date(at), among ?? null, open, limit],
  );
  const held = rows.filter((row) => row.asks.length > 0 && row.queued_at.getTime() < since);
  if (held.length > 0)
    await tx.query('update rung set claimed_on = $2 where edition = $1 and claimed_on < $2 and outbox = any($3)', [
      edition,
      on,
      held.map((row) => row.id),
    ]);
  return rows;
}

/** In SQL: gives up, at an instant, the taking of mails of an edition ($1) whose sender died while sending: whether they were taken cannot be known. */
const expire = (at: string): string =>
  `update outbox set state = case when bytes is null then 'queued' else 'uncertain' end, uncertain = uncertain + case when bytes is null then 0 else 1 end,
     lease_until = null, next_try_at = case when bytes is null or (not letter and uncertain < 1) then ${at}::timestamptz end,
     error = 'sender stopped while sending'
   where edition = $1 and state = 'sending' and lease_until <= ${at}`;

/** Mails whose sender died while sending: whether they were taken cannot be known. */
export const expireLeases = async (db: Db, { edition, at }: { edition: string; at: number }): Promise<number> =>
  (await db.query(expire('$2'), [edition, new Date(at)])).rowCount ?? 0;

/** The edition whose mail is to be delivered by a run of this epoch, leases that are over by then given up; undefined when a newer run delivers. */
export async function editionToDeliver(
  db: Db,
  { edition, epoch, at }: { edition: string; epoch: number; at: number },
): Promise<EditionRow | undefined> {
  const { rows } = await db.query<EditionRow>(
    `with lapsed as (${expire('$2')} and exists (select 1 from edition where id = $1 and epoch = $3))
     select ${editionColumns} from edition where id = $1 and epoch = $3`,
    [edition, new Date(at), epoch],
  );
  return rows[0];
}

/** One taking of a mail: another worker may have taken it since, when its sender was away for longer than its lease. */
export type Taken = Pick<OutboxRow, 'id' | 'attempts'>;

const takingsOf = (taken: readonly Taken[]) => [taken.map(({ id }) => id), taken.map(({ attempts }) => attempts)];

/** Keeps the lease of mails that wait for their lane, or are being sent; answers which of them are still the sender's own. */
export async function renewLeases(
  db: Db,
  { taken, leaseUntil }: { taken: readonly Taken[]; leaseUntil: number },
): Promise<ReadonlySet<number>> {
  if (taken.length === 0) return new Set();
  const { rows } = await db.query<{ id: number }>(
    `update outbox o set lease_until = $3 from unnest($1::bigint[], $2::int[]) as t(id, attempts)
     where o.id = t.id and o.attempts = t.attempts and o.state = 'sending' returning o.id`,
    [...takingsOf(taken), new Date(leaseUntil)],
  );
  return new Set(rows.map((row) => row.id));
}

/** Gives back mails that were taken and certainly not handed to a server: they are due as they were, and the attempt was none. */
export async function releaseMails(db: Db, taken: readonly Taken[]): Promise<void> {
  if (taken.length === 0) return;
  await db.query(
    `update outbox o set state = case when o.uncertain > 0 then 'uncertain' else 'queued' end, lease_until = null, attempts = o.attempts - 1,
       next_try_at = case when o.uncertain > 0 then coalesce(o.next_try_at, o.due_at) else o.next_try_at end
     from unnest($1::bigint[], $2::int[]) as t(id, attempts) where o.id = t.id and o.attempts = t.attempts and o.state = 'sending'`,
    takingsOf(taken),
  );
}

/** What is written as a mail is taken: its bytes, when they are new. */
export interface Writing {
  messageId: string;
  subject: string;
  bytes: Buffer;
  asks: MailAsk[];
}

/**
 * Takes mails that were locked, for sending, under a lease: each row is written once, with its bytes, before the first of them leaves.
 */
export async function takeMails(
  tx: Tx,
  { at, leaseUntil, mails }: { at: number; leaseUntil: number; mails: readonly { id: number; written?: Writing | undefined }[] },
): Promise<void> {
  if (mails.length === 0) return;
  // all bytes as one value, cut up again by the database: an array of them would be sent, and parsed, in hexadecimal
  let end = 1;
  const starts = mails.map(({ written }) => {
    const start = end;
    end += written?.bytes.length ?? 0;
    return start;
  });
  await tx.query(
    `update outbox o set state = 'sending', lease_until = $9, attempts = o.attempts + 1, message_id = coalesce(m.message_id, o.message_id),
       subject = coalesce(m.subject, o.subject), bytes = case when m.length is null then o.bytes else substring($3::bytea from m.start for m.length) end,
       frozen_at = case when m.length is null then o.frozen_at else $7 end, asks = coalesce(m.asks::jsonb, o.asks)
     from unnest($1::bigint[], $2::text[], $4::int[], $5::int[], $6::text[], $8::text[])
       as m(id, subject, start, length, asks, message_id) where o.id = m.id`,
    [
      mails.map((m) => m.id),
      mails.map((m) => m.written?.subject ?? null),
      Buffer.concat(mails.flatMap((m) => m.written?.bytes ?? [])),
      starts,
      mails.map((m) => m.written?.bytes.length ?? null),
      mails.map((m) => (m.written === undefined ? null : JSON.stringify(m.written.asks))),
      new Date(at),
      mails.map((m) => m.written?.messageId ?? null),
      new Date(leaseUntil),
    ],
  );
}

/** A mail that a server has accepted, and the business instant at which it was handed over. */
export interface Accepted {
  id: number;
  at: number;
}

/** Records that mails were accepted: they left when they were handed over, however long the server took to say so. */
export async function markAccepted(db: Db, mails: readonly Accepted[]): Promise<void> {
  await db.query(
    `update outbox o set state = 'accepted', sent_at = to_timestamp(m.at / 1000), error = null, next_try_at = null, lease_until = null
     from unnest($1::bigint[], $2::float8[]) as m(id, at) where o.id = m.id`,
    [mails.map((mail) => mail.id), mails.map((mail) => mail.at)],
  );
}

/** What became of a mail. */
export type Sent =
  | { state: 'dropped' }
  | { state: 'failed'; error: string }
  /** `refused`: by the server, of this mail; otherwise nothing was said of it. */
  | { state: 'queued'; error: string; nextTryAt: number; refused: boolean }
  | { state: 'uncertain'; error: string; nextTryAt: number | null };

/** Records what became of a mail that was taken; one that must not be sent again has no next try. What another worker has taken since is left to it. */
export async function markMail(db: Db, { id, attempts }: Taken, sent: Sent): Promise<void> {
  await db.query(
    `update outbox set state = $3, error = $4, next_try_at = $5, lease_until = null,
       uncertain = uncertain + case when $3 = 'uncertain' then 1 else 0 end, refusals = refusals + case when $6 then 1 else 0 end
     where id = $1 and attempts = $2 and state = 'sending'`,
    [
      id,
      attempts,
      sent.state,
      'error' in sent ? sent.error : null,
      'nextTryAt' in sent && sent.nextTryAt !== null ? new Date(sent.nextTryAt) : null,
      sent.state === 'queued' && sent.refused,
    ],
  );
}

/**
 * Editions whose mail should have left before a real instant and did not, or has come back untold, over editions that have ended too. Mail that waits
 * for its turn has not stalled: its delivery looks after it, every second.
 */
export async function stalledDeliveries(db: Db, before: number): Promise<{ id: string; epoch: number; clock_offset_ms: number }[]> {
  const { rows } = await db.query<{ id: string; epoch: number; clock_offset_ms: number }>(
    `select e.id, e.epoch, e.clock_offset_ms from edition e where exists (
       select 1 from outbox o where o.edition = e.id and o.state in ('queued', 'sending', 'uncertain')
         and (o.state <> 'uncertain' or o.next_try_at is not null)
         and greatest(o.due_at, o.next_try_at, case when o.state = 'sending' then o.lease_until end)
             <= to_timestamp(($1::bigint + e.clock_offset_ms) / 1000.0))
         and not exists (select 1 from mail_share s where s.edition = e.id and s.waits_until > $1)
       or exists (select 1 from bounce b join outbox o on ${cameBack} where b.edition = e.id and o.state = 'accepted' and o.told_at is null
         and o.template = any($2) and b.at <= to_timestamp(($1::bigint + e.clock_offset_ms) / 1000.0))`,
    [before, toldOnce],
  );
  return rows;
}
