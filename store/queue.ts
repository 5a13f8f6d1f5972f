/** How mail is queued, with the rungs that it holds. */
import type { CivilDate } from '../domain/calendar.js';
import type { Template } from '../domain/mails.js';
import { type Db, type Writing, write, writeNow } from './db.js';
import { type MailAsk, messageIdOf } from './outbox.js';

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

/** A claim of a rung, once for ever; `mail` is the key of the mail that holds it, or undefined when the rung is dropped. */
export interface Claim extends MailAsk {
  person: string;
  mail?: string;
}

/** Mails to queue, at a business instant, due at another; `claims`: the rungs claimed with them, on a civil date. */
export interface Queueing {
  edition: string;
  at: number;
  dueAt: number;
  mails: readonly Queued[];
  claims?: { on: CivilDate; rungs: readonly Claim[] };
}

const keyIn = (edition: string, key: string): string => `${edition}.${key}`;
/** The domain of what has not been written yet: who sends it is known then. */
const notWritten = 'troismains';

/** Queues mails, each key once: what is queued or claimed already is left as it is. */
const queued: Writing<Queueing> = (queueings) => {
  const mails = queueings.flatMap(({ edition, at, dueAt, mails }) => mails.map((mail) => ({ ...mail, edition, at, dueAt })));
  const claims = queueings.flatMap(({ edition, at, claims }) =>
    (claims?.rungs ?? []).map((rung) => ({ ...rung, edition, at, on: claims?.on })),
  );
  const outbox = {
    name: 'queued',
    text: `insert into outbox (edition, key, person, template, asks, context, reminder, letter, due_at, queued_at, message_id)
     select m.edition, m.key, m.person, m.template, m.asks::jsonb, m.context::jsonb, m.reminder, m.letter, m.due_at, m.queued_at, m.message_id
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[], $8::boolean[], $9::timestamptz[],
       $10::timestamptz[], $11::text[]) as m(edition, key, person, template, asks, context, reminder, letter, due_at, queued_at, message_id)
     on conflict (key) do nothing returning id, key`,
    values: [
      mails.map((m) => m.edition),
      mails.map((m) => keyIn(m.edition, m.key)),
      mails.map((m) => m.person),
      mails.map((m) => m.template),
      mails.map((m) => JSON.stringify(m.asks ?? [])),
      mails.map((m) => JSON.stringify(m.context ?? {})),
      mails.map((m) => m.reminder ?? false),
      mails.map((m) => m.letter ?? false),
      mails.map((m) => new Date(m.dueAt)),
      mails.map((m) => new Date(m.at)),
      mails.map((m) => messageIdOf(keyIn(m.edition, m.key), notWritten)),
    ],
  };
  if (claims.length === 0) return [outbox];
  const rungs = {
    name: 'claimed',
    text: `insert into rung (ask, person, rung, about, edition, claimed_at, claimed_on, outbox)
     select c.ask, c.person, c.rung, c.about, c.edition, c.claimed_at, c.claimed_on, q.id
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::date[], $8::text[])
       as c(ask, person, rung, about, edition, claimed_at, claimed_on, mail) left join queued q on q.key = c.mail
     on conflict do nothing`,
    values: [
      claims.map((c) => c.ask),
      claims.map((c) => c.person),
      claims.map((c) => c.rung),
      claims.map((c) => c.about ?? ''),
      claims.map((c) => c.edition),
      claims.map((c) => new Date(c.at)),
      claims.map((c) => c.on),
      claims.map((c) => (c.mail === undefined ? '' : keyIn(c.edition, c.mail))),
    ],
  };
  return [outbox, rungs];
};

/** A mail that a transaction has queued: to whom, what, and when it is due (business instant). */
export interface QueuedMail {
  person: string;
  template: Template;
  asks: readonly MailAsk[];
  dueAt: number;
}
const noted = new WeakMap<Db, QueuedMail[]>();

/** The mails that were queued in a transaction, in their order. */
export const queuedIn = (tx: Db): readonly QueuedMail[] => noted.get(tx) ?? [];

/** Notes mails that a transaction has queued, those too that are queued once more. */
export const noteQueued = (tx: Db, { dueAt, mails }: Pick<Queueing, 'dueAt' | 'mails'>): void =>
  void (
    mails.length > 0 &&
    noted.set(tx, [...queuedIn(tx), ...mails.map(({ person, template, asks = [] }) => ({ person, template, asks, dueAt }))])
  );

/** Queues mails, each key once, and claims rungs with them, before the transaction commits. */
export async function queue(db: Db, queueing: Queueing): Promise<void> {
  if (queueing.mails.length === 0 && (queueing.claims?.rungs ?? []).length === 0) return;
  await write(db, queued, [queueing]);
  noteQueued(db, queueing);
}

/** Queues mails now, each key once; answers the ids of those that were new, by key. */
export async function queueMails(db: Db, queueing: Queueing): Promise<Map<string, number>> {
  if (queueing.mails.length === 0) return new Map();
  await writeNow(db, queued); // mails are numbered in the order in which they were queued
  const [outbox] = queued([queueing]);
  const { rows } = await db.query<{ id: number; key: string }>(outbox?.text ?? '', [...(outbox?.values ?? [])]);
  noteQueued(db, queueing);
  return new Map(rows.map((row) => [row.key.slice(queueing.edition.length + 1), row.id]));
}

/** Queues one mail beside the ladder (a letter, a notice): at once in working hours, otherwise at the next 09:00. */
export async function queueNotice(
  { tx, edition, at, sendingTime }: { tx: Db; edition: { id: string }; at: number; sendingTime(): number },
  mail: Queued,
): Promise<void> {
  await queue(tx, { edition: edition.id, at, dueAt: sendingTime(), mails: [mail] });
}

/** An edition was ended before its restitution: whoever was asked something, or applied, is told. */
export async function queueEnded(context: { tx: Db; edition: { id: string }; at: number; sendingTime(): number }): Promise<void> {
  const { rows } = await context.tx.query<{ person: string }>(
    `select distinct person from ask_person where edition = $1 union select person from application where edition = $1 order by person`,
    [context.edition.id],
  );
  for (const { person } of rows) await queueNotice(context, { key: `ended.${person}`, person, template: 'ended' });
}
