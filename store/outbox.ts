import { createHash } from 'node:crypto';
import { type Template, toldOnce } from '../domain/mails.js';
import type { Db } from './db.js';
import { untold } from './undelivered.js';

/** What a mail asks for, or escalates: `about` is the person who is late. */
export interface MailAsk {
  ask: string;
  rung: string;
  about?: string;
}

/** A mail's row. */
export interface OutboxRow {
  id: number;
  edition: string;
  key: string;
  person: string;
  template: Template;
  asks: MailAsk[];
  context: Record<string, string | number | string[]>;
  reminder: boolean;
  letter: boolean;
  /** `held`: a letter or notice that waits until somebody releases it. */
  state: 'queued' | 'sending' | 'accepted' | 'failed' | 'uncertain' | 'dropped' | 'held';
  due_at: Date;
  queued_at: Date;
  /** How often it was taken to be sent; while it is being sent, the number of that taking, which only its sender knows. */
  attempts: number;
  /** How often the server refused it for now, since it was queued or sent again by hand. */
  refusals: number;
  uncertain: number;
  next_try_at: Date | null;
  message_id: string;
  subject: string | null;
  bytes: Buffer | null;
  /** Business instant at which the bytes were written. */
  frozen_at: Date | null;
  sent_at: Date | null;
  error: string | null;
}

/** The Message-ID of a key at a domain, that of the sender: the same for every copy of one mail. */
export const messageIdOf = (key: string, domain: string): string =>
  `${createHash('sha256').update(key).digest('hex').slice(0, 32)}@${domain}`;
/** When mail of an edition ($1) is due; what a mail is told once of (`toldOnce`) and a run's epoch (or null) beside it. */
export const dueMail = ({ told, epoch }: { told: string; epoch: string }): string =>
  `select min(greatest(due_at, next_try_at, case when state = 'sending' then lease_until end)) as at, exists (${untold(told)}) as untold
   from outbox where edition = $1 and (state in ('queued', 'sending') or (state = 'uncertain' and next_try_at is not null))
     and (${epoch}::int is null or exists (select 1 from edition where id = $1 and epoch = ${epoch}))`;

/** What `dueMail` answers. */
export interface DueMail {
  at: Date | null;
  untold: boolean;
}

/** Whether mail is due now, when the next queued mail is, and whether mails were given up or came back that nobody was told of. A stale epoch, when one is given, has nothing due. */
export async function mailDue(db: Db, { edition, epoch, at }: { edition: string; epoch?: number; at: number }): Promise<MailDue> {
  const { rows } = await db.query<DueMail>(dueMail({ told: '$2', epoch: '$3' }), [edition, toldOnce, epoch ?? null]);
  return whenDue(rows[0], at);
}

/** What is due, as of an instant. */
export function whenDue(due: DueMail | undefined, at: number): MailDue {
  const next = due?.at?.getTime() ?? null;
  return {
    now: next !== null && next <= at,
    nextAt: next !== null && next > at ? next : null,
    untold: due?.untold === true,
  };
}

/** What is due once some more mails are queued, due at these instants. */
export function withQueued(mail: MailDue, queued: readonly number[], at: number): MailDue {
  const next = [...(mail.now ? [at] : []), ...(mail.nextAt === null ? [] : [mail.nextAt]), ...queued].reduce(
    (a, b) => Math.min(a, b),
    Number.POSITIVE_INFINITY,
  );
  return { ...mail, now: next <= at, nextAt: next > at && next < Number.POSITIVE_INFINITY ? next : null };
}

/** Whether mail is due, the next instant at which some is, and whether somebody is to be told of lost mail. */
export interface MailDue {
  now: boolean;
  nextAt: number | null;
  untold: boolean;
}

/** Who has, or will have, a reminder mail due since the beginning of a local day, or mail with asks from before that has not left yet. */
export async function remindedSince(db: Db, edition: string, since: number): Promise<Set<string>> {
  const { rows } = await db.query<{ person: string }>(
    `select distinct person from outbox where edition = $1 and state <> 'dropped' and (reminder and (due_at >= $2 or sent_at >= $2)
       or (reminder or asks <> '[]' and queued_at < $2) and (state in ('queued', 'sending') or state = 'uncertain' and next_try_at is not null))`,
    [edition, new Date(since)],
  );
  return new Set(rows.map((row) => row.person));
}

/** The mails about asks that are queued in an edition, in their order, and when each is due. */
export async function queuedAsks(db: Db, edition: string): Promise<{ person: string; asks: MailAsk[]; at: Date }[]> {
  const { rows } = await db.query<{ person: string; asks: MailAsk[]; at: Date }>(
    `select person, asks, greatest(due_at, next_try_at) as at from outbox where edition = $1 and state = 'queued' and asks <> '[]' order by id`,
    [edition],
  );
  return rows;
}

/** Holds the mails about asks that are queued in an edition, while it is paused. */
export const holdAsks = (db: Db, edition: string): Promise<unknown> =>
  db.query(`update outbox set state = 'held' where edition = $1 and state = 'queued' and asks <> '[]'`, [edition]);

/** Queues those that were held so once more, for an instant. */
export const releaseAsks = (db: Db, edition: string, due: number): Promise<unknown> =>
  db.query(`update outbox set state = 'queued', due_at = $2, next_try_at = null where edition = $1 and state = 'held' and asks <> '[]'`, [
    edition,
    new Date(due),
  ]);

/** The columns of a mail's row. */
export const columns = `id, edition, key, person, template, asks, context, reminder, letter, state, due_at, queued_at, attempts, refusals, uncertain, next_try_at,
  message_id, subject, bytes, frozen_at, sent_at, error`;

/** Mails of an edition, oldest first; `bytes` left out. */
export async function listMails(db: Db, edition?: string): Promise<Omit<OutboxRow, 'bytes'>[]> {
  const { rows } = await db.query<Omit<OutboxRow, 'bytes'>>(
    `select ${columns.replace('bytes, ', '')} from outbox where $1::text is null or edition = $1 order by coalesce(sent_at, due_at), id`,
    [edition ?? null],
  );
  return rows;
}

/** A page of an edition's mails, the newest first, `bytes` left out; `from`: how many come before. */
export async function mailsOf(
  db: Db,
  edition: string,
  { from, limit }: { from: number; limit: number },
): Promise<{ mails: Omit<OutboxRow, 'bytes'>[]; more: boolean }> {
  const { rows } = await db.query<Omit<OutboxRow, 'bytes'>>(
    `select ${columns.replace('bytes, ', '')} from outbox where edition = $1 order by coalesce(sent_at, due_at) desc, id desc offset $2 limit $3`,
    [edition, from, limit + 1],
  );
  return { mails: rows.slice(0, limit), more: rows.length > limit };
}

/** A part of the mails of every edition, the last queued first, `bytes` left out. */
export async function lastMails(db: Db, { from, limit }: { from: number; limit: number }): Promise<Omit<OutboxRow, 'bytes'>[]> {
  const { rows } = await db.query<Omit<OutboxRow, 'bytes'>>(
    `select ${columns.replace('bytes, ', '')} from outbox order by id desc offset $1 limit $2`,
    [from, limit],
  );
  return rows;
}

/** One mail, whole. */
export async function findMail(db: Db, id: number): Promise<OutboxRow | undefined> {
  return (await db.query<OutboxRow>(`select ${columns} from outbox where id = $1`, [id])).rows[0];
}

/** What a mail of an edition is, and for whom; undefined when it has none of this number. */
export async function findHead(
  db: Db,
  edition: string,
  id: number,
): Promise<Pick<OutboxRow, 'person' | 'template' | 'subject'> | undefined> {
  const { rows } = await db.query<Pick<OutboxRow, 'person' | 'template' | 'subject'>>(
    'select person, template, subject from outbox where edition = $1 and id = $2',
    [edition, id],
  );
  return rows[0];
}

/** The number of the mail with a Message-ID (without brackets); undefined when there is none. */
export async function mailOfMessage(db: Db, messageId: string): Promise<number | undefined> {
  return (await db.query<{ id: number }>('select id from outbox where message_id = $1 limit 1', [messageId])).rows[0]?.id;
}
