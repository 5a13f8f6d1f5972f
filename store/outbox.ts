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

/** A mail to queue. Its key says what it is, once for ever; its Message-ID comes from the key. */
export interface Queued {
  key: string;
  person: string;
  template: Template;
  asks?: MailAsk[];
  /** Ids and words of the code; never a name. */
  context?: Record<string, string | number | string[]>;
  /** Holds a rung other than `opening`: at most one such mail per person and day. */
  reminder?: boolean;
  /** A decision letter: never sent a second time by itself. */
  letter?: boolean;
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
  state: 'queued' | 'sending' | 'accepted' | 'failed' | 'uncertain' | 'dropped';
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
/** The domain of what has not been written yet: who sends it is known then. */
const notWritten = 'troismains';

/** Mails to queue, at a business instant, due at another. */
export interface Queueing {
  edition: string;
  at: number;
  dueAt: number;
  mails: readonly Queued[];
}

/** In SQL: queues mails, each key once; answers the ids and keys of those that were new. Its values: `queueValues`. */
export const queueStatement = `insert into outbox (edition, key, person, template, asks, context, reminder, letter, due_at, queued_at, message_id)
     select $1, m.key, m.person, m.template, m.asks::jsonb, m.context::jsonb, m.reminder, m.letter, $2, $3, m.message_id
     from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::boolean[], $10::boolean[], $11::text[])
       as m(key, person, template, asks, context, reminder, letter, message_id)
     on conflict (key) do nothing returning id, key`;

/** The eleven values of `queueStatement`. */
export const queueValues = ({ edition, at, dueAt, mails }: Queueing): unknown[] => [
  edition,
  new Date(dueAt),
  new Date(at),
  mails.map((m) => keyIn(edition, m.key)),
  mails.map((m) => m.person),
  mails.map((m) => m.template),
  mails.map((m) => JSON.stringify(m.asks ?? [])),
  mails.map((m) => JSON.stringify(m.context ?? {})),
  mails.map((m) => m.reminder ?? false),
  mails.map((m) => m.letter ?? false),
  mails.map((m) => messageIdOf(keyIn(edition, m.key), notWritten)),
];

/** A mail's key, as the outbox keeps it. */
export const keyIn = (edition: string, key: string): string => `${edition}.${key}`;

const dueAts = new WeakMap<Db, number[]>();

/** When the mails are due that were newly queued in a transaction, in their order. */
export const queuedIn = (tx: Db): readonly number[] => dueAts.get(tx) ?? [];

/** Notes that mails were newly queued in a transaction. */
export const noteQueued = (tx: Db, dueAt: number, count: number): void =>
  void (count > 0 && dueAts.set(tx, [...queuedIn(tx), ...Array<number>(count).fill(dueAt)]));

/** Queues mails, each key once; answers the ids of those that were new, by key. */
export async function queueMails(db: Db, queueing: Queueing): Promise<Map<string, number>> {
  const { edition, dueAt, mails } = queueing;
  if (mails.length === 0) return new Map();
  const { rows } = await db.query<{ id: number; key: string }>(queueStatement, queueValues(queueing));
  noteQueued(db, dueAt, rows.length);
  return new Map(rows.map((row) => [row.key.slice(edition.length + 1), row.id]));
}

/** When mail of an edition ($1) is due, at an instant; what a mail is told once of (`toldOnce`) and a run's epoch (or null) beside it. */
export const dueMail = ({ told, at, epoch }: { told: string; at: string; epoch: string }): string =>
  `select min(due) filter (where turn is null or due <= ${at}) as at, min(turn) as turn_at, exists (${untold(told)}) as untold
   from (select greatest(due_at, next_try_at, case when state = 'sending' then lease_until end) as due,
           case when slot_at is not null and state <> 'sending' then next_try_at end as turn
         from outbox where edition = $1 and (state in ('queued', 'sending') or (state = 'uncertain' and next_try_at is not null))
           and (${epoch}::int is null or exists (select 1 from edition where id = $1 and epoch = ${epoch}))) as waiting`;

/** What `dueMail` answers. */
export interface DueMail {
  at: Date | null;
  turn_at: Date | null;
  untold: boolean;
}

/**
 * Whether mail is due now, when the next queued mail is, when the next one is that only waits for its turn, and whether mails were given up
 * or came back that nobody was told of. A stale epoch, when one is given, has nothing due.
 */
export async function mailDue(db: Db, { edition, epoch, at }: { edition: string; epoch?: number; at: number }): Promise<MailDue> {
  const { rows } = await db.query<DueMail>(dueMail({ told: '$2', at: '$3', epoch: '$4' }), [
    edition,
    toldOnce,
    new Date(at),
    epoch ?? null,
  ]);
  return whenDue(rows[0], at);
}

/** What is due, as of an instant. */
export function whenDue(due: DueMail | undefined, at: number): MailDue {
  const next = due?.at?.getTime() ?? null;
  return {
    now: next !== null && next <= at,
    nextAt: next !== null && next > at ? next : null,
    turnAt: due?.turn_at?.getTime() ?? null,
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

/** Whether mail is due, the next instant at which some is, the next at which some only waits for its turn, and whether somebody is to be told of lost mail. */
export interface MailDue {
  now: boolean;
  nextAt: number | null;
  turnAt: number | null;
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

/** Queues one mail beside the ladder (a letter, a notice): at once in working hours, otherwise at the next 09:00. */
export async function queueNotice(
  { tx, edition, at, sendingTime }: { tx: Db; edition: { id: string }; at: number; sendingTime(): number },
  mail: Queued,
): Promise<void> {
  await queueMails(tx, { edition: edition.id, at, dueAt: sendingTime(), mails: [mail] });
}

/** An edition was ended before its restitution: whoever was asked something, or applied, is told. */
export async function queueEnded(context: { tx: Db; edition: { id: string }; at: number; sendingTime(): number }): Promise<void> {
  const { rows } = await context.tx.query<{ person: string }>(
    `select distinct person from ask_person where edition = $1 union select person from application where edition = $1 order by person`,
    [context.edition.id],
  );
  for (const { person } of rows) await queueNotice(context, { key: `ended.${person}`, person, template: 'ended' });
}

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

/** One mail, whole. */
export async function findMail(db: Db, id: number): Promise<OutboxRow | undefined> {
  return (await db.query<OutboxRow>(`select ${columns} from outbox where id = $1`, [id])).rows[0];
}

/** The number of the mail with a Message-ID (without brackets); undefined when there is none. */
export async function mailOfMessage(db: Db, messageId: string): Promise<number | undefined> {
  return (await db.query<{ id: number }>('select id from outbox where message_id = $1 limit 1', [messageId])).rows[0]?.id;
}
